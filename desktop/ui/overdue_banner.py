"""What is late, since when, and whom to ask: filled, because it has to be acted on today."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from desktop.clinical.rules import Urgency
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme


class OverdueBanner(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._late = Label(theme, "", "body", weight=600, colour=theme.on_emergency, wrap=True)
        self._what = Label(theme, "", "note", colour=theme.on_emergency, wrap=True)
        self.number = Label(theme, "", "h3", weight=600, colour=theme.on_emergency, wrap=True)
        self.number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        lines = QVBoxLayout(self)
        set_margins(lines, theme.px(48), theme.px(10), theme.px(12), theme.px(11))
        lines.setSpacing(theme.px(3))
        for label in (self._late, self._what, self.number):
            lines.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_late(self, late: str, what: str, number: str) -> None:
        self._late.setText(late)
        self._what.setText(what)
        self.number.show_text(number)
        self.setAccessibleName(f"{late}. {what} {number}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        ground = QRectF(self.rect())
        draw_frame(painter, ground, theme.px(8), fill=theme.emergency_fill, border=theme.emergency_edge)
        size = theme.px(24)
        mark = mirrored(self, QRectF(theme.px(13), theme.px(11), size, size))
        draw_urgency(painter, mark, Urgency.emergency, theme, on=theme.on_emergency)
