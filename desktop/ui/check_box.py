"""A box to tick, in our style."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from desktop.ui.control_style import in_our_style
from desktop.ui.theme import Theme


class CheckBox(QCheckBox):
    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(words)
        self.setFont(theme.font("body"))
        in_our_style(self, theme)
