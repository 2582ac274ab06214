"""A4 pages that are about no single patient: a worklist, a report. Headings and tables, tagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.paper.accessible import accessible
from desktop.paper.flow import Gap, Page, Together, paginate
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.grid import Cell, Grid, Row
from desktop.paper.heading import TITLE
from desktop.paper.look import BOTTOM, INK, LEFT, MUTED, PAGE, SMALLEST, TOP, WIDTH
from desktop.paper.paragraph import Paragraph, Style, Words
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import document
from desktop.paper.watermark import watermark

TEXT = Style(9.5, 13, INK)
HEAD = Style(8.5, 12, MUTED, SEMIBOLD)
HEADING = Style(12, 16, INK, SEMIBOLD)
FOOTER = Style(SMALLEST, 9.2, MUTED)
FOOT, PLACE = 9 * mm, 30 * mm
SUBJECT = "For the practice’s own use"
PAD, GUTTER = 1.4 * mm, 3 * mm


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the page. An empty table says `nothing`."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Words]]
    widths: Sequence[float]
    nothing: str
    says: str = ""


@dataclass(frozen=True)
class Listing:
    """`audit` is the head of the audit trail when it was made: on paper it shows later that no row was cut off."""

    title: str
    about: str
    tables: Sequence[Table | Flowable]
    demo: bool = False
    audit: str = ""


def listing_pdf(listing: Listing) -> bytes:
    """The same listing gives the same bytes."""
    story = list(_story(listing))
    pages = paginate(story, WIDTH, lambda number: PAGE[1] - TOP - BOTTOM - FOOT)
    file = BytesIO()
    canvas = TaggedCanvas(file, size=PAGE, title=listing.title, subject=SUBJECT, language="en-GB")
    for number, page in enumerate(pages, start=1):
        _draw(canvas, listing, page, f"page {number} of {len(pages)}")
        canvas.showPage()
    canvas.save()
    return accessible(file.getvalue(), document(story), title=listing.title, language="en-GB")


def _draw(canvas: TaggedCanvas, listing: Listing, page: Page, place: str) -> None:
    if listing.demo:
        watermark(canvas, PAGE)
    for part, used in page.parts:
        part.drawOn(canvas, LEFT, PAGE[1] - TOP - used - part.height)
    above = FOOTER.leading if listing.audit else 0
    with canvas.decoration("Footer"):
        for words, style, height in (
            (f"{listing.title} · {listing.about}", FOOTER, above),
            (place, replace(FOOTER, align="right"), above),
            (f"audit {listing.audit}" if listing.audit else "", FOOTER, 0),
        ):
            line = Paragraph(words, style, None)
            line.wrap(WIDTH)
            line.drawOn(canvas, LEFT, BOTTOM + height)


def _story(listing: Listing) -> Iterator[Flowable]:
    yield Paragraph(listing.title, TITLE, "H1")
    yield Gap(1 * mm)
    yield Paragraph(listing.about, TEXT)
    for table in listing.tables:
        yield Gap(5 * mm)
        if isinstance(table, Table):
            yield from _table(table)
        else:
            yield table


def _table(table: Table) -> Iterator[Flowable]:
    yield Together(24 * mm)
    yield Paragraph(table.title, HEADING, "H2")
    if table.says:
        yield Paragraph(table.says, replace(TEXT, colour=MUTED))
    yield Gap(1.2 * mm)
    if not table.rows:
        yield Paragraph(table.nothing, TEXT)
        return
    whole = sum(table.widths)
    widths = [WIDTH * share / whole for share in table.widths]
    head = Row([Cell(Paragraph(words, HEAD), head=True) for words in table.head])
    rows = [Row([Cell(Paragraph(words, TEXT)) for words in row]) for row in table.rows]
    yield Grid(head, rows, widths, above=PAD, below=PAD, gutter=GUTTER)
