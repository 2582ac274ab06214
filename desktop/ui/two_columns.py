"""Two columns beside each other; in a narrow window the second stands below the first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.theme import Theme


class TwoColumns(QWidget):
    def __init__(self, theme: Theme, first: QWidget, second: QWidget, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._first, self._second, self._shares = first, second, shares
        self._beside: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(12))

    def arrange(self, *, beside: bool) -> None:
        if beside is self._beside:
            return
        self._beside = beside
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._first, 0, 0, top)
        self._grid.addWidget(self._second, *((0, 1) if beside else (1, 0)), top)
        self._grid.setColumnStretch(0, self._shares[0])
        self._grid.setColumnStretch(1, self._shares[1] if beside else 0)
