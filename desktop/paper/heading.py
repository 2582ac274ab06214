"""The head of a document: its title, and who prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.paper.blocks import draw_down
from desktop.paper.fonts import SEMIBOLD, width_of
from desktop.paper.look import INK
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.tags import group

TITLE = Style(17, 20, INK, SEMIBOLD)
NARROWEST = 60 * mm


class TitleLine(Flowable):
    """The title on the left, practice and moment on the right."""

    def __init__(self, title: str, lines: Sequence[str], style: Style) -> None:
        super().__init__()
        right = replace(style, align="right")
        self.words = title
        self.title = Paragraph(title, TITLE, "H1")
        self.lines = [Paragraph(line, right) for line in lines if line]
        self.element = group("Sect", self.title, *self.lines)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        # The title has what it needs, as long as enough is left for the practice.
        self.left = min(width_of(self.words, SEMIBOLD) * TITLE.size + 6 * mm, width - NARROWEST)
        left = self.title.wrap(self.left)[1]
        self.right = sum(line.wrap(width - self.left)[1] for line in self.lines)
        self.width, self.height = width, max(left, self.right)
        return width, self.height

    def draw(self) -> None:
        self.title.drawOn(self.canv, 0, 0)
        draw_down(self.canv, self.lines, self.left, self.right)
