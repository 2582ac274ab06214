"""A plot of measured values over time, placed: the one geometry that screen and page both draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.paper.plot import Scale, across, scale_of

Value = tuple[datetime, float]


@dataclass(frozen=True)
class Placed:
    """`lines` are points in shares of width and height from the top left; `moments` those of the time axis."""

    scale: Scale
    lines: tuple[tuple[tuple[float, float], ...], ...]
    moments: tuple[tuple[float, datetime], ...]


def placed(
    lines: Sequence[Sequence[Value]],
    *,
    low: float | None = None,
    high: float | None = None,
    span: tuple[datetime, datetime] | None = None,
) -> Placed:
    """`span` is the time axis that several plots share. An axis without ends of its own begins where values do."""
    values = [value for line in lines for _, value in line]
    bottom = min(values) if low is None else low
    top = max(values) if high is None else high
    scale = scale_of(min(bottom, *values), max(top, *values))
    if low is not None and high is not None and max(values) <= high:
        scale = Scale(low, high, (*(tick for tick in scale.ticks if tick < high), high))
    times = sorted({at for line in lines for at, _ in line})
    start, end = span or (times[0], times[-1])
    begin, finish = start.timestamp(), end.timestamp()

    def along(at: datetime) -> float:
        return across([at.timestamp()], begin, finish)[0]

    return Placed(
        scale,
        tuple(tuple((along(at), scale.up(value)) for at, value in line) for line in lines),
        tuple((along(at), at) for at in times),
    )
