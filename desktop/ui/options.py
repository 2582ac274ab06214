"""One of a few, each in sight; arrows go from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop.ui.drawing import draw_frame, draw_ring, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.theme import Theme


class Options(QWidget):
    """Signals: chosen (the value)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, choices: dict[str, str], now: str) -> None:
        """`choices` has the words of each value."""
        super().__init__()
        self.setAccessibleName(name)
        self.buttons = {value: Option(theme, words, name) for value, words in choices.items()}
        layout = FlowLayout(self, gap=theme.px(6), line_gap=theme.px(6))
        for value, button in self.buttons.items():
            button.setChecked(value == now)
            button.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            layout.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


class Option(QRadioButton):
    _meant = False

    def __init__(self, theme: Theme, words: str, of: str) -> None:
        super().__init__(words)
        self.theme = theme
        self.setAccessibleName(f"{of}: {words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setChecked(self, checked: bool) -> None:
        self._meant = checked
        super().setChecked(checked)

    def checkStateSet(self) -> None:
        """A screen reader's *toggle* is a press too: Qt would check the button and say nothing."""
        if self.isChecked() and not self._meant:
            QTimer.singleShot(0, self, self.clicked.emit)

    def hitButton(self, pos: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.theme.font("body", 600))
        height = max(self.theme.px(34), metrics.height() + self.theme.px(12))
        return QSize(metrics.horizontalAdvance(self.text()) + self.theme.px(28), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body, radius = QRectF(self.rect()), theme.px(6)
        if self.hasFocus():
            body = draw_ring(painter, body, theme.px(3), theme.focus)
        ink, ground = theme.text, theme.inset if self.underMouse() else theme.surface
        if self.isChecked():
            ink, ground = theme.surface, theme.text
        frame = theme.text if self.isChecked() else theme.border_strong
        draw_frame(painter, body, radius, fill=ground, border=frame, width=theme.line)
        painter.setFont(theme.font("body", 600 if self.isChecked() else 400))
        painter.setPen(ink)
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)
