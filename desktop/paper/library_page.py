"""A page of the library on paper, tagged: what the screen shows, with the sources at its end. It is about nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.clinical.library import TAG_WORDS, Page
from desktop.clinical.page_text import MARKER, markdown
from desktop.paper.blocks import Labelled
from desktop.paper.flow import Gap, Together
from desktop.paper.fonts import REGULAR, SEMIBOLD
from desktop.paper.grid import Cell, Grid, Row
from desktop.paper.heading import TITLE
from desktop.paper.look import INK, MUTED, WIDTH
from desktop.paper.paragraph import Paragraph, Span, Style
from desktop.paper.sheet import Laid, Sheet
from desktop.paper.trail_mark import mark_words

if TYPE_CHECKING:
    from markdown_it.token import Token

TEXT, SMALL = Style(10, 14, INK), Style(8.5, 11.5, MUTED)
HEADING = Style(12, 16, INK, SEMIBOLD)
# As on the sheets that patients take home.
PATIENTS, PATIENTS_HEADING = Style(14, 19.6, INK), Style(16, 22.4, INK, SEMIBOLD)
CELL, CELL_HEAD = Style(9, 12, INK), Style(8.5, 11.5, MUTED, SEMIBOLD)
BULLET = 7 * mm


def library_pdf(page: Page, content: Content, *, demo: bool, audit: str = "") -> bytes:
    """The same page gives the same bytes. Without an open record there is no head of its audit trail to print."""
    whose = "Page of this practice" if page.own else "Backstop library"
    footer = f"{whose}, rules {content.rule_set}. Checked {date_words(page.head.checked)}. {mark_words(audit)}"
    sheet = Sheet(page.title, None, Person(), footer.strip(), demo, about_nobody=True)
    return Laid(sheet, list(_Story(page, content).parts())).pdf()


class _Story:
    def __init__(self, page: Page, content: Content) -> None:
        self.page, self.content = page, content
        for_patients = page.audience == "patients"
        self.text, self.heading = (PATIENTS, PATIENTS_HEADING) if for_patients else (TEXT, HEADING)
        self.tokens = list(markdown().parse(page.body))

    def parts(self) -> Iterator[Flowable]:
        yield Paragraph(self.page.title, TITLE, "H1")
        yield Gap(1 * mm)
        yield Paragraph(self.page.head.summary, SMALL)
        yield Gap(2 * mm)
        while self.tokens:
            yield from self._next(self.tokens.pop(0))
        yield from self._sources()

    def _next(self, token: Token) -> Iterator[Flowable]:
        match token.type:
            case "heading_open":
                yield Gap(3 * mm)
                yield Together(24 * mm)
                yield Paragraph(self._spans(self.tokens.pop(0), SEMIBOLD), self.heading, "H2")
                yield Gap(1 * mm)
            case "paragraph_open":
                yield Paragraph(self._spans(self.tokens.pop(0)), self.text)
                yield Gap(1.5 * mm)
            case "bullet_list_open" | "ordered_list_open":
                yield from self._list(numbered=token.type.startswith("ordered"))
                yield Gap(1.5 * mm)
            case "table_open":
                yield self._table()
                yield Gap(2 * mm)

    def _list(self, *, numbered: bool) -> Iterator[Flowable]:
        number = 0
        while (token := self.tokens.pop(0)).type not in ("bullet_list_close", "ordered_list_close"):
            if token.type == "inline":
                number += 1
                sign = f"{number}." if numbered else "•"
                label = Paragraph(sign, self.text, "Lbl")
                lines = [Paragraph(self._spans(token), self.text)]
                yield Labelled(label, Paragraph("", self.text, None), lines, column=BULLET)
                yield Gap(0.8 * mm)

    def _table(self) -> Grid:
        rows: list[list[Token]] = []
        while (token := self.tokens.pop(0)).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        head, *body = rows
        return Grid(
            Row([Cell(Paragraph(self._spans(cell, SEMIBOLD), CELL_HEAD), head=True) for cell in head]),
            [Row([Cell(Paragraph(self._spans(cell), CELL)) for cell in row]) for row in body],
            _widths(rows),
            above=1.2 * mm,
            below=1.2 * mm,
            gutter=3 * mm,
        )

    def _spans(self, token: Token, font: str = REGULAR) -> list[Span]:
        found, bold = [], 0
        for child in token.children or ():
            bold += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
            words = " " if child.type in ("softbreak", "hardbreak") else child.content
            if words:
                found.append(Span(self._marked(words), SEMIBOLD if bold else font))
        return found

    def _marked(self, words: str) -> str:
        def said(marker: re.Match[str]) -> str:
            tag = self.page.head.source[int(marker[1]) - 1].tag
            return f"[{marker[1]} {tag}]" if tag in ("judgement", "recall") else marker[0]

        return MARKER.sub(said, words)

    def _sources(self) -> Iterator[Flowable]:
        if not self.page.head.source:
            return
        yield Gap(4 * mm)
        yield Together(20 * mm)
        yield Paragraph("Sources", HEADING, "H2")
        yield Gap(1 * mm)
        for number, source in enumerate(self.page.head.source, 1):
            citation = self.content.citations[source.cite.partition(" ")[0]]
            words = [f"{number}  {self.content.source_words(source.cite)}", TAG_WORDS[source.tag], citation.url]
            yield Paragraph(" · ".join(filter(None, words)), SMALL)
            yield Gap(0.8 * mm)


def _widths(rows: Sequence[Sequence[Token]]) -> list[float]:
    """By how much stands in each column, none narrower than a word."""
    columns = range(len(rows[0]))
    longest = [max(len(row[column].content) for row in rows if column < len(row)) for column in columns]
    shares = [max(length, 12) ** 0.6 for length in longest]
    return [WIDTH * share / sum(shares) for share in shares]
