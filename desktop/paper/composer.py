"""What the clinical documents have in common: one basis, type that is set smaller until it fits, and their parts."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.export import assessment_json
from desktop.clinical.rules import Urgency
from desktop.paper import marks
from desktop.paper.basis import Basis
from desktop.paper.blocks import Bar, Labelled, Marked
from desktop.paper.flow import Gap, Together
from desktop.paper.fonts import REGULAR, SEMIBOLD
from desktop.paper.grid import Cell, Grid, Row
from desktop.paper.look import DARK_RED, INK, SEVERITY, WHITE, WIDTH, Setting
from desktop.paper.paragraph import Paragraph, Span, Style, Words, strong
from desktop.paper.sheet import Laid, Sheet

PAGES = 2


class Composer:
    """A kind of document says what its story is; `settings` go from roomy to tight."""

    title: str
    settings: tuple[Setting, ...]

    def __init__(self, basis: Basis) -> None:
        self.basis, self.content, self.assessment = basis, basis.content, basis.assessment
        self.zone = basis.zone
        self.set = self.settings[0]
        self.tried: dict[Setting, Laid] = {}

    def story(self) -> Iterator[Flowable]:
        raise NotImplementedError

    def pdf(self) -> bytes:
        """The same basis gives the same bytes."""
        return self.fitted().pdf()

    def fitted(self) -> Laid:
        """The roomiest setting that keeps to two pages; nothing is cut, so a third if it must be."""
        return self.laid(self.roomiest(PAGES, self.settings) or self.settings[-1])

    def roomiest(self, pages: int, settings: Sequence[Setting]) -> Setting | None:
        """The roomiest of them that keeps to so many pages."""
        place = bisect_left(settings, True, key=partial(self.fits, pages))
        return settings[place] if place < len(settings) else None

    def fits(self, pages: int, setting: Setting) -> bool:
        return len(self.laid(setting).pages) <= pages

    def laid(self, setting: Setting) -> Laid:
        if setting not in self.tried:
            self.set = setting
            self.tried[setting] = Laid(self._sheet(), list(self.story()))
        return self.tried[setting]

    def _sheet(self) -> Sheet:
        basis = self.basis
        person = basis.assessment.person
        state, footer = basis.state_words, basis.footer_words
        sheet = Sheet(self.title, basis.patient, person, footer, basis.demo, state, draft=basis.signed is None)
        if not basis.attach:
            return sheet
        told = json.dumps(assessment_json(basis.content, basis.assessment), indent=1, allow_nan=False)
        return replace(sheet, attached=told.encode())

    def bar(self, urgency: Urgency, head: str, lines: Iterable[str], *, filled: bool) -> Flowable:
        colour = WHITE if filled else INK
        size = self.set.body * 1.32
        first = Paragraph(head, Style(size, size * 1.24, colour, SEMIBOLD))
        rest = [Paragraph(line, replace(self.set.text, colour=colour)) for line in lines if line]
        mark = marks.severity(urgency, WHITE, DARK_RED) if filled else marks.severity(urgency)
        dashed, inset = urgency is Urgency.none, self.set.pad + 2.6
        return Bar(mark, [first, *rest], colour=SEVERITY[urgency], filled=filled, dashed=dashed, inset=inset)

    def section(self, title: str, parts: Iterable[Flowable]) -> Iterator[Flowable]:
        """A heading never stands at the foot of a page without its first row."""
        parts = list(parts)
        if parts:
            heading = Paragraph(title, self.set.heading, "H2")
            above, below = self.set.pad * 2.6, self.set.pad * 0.6
            yield Together(above + heading.style.leading + below + self._first(parts[0]))
            yield Gap(above)
            yield heading
            yield Gap(below)
            yield from parts

    def _first(self, part: Flowable) -> float:
        """How high the piece is that has to stand with the heading: the head of a table and its first row."""
        height: float = part.wrap(WIDTH, 0)[1]
        return part.first if isinstance(part, Grid) else min(height, 2 * self.set.line)

    def marked(self, label: str, count: int, mark: marks.Mark, lines: Sequence[list[Span]]) -> Iterator[Flowable]:
        first = Marked(mark, [self.text([strong(label), Span(f" ({count})")])])
        again = Marked(mark, [self._again(label)])
        yield from self._beside(first, again, self._lines(lines))

    def labelled(
        self, label: str, lines: Sequence[list[Span]], *, whole: bool = False, apart: bool = False
    ) -> Iterator[Flowable]:
        """`apart`: one under the other also where the page is tight."""
        found = [self.text(line) for line in lines] if apart else self._lines(lines)
        yield from self._beside(self.text(label, SEMIBOLD), self._again(label), found, whole=whole)

    def _again(self, label: str) -> Paragraph:
        return Paragraph([strong(label), Span(", continued")], self.set.text, None)

    def _beside(
        self, label: Marked | Paragraph, again: Marked | Paragraph, lines: Sequence[Paragraph], *, whole: bool = False
    ) -> Iterator[Flowable]:
        yield Labelled(label, again, lines, column=self.set.label, whole=whole)
        yield Gap(self.set.pad * 0.7)

    def _lines(self, lines: Sequence[list[Span]]) -> list[Paragraph]:
        """One under the other, or run in where the page is tight."""
        if self.set.tight:
            lines = [[span for line in lines for span in (*line, Span(" "))]]
        return [self.text(line) for line in lines]

    def grid(self, head: list[Cell], rows: Sequence[Row], widths: Sequence[float]) -> Grid:
        pad = self.set.pad
        return Grid(Row(head), rows, widths, above=pad * 0.7, below=pad * 0.8, gutter=4 * mm)

    def head(self, words: str, *, right: bool = False) -> Cell:
        style = self.set.column_head
        return Cell(Paragraph(words, replace(style, align="right") if right else style), head=True)

    def text(self, words: Words, font: str = REGULAR) -> Paragraph:
        return Paragraph([Span(words, font)] if isinstance(words, str) else words, self.set.text)

    def small(self, words: str) -> Paragraph:
        return Paragraph(words, self.set.small_text)

    def muted(self, words: Words) -> Paragraph:
        return Paragraph(words, self.set.muted)
