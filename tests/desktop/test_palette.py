"""Find anything, help with what has the focus, all keys, and none of these."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from db.store import Store
from desktop.record.encounter import Patient
from desktop.ui.command_palette import CommandPalette
from desktop.ui.found import EVERYTHING
from desktop.ui.help_dialog import HelpDialog
from desktop.ui.keys_dialog import KeysDialog, keys_by_group
from desktop.ui.nav_list import STATE
from desktop.ui.preferences import Preferences
from desktop.ui.window import Window
from desktop.workstation import FILE


def palette(window: Window, text: str = "") -> CommandPalette:
    opened = CommandPalette(window, EVERYTHING, "Find")
    opened.search.setText(text)
    return opened


def first(window: Window, text: str) -> str:
    found = palette(window, text).found
    return found[0].words if found else ""


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("undo", "Undo the last answer"),
        ("larger", "Larger text"),
        ("lagrer text", "Larger text"),
        ("dark", "Theme: Dark"),
        ("sistolic", "systolic blood pressure"),
        ("bladr change", "bladder"),
        ("tearing", "Sudden severe onset: Tearing, or moving"),
        ("Walk", "WALKER, Susan"),
        ("999 000 0042", "WALKER, Susan"),
        ("<b>x</b> \u202e😀", ""),
    ],
)
def test_the_nearest_is_first(window: Window, typed: str, finds: str) -> None:
    assert finds.lower() in first(window, typed).lower()


def test_a_line_is_whole_when_it_is_first_asked_for(window: Window) -> None:
    """While a screen reader runs, the list is laid out at each change."""
    opened = palette(window, "qqqqqqqqqqqq")
    lines, bare = opened.list.entries, []

    def look(*_: object) -> None:
        bare.extend(place for place in range(lines.rowCount()) if lines.index(place, 0).data(STATE) is None)

    lines.rowsInserted.connect(look)
    lines.dataChanged.connect(look)
    opened.search.setText("")
    assert lines.rowCount() > 10
    assert bare == []


def test_nothing_found_says_what_to_try(window: Window) -> None:
    opened = palette(window, "qqqqqqqqqqqq")
    assert not opened.found
    assert "fewer letters" in opened._none.text()


def test_enter_does_it_and_the_last_stands_first(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window.preferences = Preferences(tmp_path)
    opened = palette(window, "go to settings")
    qtbot.keyClick(opened.search, Qt.Key.Key_Return)
    assert window.rooms.current == "settings"
    assert palette(window).found[0].action == "room settings"


def test_nothing_of_a_patient_is_remembered_on_disk(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window.preferences = Preferences(tmp_path)
    qtbot.keyClick(palette(window, "go to today").search, Qt.Key.Key_Return)
    qtbot.keyClick(palette(window, "walker").search, Qt.Key.Key_Return)
    assert window.rooms.current == "consultation"
    assert json.loads((tmp_path / FILE).read_text("utf-8"))["recent"] == ["room today"]
    assert "walker" not in (tmp_path / FILE).read_text("utf-8").lower()


def test_a_question_is_gone_to(window: Window, qtbot: QtBot) -> None:
    assert window.model is not None
    window.show_room("today")
    qtbot.keyClick(palette(window, "told of an aneurysm").search, Qt.Key.Key_Return)
    assert window.rooms.current == "consultation"
    assert window.clinic.content.items[window.model.in_hand].id == "known_aneurysm"


@pytest.mark.parametrize(
    ("key", "kind"),
    [("Ctrl+K", CommandPalette), ("Ctrl+F", CommandPalette), ("F1", HelpDialog), ("Ctrl+F1", KeysDialog)],
)
def test_each_opens_by_its_key_and_escape_closes_it(
    window: Window, qtbot: QtBot, key: str, kind: type[QDialog]
) -> None:
    action = next(one for one in window.all_actions.available() if one.key == key)
    window.all_actions.run(action.id)
    opened = window.findChild(kind)
    assert opened.isVisible()
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    assert not opened.isVisible()


def test_help_is_of_the_question_that_has_the_focus(window: Window) -> None:
    assert window.model is not None
    window.all_actions.run("help")
    item = window.clinic.content.items[window.model.in_hand]
    shown = window.findChild(HelpDialog).help
    assert shown.title == item.ask
    assert any(item.why in line for line in shown.lines)
    assert any(line.startswith("Source: ") for line in shown.lines)


@pytest.mark.parametrize("room", ["today", "settings", "consultation"])
def test_every_room_has_help(window: Window, room: str) -> None:
    window.show_room(room)
    assert window.rooms.panel(room).help


def test_every_key_is_on_the_sheet(window: Window) -> None:
    on_sheet = {key for keys in keys_by_group(window).values() for key, _ in keys}
    assert {action.key for action in window.all_actions.available() if action.key} <= on_sheet
    assert {"Y", "N", "U"} <= on_sheet
    window.preferences.change(single_keys=False)
    assert "Y" not in {key for keys in keys_by_group(window).values() for key, _ in keys}


def test_none_of_these_is_never_offered_in_the_safety_screen(window: Window) -> None:
    window.consultation.questions.show_section("safety_screen")
    assert not window.consultation.questions.none_button.isVisible()
    assert "none" not in {action.id for action in window.all_actions.available()}
    answers = dict(window.model.assessment.answers)  # type: ignore[union-attr]
    window.consultation.questions.none_button.click()  # a screen reader can, though it is not in sight
    assert window.model.assessment.answers == answers  # type: ignore[union-attr]


def test_none_of_these_answers_what_was_asked_and_says_so(window: Window, store: Store, qtbot: QtBot) -> None:
    assert window.model is not None
    questions = window.consultation.questions
    questions.show_section("general")
    items = questions.open_to_none()
    assert len(items) > 1
    assert not any(window.clinic.content.items[id].examined for id in items)
    questions.none_button.click()
    assert all(window.model.words(id, window.model.assessment.answers[id]) == "no" for id in items)
    assert "answered none of these" in [entry.what for entry in store.trail.entries()]
    assert store.verify() is None
    window.model.undo()
    assert not set(items) & set(window.model.assessment.answers)
    window.model.redo()
    assert set(items) <= set(window.model.assessment.answers)


def test_none_of_these_denies_nothing_that_the_patient_has_said(window: Window) -> None:
    assert window.model is not None
    window.model.hear("weight_loss", True)
    questions = window.consultation.questions
    questions.show_section("cancer")
    assert "weight_loss" in {item.id for item in questions.section.items}
    assert "weight_loss" not in questions.open_to_none()
    questions.none_button.click()
    assert window.model.assessment.patient_says == {"weight_loss": True}


def test_nothing_is_signed_while_the_patients_word_is_not_saved(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DiskFull("/store")

    assert window.model is not None
    with monkeypatch.context() as refusing:
        refusing.setattr("db.store.Store.save_answer", refuse)
        window.model.hear("saddle_numbness", "new")
    assert len(window.model.unsaved_words()) == 1
    window.model.hear("saddle_numbness", "new")
    assert window.model.unsaved_words() == ()


def test_what_the_patient_said_is_their_word_again_after_undo(window: Window, store: Store) -> None:
    """A *no* pressed by mistake and taken back left the question *not asked*, and the flag was gone."""
    model = window.model
    assert model is not None
    model.hear("saddle_numbness", "new")
    heard = model.assessment
    model.answer("saddle_numbness", "no")
    assert model.assessment.urgency.word == "none"
    model.undo()
    assert model.assessment.patient_says == {"saddle_numbness": "new"}
    assert [flag.rule.id for flag in model.assessment.flags] == [flag.rule.id for flag in heard.flags] != []
    uid = model.consultation.encounter.uid
    assert window.clinic.look_at(uid).assessment.patient_says == {"saddle_numbness": "new"}
    assert store.verify() is None
    model.redo()
    assert (model.assessment.answers["saddle_numbness"], model.assessment.patient_says) == ("no", {})


def test_examined_findings_are_never_part_of_it(window: Window) -> None:
    questions = window.consultation.questions
    questions.show_section("examination")
    assert all(not window.clinic.content.items[id].examined for id in questions.open_to_none())


def test_single_keys_have_no_hints_when_off(make_window: Callable[..., Window], patient: Patient) -> None:
    window = make_window()
    window.begin(patient.uid)
    window.preferences.change(single_keys=False)
    QApplication.processEvents()
    assert not window.consultation.questions.key_bar.isVisible()
