"""Our own writing of letters, looks and marks says the same as reportlab's."""

from __future__ import annotations

from reportlab.platypus import Flowable

from desktop.clinical.checklist import Person
from desktop.paper import marks
from desktop.paper.blocks import Marked
from desktop.paper.fonts import REGULAR, SEMIBOLD, glyphs, has_glyph, printable
from desktop.paper.look import SETTINGS
from desktop.paper.paragraph import Paragraph, Span
from desktop.paper.sheet import Laid, Sheet

from .conftest import WALKER, Paper
from .test_tags import is_accessible

SHEET = Sheet("A title", WALKER, Person(62, "female"), "A footer.", demo=True)
TEXT = SETTINGS[0].text


def paper(*story: Flowable) -> Paper:
    return Paper(Laid(SHEET, story).pdf())


def test_signs_that_mean_something_in_a_file_are_printed_as_they_are() -> None:
    words = r"(a) b\) \\( T* ET (Tj) \051 %c <d> [e] /F1"
    assert words in paper(Paragraph(words, TEXT)).text


def test_more_letters_than_one_font_of_a_file_holds_come_back_as_they_were() -> None:
    found = [chr(code) for code in sorted(glyphs(REGULAR)) if 0xA0 < code < 0x2000 and chr(code).isalpha()]
    words = [letter for letter in found if printable(letter) == letter and has_glyph(letter, REGULAR)][:700]
    assert len(words) > 512
    spans = [Span(f"{letter} ", font) for letter in words for font in (REGULAR, SEMIBOLD)]
    made = paper(Paragraph(spans, TEXT))
    assert [letter for letter in words if f" {letter} {letter} " not in f" {made.text} "] == []
    assert is_accessible(made.data)


def test_a_mark_drawn_a_second_time_is_the_same() -> None:
    marked = [Marked(mark, [Paragraph("Words", TEXT)]) for mark in (marks.yes, marks.no, marks.yes)]
    operators = [marks.operators(marked.mark) for marked in marked]
    assert operators[0] == operators[2] != operators[1]
    assert is_accessible(paper(*marked).data)
