"""The encounters of a patient on a line of time: a picture of the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from desktop.clinical.dates import date_words
from desktop.clinical.rules import Urgency
from desktop.paper import marks
from desktop.paper.blocks import draw_mark
from desktop.paper.fonts import REGULAR
from desktop.paper.look import LINE, MUTED, WHITE
from desktop.paper.plot import across, in_lanes, that_have_room
from desktop.paper.plotted import Plotted
from desktop.paper.sentences import urgency_words
from desktop.paper.tagged_canvas import TaggedCanvas

MARK, LANE, LEFT, RIGHT, FOOT, DAY = 11.0, 14.0, 30.0, 44.0, 16.0, 56.0


class VisitLike(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def urgency(self) -> str | None: ...
    @property
    def what(self) -> str: ...


@dataclass
class TimelineDrawing(Plotted):
    """To the scale of the plots below it; marks that would cover each other stand one above the other."""

    visits: Sequence[VisitLike]
    span: tuple[datetime, datetime]
    zone: ZoneInfo

    tall = FOOT + 2 * LANE + MARK

    def paint(self, canvas: TaggedCanvas) -> None:
        wide = self.width - LEFT - RIGHT
        start, end = (moment.timestamp() for moment in self.span)
        middles = [LEFT + across([visit.at.timestamp()], start, end)[0] * wide for visit in self.visits]
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, FOOT + MARK / 2, LEFT + wide, FOOT + MARK / 2)
        canvas.setFillColor(WHITE)
        for visit, middle, lane in zip(self.visits, middles, in_lanes(middles, MARK + 2, lanes=3), strict=True):
            foot = FOOT + lane * LANE
            canvas.rect(middle - MARK / 2 - 1, foot, MARK + 2, MARK, stroke=0, fill=1)
            draw_mark(canvas, marks.severity(Urgency.of(visit.urgency or "none")), middle - MARK / 2, foot, MARK)
        self._draw_days(canvas, middles)

    def _draw_days(self, canvas: TaggedCanvas, middles: Sequence[float]) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(MUTED)
        for place in that_have_room(middles, DAY):
            day = date_words(self.visits[place].at.astimezone(self.zone))
            canvas.drawCentredString(middles[place], 3, day)


def visit_row(visit: VisitLike, zone: ZoneInfo) -> tuple[str, str, str]:
    level = "Not signed" if visit.urgency is None else urgency_words(Urgency.of(visit.urgency))
    return date_words(visit.at.astimezone(zone)), level, visit.what
