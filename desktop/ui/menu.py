"""A menu, in our style once it opens: a start makes some and opens none."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.theme import Theme


class Menu(QMenu):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFont(theme.font("body"))
        self.aboutToShow.connect(self._take_style)

    def _take_style(self) -> None:
        from desktop.ui.control_style import in_our_style

        in_our_style(self, self.theme)
