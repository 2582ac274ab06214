"""A part of a settings page: a heading, a sentence that says what it does, and what is set there."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class SettingsGroup(QWidget):
    def __init__(self, theme: Theme, title: str, says: str, *parts: QWidget) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName(title)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(14))
        self.lines.setSpacing(theme.px(8))
        self.lines.addWidget(Label(theme, title, "h3", weight=600))
        if says:
            self.lines.addWidget(Label(theme, says, "note", colour=theme.muted, wrap=True))
        for part in parts:
            self.lines.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)


def page_of_groups(theme: Theme, *groups: QWidget) -> QWidget:
    page = QWidget()
    lines = QVBoxLayout(page)
    set_margins(lines, 0, 0, theme.px(8), theme.px(8))
    lines.setSpacing(theme.px(12))
    for group in groups:
        lines.addWidget(group)
    return page
