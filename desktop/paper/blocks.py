"""The parts of a page that reportlab does not have: the bar, a marked paragraph, a label with its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from desktop.paper.look import INK, LINE, RULE_LIGHT
from desktop.paper.marks import Mark, operators
from desktop.paper.operators import number
from desktop.paper.paragraph import Paragraph
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, group


class Marked(Flowable):
    """Paragraphs with a drawn mark before the first line. The mark says what words beside it say too."""

    def __init__(self, mark: Mark, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__()
        self.mark, self.paragraphs = mark, paragraphs
        self.element = group("Sect", *paragraphs) if len(paragraphs) > 1 else paragraphs[0].element
        self.leading: float = paragraphs[0].style.leading
        self.indent = self.leading * 1.35

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width = width
        self.height = sum(paragraph.wrap(width - self.indent)[1] for paragraph in self.paragraphs)
        return width, self.height

    def draw(self) -> None:
        size = self.leading * 0.92
        draw_mark(self.canv, self.mark, 0, self.height - (self.leading + size) / 2, size)
        draw_down(self.canv, self.paragraphs, self.indent, self.height)


class Labelled(Flowable):
    """A label column, and beside it lines that may run over the page: the label is then said again. `whole`: only where
    they fit on no page.
    """

    element: Element | None

    def __init__(
        self,
        label: Marked | Paragraph,
        again: Marked | Paragraph,
        lines: Sequence[Paragraph],
        *,
        column: float,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self.whole = whole
        self.label, self.again, self.lines, self.column = label, again, lines, column
        if label.element:
            label.element.role = "Lbl"
        self.element = group("LI", label, group("LBody", *lines))

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        label = self.label.wrap(self.column - 3 * mm)[1]
        lines = sum(line.wrap(width - self.column)[1] for line in self.lines)
        self.width, self.height = width, max(label, lines)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        return [] if self.whole else self.cut(width, height)

    def cut(self, width: float, height: float) -> list[Flowable]:
        if height < self.label.wrap(self.column - 3 * mm)[1]:
            return []
        here, there = parted(self.lines, width - self.column, height)
        if not here or not there:
            return []
        return [self._piece(self.label, here), self._piece(self.again, there)]

    def _piece(self, label: Marked | Paragraph, lines: Sequence[Paragraph]) -> Labelled:
        made = Labelled(label, self.again, lines, column=self.column, whole=self.whole)
        made.element = self.element
        return made

    def draw(self) -> None:
        self.label.drawOn(self.canv, 0, self.height - self.label.height)
        draw_down(self.canv, self.lines, self.column, self.height)


class Bar(Flowable):
    """What matters first: filled for an emergency, a frame for everything else."""

    def __init__(
        self, mark: Mark, lines: Sequence[Paragraph], *, colour: Color, filled: bool, dashed: bool, inset: float
    ) -> None:
        super().__init__()
        self.mark, self.lines, self.colour, self.filled, self.dashed = mark, lines, colour, filled, dashed
        self.inset, self.indent = inset, 16 * mm
        self.element = group("Sect", *lines)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        inside = width - self.indent - 4 * mm
        self.width = width
        self.height = sum(line.wrap(inside)[1] for line in self.lines) + 2 * self.inset
        return width, self.height

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setFillColor(self.colour)
        self.canv.setStrokeColor(self.colour)
        self.canv.setLineWidth(1.4)
        if self.dashed:
            self.canv.setDash(3, 2)
        self.canv.roundRect(0.7, 0.7, self.width - 1.4, self.height - 1.4, 3, fill=int(self.filled))
        self.canv.restoreState()
        draw_mark(self.canv, self.mark, 4.4 * mm, self.height / 2 - 3.8 * mm, 7.6 * mm)
        draw_down(self.canv, self.lines, self.indent, self.height - self.inset)


class Framed(Flowable):
    """In a dashed frame: what is still open. Over a page both pieces have one."""

    element: Element | None

    def __init__(self, parts: Sequence[Flowable], *, inset: float, gap: float) -> None:
        super().__init__()
        self.parts, self.inset, self.gap = parts, inset, gap
        self.element = group("Sect", *parts)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        parts = sum(part.wrap(width - 6 * mm, 0)[1] + self.gap for part in self.parts) - self.gap
        self.width, self.height = width, parts + 2 * self.inset
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        left, here = height - 2 * self.inset, 0
        for part in self.parts:
            left -= part.wrap(width - 6 * mm, 0)[1]
            if left < 0:
                break
            left -= self.gap
            here += 1
        if not here or here == len(self.parts):
            return []
        return [self._piece(self.parts[:here]), self._piece(self.parts[here:])]

    def _piece(self, parts: Sequence[Flowable]) -> Framed:
        made = Framed(parts, inset=self.inset, gap=self.gap)
        made.element = self.element
        return made

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.setDash(2.5, 2)
        self.canv.roundRect(0.4, 0.4, self.width - 0.8, self.height - 0.8, 3)
        self.canv.restoreState()
        top = self.height - self.inset
        for part in self.parts:
            part.drawOn(self.canv, 3 * mm, top - part.height)
            top -= part.height + self.gap


class Beside(Flowable):
    """Two columns of paragraphs; the left one is read first."""

    def __init__(self, left: Sequence[Paragraph], right: Sequence[Paragraph]) -> None:
        super().__init__()
        self.left, self.right = left, right
        self.element = group("Sect", *left, *right)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        half = width / 2
        heights = [sum(part.wrap(half - 4 * mm)[1] for part in column) for column in (self.left, self.right)]
        self.width, self.height = width, max(heights)
        return width, self.height

    def draw(self) -> None:
        draw_down(self.canv, self.left, 0, self.height)
        draw_down(self.canv, self.right, self.width / 2, self.height)


class Bullet(Flowable):
    """One line of a list, behind a dash; parted only where it fits on no page."""

    element: Element | None

    def __init__(self, paragraph: Paragraph) -> None:
        super().__init__()
        self.dash = Paragraph("–", paragraph.style, "Lbl")
        self.paragraph, self.indent = paragraph, paragraph.style.size * 1.1
        self.element = group("LI", self.dash, group("LBody", paragraph))

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.dash.wrap(self.indent)
        self.width, self.height = width, self.paragraph.wrap(width - self.indent)[1]
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        return []

    def cut(self, width: float, height: float) -> list[Flowable]:
        pieces = self.paragraph.split(width - self.indent, height)
        return [self._piece(piece, place) for place, piece in enumerate(pieces)]

    def _piece(self, piece: Flowable, place: int) -> Bullet:
        assert isinstance(piece, Paragraph)
        made = Bullet(piece)
        if place:
            made.dash = Paragraph("", piece.style, None)
        else:
            made.dash = self.dash
        made.element = self.element
        return made

    def draw(self) -> None:
        self.dash.wrap(self.indent)
        self.dash.drawOn(self.canv, 0, self.height - self.dash.height)
        self.paragraph.drawOn(self.canv, self.indent, 0)


class Ruled(Flowable):
    """A light line over the whole width."""

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width, self.height = width, RULE_LIGHT
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        canvas.rule(0, 0, self.width, LINE, RULE_LIGHT)


Part = TypeVar("Part", bound=Flowable)


def draw_mark(canvas: Canvas, mark: Mark, x: float, y: float, size: float) -> None:
    """In a square of `size` whose lower left corner is at x, y."""
    assert isinstance(canvas, TaggedCanvas)
    scale = number(size / 20)
    canvas.put(f"q {scale} 0 0 {scale} {number(x)} {number(y)} cm {operators(mark)} Q")


def draw_down(canvas: Canvas, paragraphs: Sequence[Paragraph], x: float, top: float) -> None:
    """One under the other; each must have been wrapped."""
    for paragraph in paragraphs:
        top -= paragraph.height
        paragraph.drawOn(canvas, x, top)


def parted(lines: Sequence[Part], width: float, height: float) -> tuple[list[Part], list[Part]]:
    """What fits into that height, and the rest; a paragraph may stand in both."""
    here: list[Part] = []
    for place, line in enumerate(lines):
        needed = line.wrap(width, 0)[1]
        if needed > height:
            # Two pieces, or none where not even two lines fit.
            pieces: list[Any] = line.split(width, height)
            first, rest = pieces[:1], pieces[1:] or [line]
            return [*here, *first], [*rest, *lines[place + 1 :]]
        here.append(line)
        height -= needed
    return here, []
