"""The pages as a reader meets them: complete, large enough, with a code that reads, and nothing of the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
import zxingcpp
from reportlab.lib.units import mm

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.patient_sheet import PatientSheet
from desktop.paper.contact_block import NOT_APPROVED, warning_text
from desktop.paper.fonts import printable
from desktop.paper.handed import Handed, Practice
from desktop.paper.handout import handout_pdf
from desktop.paper.wallet_card import CARD, card_pdf

from .conftest import AT, screen_with

SURGERY = Practice("Elm Street Surgery", "01632 960 000", "Monday to Friday, 8 to 6.30.")
HANDED = Handed(date(2026, 11, 23), "Gareth", SURGERY)
KINDS: Mapping[str, Callable[[PatientSheet, Handed], bytes]] = {
    "standard": handout_pdf,
    "large": lambda sheet, handed: handout_pdf(sheet, handed, large=True),
    "card": card_pdf,
}
HOSTILE = {
    "long": "Bartholomew" * 18 + "ab",
    "override": "Anna\N{RIGHT-TO-LEFT OVERRIDE}kcilC",
    "markup": "<b>Anna</b> & <font color='red'>",
    "emoji": "Anna \N{GRINNING FACE}",
    "arabic": "فاطمة",
    "empty": "",
}


def plain(text: str) -> str:
    return " ".join(text.replace("\x02", "-").replace("\ufffe", "-").replace("\N{NO-BREAK SPACE}", " ").split())


def pages_of(data: bytes) -> list[str]:
    return [plain(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(data)]


def squeezed(words: str) -> str:
    """Without blanks: a line may break anywhere."""
    return re.sub(r"\s", "", plain(printable(words)))


def missing(data: bytes, words: Sequence[str]) -> list[str]:
    there = "".join(squeezed(one) for one in pages_of(data))
    return [one for one in words if squeezed(one) not in there]


@pytest.fixture(scope="module")
def some(variants: Mapping[str, PatientSheet]) -> Sequence[PatientSheet]:
    """The shortest, the longest, and every sixtieth between."""
    found = sorted(variants.values(), key=lambda sheet: sum(len(line.words) for line in sheet.lines))
    return [*found[::60], found[-1]]


@pytest.fixture(scope="module")
def usual(content: Content, sheet_of: Callable[..., PatientSheet]) -> PatientSheet:
    answers = screen_with(content) | {"radicular_pain": True, "pain_duration_weeks": 3.0}
    return sheet_of(assess(content, Person(44, "female"), answers, AT))


@pytest.mark.parametrize("large", [False, True])
def test_every_line_stands_on_the_page(some: Sequence[PatientSheet], large: bool) -> None:
    for sheet in some:
        data = handout_pdf(sheet, HANDED, large=large)
        expected = [line.words for line in sheet.lines]
        expected += [sheet.out_of_hours.words, sheet.feedback.words, SURGERY.telephone, SURGERY.name, *sheet.sources]
        assert missing(data, expected) == []


@pytest.mark.heavy
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
def test_every_variant_is_complete_and_accessible(variants: Mapping[str, PatientSheet], kind: str) -> None:
    for sheet in variants.values():
        data = KINDS[kind](sheet, HANDED)
        lines = (*sheet.card.signs, sheet.card.said) if kind == "card" else sheet.lines
        assert missing(data, [line.words for line in lines]) == []
        assert page.validate_pdf_bytes(data, profile="ua1").is_compliant


def test_every_sign_stands_on_the_card(some: Sequence[PatientSheet]) -> None:
    for sheet in some:
        card = sheet.card
        lines = (card.head, *card.signs, card.close, card.back_head, card.said, card.call)
        assert missing(card_pdf(sheet, HANDED), [line.words for line in lines]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_ua(usual: PatientSheet, kind: str) -> None:
    assert page.validate_pdf_bytes(KINDS[kind](usual, HANDED), profile="ua1").is_compliant


def test_one_side_in_clear_print_and_two_in_large(usual: PatientSheet) -> None:
    assert len(pages_of(handout_pdf(usual, HANDED))) == 1
    assert len(pages_of(handout_pdf(usual, HANDED, large=True))) == 2


def test_never_more_than_two_sides_of_clear_print(some: Sequence[PatientSheet]) -> None:
    assert max(len(pages_of(handout_pdf(sheet, HANDED))) for sheet in some) <= 2


def test_the_number_stands_on_every_page(some: Sequence[PatientSheet]) -> None:
    for text in pages_of(handout_pdf(some[-1], HANDED, large=True)):
        assert f"{SURGERY.name} {SURGERY.telephone}" in text


def test_what_is_an_emergency_comes_before_everything_else(usual: PatientSheet) -> None:
    (text,) = pages_of(handout_pdf(usual, HANDED))
    places = [text.index(section.head.words) for section in (usual.emergency, *usual.sections)]
    assert places == sorted(places)
    assert text.index(SURGERY.telephone) > places[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_shows_the_signs_and_the_number_without_a_network(usual: PatientSheet, kind: str) -> None:
    document = pypdfium2.PdfDocument(KINDS[kind](usual, HANDED))
    picture = document[len(document) - 1].render(scale=300 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == warning_text(usual, HANDED)
    assert all(line.words in code.text for line in usual.card.signs)
    assert code.text.endswith(f"{SURGERY.name} {SURGERY.telephone}")
    corners = code.position
    assert (corners.top_right.x - corners.top_left.x) / 300 * 25.4 >= 21.9


@pytest.mark.parametrize(("large", "least"), [(False, 14), (True, 18)])
def test_only_the_fine_print_for_the_surgery_is_smaller(usual: PatientSheet, large: bool, least: float) -> None:
    small = smaller_than(least, handout_pdf(usual, HANDED, large=large))
    assert small.startswith("Version")
    assert small.endswith(usual.feedback.words + usual.qr_below.words)
    assert not any(line.words in small for line in usual.lines)
    # The twin: at one point more, all of it is too small.
    assert usual.emergency.lines[0].words in smaller_than(20.1, handout_pdf(usual, HANDED, large=large))


def smaller_than(least: float, data: bytes) -> str:
    found = ""
    for drawn in pypdfium2.PdfDocument(data):
        text = drawn.get_textpage()
        sizes = [pypdfium2.raw.FPDFText_GetFontSize(text, place) for place in range(text.count_chars())]
        found += "".join(text.get_text_range(place, 1) for place, size in enumerate(sizes) if 1 < size < least)
    return plain(found)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_drawn_outside_the_margins(some: Sequence[PatientSheet], kind: str) -> None:
    for drawn in pypdfium2.PdfDocument(KINDS[kind](some[-1], HANDED)):
        text = drawn.get_textpage()
        rects = [text.get_rect(place) for place in range(text.count_rects())]
        assert min(rect[0] for rect in rects) >= 10 * mm
        assert min(rect[1] for rect in rects) >= 8 * mm
        assert max(rect[2] for rect in rects) <= drawn.get_width() - 10 * mm


def test_the_card_has_the_size_of_a_bank_card() -> None:
    assert [round(length / mm, 1) for length in CARD] == [85.6, 54]


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_name_and_a_day_and_nothing_of_the_record(usual: PatientSheet, kind: str) -> None:
    data = KINDS[kind](usual, HANDED)
    text = " ".join(pages_of(data))
    assert ("Gareth" in text, "23-Nov-2026" in text) == (kind != "card", True)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/AF" not in pdf.Root
        assert "/Names" not in pdf.Root
        assert not pdf.attachments
        about = f"{pdf.docinfo} {pdf.Root.Metadata.read_bytes().decode()}"
    assert "Gareth" not in about


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["standard", "large"])
def test_a_name_is_printed_whole_and_as_it_is(usual: PatientSheet, kind: str, name: str) -> None:
    handed = Handed(date(2026, 11, 23), HOSTILE[name], SURGERY)
    data = KINDS[kind](usual, handed)
    assert page.validate_pdf_bytes(data, profile="ua1").is_compliant
    assert missing(data, [line.words for line in usual.lines]) == []
    if name != "arabic":  # Its letters change their shape; the tags keep them as they were written.
        assert missing(data, [HOSTILE[name]]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_number_is_left_open_on_the_paper(usual: PatientSheet, kind: str) -> None:
    handed = Handed(date(2026, 11, 23), "Gareth", Practice())
    assert usual.contact_none.words in " ".join(pages_of(KINDS[kind](usual, handed)))
    assert usual.contact_none.words not in " ".join(pages_of(KINDS[kind](usual, HANDED)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_drawing_is_a_figure_in_words(usual: PatientSheet, kind: str) -> None:
    """On the card there is room for the signs alone."""
    with pikepdf.open(BytesIO(KINDS[kind](usual, HANDED))) as pdf:
        told = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert (usual.picture_alt.words in told) == (kind != "card")
    assert any(words.startswith("QR code") for words in told)


@pytest.mark.parametrize("large", [False, True])
def test_the_drawing_covers_no_word(some: Sequence[PatientSheet], large: bool) -> None:
    """Nothing but white lies between the marked place and the next words."""
    for sheet in some:
        pdf = pypdfium2.PdfDocument(handout_pdf(sheet, HANDED, large=large))
        ((page, box),) = [(page, one.get_bounds()) for page in pdf for one in page.get_objects() if is_marked(one)]
        words = page.get_textpage()
        assert words.get_text_bounded(box[0] - 4, box[1], box[2] + 4, box[3]).strip() == ""


def is_marked(one: pypdfium2.PdfObject) -> bool:
    """The dark part of the drawing: a filled path between 5 and 20 mm wide, which is no box and no dot."""
    left, bottom, right, top = one.get_bounds()
    return (
        one.type == pdfium_c.FPDF_PAGEOBJ_PATH and 5 * mm < right - left < 20 * mm and 5 * mm < top - bottom < 20 * mm
    )


def test_an_emergency_keeps_to_one_side(content: Content, sheet_of: Callable[..., PatientSheet]) -> None:
    for answers in ({"cancer_history": True, "limb_weakness": "new"}, {"saddle_numbness": "new"}):
        sheet = sheet_of(assess(content, Person(62, "female"), screen_with(content) | answers, AT))
        assert len(pages_of(handout_pdf(sheet, HANDED))) == 1


def test_a_second_side_has_more_on_it_than_the_number(some: Sequence[PatientSheet]) -> None:
    for sheet in some:
        _, *second = pages_of(handout_pdf(sheet, HANDED))
        assert all(sheet.sections[-1].lines[-1].words in text for text in second)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_so_on_every_page(usual: PatientSheet, kind: str) -> None:
    handed = Handed(date(2026, 11, 23), "Gareth", SURGERY, draft=True)
    texts = pages_of(KINDS[kind](usual, handed))
    assert all(usual.draft_note.words in text for text in texts)
    assert not any(usual.draft_note.words in text for text in pages_of(KINDS[kind](usual, HANDED)))


@pytest.mark.parametrize("kind", ["standard", "large"])
def test_edition_sources_and_that_nobody_has_approved_it(usual: PatientSheet, kind: str) -> None:
    text = pages_of(KINDS[kind](usual, HANDED))[-1]
    for words in (f"Version {usual.edition.version}", "again by 28-Nov-2028", NOT_APPROVED, *usual.sources):
        assert words in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_sheet_gives_the_same_bytes(usual: PatientSheet, kind: str) -> None:
    assert KINDS[kind](usual, HANDED) == KINDS[kind](usual, HANDED)


@pytest.mark.parametrize("kind", KINDS)
def test_a_grey_printer_loses_nothing(usual: PatientSheet, kind: str) -> None:
    """Ink, greys and white: no two colours on the page differ in hue alone."""
    picture = pypdfium2.PdfDocument(KINDS[kind](usual, HANDED))[0].render(scale=1).to_pil().convert("HSV")
    vivid = sum(
        count for count, (_, saturation, value) in picture.getcolors(1 << 20) if saturation > 130 and value > 90
    )
    assert vivid == 0
