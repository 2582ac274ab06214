"""One patient or draft on the Today screen: the name, a line of facts, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.drawing import draw_line, painter_on
from desktop.ui.label import Label
from desktop.ui.sides import after_name
from desktop.ui.theme import Theme


class TodayRow(QWidget):
    def __init__(self, theme: Theme, family: str, rest: str, facts: str) -> None:
        super().__init__()
        self.theme = theme
        name = QHBoxLayout()
        name.setSpacing(0)
        if family:
            name.addWidget(Label(theme, family, "body", weight=600))
        name.addWidget(Label(theme, after_name(rest) if family else rest, "body"))
        name.addStretch()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(name)
        words.addWidget(Label(theme, facts, "small", colour=theme.muted, wrap=True))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(7))
        self._line.setSpacing(theme.px(10))
        self._line.addLayout(words, 1)
        self.setAccessibleName(f"{family}{rest}. {facts}")

    def add(self, widget: QWidget) -> None:
        self._line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_line(painter_on(self), QPointF(0, 0), QPointF(self.width(), 0), self.theme.border)
