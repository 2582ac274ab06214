"""Below the sections: the two pages that compare."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.drawing import FOCUS, draw_frame, icon, painter_on
from desktop.ui.label import Label
from desktop.ui.painted_button import PaintedButton
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

PAGES = {
    "could be": (str(QT_TRANSLATE_NOOP("Compare", "What it could be")), "scale"),
    "change": (str(QT_TRANSLATE_NOOP("Compare", "What would change")), "git-compare"),
}


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
        heading = Label(theme, self.tr("Compare"), "small", weight=600, colour=theme.muted)
        heading.setContentsMargins(theme.px(10), 0, 0, theme.px(2))
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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Checked by the page that is shown."""

    def sizeHint(self) -> QSize:
        height = max(self.theme.px(30), QFontMetrics(self.theme.font("body", 600)).height() + self.theme.px(6))
        return QSize(self.text_width(self.theme.font("body", 600)) + self.theme.px(40), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, rect = painter_on(self), self.theme, QRectF(self.rect())
        chosen = self.isChecked()
        ground = theme.accent_tint if chosen else theme.inset if self.underMouse() else None
        ring = theme.focus if self.hasFocus() else None
        draw_frame(painter, rect, theme.px(6), fill=ground, border=ring, width=FOCUS)
        if chosen:
            draw_frame(painter, QRectF(0, 0, theme.px(3), rect.height()), theme.px(1), fill=theme.accent)
        size = theme.px(16)
        pixmap = icon(self._icon, theme.text, size, self.devicePixelRatioF())
        painter.drawPixmap(theme.px(10), (self.height() - size) // 2, pixmap)
        painter.setFont(theme.font("body", 600 if chosen else 400))
        painter.setPen(theme.text)
        painter.drawText(rect.adjusted(theme.px(34), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
