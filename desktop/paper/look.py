"""Sizes and colours of paper, as the design's tokens have them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from desktop.clinical.rules import Urgency
from desktop.paper.fonts import REGULAR, SEMIBOLD
from desktop.paper.paragraph import Span, Style
from resources import FOLDER

PAGE = A4
LEFT, RIGHT, TOP, BOTTOM = 18 * mm, 18 * mm, 14 * mm, 12 * mm
WIDTH = PAGE[0] - LEFT - RIGHT
RULE_STRONG, RULE_LIGHT = 0.6, 0.4
SMALLEST = 7.5

_LIGHT = tomllib.loads((FOLDER / "look/tokens.toml").read_text("utf-8"))["colour"]["light"]
"""Paper is white: the colours of the light screen, from the same file."""
INK = HexColor(_LIGHT["text"])
MUTED = HexColor(_LIGHT["muted"])
LINE = HexColor(_LIGHT["border_strong"])
WHITE = HexColor(_LIGHT["surface"])
BLACK = HexColor("#000000")
DARK_RED = HexColor(_LIGHT["emergency"])
SEVERITY: dict[Urgency, Color] = {
    Urgency.emergency: DARK_RED,
    Urgency.same_day: DARK_RED,
    Urgency.urgent: HexColor(_LIGHT["urgent"]),
    Urgency.soon: HexColor(_LIGHT["soon"]),
    Urgency.routine: HexColor(_LIGHT["routine"]),
    Urgency.none: MUTED,
}


@dataclass(frozen=True)
class Setting:
    """How tightly a summary is set. `tight`: lines follow each other in one paragraph; `names`: of items not asked."""

    body: float
    line: float
    small: float
    pad: float
    tight: bool = False
    names: bool = True

    @property
    def small_line(self) -> float:
        return self.small * self.line / self.body

    @property
    def label(self) -> float:
        """Width of the column that holds labels."""
        return 34 * mm * self.body / 9.5

    def columns(self, roomy: Sequence[float], tight: Sequence[float]) -> list[float]:
        """Millimetres, which small type needs in other proportions."""
        return [width * mm for width in (tight if self.tight else roomy)]

    @cached_property
    def text(self) -> Style:
        return Style(self.body, self.line, INK)

    @cached_property
    def small_text(self) -> Style:
        return Style(self.small, self.small_line, INK)

    @cached_property
    def muted(self) -> Style:
        return Style(self.small, self.small_line, MUTED)

    @cached_property
    def column_head(self) -> Style:
        return Style(self.small, self.small_line, MUTED, SEMIBOLD)

    @cached_property
    def heading(self) -> Style:
        size = self.body * 11 / 9.5
        return Style(size, size * 1.25, INK, SEMIBOLD)


# The first that keeps to two pages is taken; the last keeps everything and may run on.
SETTINGS = (
    Setting(body=9.5, line=13.0, small=8.5, pad=4.5),
    Setting(body=9.0, line=12.0, small=8.2, pad=3.8),
    Setting(body=8.5, line=11.2, small=7.8, pad=3.2),
    Setting(body=8.5, line=11.0, small=7.8, pad=3.0, tight=True),
    Setting(body=8.0, line=10.3, small=7.5, pad=2.6, tight=True),
    Setting(body=7.5, line=9.2, small=7.5, pad=1.6, tight=True),
    Setting(body=7.5, line=8.8, small=7.5, pad=1.2, tight=True, names=False),
)


# A letter is read by somebody who does not know the patient: larger type, and it keeps to two pages all the same.
LETTER_SETTINGS = (
    Setting(body=10.5, line=14.6, small=8.5, pad=4.5),
    Setting(body=10.0, line=13.4, small=8.3, pad=3.8),
    Setting(body=9.5, line=12.4, small=8.0, pad=3.2),
    Setting(body=9.0, line=11.6, small=7.8, pad=2.6),
    Setting(body=8.5, line=10.8, small=7.5, pad=2.2),
    Setting(body=8.0, line=10.0, small=7.5, pad=1.8, tight=True),
    Setting(body=7.5, line=9.0, small=7.5, pad=1.2, tight=True, names=False),
)


def mixed(colour: Color, ground: Color, share: float) -> Color:
    """So much of a colour on a ground."""
    pairs = zip(colour.rgb(), ground.rgb(), strict=True)
    return Color(*(share * one + (1 - share) * other for one, other in pairs))


def grey(words: str) -> Span:
    """What steps back behind the text around it."""
    return Span(words, REGULAR, MUTED)
