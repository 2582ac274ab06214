"""The box at the head of a patient's sheet: when to go, said in white on ink, and under it what to go for."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from desktop.paper.flow import Gap
from desktop.paper.look import INK
from desktop.paper.paragraph import Paragraph
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, document, elements

EDGE = 1.4
CORNER = 4


class SignsBox(Flowable):
    """Over a page break the head stands again, and no sign is parted."""

    element: Element | None

    def __init__(self, head: Paragraph, parts: Sequence[Flowable], pad: float) -> None:
        super().__init__()
        self.head, self.parts, self.pad = head, parts, pad
        kids = document([head, *(part for part in parts if not isinstance(part, Gap))]).kids
        self.element = Element("Sect", kids)
        self.again = False

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        inside = width - 2 * self.pad - 2 * EDGE
        self.head_height = self.head.wrap(inside)[1] + self.pad
        self.heights = [part.height if isinstance(part, Gap) else part.wrap(inside, 0)[1] for part in self.parts]
        self.width, self.height = width, self.head_height + sum(self.heights) + 2 * self.pad
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width)
        left, here = height - self.head_height - 2 * self.pad, 0
        while here < len(self.parts) and sum(self.heights[: here + 1]) <= left:
            here += 1
        if not 0 < here < len(self.parts):
            return []
        return [self._piece(self.parts[:here], self.again), self._piece(self.parts[here:], True)]

    def _piece(self, parts: Sequence[Flowable], again: bool) -> SignsBox:
        made = SignsBox(self.head, parts, self.pad)
        made.element, made.again = self.element, again
        return made

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        self._frame(canvas)
        left = self.pad + EDGE
        if self.again:
            with canvas.decoration():
                self.head.drawOn(canvas, left, self.height - self.head_height + self.pad / 2)
        else:
            self.head.drawOn(canvas, left, self.height - self.head_height + self.pad / 2)
        top = self.height - self.head_height - self.pad
        for part, height in zip(self.parts, self.heights, strict=True):
            top -= height
            if next(elements([part]), None):
                part.drawOn(canvas, left, top)

    def _frame(self, canvas: TaggedCanvas) -> None:
        canvas.saveState()
        canvas.setStrokeColor(INK)
        canvas.setFillColor(INK)
        canvas.setLineWidth(EDGE)
        inner = (EDGE / 2, EDGE / 2, self.width - EDGE, self.height - EDGE)
        canvas.roundRect(*inner, CORNER, stroke=1, fill=0)
        head = self.height - self.head_height
        canvas.roundRect(EDGE / 2, head, self.width - EDGE, self.head_height - EDGE / 2, CORNER, stroke=0, fill=1)
        canvas.rect(EDGE / 2, head, self.width - EDGE, CORNER, stroke=0, fill=1)
        canvas.restoreState()
