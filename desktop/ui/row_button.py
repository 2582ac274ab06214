"""A button with lines of words inside it: across the whole row, and as tall as they need."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLayout, QSizePolicy

from desktop.ui.painted_button import PaintedButton
from desktop.ui.theme import Theme


class RowButton(PaintedButton):
    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__(theme, "", name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _lines(self) -> QLayout:
        layout = self.layout()
        assert layout is not None
        return layout

    def sizeHint(self) -> QSize:
        return self._lines().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._lines().minimumSize()

    def heightForWidth(self, width: int) -> int:
        return self._lines().heightForWidth(width)
