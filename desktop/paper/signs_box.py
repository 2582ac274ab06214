"""The box at the head of a patient's sheet: when to go, said in white on ink, and under it what to go for."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from desktop.paper.flow import Gap
from desktop.paper.look import INK
from desktop.paper.paragraph import Paragraph
from desktop.paper.picture import Picture
from desktop.paper.spoken import Bullet
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, document, elements

EDGE = 1.4
CORNER = 4


class SignsBox(Flowable):
    """Over a page break the head stands again, and no sign is parted. The picture stands at the end of the lines, where
    it makes the box least high; `mirrored`: at the left."""

    element: Element | None

    def __init__(
        self,
        head: Paragraph,
        parts: Sequence[Flowable],
        pad: float,
        picture: Picture | None = None,
        *,
        mirrored: bool = False,
    ) -> None:
        super().__init__()
        self.head, self.parts, self.pad = head, parts, pad
        self.picture, self.mirrored = picture, mirrored
        self.element = Element("Sect", document([head, *_read(parts, picture)]).kids)
        self.again = False

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.inside = width - 2 * self.pad - 2 * EDGE
        self.head_height = self.head.wrap(self.inside)[1] + self.pad
        self.width, self.height = width, self.head_height + self._used(self._best_place()) + 2 * self.pad
        return width, self.height

    def _best_place(self) -> int:
        """The first where the picture takes no room of its own; else where it takes the least."""
        if not self.picture:
            return 0
        without = sum(_height(part, self.inside) for part in self.parts)
        found = {}
        for place in range(len(self.parts)):
            found[place] = self._used(place)
            if found[place] <= without:
                break
        return min(found, key=lambda place: found[place])

    def _used(self, place: int) -> float:
        """How high it gets with the picture beside this part and those below; the parts are left wrapped so."""
        high = self.picture.wrap(0)[1] if self.picture else 0
        narrow = self.inside - self.picture.width - 2 * self.pad if self.picture else self.inside
        self.heights: list[float] = []
        start = end = 0.0
        for number, part in enumerate(self.parts):
            used = sum(self.heights)
            if number == place:
                start, end = used, used + high
            beside = number >= place and used < end
            self.heights.append(_height(part, narrow if beside else self.inside))
        self.start = start
        return max(sum(self.heights), end)

    def split(self, width: float, height: float) -> list[Flowable]:
        """The picture stays with the first signs."""
        for here in range(len(self.parts) - 1, 0, -1):
            first = self._piece(self.parts[:here], self.picture, self.again)
            if first.wrap(width)[1] <= height:
                return [first, self._piece(self.parts[here:], None, True)]
        return []

    def _piece(self, parts: Sequence[Flowable], picture: Picture | None, again: bool) -> SignsBox:
        made = SignsBox(self.head, parts, self.pad, picture, mirrored=self.mirrored)
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
        if self.picture:
            across = left if self.mirrored else left + self.inside - self.picture.width
            self.picture.drawOn(canvas, across, top - self.start - self.picture.height)
        for part, height in zip(self.parts, self.heights, strict=True):
            top -= height
            if next(elements([part]), None):
                part.drawOn(canvas, left + self.inside - part.width if self.mirrored else left, top)

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


def _height(part: Flowable, width: float) -> float:
    high: float = part.height if isinstance(part, Gap) else part.wrap(width, 0)[1]
    return high


def _read(parts: Sequence[Flowable], picture: Picture | None) -> list[Flowable]:
    """The picture is read behind the list of signs."""
    read = [part for part in parts if not isinstance(part, Gap)]
    signs = [part for part in read if isinstance(part, Bullet)]
    return [*signs, *([picture] if picture else []), *read[len(signs) :]]
