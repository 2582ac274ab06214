"""The parts of a page that reportlab does not have: the bar, a marked paragraph, a label with its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from desktop.paper.marks import Mark


class Marked(Flowable):
    """Paragraphs with a drawn mark before the first line."""

    def __init__(self, mark: Mark, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__()
        self.mark, self.paragraphs = mark, paragraphs
        self.leading: float = paragraphs[0].style.leading
        self.indent = self.leading * 1.35

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = sum(paragraph.wrap(width - self.indent, height)[1] for paragraph in self.paragraphs)
        return width, self.height

    def draw(self) -> None:
        size = self.leading * 0.92
        draw_mark(self.canv, self.mark, 0, self.height - (self.leading + size) / 2 - self.leading * 0.03, size)
        draw_down(self.canv, self.paragraphs, self.indent, self.height)


Label: TypeAlias = Marked | Paragraph


class Labelled(Flowable):
    """A label column, and beside it lines that may run over the page: the label is then said again."""

    def __init__(self, label: Label, again: Label, lines: Sequence[Paragraph], *, column: float, gap: float) -> None:
        super().__init__()
        self.label, self.again, self.lines, self.column, self.gap = label, again, lines, column, gap

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        label = self.label.wrap(self.column - 3 * mm, height)[1]
        lines = sum(line.wrap(width - self.column, height)[1] for line in self.lines)
        self.width, self.height = width, max(label, lines) + self.gap
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        if height < self.label.wrap(self.column - 3 * mm, height)[1] + self.gap:
            return []
        here, there = _parted(self.lines, width - self.column, height - self.gap)
        if not here or not there:
            return []
        return [
            Labelled(self.label, self.again, here, column=self.column, gap=self.gap),
            Labelled(self.again, self.again, there, column=self.column, gap=self.gap),
        ]

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

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        inside = width - self.indent - 4 * mm
        self.width = width
        self.height = sum(line.wrap(inside, height)[1] for line in self.lines) + 2 * self.inset
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


def draw_mark(canvas: Canvas, mark: Mark, x: float, y: float, size: float) -> None:
    """In a square of `size` whose lower left corner is at x, y."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size / 20, size / 20)
    mark(canvas)
    canvas.restoreState()


def draw_down(canvas: Canvas, paragraphs: Sequence[Paragraph], x: float, top: float) -> None:
    """One under the other; each must have been wrapped."""
    for paragraph in paragraphs:
        top -= paragraph.height
        paragraph.drawOn(canvas, x, top)


def _parted(lines: Sequence[Paragraph], width: float, height: float) -> tuple[list[Paragraph], list[Paragraph]]:
    here: list[Paragraph] = []
    for place, line in enumerate(lines):
        needed = line.wrap(width, height)[1]
        if needed > height:
            # Two pieces, or none where not even two lines fit.
            pieces: list[Any] = line.split(width, height)
            first, rest = pieces[:1], pieces[1:] or [line]
            return [*here, *first], [*rest, *lines[place + 1 :]]
        here.append(line)
        height -= needed
    return here, []
