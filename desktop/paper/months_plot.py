"""Encounters of each month as columns, the most urgent at the foot: a picture of the table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reportlab.lib.colors import Color

from desktop.clinical.dates import MONTHS
from desktop.clinical.rules import Urgency
from desktop.paper import marks
from desktop.paper.blocks import draw_mark
from desktop.paper.fonts import REGULAR
from desktop.paper.look import LINE, MUTED, SEVERITY, WHITE
from desktop.paper.plot import Box, scale_of, stacked
from desktop.paper.plotted import Plotted
from desktop.paper.tagged_canvas import TaggedCanvas

HEIGHT, LEFT, FOOT, MARK = 130.0, 30.0, 18.0, 8.0
FROM_THE_FOOT = sorted(Urgency, reverse=True)


class MonthLike(Protocol):
    @property
    def month(self) -> str: ...
    @property
    def by_urgency(self) -> Mapping[str, int]: ...


@dataclass
class MonthsDrawing(Plotted):
    """Told apart by mark and outline, so that a grey printer loses nothing."""

    months: Sequence[MonthLike]

    tall = HEIGHT

    def paint(self, canvas: TaggedCanvas) -> None:
        scale = scale_of(0, max(4, *(sum(one.by_urgency.values()) for one in self.months)))
        wide, high = self.width - LEFT, self.height - FOOT - 6
        canvas.setFont(REGULAR, 8)
        canvas.setLineWidth(0.4)
        for tick in scale.ticks:
            level = FOOT + (1 - scale.up(tick)) * high
            canvas.setStrokeColor(LINE)
            canvas.line(LEFT, level, LEFT + wide, level)
            canvas.setFillColor(MUTED)
            canvas.drawRightString(LEFT - 5, level - 2.6, f"{tick:g}")
        counts = [[one.by_urgency.get(urgency.word, 0) for urgency in FROM_THE_FOOT] for one in self.months]
        for month, boxes in zip(self.months, stacked(counts, scale), strict=True):
            for urgency, box in zip(FROM_THE_FOOT, boxes, strict=True):
                if box.height > 0:
                    self._draw_box(canvas, urgency, box, wide, high)
            canvas.setFillColor(MUTED)
            middle = LEFT + (boxes[0].left + boxes[0].width / 2) * wide
            canvas.drawCentredString(middle, 5, MONTHS[int(month.month[5:]) - 1])

    def _draw_box(self, canvas: TaggedCanvas, urgency: Urgency, box: Box, wide: float, high: float) -> None:
        left, width, height = LEFT + box.left * wide, box.width * wide, box.height * high
        foot = FOOT + (1 - box.top) * high - height
        canvas.setStrokeColor(_colour(urgency))
        canvas.setFillColor(WHITE)
        canvas.setDash([2, 2] if urgency is Urgency.none else [])
        canvas.rect(left, foot, width, height, stroke=1, fill=1)
        canvas.setDash([])
        if height >= MARK + 1 and width >= MARK + 1 and urgency is not Urgency.none:
            middle = left + width / 2, foot + height / 2
            draw_mark(canvas, marks.severity(urgency), middle[0] - MARK / 2, middle[1] - MARK / 2, MARK)


def _colour(urgency: Urgency) -> Color:
    return SEVERITY.get(urgency, MUTED)
