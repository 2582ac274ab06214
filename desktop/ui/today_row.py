"""One patient or draft on the Today screen: the name, a line of facts, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.chip import Chip
from desktop.ui.drawing import draw_line, painter_on
from desktop.ui.label import Label
from desktop.ui.sides import after_name
from desktop.ui.theme import Theme

BESIDE = 470
"""Narrower than this, what can be done stands below the name."""


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
        told = QWidget()
        words = QVBoxLayout(told)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addLayout(name)
        words.addWidget(Label(theme, facts, "small", colour=theme.muted, wrap=True))
        told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.px(10))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(7))
        self._line.setSpacing(theme.px(10))
        self._line.addWidget(told, 1)
        self._line.addLayout(self._acts)
        self.setAccessibleName(f"{family}{rest}. {facts}")

    def add(self, widget: QWidget) -> None:
        """What a chip says is heard with the name: how urgent it is, or how late."""
        if isinstance(widget, Chip):
            self.setAccessibleName(f"{self.accessibleName()}. {widget.text()}")
        self._acts.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(BESIDE)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._line.setSpacing(self.theme.px(10 if beside else 3))
        self._acts.setAlignment(Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignLeft)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_line(painter_on(self), QPointF(0, 0), QPointF(self.width(), 0), self.theme.border)
