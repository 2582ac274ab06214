"""A choice that opens a list, in our style."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from desktop.ui.control_style import in_our_style
from desktop.ui.theme import Theme


class ComboBox(QComboBox):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFont(theme.font("body"))
        in_our_style(self, theme)
