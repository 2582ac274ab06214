"""Boxes to be ticked by hand, each before its words; side by side where they fit."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from desktop.paper.look import INK
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, group

THIN, THICK = 0.9, 2.6


class TickBox(Flowable):
    """`thick`: ticking it is urgent, and the page says what to do then."""

    def __init__(self, words: Paragraph, style: Style, *, thick: bool) -> None:
        super().__init__()
        self.words, self.style, self.thick = words, style, thick
        self.indent = style.size * 1.8
        self.element = Element("LI", [group("LBody", words)])

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width, self.height = width, self.words.wrap(width - self.indent)[1]
        return width, self.height

    def draw(self) -> None:
        canvas, side = self.canv, self.style.size * 1.15
        assert isinstance(canvas, TaggedCanvas)
        left = self.width - side - 1 if self.style.right_to_left else 1
        canvas.saveState()
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(THICK if self.thick else THIN)
        canvas.rect(left, self.height - (self.style.leading + side) / 2, side, side)
        canvas.restoreState()
        self.words.drawOn(canvas, 0 if self.style.right_to_left else self.indent, 0)


class TickBoxes(Flowable):
    """In as many columns as there are boxes, if every one fits on a line there; else one under the other."""

    def __init__(self, boxes: Sequence[TickBox], gap: float) -> None:
        super().__init__()
        self.boxes, self.gap = boxes, gap
        self.element = group("L", *boxes)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width, self.column = width, width / len(self.boxes)
        self.level = all(box.wrap(self.column)[1] <= box.style.leading * 1.01 for box in self.boxes)
        if self.level:
            self.height: float = max(box.height for box in self.boxes)
        else:
            self.height = sum(box.wrap(width)[1] + self.gap for box in self.boxes) - self.gap
        return width, self.height

    def draw(self) -> None:
        top = self.height
        for place, box in enumerate(self.boxes):
            if self.level:
                from_left = len(self.boxes) - 1 - place if box.style.right_to_left else place
                box.drawOn(self.canv, from_left * self.column, 0)
            else:
                box.drawOn(self.canv, 0, top - box.height)
                top -= box.height + self.gap
