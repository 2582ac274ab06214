"""A word or two in a frame: dashed for what is open, solid for what is known."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPaintEvent

from desktop.clinical.rules import Urgency
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme


class Chip(Label):
    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        dashed: bool = False,
        ink: QColor | None = None,
        ground: QColor | None = None,
        frame: QColor | None = None,
        weight: int = 400,
        pill: bool = False,
        mark: Urgency = Urgency.none,
    ) -> None:
        super().__init__(theme, text, "small", weight=weight, colour=ink or theme.text)
        self.theme = theme
        self._dashed, self._ground, self._mark = dashed, ground, mark
        self._frame = frame if frame is not None or ground is not None else theme.border_strong
        self._radius = theme.px(12 if pill else 4)
        set_margins(self, theme.px(28 if mark else 8), theme.px(2), theme.px(8), theme.px(2))
        self.setFixedHeight(max(theme.px(22), self.sizeHint().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        body = QRectF(self.rect())
        draw_frame(painter, body, self._radius, fill=self._ground, border=self._frame, dashed=self._dashed)
        if self._mark:
            size = self.theme.px(16)
            place = mirrored(self, QRectF(size / 2, (self.height() - size) / 2, size, size))
            draw_urgency(painter, place, self._mark, self.theme)
        painter.end()
        super().paintEvent(event)
