"""Below the sections: the pages that stand in the place of the questions for a while."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.drawing import FOCUS, draw_chosen, draw_frame, icon, painter_on
from desktop.ui.label import Label
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import mirrored, set_margins, text_side
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

PAGES = {
    "could be": (str(QT_TRANSLATE_NOOP("Compare", "What it could be")), "scale"),
    "change": (str(QT_TRANSLATE_NOOP("Compare", "What would change")), "git-compare"),
    "note": (str(QT_TRANSLATE_NOOP("Compare", "Read a note")), "file-text"),
    "form": (str(QT_TRANSLATE_NOOP("Compare", "Patient’s form")), "message-square"),
}

WRAP = int(Qt.TextFlag.TextWordWrap)


def page_words(page: str) -> str:
    return translate("Compare", PAGES[page][0])


class CompareList(QWidget):
    """Signals: chosen (which page)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(6))
        layout.setSpacing(0)
        heading = Label(theme, self.tr("More"), "small", weight=600, colour=theme.muted)
        set_margins(heading, theme.px(10), 0, 0, theme.px(2))
        layout.addWidget(heading)
        self.buttons = {name: CompareButton(theme, page_words(name), PAGES[name][1]) for name in PAGES}
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            layout.addWidget(button)

    def show_page(self, page: str) -> None:
        for name, button in self.buttons.items():
            button.setChecked(name == page)


class CompareButton(PaintedButton):
    def __init__(self, theme: Theme, words: str, icon_name: str) -> None:
        super().__init__(theme, words)
        self._icon = icon_name
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def nextCheckState(self) -> None:
        """Checked by the page that is shown."""

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(150), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(100), self.theme.px(30))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics = QFontMetrics(self.theme.font("body", 600))
        words = metrics.boundingRect(
            0, 0, max(width, self.theme.px(150)) - self.theme.px(44), 10_000, WRAP, self.text()
        )
        return max(self.theme.px(30), words.height() + self.theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, rect = painter_on(self), self.theme, QRectF(self.rect())
        chosen = self.isChecked()
        focused = self.hasFocus()
        if chosen:
            draw_chosen(painter, rect, theme.px(6), theme, focused=focused)
        else:
            ground, ring = theme.inset if self.underMouse() else None, theme.focus if focused else None
            draw_frame(painter, rect, theme.px(6), fill=ground, border=ring, width=FOCUS)
        if chosen and not focused:
            edge = mirrored(self, QRectF(0, 0, theme.px(3), rect.height()))
            draw_frame(painter, edge, theme.px(1), fill=theme.accent)
        size = theme.px(16)
        pixmap = icon(self._icon, theme.text, size, self.devicePixelRatioF())
        place = mirrored(self, QRectF(theme.px(10), (self.height() - size) // 2, size, size))
        painter.drawPixmap(place.toRect(), pixmap)
        painter.setFont(theme.font("body", 600 if chosen else 400))
        painter.setPen(theme.text)
        words = mirrored(self, rect.adjusted(theme.px(34), 0, -theme.px(6), 0))
        painter.drawText(words, text_side(self, wrap=True), self.text())
