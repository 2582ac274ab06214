"""The waiting-room form on paper: the questions of the screen, large, accessible, and of no diagnosis a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.waiting_room import FormLanguage, FormQuestion, WaitingRoom, load_waiting_room
from desktop.paper.waiting_paper import TEXT, FormHead, _Form, waiting_pdf
from desktop.record.encounter import LONDON

from .test_tags import is_accessible

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
HEAD = FormHead(AT, LONDON, name="Susan", practice="Low Road Surgery", record="Encounter 1a2b3c4d")
WOMAN, MAN, NOBODY = Person(40, "female"), Person(70, "male"), Person()


@pytest.fixture(scope="module")
def room(content: Content) -> WaitingRoom:
    return load_waiting_room(content)


def read(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.fixture(scope="module")
def papers(content: Content, room: WaitingRoom) -> Mapping[str, bytes]:
    people = {"woman": WOMAN, "man": MAN, "nobody": NOBODY}
    return {name: waiting_pdf(room, content, person, HEAD, demo=False) for name, person in people.items()}


def test_it_asks_what_the_screen_asks_and_what_fits_the_patient(papers: Mapping[str, bytes], room: WaitingRoom) -> None:
    asked = {one.item.id: one.ask for one in room.questions}
    for name, data in papers.items():
        text = " ".join(read(data)).replace("- ", "-")
        missing = {id for id, ask in asked.items() if ask not in text}
        assert missing == ({"pregnant"} if name == "man" else set()), name
        assert text.count("I am not sure") == len(asked) - len(missing) - sum(one.several for one in room.questions)


def test_a_detail_stands_under_its_question(content: Content, room: WaitingRoom) -> None:
    form = _Form(room, content, WOMAN, HEAD)
    ids = [one.item.id for one in form.questions]
    for one in form.questions:
        if one.item.detail_of:
            between = ids[ids.index(one.item.detail_of) + 1 : ids.index(one.item.id)]
            assert all(room_item(room, id).item.detail_of == one.item.detail_of for id in between)
    assert "If yes: Is the weak part getting worse?" in " ".join(
        read(waiting_pdf(room, content, WOMAN, HEAD, demo=False))
    )


def room_item(room: WaitingRoom, id: str) -> FormQuestion:
    return next(one for one in room.questions if one.item.id == id)


THICK = {
    ("acutely_ill", True): True,
    ("acutely_ill", False): False,
    ("saddle_numbness", "new"): True,
    ("saddle_numbness", "no"): False,
    ("cancer_history", True): False,
    ("diabetes", True): False,
}


@pytest.mark.parametrize(("given", "thick"), THICK.items(), ids=str)
def test_a_thick_line_is_round_what_is_an_emergency_by_itself(
    content: Content, room: WaitingRoom, given: tuple[str, bool | str], thick: bool
) -> None:
    item, answer = given
    assert _Form(room, content, WOMAN, HEAD)._is_urgent(room_item(room, item).item, answer) is thick


def test_it_is_large_and_tells_no_name_but_the_first(papers: Mapping[str, bytes]) -> None:
    assert TEXT.size >= 14
    first = read(papers["woman"])[0]
    assert "First name: Susan" in first
    assert "tell the reception desk now" in first
    assert "28-Nov-2026" in first
    found = " ".join(read(papers["woman"]))
    assert re.search(r"cauda|metasta|myeloma|compression|sepsis|red flag", found, re.IGNORECASE) is None


def test_no_question_is_parted_from_its_boxes(papers: Mapping[str, bytes], room: WaitingRoom) -> None:
    for page in read(papers["nobody"])[1:]:
        start = page.removeprefix(room.words.paper_title).strip()
        assert re.match(r"\d+\. ", start), start[:40]


def test_it_is_tagged_and_the_same_each_time(papers: Mapping[str, bytes], content: Content, room: WaitingRoom) -> None:
    assert papers["woman"] == waiting_pdf(room, content, WOMAN, HEAD, demo=False)
    assert is_accessible(papers["woman"])
    assert any("DEMO" in page for page in read(waiting_pdf(room, content, WOMAN, HEAD, demo=True)))


def test_from_the_right_it_is_mirrored(content: Content, room: WaitingRoom) -> None:
    """In a language that is none: the boxes stand at the right, and the text says which language it is."""
    other = replace(room, language=FormLanguage("ar", "ⵏ", from_the_right=True))
    data = waiting_pdf(other, content, WOMAN, HEAD, demo=False)
    plain = waiting_pdf(room, content, WOMAN, HEAD, demo=False)
    assert max(squares(data)) > 500
    assert max(squares(plain)) < 400
    with pikepdf.open(BytesIO(data)) as pdf:
        spoken = {str(one.get("/Lang")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)}
    assert "ar" in spoken


def squares(data: bytes) -> list[float]:
    """How far from the left the boxes of the first page stand."""
    with pypdfium2.PdfDocument(data) as pdf:
        bounds = [item.get_bounds() for item in pdf[0].get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    return [left for left, low, right, high in bounds if 14 < right - left < 22 and abs(right - left - high + low) < 1]
