"""A table with rules between its rows. Its head comes again on each page, and no row is parted that fits on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from desktop.paper.blocks import parted
from desktop.paper.look import LINE, RULE_LIGHT
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, Role, elements


class Cell:
    """`columns`: over how many of them it reaches; its parts stand one under the other."""

    def __init__(self, *parts: Flowable, columns: int = 1, head: bool = False) -> None:
        self.parts, self.columns = parts, columns
        role: Role = "TH" if head else "TD"
        self.element = Element(role, list(elements(parts)), scope="Column" if head else "", columns=columns)

    def piece(self, parts: Sequence[Flowable]) -> Cell:
        """Of a cell that goes on over the page."""
        made = Cell(*parts, columns=self.columns)
        made.element = self.element
        return made


@dataclass
class Row:
    """`joined` to the row above: no line and no page parts them."""

    cells: Sequence[Cell]
    joined: bool = False

    def __post_init__(self) -> None:
        self.element = Element("TR", list(elements(self.cells)))


def _again(row: Row, cells: Sequence[Cell]) -> Row:
    made = Row(cells, row.joined)
    made.element = row.element
    return made


class Grid(Flowable):
    element: Element | None

    def __init__(
        self, head: Row, rows: Sequence[Row], widths: Sequence[float], *, above: float, below: float, gutter: float
    ) -> None:
        super().__init__()
        self.head, self.rows, self.widths = head, rows, widths
        self.above, self.below, self.gutter = above, below, gutter
        self.element = Element("Table", list(elements([head, *rows])))
        self.again = False

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.head_height = self._height(self.head, 0)
        self.heights = [self._height(row, place) for place, row in enumerate(self.rows)]
        self.width, self.height = sum(self.widths), self.head_height + sum(self.heights)
        return self.width, self.height

    @property
    def first(self) -> float:
        """How high the head is with the first row and what is joined to it; to be called when wrapped."""
        return self.head_height + sum(self.heights[: self._ends()[0]])

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width)
        left, here = height - self.head_height, 0
        for end in self._ends():
            if sum(self.heights[:end]) > left:
                break
            here = end
        return self._cut_at(here)

    def cut(self, width: float, height: float) -> list[Flowable]:
        """Where the rows that are joined are too high for a page of their own: between any two of them, or through
        the first.
        """
        self.wrap(width)
        left = height - self.head_height
        here = max(end for end in range(len(self.rows)) if sum(self.heights[:end]) <= left)
        return self._cut_at(here) or self._cut_through(left - self.above - self.below)

    def _cut_at(self, here: int) -> list[Flowable]:
        if not here or here == len(self.rows):
            return []
        return [self._piece(self.rows[:here], self.again), self._piece(self.rows[here:], True)]

    def _cut_through(self, room: float) -> list[Flowable]:
        first, *others = self.rows
        pieces = [(cell, *parted(cell.parts, width, room)) for cell, width in self._columns(first)]
        if not any(here for _, here, _ in pieces) or not any(there for _, _, there in pieces):
            return []
        above = _again(first, [cell.piece(parts) for cell, parts, _ in pieces])
        below = _again(first, [cell.piece(parts) for cell, _, parts in pieces])
        return [self._piece([above], self.again), self._piece([below, *others], True)]

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        top = self.height
        if self.again:
            with canvas.decoration():
                self._draw_row(canvas, self.head, top, self.above)
        else:
            self._draw_row(canvas, self.head, top, self.above)
        top -= self.head_height
        self._rule(canvas, top)
        for place, (row, height) in enumerate(zip(self.rows, self.heights, strict=True)):
            self._draw_row(canvas, row, top, 0 if row.joined else self.above)
            top -= height
            if not self._joins(place + 1):
                self._rule(canvas, top)

    def _piece(self, rows: Sequence[Row], again: bool) -> Grid:
        made = Grid(self.head, rows, self.widths, above=self.above, below=self.below, gutter=self.gutter)
        made.element, made.again = self.element, again
        return made

    def _ends(self) -> list[int]:
        """After how many rows a page may end."""
        return [end for end in range(1, len(self.rows) + 1) if not self._joins(end)]

    def _joins(self, place: int) -> bool:
        return place < len(self.rows) and self.rows[place].joined

    def _height(self, row: Row, place: int) -> float:
        tallest = max(sum(part.wrap(width, 0)[1] for part in cell.parts) for cell, width in self._columns(row))
        return tallest + (0 if row.joined else self.above) + (self.above if self._joins(place + 1) else self.below)

    def _columns(self, row: Row) -> list[tuple[Cell, float]]:
        found, place = [], 0
        for cell in row.cells:
            end = place + cell.columns
            gutter = self.gutter if end < len(self.widths) else 0
            found.append((cell, sum(self.widths[place:end]) - gutter))
            place = end
        return found

    def _draw_row(self, canvas: TaggedCanvas, row: Row, top: float, above: float) -> None:
        left, place = 0.0, 0
        for cell in row.cells:
            down = top - above
            for part in cell.parts:
                down -= part.height
                part.drawOn(canvas, left, down)
            left += sum(self.widths[place : place + cell.columns])
            place += cell.columns

    def _rule(self, canvas: TaggedCanvas, height: float) -> None:
        canvas.rule(0, height, self.width, LINE, RULE_LIGHT)
