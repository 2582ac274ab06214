"""What one other answer would bring: the urgency, and the flags and plan lines that appear or go."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.otherwise import Otherwise
from desktop.ui.theme import Theme


class OtherwiseCard(QWidget):
    """Dashed, because it is not so."""

    def __init__(self, theme: Theme, other: Otherwise) -> None:
        super().__init__()
        self.theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(10))
        layout.setSpacing(theme.px(3))
        layout.addWidget(Label(theme, other.title, "body", weight=600, wrap=True))
        if other.urgency:
            layout.addWidget(Label(theme, other.urgency, "note", wrap=True))
        for name, lines in other.groups:
            layout.addWidget(Label(theme, name, "small", weight=600, colour=theme.muted, wrap=True))
            for line in lines:
                layout.addWidget(Label(theme, line, "note", wrap=True))
        said = (other.title, other.urgency, *(f"{name}: {'; '.join(lines)}" for name, lines in other.groups))
        self.setAccessibleName(". ".join(part for part in said if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        draw_frame(painter_on(self), rect, theme.px(8), fill=theme.surface, border=theme.border_strong, dashed=True)
