"""Right-to-left names and languages: joined letters, the order of a line, and the text as written in the tags."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from desktop.clinical.checklist import Person
from desktop.paper.bidi import is_right_to_left, shaped, visual
from desktop.paper.fonts import BOLD, REGULAR, SEMIBOLD, has_glyph, runs
from desktop.paper.identity import IdentityLine
from desktop.paper.look import INK, SETTINGS
from desktop.paper.paragraph import Paragraph, Span, Style, strong
from desktop.paper.sheet import Laid, Sheet
from desktop.record.encounter import Patient

NAMES = {
    "Arabic": "كاظم الساهر",
    "with vowel signs": "مُحَمَّد",
    "Urdu": "چوہدری گُلفام ٹھاکُر ڑے",
    "Persian": "ژاله گوهری",
    "Hebrew": "כהן דָּוִד",
}


@pytest.mark.parametrize(
    ("text", "right_to_left", "shown"),
    [
        ("ab 12", False, "ab 12"),
        ("Cohen אב", False, "Cohen בא"),
        ("אב, גד", False, "דג ,בא"),
        ("אב (12) cd", False, "(12) בא cd"),
        ("אב (12) cd", True, "cd (12) בא"),
        ("אב (ab) גד", False, "בא (ab) דג"),
        ("אב (גד [הו]) ab", False, "([וה] דג) בא ab"),
        ("אב 3/5", True, "3/5 בא"),
        ("(אב", True, "בא)"),
        (") אב", False, ") בא"),
        ("", True, ""),
    ],
)
def test_the_order_of_a_line(text: str, right_to_left: bool, shown: str) -> None:
    assert visual(text, right_to_left=right_to_left) == shown


def test_letters_are_joined() -> None:
    assert [hex(ord(char)) for char in shaped("محمد")] == ["0xfee3", "0xfea4", "0xfee4", "0xfeaa"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("font", [REGULAR, SEMIBOLD, BOLD])
def test_each_letter_is_drawn(name: str, font: str) -> None:
    pieces = runs(NAMES[name], font)
    assert [char for _, text in pieces for char in text if not has_glyph(char, font) or char == "\ufffd"] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_tags_have_the_name_as_it_was_written(name: str) -> None:
    patient = Patient("1", NAMES[name], "Sam", date(1964, 3, 14))
    sheet = Sheet("A title", patient, Person(62), "A footer.", demo=False)
    data = Laid(sheet, [IdentityLine(patient, sheet.person, SETTINGS[0].text)]).pdf()
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.Root.StructTreeRoot.K.K.ActualText).startswith(f"{NAMES[name].upper()}, Sam")


def test_a_name_does_not_take_the_words_beside_it_along() -> None:
    paragraph = Paragraph([Span("אב"), Span(" 62 y"), Span(" Sex")], SETTINGS[0].text)
    assert _line(paragraph) == "בא 62 y Sex"


def test_a_telephone_number_is_read_from_left_to_right_everywhere() -> None:
    style = Style(14, 20, INK, align="right", right_to_left=True)
    assert _line(Paragraph([Span("אב "), strong("01632 960 114 "), Span("גד (CKD) 3.")], style)) == (
        ".3 (CKD) דג 01632 960 114 בא"
    )


def test_each_line_is_turned_by_itself() -> None:
    style = Style(10, 14, INK, align="right", right_to_left=True)
    paragraph = Paragraph("אבגדה וזחטי כלמנס עפצקר", style)
    paragraph.wrap(70)
    assert [_text(line) for line in paragraph._lines] == ["יטחזו הדגבא ", "רקצפע סנמלכ"]


@pytest.mark.parametrize(("text", "found"), [("Müller ≥ 3", False), ("א", True), ("ع", True), ("\u200f", True)])
def test_what_is_right_to_left(text: str, found: bool) -> None:
    assert is_right_to_left(text) is found


def _line(paragraph: Paragraph) -> str:
    paragraph.wrap(500)
    (line,) = paragraph._lines
    return _text(line)


def _text(line: object) -> str:
    return "".join(piece.text for piece in line.pieces)
