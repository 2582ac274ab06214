"""Where the parts of a plot stand, in shares of its width and height from the top left: screen and page draw them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Scale:
    """From the lowest to the highest value of an axis, with the values at which it has a line."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def up(self, value: float) -> float:
        """0 is the top."""
        return 1 - (value - self.low) / (self.high - self.low)


def scale_of(low: float, high: float, *, lines: int = 4) -> Scale:
    """Round values that hold both; one value alone has room on both sides."""
    if high <= low:
        low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    rough = (high - low) / lines
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * each for each in STEPS if power * each >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(number * step, 9) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def stacked(columns: Sequence[Sequence[int]], scale: Scale, *, gap: float = 0.3) -> list[list[Box]]:
    """A column of boxes for each, the first value at the foot."""
    room = 1 / max(len(columns), 1)
    return [
        _column(place * room + room * gap / 2, room * (1 - gap), values, scale) for place, values in enumerate(columns)
    ]


def _column(left: float, width: float, values: Sequence[int], scale: Scale) -> list[Box]:
    boxes, below = [], 0
    for value in values:
        top = scale.up(below + value)
        boxes.append(Box(left, top, width, scale.up(below) - top))
        below += value
    return boxes


def in_lanes(middles: Sequence[float], room: float, *, lanes: int) -> list[int]:
    """For marks along a line: in which row each stands so that none covers another; beyond the last row they may."""
    ends: list[float] = []
    found = []
    for middle in middles:
        free = next((lane for lane, end in enumerate(ends) if middle - end >= room), None)
        lane = min(len(ends), lanes - 1) if free is None else free
        ends[lane : lane + 1] = [middle]
        found.append(lane)
    return found


def that_have_room(middles: Sequence[float], room: float) -> list[int]:
    """Of labels along a line, which can be written so far apart: the last one always."""
    found: list[int] = []
    for place in reversed(range(len(middles))):
        if not found or middles[found[-1]] - middles[place] >= room:
            found.append(place)
    return found


def across(values: Sequence[float], start: float, end: float) -> list[float]:
    """Along the time axis; one moment alone stands in the middle."""
    if end <= start:
        return [0.5 for _ in values]
    return [(value - start) / (end - start) for value in values]
