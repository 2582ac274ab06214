"""Care at once, before it is signed: how many lines nobody has said are done, and one press for all of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.button import Button
from desktop.ui.drawing import draw_line, painter_on
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class CareRow(QWidget):
    """Signals: all_done."""

    all_done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._words = Label(theme, "", "note", wrap=True)
        self.button = Button(theme, self.tr("All of it is done"), small=True)
        self.button.clicked.connect(self.all_done)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(6))
        line.setSpacing(theme.px(10))
        line.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.button)

    def show_open(self, count: int) -> None:
        words = self.tr(
            "%n line(s) of care at once not marked as done; signed like this, they go on the board as open", "", count
        )
        self._words.setText(words if count else self.tr("Care at once is done"))
        self.button.setVisible(count > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_line(painter_on(self), QPointF(0, 0), QPointF(self.width(), 0), self.theme.border)
