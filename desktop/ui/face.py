"""What the window shows, laid out: rail, messages, the room that is open, status line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.ui.rail import Rail
from desktop.ui.theme import Theme

WORDS_FROM = 1180


class Face(QWidget):
    """Made anew with everything in it when the theme or the text size changes."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def lay_out(self, rail: Rail, told: Sequence[QWidget], rooms: QWidget, status: QWidget) -> None:
        """`told` are the strips above the room, those that are hidden take no place."""
        self._rail = rail
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        above = QVBoxLayout()
        above.setSpacing(0)
        for strip in told:
            above.addWidget(strip)
        grid.addWidget(rail, 0, 0, 2, 1)
        grid.addLayout(above, 0, 1)
        grid.addWidget(rooms, 1, 1)
        grid.addWidget(status, 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.show_words(self.width() / self.theme.scale >= WORDS_FROM)
