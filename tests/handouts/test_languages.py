"""Other languages: every word comes through, right-to-left lines are whole and in their order, drafts go to nobody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
from reportlab.lib.units import mm

from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.handouts import Handouts
from desktop.clinical.languages import Language, english, load_languages, offered
from desktop.clinical.mistakes import ContentError
from desktop.clinical.patient_sheet import PatientSheet
from desktop.paper.fonts import printable
from desktop.paper.handed import Handed, Practice
from desktop.paper.handout import handout_pdf
from desktop.paper.wallet_card import card_pdf
from resources import FOLDER

from .conftest import AT, screen_with

SURGERY = Practice("Elm Street Surgery", "01632 960 000", "Monday to Friday, 8 to 6.30.")
HANDED = Handed(date(2026, 11, 23), "Gareth", SURGERY)
ACCENTS = str.maketrans("aeiouycnszAEIOUYCNSZ", "áéïöüýçñšžÁÉÏÖÜÝÇÑŠŽ")
CUES = re.compile(r"(\{\w+\})")
FILE, NAME = "languages/ar.toml", "العربية"


def pseudo(words: str) -> str:
    """Accents, a third longer, and brackets that show where a text begins and ends."""
    pieces = [piece if piece.startswith("{") else piece.translate(ACCENTS) for piece in CUES.split(words)]
    return f"[{''.join(pieces)}{' ~' * (len(words) // 6)}]"


@pytest.fixture(scope="module")
def pseudo_language(handouts: Handouts) -> Language:
    own = english(handouts)
    texts = {id: pseudo(words) for id, words in handouts.texts.items()}
    return Language("en-XA", "Pseudo", "Pseudo", "left-to-right", own.days, own.months, texts)


@pytest.fixture(scope="module")
def arabic(handouts: Handouts) -> Language:
    return next(language for language in load_languages(handouts) if language.code == "ar")


@pytest.fixture(scope="module")
def cancer(content: Content) -> Assessment:
    answers = screen_with(content, "cancer_history") | {"progressive": True, "pain_course": "new"}
    return assess(content, Person(60, "male"), answers, AT)


def text_of(data: bytes) -> list[str]:
    pages = [drawn.get_textpage().get_text_bounded() for drawn in pypdfium2.PdfDocument(data)]
    return [" ".join(text.split()) for text in pages]


def test_every_word_of_the_sheet_goes_through_the_translation(
    pseudo_language: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet]
) -> None:
    sheet = sheet_of(cancer, language=pseudo_language)
    card = sheet.card
    lines = [*sheet.lines, *card.signs, card.head, card.close, card.back_head, card.said, card.call, card.cut]
    lines += [sheet.contact_head, sheet.out_of_hours, sheet.feedback, sheet.qr_below, sheet.draft_note]
    assert [line.words for line in lines if not re.fullmatch(r"\[.*\]", line.words) or line.foreign] == []


@pytest.mark.parametrize("large", [False, True])
def test_longer_words_are_laid_out_whole(
    pseudo_language: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet], large: bool
) -> None:
    sheet = sheet_of(cancer, language=pseudo_language)
    there = "".join("".join(text_of(handout_pdf(sheet, HANDED, large=large))).split())
    assert [line.words for line in sheet.lines if "".join(line.words.split()) not in there] == []


def test_a_draft_is_offered_to_nobody(handouts: Handouts, arabic: Language, pseudo_language: Language) -> None:
    assert [language.code for language in offered(handouts, (arabic,))] == ["en-GB"]
    assert [language.code for language in offered(handouts, (arabic, pseudo_language))] == ["en-GB", "en-XA"]


@pytest.mark.parametrize("large", [False, True])
def test_a_draft_says_so_on_every_page_in_both_languages(
    arabic: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet], large: bool
) -> None:
    sheet = sheet_of(cancer, language=arabic)
    pages = text_of(handout_pdf(sheet, HANDED, large=large))
    assert (len(pages) > 1) == large
    assert all("DRAFT in Arabic, not for patients: no named reviewer" in page for page in pages)
    assert all(arabic.draft_words in page for page in pages)


def test_a_line_that_nobody_translated_stays_whole_in_english(
    arabic: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet]
) -> None:
    lines = sheet_of(cancer, language=arabic).lines
    assert {line.foreign for line in lines} == {True, False}
    assert [line.words for line in lines if line.foreign and has_arabic(line.words)] == []
    translated = [line.words for line in lines if not line.foreign]
    # The name of the place that stands on its door is the only English.
    assert {word for words in translated for word in re.findall(r"[A-Za-z&]+", words)} == {"A&E"}


def test_the_emergency_signs_are_all_translated(
    arabic: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet]
) -> None:
    sheet = sheet_of(cancer, language=arabic)
    box = (sheet.emergency.head, *sheet.emergency.lines, sheet.picture, sheet.picture_alt, *sheet.close)
    assert [line.id for line in box if line.foreign] == []


def test_numbers_stay_as_they_are_dialled(
    arabic: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet]
) -> None:
    text = " ".join(text_of(handout_pdf(sheet_of(cancer, language=arabic), HANDED)))
    assert all(number in text.replace("\N{NO-BREAK SPACE}", " ") for number in ("999", "111", "01632 960 000"))


def test_lines_begin_at_the_right_and_figures_stand_where_they_are_read(
    arabic: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet]
) -> None:
    """In `… call 999 now if:` the colon is the leftmost sign, and 999 stands left of A&E, which is read before it."""
    sheet = sheet_of(cancer, language=arabic)
    drawn = pypdfium2.PdfDocument(handout_pdf(sheet, HANDED))[0]
    text = drawn.get_textpage()
    (emergency,) = boxes(text, "&")
    colon, *nines = [box for sign in ":9" for box in boxes(text, sign) if abs(box[1] - emergency[1]) < 6]
    assert len(nines) == 3
    assert colon[2] < min(box[0] for box in nines)
    assert max(box[2] for box in nines) < emergency[0]


def boxes(text: pypdfium2.PdfTextPage, char: str) -> list[tuple[float, float, float, float]]:
    return [text.get_charbox(place) for place in range(text.count_chars()) if text.get_text_range(place, 1) == char]


@pytest.mark.parametrize("make", [handout_pdf, card_pdf])
def test_it_is_accessible_and_says_which_language(
    arabic: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet], make: Callable[..., bytes]
) -> None:
    data = make(sheet_of(cancer, language=arabic), HANDED)
    assert page.validate_pdf_bytes(data, profile="ua1").is_compliant


@pytest.mark.parametrize(
    ("old", "new", "entry", "key", "said"),
    [
        ('status = "draft"', 'status = "approved"', NAME, "", "approved needs a reviewer"),
        ('status = "draft"', 'status = "draft"\nreviewer = "Dr A. Hadi"', NAME, "", "approved needs a reviewer"),
        ('id = "ces_pee"', 'id = "ces_pea"', "ces_pea", "id", "is not a text of the handouts"),
        ('id = "ces_pee"', 'id = "ces_poo"', "ces_poo", "id", "is translated twice"),
        (" {day}.", ".", "see_1_week", "words", "must fill in the same"),
        ('direction = "right-to-left"', 'direction = "left"', NAME, "direction", "should be one of"),
    ],
)
def test_a_mistake_in_a_translation_is_named(
    handouts: Handouts, planted: Callable[[str, str, str], Path], old: str, new: str, entry: str, key: str, said: str
) -> None:
    folder = planted(FILE, old, new)
    with pytest.raises(ContentError) as error:
        load_languages(handouts, folder)
    assert any(one.entry == entry and one.key == key and said in one.message for one in error.value.mistakes)


def test_every_letter_has_a_glyph(arabic: Language) -> None:
    spoken = [*arabic.texts.values(), arabic.draft_words, *arabic.days, *arabic.months]
    assert [words for words in spoken if "\N{REPLACEMENT CHARACTER}" in printable(words)] == []


def test_the_fonts_come_with_their_licence() -> None:
    fonts = {path.stem.split("-")[0] for path in (FOLDER / "fonts").glob("*.ttf")}
    assert fonts == {path.stem.split("-")[0] for path in (FOLDER / "fonts").glob("*LICENSE*")}


def has_arabic(words: str) -> bool:
    return any(unicodedata.bidirectional(char) == "AL" for char in words)


def test_a_name_from_right_to_left_leaves_the_day_alone(
    arabic: Language, cancer: Assessment, sheet_of: Callable[..., PatientSheet]
) -> None:
    handed = Handed(date(2026, 11, 23), "فاطمة", SURGERY)
    for sheet in (sheet_of(cancer), sheet_of(cancer, language=arabic)):
        text = pypdfium2.PdfDocument(handout_pdf(sheet, handed))[0].get_textpage()
        (dot,) = boxes(text, "·")
        day = [box for sign in "23Nov06" for box in boxes(text, sign) if abs(box[1] - dot[1]) < 8 and box[0] > dot[2]]
        assert len(day) == len("23Nov2026")


@pytest.mark.parametrize("translated", [False, True])
def test_no_word_of_the_card_stands_on_the_code(
    arabic: Language, handouts: Handouts, cancer: Assessment, sheet_of: Callable[..., PatientSheet], translated: bool
) -> None:
    """From the right the code stands at the left, and so does what is still in English."""
    texts = dict.fromkeys(handouts.texts, arabic.texts["ces_pee"]) if translated else arabic.texts
    sheet = sheet_of(cancer, language=replace(arabic, texts=texts))
    (drawn,) = pypdfium2.PdfDocument(card_pdf(sheet, HANDED))
    boxes = [one.get_bounds() for one in drawn.get_objects() if one.type == pdfium_c.FPDF_PAGEOBJ_PATH]
    codes = [box for box in boxes if 20 * mm < box[2] - box[0] < 30 * mm and 20 * mm < box[3] - box[1] < 30 * mm]
    assert len(codes) >= 1
    assert [drawn.get_textpage().get_text_bounded(*box).strip() for box in codes] == [""] * len(codes)
