"""The words of the waiting-room form: every safety question among them, easy to read, and none that tells a disease."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import textstat

from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError
from desktop.clinical.waiting_room import WaitingRoom, load_waiting_room, load_waiting_rooms, offered_forms
from resources import FOLDER

from ..prepared import shipped_content

LONGEST = 20
NAMES = re.compile(
    r"cauda|metasta|myeloma|cord compression|sepsis|herniat|fracture|spondyl|stenosis|tumour|syndrome|red flag", re.I
)


@pytest.fixture(scope="module")
def shipped() -> Content:
    return shipped_content()


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "waiting-room", tmp_path / "waiting-room")
    (tmp_path / "waiting-room" / "languages").mkdir(exist_ok=True)
    return tmp_path


def translate(folder: Path, *, status: str = "draft", change: tuple[str, str] = ("", "")) -> None:
    """A language that is none: each word of a patient lengthened by a third, from the right."""
    words = (folder / "waiting-room" / "questions.toml").read_text(encoding="utf-8")
    longer = re.sub(
        r'^(?!item)(\w+ = )"(.*)"$',
        lambda line: f'{line[1]}"ⵏ{line[2]}{"xyz" * (len(line[2]) // 9)}"',
        words,
        flags=re.M,
    )
    approval = 'reviewer = "Dr N. Obody"\nreviewed = 2026-11-28\n' if status == "approved" else ""
    head = (
        '[language]\ncode = "qqs"\nname = "ⵏPseudo"\nenglish_name = "Pseudo"\ndirection = "right-to-left"\n'
        f'status = "{status}"\ntranslator = "a test"\n{approval}\n'
    )
    (folder / "waiting-room" / "languages" / "qqs.toml").write_text(head + longer.replace(*change), encoding="utf-8")


def test_a_language_is_offered_once_its_words_are_approved(shipped: Content, folder: Path) -> None:
    assert [room.language.code for room in offered_forms(load_waiting_rooms(shipped))] == ["en-GB"]
    translate(folder)
    assert [room.language.code for room in load_waiting_rooms(shipped, folder)] == ["en-GB", "qqs"]
    assert [room.language.code for room in offered_forms(load_waiting_rooms(shipped, folder))] == ["en-GB"]
    translate(folder, status="approved")
    english, other = offered_forms(load_waiting_rooms(shipped, folder))
    assert (other.language.code, other.language.from_the_right) == ("qqs", True)
    assert [one.item.id for one in other.questions] == [one.item.id for one in english.questions]
    assert all(text.startswith("ⵏ") for text in other.texts)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ('[[question]]\nitem = "claustrophobia"', '[[question]]\nitem = "night_sweats"'),
            "must be the questions of the English",
        ),
        (('item = "injury"', 'item = "weight_loss"'), "belongs to the safety screen and is not on the form"),
        (('status = "draft"', 'status = "approved"'), "approved needs a reviewer"),
        (('code = "qqs"', 'code = "qqs"\nfont = "x"'), "font"),
    ],
)
def test_a_translation_with_a_slip_is_refused(
    shipped: Content, folder: Path, change: tuple[str, str], says: str
) -> None:
    translate(folder)
    file = folder / "waiting-room" / "languages" / "qqs.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load_waiting_rooms(shipped, folder)


EASY = {
    word.strip().lower()
    for word in (Path(textstat.__file__).parent / "resources" / "en" / "easy_words.txt").read_text().splitlines()
}
LIST = Path(__file__).parents[1] / "handouts" / "known_words.txt"
KNOWN = EASY | set(LIST.read_text(encoding="utf-8").split())
ENDINGS = ("", "s", "es", "ed", "d", "ing", "ly", "er", "n", "y")
ALSO = set((Path(__file__).parent / "form_words.txt").read_text(encoding="utf-8").split())
"""Each let in by hand: whoever has it knows the word, and the question says what is meant."""


def is_known(word: str) -> bool:
    held = KNOWN | ALSO
    if word in held or not word.strip("-’"):
        return True
    stems = [word[: -len(end)] for end in ENDINGS[1:] if word.endswith(end)]
    return any({stem, stem + "e", stem[:-1]} & held for stem in stems if len(stem) > 2)


def test_every_word_of_the_form_is_known(room: WaitingRoom) -> None:
    words = {word for text in room.texts for word in re.findall(r"[a-z’-]+", re.sub(r"\{\w+\}", "", text).lower())}
    assert {word for word in words if not is_known(word)} == set()


@pytest.mark.parametrize("word", ["incontinence", "paraesthesia", "malignancy", "micturition"])
def test_a_word_of_doctors_is_not(word: str) -> None:
    assert not is_known(word)
