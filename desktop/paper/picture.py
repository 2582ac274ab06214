"""A drawing of ours as lines in the PDF, with words for whoever can't see it and a caption below it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from desktop.paper.operators import fill, number, stroke
from desktop.paper.paragraph import Paragraph
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, group
from resources import FOLDER

SVG = "{http://www.w3.org/2000/svg}"
STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
ROUND = "1 J 1 j"
NONE = "none"
OVERHANG = 1.4 * mm
"""Of the caption, on both sides."""


class Drawing(NamedTuple):
    """`operators` draw it from its upper left corner downwards."""

    operators: str
    width: float
    height: float


class Picture(Flowable):
    """`name` is that of a file of `resources/handouts`."""

    def __init__(self, name: str, caption: Paragraph, *, alt: str, width: float) -> None:
        super().__init__()
        self.drawing, self.caption = drawing(name), caption
        self.figure = Element("Figure", alt=alt)
        self.element = group("Sect", self.figure, caption)
        self.width = width
        self.high = width * self.drawing.height / self.drawing.width

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.height = self.high + self.caption.wrap(self.width + 2 * OVERHANG)[1]
        return self.width, self.height

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:
        assert isinstance(canvas, TaggedCanvas)
        scale = number(self.width / self.drawing.width)
        place = f"{scale} 0 0 -{scale} {number(x)} {number(y + self.height)} cm"
        with canvas.tagged(self.figure):
            canvas.put(f"q {place} {ROUND} {self.drawing.operators} Q")
        self.caption.drawOn(canvas, x - OVERHANG, y)


@cache
def drawing(name: str) -> Drawing:
    root = ElementTree.parse(FOLDER / "handouts" / f"{name}.svg").getroot()
    width, height = (float(one) for one in root.attrib["viewBox"].split()[2:])
    found = [_path({**group.attrib, **path.attrib}) for group in root.iter() for path in group.findall(f"{SVG}path")]
    return Drawing(" ".join(found), width, height)


def _path(told: dict[str, str]) -> str:
    lines = " ".join(f"{_points(points)} {OPERATORS[step]}" for step, points in STEP.findall(told["d"]))
    if told["fill"] != NONE:
        return f"{fill(HexColor(told['fill']))} {lines} f"
    return f"{stroke(HexColor(told['stroke']))} {told['stroke-width']} w {lines} S"


def _points(told: str) -> str:
    return " ".join(told.replace(",", " ").split())
