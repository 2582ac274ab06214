"""Why something could not be examined: asked in place, recorded with Enter, given up with Escape."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.ui.drawing import clear_ground, draw_frame, draw_ring, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.phrase import Phrase
from desktop.ui.segment import Segment
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


def field_name(question: str) -> str:
    return translate("ReasonField", "Why it could not be examined: {question}").format(question=question)


class ReasonField(QWidget):
    """Signals: given (the reason), cancelled."""

    given = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, question: str) -> None:
        super().__init__()
        self.words = _Words(theme, question)
        self.words.given.connect(self._give)
        self.words.cancelled.connect(self.cancelled)
        usual = self._usual_reasons()
        self.words.digit.connect(lambda place: self._give(usual[place]))
        layout = FlowLayout(self, gap=theme.px(6), line_gap=theme.px(5))
        layout.setContentsMargins(*(theme.px(4),) * 4)
        layout.addWidget(Phrase(theme, self.tr("Why could it not be examined?"), colour=theme.muted))
        for place, reason in enumerate(usual):
            layout.addWidget(self._usual(theme, place, reason, question))
        layout.addWidget(self.words)
        told = ", ".join(f"{place} {reason}" for place, reason in enumerate(usual, start=1))
        self.words.setAccessibleDescription(f"{told}, {self.words.placeholderText()}")

    def _usual_reasons(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Declined"),
            self.tr("Too painful"),
            self.tr("No chaperone"),
            self.tr("Not possible here"),
        )

    def _usual(self, theme: Theme, place: int, reason: str, question: str) -> Segment:
        what = self.tr("could not examine, {question}").format(question=question)
        segment = Segment(theme, reason, str(place + 1), what)
        segment.show_key(True)
        segment.clicked.connect(lambda: self._give(reason))
        return segment

    def _give(self, reason: str) -> None:
        if reason.strip():
            self.given.emit(reason.strip())


class _Words(QLineEdit):
    given = Signal(str)
    cancelled = Signal()
    digit = Signal(int)

    def __init__(self, theme: Theme, question: str) -> None:
        super().__init__()
        self.theme = theme
        self.setFrame(False)
        clear_ground(self)
        self.setMaxLength(200)
        self.setFont(theme.font("body"))
        self.setPlaceholderText(self.tr("or type, then Enter"))
        self.setAccessibleName(field_name(question))
        self.setTextMargins(theme.px(6), 0, theme.px(6), 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(190), max(self.theme.px(30), QFontMetrics(self.font()).height() + self.theme.px(8)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.given.emit(self.text())
            case Qt.Key.Key_Escape:
                self.cancelled.emit()
            case _ if not self.text() and event.text() in ("1", "2", "3", "4"):
                self.digit.emit(int(event.text()) - 1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                event.accept()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body = QRectF(self.rect())
        draw_frame(painter, body, theme.px(6), fill=theme.surface, border=theme.border_strong)
        if self.hasFocus():
            draw_ring(painter, body, theme.px(2), theme.focus)
        painter.end()
        super().paintEvent(event)
