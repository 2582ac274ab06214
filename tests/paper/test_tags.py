"""A reader that cannot see the page gets all of it, in order, with what is a heading and what heads a column."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import page
import pikepdf
import pytest
from reportlab.platypus import Flowable

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Person
from desktop.paper.blocks import Labelled
from desktop.paper.flow import Gap
from desktop.paper.grid import Cell, Grid, Row
from desktop.paper.look import SETTINGS
from desktop.paper.paragraph import Paragraph
from desktop.paper.sheet import Laid, Sheet

from .conftest import WALKER, Paper

NAMES = ("empty", "twelve", "negative", "emergency", "full", "contradiction")
SHEET = Sheet("A title", WALKER, Person(62, "female"), "A footer.", demo=True)
TEXT = SETTINGS[0].text


def is_accessible(data: bytes) -> bool:
    return bool(page.validate_pdf_bytes(data, profile="ua1").is_compliant)


@pytest.mark.parametrize("name", NAMES)
def test_an_independent_validator_finds_nothing(papers: Mapping[str, Paper], name: str) -> None:
    assert page.validate_pdf_bytes(papers[name].data, profile="ua1").failures == []


@pytest.mark.parametrize("demo", [False, True])
def test_without_the_structure_the_validator_objects(demo: bool) -> None:
    laid = Laid(SHEET, [Paragraph("Words", TEXT, "H1")])
    assert (is_accessible(laid.plain()), is_accessible(laid.pdf())) == (False, True)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_sound(papers: Mapping[str, Paper], name: str) -> None:
    with pikepdf.open(BytesIO(papers[name].data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_title_and_language(papers: Mapping[str, Paper]) -> None:
    with pikepdf.open(BytesIO(papers["full"].data)) as pdf:
        root = pdf.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-GB", True)
        assert (bool(root.ViewerPreferences.DisplayDocTitle), str(pdf.docinfo.Title)) == (True, "Clinical summary")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_out_is_what_is_seen(papers: Mapping[str, Paper], name: str, poppler: Callable[..., str]) -> None:
    """All of it but what repeats itself on each page, and in the same order on the first."""
    said = Counter(poppler("pdfinfo", "-struct-text", data=papers[name].data).replace('"', " ").split())
    seen = Counter(papers[name].body.split())
    assert {word for word, count in seen.items() if count > said[word]} == set()


def test_headings_tables_and_lists(papers: Mapping[str, Paper], encounters: Mapping[str, Assessment]) -> None:
    with pikepdf.open(BytesIO(papers["full"].data)) as pdf:
        roles = Counter(str(element.S) for element in _elements(pdf.Root.StructTreeRoot.K))
    assert (roles["/H1"], roles["/H2"], roles["/Table"], roles["/TH"]) == (1, 6, 2, 7)
    assert roles["/LI"] == roles["/Lbl"] == roles["/LBody"] == len(encounters["full"].plan.immediate) > 8


def test_a_table_over_pages_is_one_table_with_one_head() -> None:
    rows = [Row([Cell(Paragraph(f"Row {number}", TEXT))]) for number in range(120)]
    head = Row([Cell(Paragraph("The head", TEXT), head=True)])
    laid = Laid(SHEET, [Grid(head, rows, [300], above=2, below=2, gutter=0)])
    paper = Paper(laid.pdf())
    assert [page.count("The head") for page in paper.pages] == [1] * len(laid.pages)
    assert len(laid.pages) > 2
    with pikepdf.open(BytesIO(paper.data)) as pdf:
        roles = Counter(str(element.S) for element in _elements(pdf.Root.StructTreeRoot.K))
    assert (roles["/Table"], roles["/TR"], roles["/TH"], is_accessible(paper.data)) == (1, 121, 1, True)


@pytest.mark.parametrize(
    "story",
    [
        [Paragraph("Nothing but decoration", TEXT, None)],
        [Paragraph("", TEXT)],
        [Gap(10), Paragraph("After a gap", TEXT)],
        [],
    ],
)
def test_odd_stories_stay_accessible(story: list[Flowable]) -> None:
    assert is_accessible(Laid(SHEET, story).pdf())


def test_the_same_bytes_from_another_process() -> None:
    code = (
        "import sys; from desktop.clinical.checklist import Person; from desktop.paper.sheet import Laid, Sheet;"
        "from desktop.paper.look import SETTINGS; from desktop.paper.paragraph import Paragraph;"
        "sheet = Sheet('A title', None, Person(62), 'A footer.', True);"
        "sys.stdout.buffer.write(Laid(sheet, [Paragraph('Words', SETTINGS[0].text)]).pdf())"
    )
    first, second = (subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(2))
    assert first.stdout.startswith(b"%PDF")
    assert first.stdout == second.stdout


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from _elements(kid)
    elif "/S" in element:
        yield element
        if "/K" in element:
            yield from _elements(element.K)


LONG = "Words that a clinician pasted. " * 600


def test_a_row_that_fits_on_no_page_goes_on_over_it() -> None:
    head = Row([Cell(Paragraph("The head", TEXT), head=True), Cell(Paragraph("Why", TEXT), head=True)])
    rows = [
        Row([Cell(Paragraph("Short", TEXT)), Cell(Paragraph(LONG, TEXT))]),
        Row([Cell(Paragraph("Last", TEXT), columns=2)]),
    ]
    laid = Laid(SHEET, [Grid(head, rows, [100, 300], above=2, below=2, gutter=0)])
    paper = Paper(laid.pdf())
    assert (paper.text.count("pasted."), paper.text.count("Short"), "Last" in paper.text) == (600, 1, True)
    assert (len(paper.pages) > 1, is_accessible(paper.data)) == (True, True)


def test_rows_that_belong_together_and_fit_on_no_page_are_all_there() -> None:
    head = Row([Cell(Paragraph("The head", TEXT), head=True)])
    rows = [Row([Cell(Paragraph(f"Flag {number}", TEXT))], joined=number > 0) for number in range(150)]
    paper = Paper(Laid(SHEET, [Grid(head, rows, [300], above=2, below=2, gutter=0)]).pdf())
    assert [number for number in range(150) if f"Flag {number}" not in paper.text] == []


def test_no_question_is_parted_where_a_line_near_the_foot_ends_with_one() -> None:
    asked = [f"Question {number} that has some words" for number in range(600)]
    paper = Paper(Laid(SHEET, [Paragraph(f"{'; '.join(asked)}.", TEXT)]).pdf())
    assert len(paper.pages) > 2
    assert [words for words in asked if not any(words in page for page in paper.pages)] == []


def test_a_row_of_a_letter_goes_to_the_next_page_whole() -> None:
    row = Labelled(
        Paragraph("Pain", TEXT), Paragraph("", TEXT, None), [Paragraph("Words " * 90, TEXT)], column=90, whole=True
    )
    for lines in range(44, 56):
        pages = Paper(Laid(SHEET, [*(Paragraph("A line", TEXT) for _ in range(lines)), row]).pdf()).pages
        assert sorted(page.count("Words") for page in pages)[-1] == 90
