"""One of the views of a page; the one that is shown is filled with ink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent

from desktop.ui.drawing import FOCUS, draw_frame, painter_on
from desktop.ui.segment import Segment
from desktop.ui.theme import Theme


class ViewButton(Segment):
    def __init__(self, theme: Theme, text: str, page: str) -> None:
        super().__init__(theme, text, "", page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            rect, radius = QRectF(self.rect()), self.theme.px(6)
            draw_frame(painter_on(self), rect, radius, border=self.theme.focus, width=FOCUS)
