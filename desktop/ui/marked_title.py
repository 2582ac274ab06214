"""A title with the mark of the urgency it names."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent

from desktop.clinical.rules import Urgency
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme

MARK, BEFORE = 20, 28


class MarkedTitle(Label):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "h3", weight=600, wrap=True)
        self._mark = Urgency.none

    def show_title(self, words: str, urgency: Urgency) -> None:
        self._mark = urgency
        set_margins(self, self._theme.px(BEFORE), 0, 0, 0)
        self.setText(words)
        self.setMinimumHeight(self._theme.px(MARK))

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self._theme.px(MARK)
        painter = painter_on(self)
        draw_urgency(painter, mirrored(self, QRectF(0, 0, size, size)), self._mark, self._theme)
        painter.end()
        super().paintEvent(event)
