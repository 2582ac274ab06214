"""The head of a document: its title, and who prints it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.paper.blocks import draw_down
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.look import INK
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.tags import group

TITLE = Style(17, 20, INK, SEMIBOLD)
LEFT_COLUMN = 62 * mm


@dataclass(frozen=True)
class Heading:
    """Who prints: none of it comes from the assessment."""

    practice: str = ""
    clinician: str = ""
    record: str = ""


class TitleLine(Flowable):
    """The title on the left, practice and moment on the right."""

    def __init__(self, title: str, heading: Heading, moment: str, style: Style) -> None:
        super().__init__()
        lines = [heading.practice, " · ".join(filter(None, [moment, heading.clinician]))]
        right = replace(style, align="right")
        self.title = Paragraph(title, TITLE, "H1")
        self.lines = [Paragraph(line, right) for line in lines if line]
        self.element = group("Sect", self.title, *self.lines)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        left = self.title.wrap(LEFT_COLUMN)[1]
        self.right = sum(line.wrap(width - LEFT_COLUMN)[1] for line in self.lines)
        self.width, self.height = width, max(left, self.right)
        return width, self.height

    def draw(self) -> None:
        self.title.drawOn(self.canv, 0, 0)
        draw_down(self.canv, self.lines, LEFT_COLUMN, self.right)
