"""The drawn marks of severity and of answers. The silhouette says it first, so a grey printer loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from io import BytesIO
from math import cos, pi, sin
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from desktop.clinical.rules import Urgency
from desktop.paper.look import INK, LINE, SEVERITY, WHITE

Mark = Callable[[Canvas], None]
"""Draws in a square of 20 units, the origin at its lower left."""

DASHES = (2.4, 1.9)


@lru_cache(maxsize=64)
def operators(mark: Mark) -> str:
    """What draws it, the same at every place of every document."""
    # The stubs leave out the list that a canvas writes its page into.
    canvas: Any = Canvas(BytesIO())
    before = len(canvas._code)
    mark(canvas)
    return " ".join(canvas._code[before:])


@cache
def severity(urgency: Urgency, colour: Color | None = None, sign: Color = WHITE) -> Mark:
    """Of a raised flag; `colour` and `sign` for the filled bar, where light and dark change places."""
    colour = colour or SEVERITY[urgency]

    def draw(canvas: Canvas) -> None:
        filled = urgency in (Urgency.emergency, Urgency.urgent, Urgency.soon)
        _pen(canvas, colour, 1.8, fill=colour)
        _outline(canvas, urgency, fill=filled)
        _sign(canvas, urgency, sign if filled else colour)

    return draw


@cache
def undecided(urgency: Urgency) -> Mark:
    """Dashed means open."""

    def draw(canvas: Canvas) -> None:
        _pen(canvas, SEVERITY[urgency], 1.6)
        canvas.setDash(*DASHES)
        _outline(canvas, urgency, fill=False)
        canvas.setDash()
        _question(canvas, SEVERITY[urgency])

    return draw


def not_asked(canvas: Canvas) -> None:
    _pen(canvas, LINE, 1.6)
    canvas.setDash(*DASHES)
    canvas.circle(10, 10, 8)


def yes(canvas: Canvas) -> None:
    _pen(canvas, INK, 1.6, fill=INK)
    canvas.circle(10, 10, 8.5, fill=1)
    _pen(canvas, WHITE, 2.2)
    _stroke(canvas, (5.8, 10.2), (8.8, 7.0), (14.4, 13.2))


def no(canvas: Canvas) -> None:
    _ring(canvas)
    _stroke(canvas, (6, 10), (14, 10))


def value(canvas: Canvas) -> None:
    _pen(canvas, INK, 1.6)
    _stroke(canvas, (1, 10), (5, 10), (8, 18), (12, 2), (15, 10), (19, 10))


def unsure(canvas: Canvas) -> None:
    _ring(canvas)
    _question(canvas, INK)


def could_not_examine(canvas: Canvas) -> None:
    _ring(canvas)
    _stroke(canvas, (4.6, 4.6), (15.4, 15.4))


def patient_says(canvas: Canvas) -> None:
    """A speech bubble."""
    _pen(canvas, INK, 1.6)
    corners = ((2, 17.5), (18, 17.5), (18, 6.5), (10.5, 6.5), (6, 2), (6, 6.5), (2, 6.5))
    _stroke(canvas, *corners, close=True)


def contradiction(canvas: Canvas) -> None:
    _pen(canvas, INK, 1.8)
    _stroke(canvas, (3, 12.5), (17, 12.5))
    _stroke(canvas, (3, 7.5), (17, 7.5))
    _stroke(canvas, (6.5, 3), (13.5, 17))


def _ring(canvas: Canvas) -> None:
    _pen(canvas, INK, 1.6)
    canvas.circle(10, 10, 8)


def _pen(canvas: Canvas, colour: Color, width: float, fill: Color | None = None) -> None:
    canvas.setStrokeColor(colour)
    canvas.setFillColor(fill or colour)
    canvas.setLineWidth(width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)


def _stroke(canvas: Canvas, *points: tuple[float, float], close: bool = False, fill: bool = False) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if close:
        path.close()
    canvas.drawPath(path, stroke=1, fill=int(fill))


def _outline(canvas: Canvas, urgency: Urgency, *, fill: bool) -> None:
    match urgency:
        case Urgency.emergency | Urgency.same_day:
            angles = [pi / 8 + turn * pi / 4 for turn in range(8)]
            _stroke(canvas, *((10 + 9 * cos(angle), 10 + 9 * sin(angle)) for angle in angles), close=True, fill=fill)
        case Urgency.urgent:
            _stroke(canvas, (1.6, 2.6), (18.4, 2.6), (10, 17.8), close=True, fill=fill)
        case Urgency.routine:
            canvas.rect(2.2, 2.2, 15.6, 15.6, fill=int(fill))
        case Urgency.none:
            canvas.setDash(*DASHES)
            canvas.circle(10, 10, 8)
        case _:
            canvas.circle(10, 10, 8.5, fill=int(fill))


def _sign(canvas: Canvas, urgency: Urgency, colour: Color) -> None:
    _pen(canvas, colour, 2.2)
    match urgency:
        case Urgency.emergency | Urgency.same_day:
            _exclamation(canvas, top=14.6, foot=9.4, dot=5.6)
        case Urgency.urgent:
            _exclamation(canvas, top=12.6, foot=8.6, dot=5.4)
        case Urgency.soon:
            _stroke(canvas, (10, 15), (10, 10), (13.4, 8))
        case Urgency.routine:
            _stroke(canvas, (6, 10), (14, 10))


def _exclamation(canvas: Canvas, *, top: float, foot: float, dot: float) -> None:
    _stroke(canvas, (10, top), (10, foot))
    canvas.circle(10, dot, 0.5, fill=1)


def _question(canvas: Canvas, colour: Color) -> None:
    _pen(canvas, colour, 1.7)
    path = canvas.beginPath()
    path.moveTo(7.4, 12.6)
    path.curveTo(7.6, 15.9, 12.6, 15.9, 12.6, 12.6)
    path.curveTo(12.6, 10.8, 10, 10.8, 10, 8.4)
    canvas.drawPath(path)
    canvas.circle(10, 5.6, 0.4, fill=1)
