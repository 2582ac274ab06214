"""The words of the waiting-room form: every safety question among them, easy to read, and none that tells a disease."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import textstat

from desktop.clinical.content import Content, load
from desktop.clinical.mistakes import ContentError
from desktop.clinical.waiting_room import WaitingRoom, load_waiting_room
from resources import FOLDER

LONGEST = 20
NAMES = re.compile(
    r"cauda|metasta|myeloma|cord compression|sepsis|herniat|fracture|spondyl|stenosis|tumour|syndrome|red flag", re.I
)


@pytest.fixture(scope="module")
def shipped() -> Content:
    return load()


@pytest.fixture(scope="module")
def room(shipped: Content) -> WaitingRoom:
    return load_waiting_room(shipped)


def sentences(texts: tuple[str, ...]) -> list[str]:
    parts = [part for text in dict.fromkeys(texts) for part in re.split(r"(?<=[.?!])\s+", text)]
    return [part if part[-1] in ".?!" else f"{part}." for part in parts]


def test_every_question_of_the_safety_screen_comes_first(room: WaitingRoom, shipped: Content) -> None:
    screen = [item.id for item in shipped.safety_screen.items]
    assert [one.item.id for one in room.questions][: len(screen)] == screen


def test_it_is_read_at_nine_to_eleven(room: WaitingRoom) -> None:
    found = sentences(room.texts)
    text = " ".join(found)
    assert textstat.flesch_kincaid_grade(text) <= 4
    assert textstat.smog_index(text) <= 7
    assert max(len(one.split()) for one in found) <= LONGEST


def test_no_question_is_hard_by_itself(room: WaitingRoom) -> None:
    hard = {one.item.id: textstat.flesch_kincaid_grade(one.ask) for one in room.questions}
    assert {id: grade for id, grade in hard.items() if grade > 7} == {}


def test_no_diagnosis_is_told(room: WaitingRoom) -> None:
    assert [text for text in room.texts if NAMES.search(text)] == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('item = "injury"', 'item = "injry"', "is not an item of the checklist"),
        ('item = "injury"', 'item = "weight_loss"', "belongs to the safety screen and is not on the form"),
        ('cervical = "Neck"\n', "", "must be those of the item"),
        ('item = "diabetes"', 'item = "temperature"', "takes neither yes and no nor choices"),
    ],
)
def test_a_slip_of_the_pen_is_named(shipped: Content, tmp_path: Path, old: str, new: str, says: str) -> None:
    shutil.copytree(FOLDER / "waiting-room", tmp_path / "waiting-room")
    file = tmp_path / "waiting-room" / "questions.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load_waiting_room(shipped, tmp_path)
