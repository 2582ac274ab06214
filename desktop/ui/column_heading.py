"""The heading over a group of lines in a column, with what is to be said beside it; or with its one line in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.grounded import Grounded
from desktop.ui.label import Label
from desktop.ui.sides import text_start
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme


class ColumnHeading(Grounded):
    def __init__(self, theme: Theme, title: str, beside: QWidget, only: str = "") -> None:
        super().__init__(theme.surface)
        self.title, self.beside = title, beside
        self.only = Label(theme, only, "note", colour=theme.muted, wrap=True) if only else None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.px(4), 0, theme.px(2))
        line.addWidget(Label(theme, title, "note", weight=600))
        if self.only is not None:
            line.setSpacing(theme.px(10))
            self.only.setAlignment(Qt.AlignmentFlag.AlignVCenter | text_start())
            line.addWidget(self.only, 1)
        else:
            line.addStretch()
        line.addWidget(beside)

    def say_instead(self, title: str, note: str, name: str = "") -> bool:
        """Whether this is the heading, with other words beside it now; `name` is what a link is called."""
        beside = self.beside
        if self.title != title or isinstance(beside, TextLink) is not bool(name):
            return False
        if isinstance(beside, TextLink):
            beside.setAccessibleName(name)
        if isinstance(beside, Label | TextLink):
            beside.setText(note)
        return True
