"""A patient's course on paper: each plot beside the table of its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from desktop.clinical.dates import date_words, time_words
from desktop.paper.fonts import REGULAR, SEMIBOLD
from desktop.paper.line_plot import placed
from desktop.paper.listing import Listing, Table, listing_pdf
from desktop.paper.look import INK, LINE, MUTED, WHITE
from desktop.paper.plot import that_have_room
from desktop.paper.plotted import Plotted
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.timeline import TimelineDrawing, VisitLike, visit_row
from desktop.record.encounter import Patient

HEIGHT, LEFT, RIGHT, FOOT, POINT = 110.0, 30.0, 44.0, 16.0, 2.6


class LineLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def points(self) -> tuple[tuple[datetime, float], ...]: ...


class ChartLike(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def lines(self) -> Sequence[LineLike]: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


class CourseLike(Protocol):
    @property
    def charts(self) -> Sequence[ChartLike]: ...
    @property
    def visits(self) -> Sequence[VisitLike]: ...
    @property
    def moments(self) -> Sequence[datetime]: ...


def course_pdf(
    course: CourseLike, patient: Patient, *, at: datetime, zone: ZoneInfo, demo: bool, audit: str = ""
) -> bytes:
    born = f"born {date_words(patient.born)}" if patient.born else ""
    number = f"NHS No. {patient.nhs_number_spaced}" if patient.nhs_number else ""
    made = f"made {time_words(at, zone)}"
    about = " · ".join(part for part in (patient.name, born, number, made) if part)
    return listing_pdf(Listing("Course", about, list(_parts(course, zone)), demo, audit))


def _parts(course: CourseLike, zone: ZoneInfo) -> Iterator[Table | Flowable]:
    if not course.moments:
        return
    span = course.moments[0], course.moments[-1]
    rows = [visit_row(visit, zone) for visit in reversed(course.visits)]
    yield Table("Encounters", ("Day", "Urgency", "What"), rows, (30, 30, 80), "No encounter in this time.")
    if course.visits:
        yield TimelineDrawing(course.visits, span, zone)
    for chart in course.charts:
        rows = [
            (date_words(at.astimezone(zone)), line.name, f"{value:g}")
            for line in chart.lines
            for at, value in line.points
        ]
        title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
        yield Table(title, ("Day", "Which", "Value"), rows, (30, 40, 30), "Not measured.")
        yield PlotDrawing(chart, span, zone)


@dataclass
class PlotDrawing(Plotted):
    """A picture of the table above it, so it is no part of the reading order."""

    chart: ChartLike
    span: tuple[datetime, datetime]
    zone: ZoneInfo

    tall = HEIGHT

    def paint(self, canvas: TaggedCanvas) -> None:
        chart = self.chart
        found = placed([line.points for line in chart.lines], low=chart.low, high=chart.high, span=self.span)
        wide, high = self.width - LEFT - RIGHT, self.height - FOOT - 6

        def at(x: float, y: float) -> tuple[float, float]:
            return LEFT + x * wide, FOOT + (1 - y) * high

        canvas.setFont(REGULAR, 8)
        canvas.setLineWidth(0.4)
        for tick in found.scale.ticks:
            level = at(0, found.scale.up(tick))[1]
            canvas.setStrokeColor(LINE)
            canvas.line(LEFT, level, LEFT + wide, level)
            canvas.setFillColor(MUTED)
            canvas.drawRightString(LEFT - 5, level - 2.6, f"{tick:g}")
        self._draw_days(canvas, found.moments, wide)
        for place, points in enumerate(found.lines):
            self._draw_line(canvas, [at(x, y) for x, y in points], place)

    def _draw_days(self, canvas: TaggedCanvas, moments: Sequence[tuple[float, datetime]], wide: float) -> None:
        middles = [LEFT + share * wide for share, _ in moments]
        for place in that_have_room(middles, 56):
            canvas.drawCentredString(middles[place], 3, date_words(moments[place][1].astimezone(self.zone)))

    def _draw_line(self, canvas: TaggedCanvas, points: Sequence[tuple[float, float]], place: int) -> None:
        """The second line is dashed, with squares."""
        second = place > 0
        canvas.setStrokeColor(MUTED if second else INK)
        canvas.setFillColor(WHITE)
        canvas.setLineWidth(1.2)
        canvas.setDash([3, 2] if second else [])
        for (x, y), (right, up) in pairwise(points):
            canvas.line(x, y, right, up)
        canvas.setDash([])
        for x, y in points:
            if second:
                canvas.rect(x - POINT, y - POINT, 2 * POINT, 2 * POINT, fill=1)
            else:
                canvas.circle(x, y, POINT, fill=1)
        line = self.chart.lines[place]
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 8)
        down = (-5 if second else 5) * (len(self.chart.lines) > 1)
        if len(self.chart.lines) > 1 and self.chart.lines[1].points[-1][1] > self.chart.lines[0].points[-1][1]:
            down = -down
        words = f"{line.name} {line.points[-1][1]:g}".strip()
        canvas.drawString(points[-1][0] + 6, points[-1][1] - 2.6 + down, words)
