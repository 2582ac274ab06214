"""What the disk refused is said beside its question, wherever that stands, until it is saved or no longer wanted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from db.store import Store
from desktop.clinical.answer import read_answer
from desktop.clinical.checklist import Answer, Item
from desktop.record.clinic import Clinic
from desktop.record.notes import LONGEST, note_id
from desktop.ui.answer_row import AnswerRow
from desktop.ui.consultation_model import ConsultationModel
from desktop.ui.gate import Gate
from desktop.ui.text_field import TextField
from desktop.ui.window import Window

from .conftest import enter, lock

Refusing = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Refusing:
    @contextmanager
    def full() -> Iterator[None]:
        def refuse(*_: object, **__: object) -> None:
            raise DiskFull("/store")

        with monkeypatch.context() as patch:
            patch.setattr("db.store.Store.save_answer", refuse)
            yield

    return full


def model_of(window: Window) -> ConsultationModel:
    assert window.model is not None
    return window.model


def row_of(window: Window, item: str) -> AnswerRow:
    questions = window.consultation.questions  # type: ignore[union-attr]
    questions.go_to(item)
    row = item
    while (above := window.clinic.content.items[row].detail_of) is not None:
        row = above
    found: AnswerRow = questions.page.rows[row]
    return found


def keys(qtbot: QtBot, window: Window, typed: str) -> None:
    special = {"\n": Qt.Key.Key_Return, "\b": Qt.Key.Key_Delete, "\x1b": Qt.Key.Key_Escape, "\t": Qt.Key.Key_Up}
    for letter in typed:
        here = window.focusWidget()
        if letter in special:
            qtbot.keyClick(here, special[letter])
        else:
            qtbot.keyClicks(here, letter)


# The question, what stands in the record, the keys that the disk refuses, those that say what stands again.
BACK = {
    "no, yes, no": ("cancer_history", False, "y", "\tn"),
    "not asked, yes, not asked": ("cancer_history", None, "y", "\t\b"),
    "old, new, old": ("bladder_change", "old", "y", "\to"),
    "a choice": ("pain_course", "changed", "1", "\t2"),
    "a tick, and off": ("urine_dipstick", None, "1", "\b"),
    "one tick more, and off": ("urine_dipstick", frozenset({"protein"}), "1", ""),
    "a number typed back": ("pain_score", 5.0, "7\n", "\t5\n"),
    "a number, and Escape": ("pain_score", 5.0, "7\n", "\t5\x1b"),
}


@pytest.mark.parametrize("case", BACK)
def test_what_is_given_back_to_what_stands_is_not_called_unsaved(
    window: Window, qtbot: QtBot, refusing: Refusing, case: str
) -> None:
    item, stands, refused, back = BACK[case]
    model = model_of(window)
    model.answer(item, stands)  # type: ignore[arg-type]
    row = row_of(window, item)
    with refusing():
        keys(qtbot, window, refused)
        assert list(model.unsaved) == [item]
        assert "Not saved" in row.accessibleName()
        assert window.errors.isVisible()
        row.setFocus()
        if back:
            keys(qtbot, window, back.removeprefix("\t"))
        else:
            model.answer(item, stands)  # type: ignore[arg-type]
    assert model.unsaved == {}
    assert "Not saved" not in row.accessibleName()
    assert not window.errors.isVisible()
    assert model.unsaved_words() == ()
    assert model.assessment.answers.get(item) == stands


def test_a_text_and_a_note_that_are_emptied_again_are_not_called_unsaved(window: Window, refusing: Refusing) -> None:
    model, row = model_of(window), row_of(window, "clinical_impression")
    note = window.consultation.questions.page.note  # type: ignore[union-attr]
    assert isinstance(row.field, TextField)
    with refusing():
        for field in (row.field, note.field):
            field.setPlainText("Cord")
            field.commit()
        assert set(model.unsaved) == {"clinical_impression", note_id(window.clinic.content.sections[-1].id)}
        assert note.message.isVisible()
        for field in (row.field, note.field):
            field.setPlainText("")
            field.commit()
    assert model.unsaved == {}
    assert not note.message.isVisible()
    assert "Not saved" not in row.accessibleName()


def test_undo_forgets_first_what_was_pressed_and_refused(window: Window, refusing: Refusing) -> None:
    model = model_of(window)
    model.answer("fever_or_unwell", False)
    with refusing():
        model.answer("cancer_history", True)
        model.undo()
    assert model.unsaved == {}
    assert model.assessment.answers == {"fever_or_unwell": False}
    model.undo()
    assert model.assessment.answers == {}


def test_what_none_of_these_could_not_write_is_named_and_nothing_is_signed_before_it_is(
    window: Window, refusing: Refusing
) -> None:
    model, questions = model_of(window), window.consultation.questions  # type: ignore[union-attr]
    questions.show_section("infection")
    asked = questions.open_to_none()
    with refusing():
        questions.none_button.click()
    assert set(model.unsaved) == set(asked)
    assert all("Not saved: no" in questions.page.rows[id].accessibleName() for id in asked)
    questions.none_button.click()
    assert model.unsaved == {}
    assert not any("Not saved" in questions.page.rows[id].accessibleName() for id in asked)


def test_a_detail_says_it_in_the_row_that_it_stands_in(window: Window, refusing: Refusing) -> None:
    model = model_of(window)
    model.answer("limb_weakness", "new")
    row = row_of(window, "limb_weakness")
    with refusing():
        model.answer("foot_drop", True)
    assert "Not saved: Foot drop: yes" in row.message
    model.answer("foot_drop", True)
    assert row.message == ""


def test_it_is_said_in_another_section_and_after_the_window_was_made_anew(window: Window, refusing: Refusing) -> None:
    """It was said on the page that was open, whichever that was, and a change of theme took it away."""
    model = model_of(window)
    with refusing():
        model.answer("pain_course", "new")
    assert "Not saved" in row_of(window, "pain_course").accessibleName()
    window.redress()
    assert "Not saved" in row_of(window, "pain_course").accessibleName()


def test_a_cell_of_the_examination_says_it_and_takes_it_back(window: Window, refusing: Refusing, qtbot: QtBot) -> None:
    model = model_of(window)
    window.consultation.go_to("power_hip_flexion_left")  # type: ignore[union-attr]
    panel = window.consultation.questions.page.grid  # type: ignore[union-attr]
    with refusing():
        keys(qtbot, window, "4")
        assert "Not saved" in panel._message.text()
    panel.enter("power_hip_flexion_left")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
    assert (model.unsaved, panel._message.text()) == ({}, "")


def any_answer(item: Item, chance: random.Random) -> Answer | None:
    if item.kind == "yes-no":
        return chance.choice([None, True, False])
    if item.kind == "choice":
        return chance.choice([None, *item.choices])
    return chance.choice([None, frozenset[str](), frozenset({chance.choice(list(item.choices))})])


@pytest.mark.parametrize("seed", [7341])
def test_whatever_is_pressed_while_the_disk_comes_and_goes_screen_and_store_agree(
    window: Window, refusing: Refusing, store: Store, seed: int
) -> None:
    """What is shown is what is stored, by whom; each refusal stands in its row; afterwards all can be put right."""
    model, chance = model_of(window), random.Random(seed)
    content, questions = window.clinic.content, window.consultation.questions  # type: ignore[union-attr]
    items = [item for item in content.items.values() if item.kind in ("yes-no", "choice", "multi")][:40]
    for _ in range(80):
        item = chance.choice(items)
        answer = any_answer(item, chance)
        with refusing() if chance.random() < 0.35 else nullcontext():
            match chance.choice(["answer", "answer", "answer", "hear", "undo", "redo", "none"]):
                case "answer":
                    model.answer(item.id, answer)
                case "hear" if answer:
                    model.hear(item.id, answer)
                case "undo":
                    model.undo()
                case "redo":
                    model.redo()
                case "none":
                    questions.show_section(chance.choice(["infection", "bones", "general"]))
                    if asked := questions.open_to_none():
                        model.answer_none(asked)
        stored = store.answers_of(model.consultation.encounter.uid)
        shown = {**model.consultation.assessment.patient_says, **model.consultation._answers}
        assert {id: read_answer(content.items[id], one.value, model.today()) for id, one in stored.items()} == shown
        by_patient = {id for id, one in stored.items() if one.said_by == "patient"}
        assert by_patient == model.assessment.patient_says.keys()
        for page in questions._pages.values():
            said = {id for id, row in page.rows.items() if "Not saved" in row.accessibleName()}
            assert said == {page._row_of(id) for id in model.unsaved} & page.rows.keys()
    for id in list(model.unsaved):
        model.stand(id)
    assert model.unsaved_words() == ()


# --- what the patient ticked ----------------------------------------------------------------------

TICKED = frozenset({"thoracic", "lumbar"})


def hand(window: Window, qtbot: QtBot, store: Store, digit: str) -> None:
    row_of(window, "pain_site").setFocus()
    keys(qtbot, window, digit)


@pytest.mark.parametrize(
    ("digit", "now"),
    [("1", TICKED | {"cervical"}), ("2", TICKED), ("3", TICKED), ("5", frozenset())],
    ids=["one more", "one of theirs", "another of theirs", "none of these"],
)
def test_one_tick_takes_none_of_the_patients_away(
    window: Window, qtbot: QtBot, store: Store, digit: str, now: frozenset[str]
) -> None:
    """A press on one of several ticks made it the only one: pain between the shoulder blades went without a word."""
    model = model_of(window)
    model.hear("pain_site", TICKED)
    uid = model.consultation.encounter.uid
    assert store.answers_of(uid)["pain_site"].said_by == "patient"
    hand(window, qtbot, store, digit)
    assert model.assessment.answers["pain_site"] == now
    assert model.assessment.patient_says == {}
    kept = store.answers_of(uid)["pain_site"]
    assert (kept.said_by, kept.who, set(kept.value)) == ("clinician", "Dr Test", set(now))  # type: ignore[arg-type]
    if now > TICKED:
        assert "What the patient ticked stays" in window.status._last.text()
    model.undo()
    assert model.assessment.patient_says == {"pain_site": TICKED}
    again = store.answers_of(uid)["pain_site"]
    assert (again.said_by, set(again.value)) == ("patient", set(TICKED))  # type: ignore[arg-type]
    model.redo()
    assert model.assessment.answers["pain_site"] == now


def test_what_was_ticked_can_be_taken_out_once_it_is_the_clinicians(window: Window, qtbot: QtBot, store: Store) -> None:
    model_of(window).hear("pain_site", TICKED)
    hand(window, qtbot, store, "12")
    assert model_of(window).assessment.answers["pain_site"] == {"cervical", "lumbar"}


# --- text without a place -------------------------------------------------------------------------


def test_a_text_that_is_too_long_is_in_its_field_again(window: Window, clinic: Clinic) -> None:
    """It blocked signing, and its field was empty: whatever was typed there next was the end of it."""
    consultation = model_of(window).consultation
    consultation.writing.hold("clinical_impression", "a" * (LONGEST + 1))
    window.open_encounter(consultation.encounter.uid)
    row = row_of(window, "clinical_impression")
    assert isinstance(row.field, TextField)
    assert row.field.toPlainText() == "a" * (LONGEST + 1)
    assert "4,001 characters" in row.accessibleName()
    row.field.setPlainText("shorter")
    row.field.commit()
    assert model_of(window).consultation.writing.held() == []
    assert model_of(window).assessment.answers["clinical_impression"] == "shorter"


def test_a_question_that_is_no_longer_asked_stays_while_text_in_it_is_unrecorded(window: Window) -> None:
    row = row_of(window, "treatments_tried")
    assert isinstance(row.field, TextField)
    row.field.setPlainText("a" * (LONGEST + 1))
    row.field.moveCursor(QTextCursor.MoveOperation.End)
    page = window.consultation.questions.page  # type: ignore[union-attr]
    hidden = model_of(window).assessment.hidden | {"treatments_tried"}
    structs.force_setattr(model_of(window).assessment, "hidden", hidden)
    page.show_assessment(model_of(window).assessment)
    assert not row.isHidden()
    row.field.setPlainText("")
    row.field.commit()
    page.show_assessment(model_of(window).assessment)
    assert row.isHidden()


# --- leaving and coming back ----------------------------------------------------------------------


def test_it_is_still_said_when_the_patient_is_called_again(
    window: Window, refusing: Refusing, clinic: Clinic, store: Store
) -> None:
    """With the consultation that was put away it was forgotten, and the question looked as if nobody had asked it."""
    first = model_of(window).consultation.encounter.uid
    with refusing():
        model_of(window).answer("cancer_history", True)
    window.desk.begin_unidentified()
    assert model_of(window).unsaved == {}
    window.open_encounter(first)
    assert "Not saved: yes" in row_of(window, "cancer_history").accessibleName()
    assert len(model_of(window).unsaved_words()) == 1
    model_of(window).answer("cancer_history", True)
    assert window.desk.unsaved[first].words == {}


def test_it_is_still_said_after_the_lock(qtbot: QtBot, gate: Gate, refusing: Refusing) -> None:
    enter(qtbot, gate)
    gate.rooms.begin("p1")  # type: ignore[union-attr]
    with refusing():
        gate.rooms.model.answer("cancer_history", True)  # type: ignore[union-attr]
    lock(qtbot, gate)
    enter(qtbot, gate)
    assert gate.rooms is not None
    assert "Not saved: yes" in row_of(gate.rooms, "cancer_history").accessibleName()


def test_what_was_written_and_refused_is_in_its_field_again(window: Window, refusing: Refusing, store: Store) -> None:
    """Notes and texts went with the screen, when the disk had refused what was being typed as well."""
    first, model = model_of(window).consultation.encounter.uid, model_of(window)
    row, note = row_of(window, "clinical_impression"), window.consultation.questions.page.note  # type: ignore[union-attr]
    assert isinstance(row.field, TextField)
    with refusing():
        for field, words in ((row.field, "Cord"), (note.field, "Afraid of falling.")):
            field.setPlainText(words)
            field.commit()
        assert len(model.unsaved) == 2
    window.desk.begin_unidentified()
    window.open_encounter(first)
    row, note = row_of(window, "clinical_impression"), window.consultation.questions.page.note  # type: ignore[union-attr]
    assert isinstance(row.field, TextField)
    assert (row.field.toPlainText(), note.field.toPlainText()) == ("Cord", "Afraid of falling.")
    assert "Not saved" in row.accessibleName()
    for field in (row.field, note.field):
        field.commit()
    assert model_of(window).unsaved == {}
    kept = store.answers_of(first)
    assert {id: one.value for id, one in kept.items()} == {
        "clinical_impression": "Cord",
        note_id("notes"): "Afraid of falling.",
    }
