"""One cause on one line: its name, and how much speaks for it or was not asked."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout

from desktop.ui.drawing import draw_line
from desktop.ui.grounded import Grounded
from desktop.ui.label import Label
from desktop.ui.phrase import Phrase
from desktop.ui.theme import Theme


class CauseLine(Grounded):
    def __init__(self, theme: Theme, name: str, counts: str) -> None:
        super().__init__(theme.surface)
        self.theme = theme
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        line.setSpacing(theme.px(8))
        self._name = Label(theme, "", "note", wrap=True)
        self._counts = Phrase(theme, "", "note", colour=theme.muted)
        line.addWidget(self._name, 3)
        line.addWidget(self._counts)
        self.show_cause(name, counts)

    def show_cause(self, name: str, counts: str) -> None:
        self._name.setText(name)
        self._counts.setText(counts)
        self.setAccessibleName(f"{name}: {counts}")

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_line(self.grounded(), QPointF(0, 0), QPointF(self.width(), 0), self.theme.border)
