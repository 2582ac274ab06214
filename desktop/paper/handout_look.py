"""Sizes of what the patient takes home, as the design's tokens have them: clear print, large print, the card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reportlab.lib.units import mm

from desktop.paper.fonts import SEMIBOLD
from desktop.paper.look import INK, MUTED, WHITE
from desktop.paper.paragraph import Style


@dataclass(frozen=True)
class Size:
    """`gap`: above a heading; `pad`: inside the box. Lines are 1.4 times the type, never less."""

    body: float
    title: float
    heading: float
    contact: float
    small: float
    gap: float
    pad: float
    qr: float = 24 * mm
    picture: float = 30 * mm

    @cached_property
    def text(self) -> Style:
        return Style(self.body, self.body * 1.4, INK)

    @cached_property
    def strong(self) -> Style:
        return Style(self.body, self.body * 1.4, INK, SEMIBOLD)

    @cached_property
    def caption(self) -> Style:
        return Style(self.body, self.body * 1.4, INK, SEMIBOLD, align="centre")

    @cached_property
    def title_text(self) -> Style:
        return Style(self.title, self.title * 1.2, INK, SEMIBOLD)

    @cached_property
    def heading_text(self) -> Style:
        return Style(self.heading, self.heading * 1.4, INK, SEMIBOLD)

    @cached_property
    def box_head(self) -> Style:
        return Style(self.heading, self.heading * 1.4, WHITE, SEMIBOLD)

    @cached_property
    def contact_text(self) -> Style:
        return Style(self.contact, self.contact * 1.4, INK, SEMIBOLD)

    @cached_property
    def small_text(self) -> Style:
        return Style(self.small, self.small * 1.4, MUTED)

    @property
    def indent(self) -> float:
        """From the bullet to the words."""
        return self.body * 1.25


STANDARD = (
    Size(body=14, title=22, heading=16, contact=16, small=8.5, gap=10, pad=8),
    Size(body=14, title=20, heading=15, contact=15, small=8.5, gap=5, pad=5, qr=22 * mm, picture=25 * mm),
    Size(body=14, title=18, heading=14.5, contact=14, small=8.5, gap=2, pad=3, qr=22 * mm, picture=25 * mm),
)
"""The first that keeps to one side is taken, else the first that keeps to two; nothing is ever cut."""
LARGE = (Size(body=20, title=26, heading=22, contact=22, small=12, gap=14, pad=10, qr=26 * mm, picture=36 * mm),)
