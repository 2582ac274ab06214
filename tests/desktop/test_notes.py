"""Notes in the window: written under a section, held while typed, expanded from phrases, read again, found."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.notes import LONGEST, note_id
from desktop.record.phrases import Phrase
from desktop.ui.button import Button
from desktop.ui.consultation_panel import ConsultationPanel
from desktop.ui.notes_card import NotesCard
from desktop.ui.patients_panel import PatientsPanel
from desktop.ui.phrase_keys import PhraseKeys
from desktop.ui.phrases_page import PhrasesPage
from desktop.ui.section_note import SectionNote
from desktop.ui.window import Window
from desktop.ui.writing_field import WritingField

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(window: Window) -> ConsultationPanel:
    panel = window.consultation
    assert isinstance(panel, ConsultationPanel)
    return panel


@pytest.fixture
def note(panel: ConsultationPanel) -> Iterator[SectionNote]:
    """Of the safety screen, with the focus."""
    panel.write_note()
    yield panel.questions.page.note
    QApplication.clipboard().clear()


def notes_of(window: Window) -> dict[str, str]:
    assert window.model is not None
    return window.model.consultation.writing.notes


def stored(window: Window, clinic: Clinic) -> dict[str, str]:
    assert window.model is not None
    return clinic.look_at(window.model.consultation.encounter.uid).writing.notes


def test_a_note_is_written_by_a_key_and_left_by_one(qtbot: QtBot, window: Window, clinic: Clinic) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    field = QApplication.focusWidget()
    assert isinstance(field, WritingField)
    qtbot.keyClicks(field, "Walks on heels")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert stored(window, clinic) == {"safety_screen": "Walks on heels"}
    assert "saved" in window.status.accessibleName().lower() or window.status.isVisible()
    assert QApplication.focusWidget() is not field


ANSWERING = (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_O, Qt.Key.Key_U, Qt.Key.Key_X, Qt.Key.Key_S, Qt.Key.Key_1)
AT_AN_END = (
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_PageDown,
)


@pytest.mark.parametrize("place", ["note", "answer in words"])
def test_no_key_that_is_typed_answers_a_question(
    qtbot: QtBot, window: Window, panel: ConsultationPanel, place: str
) -> None:
    """Also where there is nothing more to delete, and no line above to go to."""
    assert window.model is not None
    if place == "note":
        panel.questions.go_to("bladder_change")
        panel.write_note()
    else:
        panel.questions.go_to("clinical_impression")
        panel.questions.page.rows["clinical_impression"].enter_details()
    field = QApplication.focusWidget()
    assert isinstance(field, WritingField)
    for key in (*ANSWERING, *AT_AN_END, *([Qt.Key.Key_Delete] * 12), *([Qt.Key.Key_Backspace] * 12), *AT_AN_END):
        qtbot.keyClick(field, key)
        assert QApplication.focusWidget() is field
    assert window.model.assessment.answers == {}
    panel.questions.go_to("bladder_change")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    assert window.model.assessment.answers == {"bladder_change": "no"}


def test_answering_the_last_question_does_not_go_on_into_the_note(
    qtbot: QtBot, window: Window, panel: ConsultationPanel
) -> None:
    panel.questions.go_to("injury")
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    assert notes_of(window) == {}
    assert not isinstance(QApplication.focusWidget(), WritingField)


def test_what_is_being_typed_is_on_the_disk_within_a_moment(
    qtbot: QtBot, window: Window, note: SectionNote, clinic: Clinic
) -> None:
    assert window.model is not None
    uid = window.model.consultation.encounter.uid
    qtbot.keyClicks(note.field, "half a sen")
    qtbot.waitUntil(lambda: bool(clinic.look_at(uid).writing.held()), timeout=3000)
    (held,) = clinic.look_at(uid).writing.held()
    assert (held.item, held.text, note.field.hasFocus()) == (note_id("safety_screen"), "half a sen", True)
    assert clinic.resume(uid).writing.notes == {"safety_screen": "half a sen"}


def holds(clinic: Clinic, uid: str) -> list[str]:
    return [one.text for one in clinic.look_at(uid).writing.held()]


def test_what_was_typed_and_taken_out_again_does_not_come_back(
    qtbot: QtBot, window: Window, note: SectionNote, clinic: Clinic
) -> None:
    """It may have been about another patient: it was recorded in the writer's name at the next opening."""
    assert window.model is not None
    uid = window.model.consultation.encounter.uid
    qtbot.keyClicks(note.field, "Saddle numbness")
    qtbot.waitUntil(lambda: holds(clinic, uid) == ["Saddle numbness"], timeout=3000)
    note.field.selectAll()
    qtbot.keyClick(note.field, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: holds(clinic, uid) == [], timeout=3000)
    qtbot.keyClicks(note.field, "Falls")
    qtbot.waitUntil(lambda: holds(clinic, uid) == ["Falls"], timeout=3000)
    note.field.clear()
    note.field.clearFocus()
    assert holds(clinic, uid) == []
    assert clinic.resume(uid).writing.notes == {}


def test_opened_again_while_a_note_is_being_typed_it_has_the_note(window: Window, note: SectionNote) -> None:
    """It was read before the field was left: the note was in the store and not on the screen."""
    assert window.model is not None
    note.field.insertPlainText("quick")
    window.open_encounter(window.model.consultation.encounter.uid)
    assert notes_of(window) == {"safety_screen": "quick"}


def test_dictation_and_other_input_methods_type_into_it(window: Window, note: SectionNote, clinic: Clinic) -> None:
    """As the system's dictation, an on-screen keyboard or a Chinese keyboard does."""
    assert note.field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert note.field.inputMethodHints() == Qt.InputMethodHint.ImhMultiLine | note.field.inputMethodHints()
    for words in ("Dictated words. ", "背痛"):
        event = QInputMethodEvent("", [])
        event.setCommitString(words)
        QApplication.sendEvent(note.field, event)
    note.field.clearFocus()
    assert stored(window, clinic) == {"safety_screen": "Dictated words. 背痛"}


PASTED = {
    "a megabyte": ("x" * 1_000_000, "1,000,000 characters"),
    "ten thousand lines": ("line\n" * 10_000, "50,000 characters"),
    "one too many": ("x" * (LONGEST + 1), "4,001 characters"),
}


@pytest.mark.parametrize("what", PASTED)
def test_too_much_is_refused_beside_the_note_and_nothing_is_lost(window: Window, note: SectionNote, what: str) -> None:
    text, words = PASTED[what]
    note.field.insertPlainText("before")
    QApplication.clipboard().setText(text)
    note.field.paste()
    assert words in note.message.text()
    assert note.message.isVisible()
    assert (note.field.toPlainText(), QApplication.clipboard().text()) == ("before", text)


def test_typed_beyond_the_limit_it_stays_and_says_so(
    qtbot: QtBot, window: Window, note: SectionNote, clinic: Clinic
) -> None:
    note.field.insertPlainText("x" * LONGEST)
    qtbot.keyClicks(note.field, "yz")
    note.field.clearFocus()
    assert "4,002 characters" in note.message.text()
    assert stored(window, clinic) == {}
    assert window.model is not None
    uid = window.model.consultation.encounter.uid
    qtbot.waitUntil(lambda: bool(clinic.look_at(uid).writing.held()), timeout=3000)
    window.open_encounter(uid)
    again = window.consultation.questions.page.note  # type: ignore[union-attr]
    assert (len(again.field.toPlainText()), again.message.isVisible()) == (LONGEST + 2, True)
    again.field.setPlainText("short")
    again.field.commit()
    assert stored(window, clinic) == {"safety_screen": "short"}


@pytest.fixture
def with_phrases(clinic: Clinic) -> None:
    clinic.phrases.save(Phrase("slr", "SLR {degrees}° {side}, crossed {yes or no}."))
    clinic.phrases.save(Phrase("sn", "Safety net given & understood.", shared=True))


EXPANDED = {
    ";slr ": "SLR {degrees}° {side}, crossed {yes or no}.",
    "Seen. ;SLR ": "Seen. SLR {degrees}° {side}, crossed {yes or no}.",
    "👩‍⚕️ ;sn ": "👩‍⚕️ Safety net given & understood.",
    "\n;sn ": "\nSafety net given & understood.",
    ";nothing ": ";nothing ",
    "a;sn ": "a;sn ",
    "; sn ": "; sn ",
}


@pytest.mark.usefixtures("with_phrases")
@pytest.mark.parametrize(("typed", "there"), EXPANDED.items(), ids=repr)
def test_a_phrase_is_put_in_as_it_is_typed(qtbot: QtBot, note: SectionNote, typed: str, there: str) -> None:
    note.field.insertPlainText(typed[:-1])
    qtbot.keyClick(note.field, Qt.Key.Key_Space)
    assert note.field.toPlainText() == there


def test_another_window_has_no_part_in_it(qtbot: QtBot, note: SectionNote) -> None:
    """One whose store was closed broke the typing, and took the process with it."""
    other, asked = QWidget(), []
    qtbot.addWidget(other)
    phrases = SimpleNamespace(in_force=lambda: asked.append("elsewhere") or {})
    keys = PhraseKeys(other, phrases, lambda: None)  # type: ignore[arg-type]
    note.field.clearFocus()
    note.field.setFocus()
    note.field.insertPlainText(";nothing")
    qtbot.keyClick(note.field, Qt.Key.Key_Space)
    assert (asked, keys.parent()) == ([], other)


@pytest.mark.usefixtures("with_phrases")
def test_tab_goes_from_gap_to_gap_and_then_on(qtbot: QtBot, window: Window, note: SectionNote, clinic: Clinic) -> None:
    field = note.field
    field.insertPlainText("🙂 ")
    qtbot.keyClicks(field, ";slr")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    for words in ("40", "left", "no"):
        assert field.textCursor().selectedText()[0] + field.textCursor().selectedText()[-1] == "{}"
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert not field.hasFocus()
    assert stored(window, clinic) == {"safety_screen": "🙂 SLR 40° left, crossed no."}


@pytest.mark.usefixtures("with_phrases")
def test_one_step_takes_an_expansion_back(qtbot: QtBot, note: SectionNote) -> None:
    qtbot.keyClicks(note.field, ";sn ")
    note.field.undo()
    assert note.field.toPlainText() == ";sn"


@pytest.mark.usefixtures("with_phrases")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_list_shows_every_phrase_and_the_way_to_write_one(qtbot: QtBot, window: Window, note: SectionNote) -> None:
    qtbot.mouseClick(note.phrases, Qt.MouseButton.LeftButton)
    menu = window.phrase_keys._menu
    assert menu is not None
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words[0].startswith(";slr\t")
    assert "given && understood" in words[1]
    menu.actions()[1].trigger()
    assert note.field.toPlainText() == "Safety net given & understood."
    menu.actions()[-1].trigger()
    menu.close()
    assert (window.rooms.current, window.settings_page) == ("settings", "phrases")


def test_phrases_are_written_edited_and_deleted_in_the_settings(qtbot: QtBot, window: Window, clinic: Clinic) -> None:
    window.show_settings("phrases")
    page = window.findChild(PhrasesPage)
    assert page is not None
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    assert page.form is not None
    page.form.short.setText("two words")
    page.form.save_button.click()
    QApplication.processEvents()
    shown = [label.text() for label in page.form.findChildren(QLabel) if label.isVisible()]
    assert any("without a space" in text for text in shown)
    assert any("what it stands for" in text for text in shown)
    page.form.short.setText("tap")
    page.form.text.setPlainText("Tender at {level}")
    page.form.save_button.click()
    assert clinic.phrases.in_force() == {"tap": "Tender at {level}"}
    page.edit(clinic.phrases.all()[0])
    assert page.form is not None
    page.form.shared.setChecked(True)
    page.form.text.setPlainText("Tender at {level}, percussion {pain or none}")
    page.form.save_button.click()
    assert clinic.phrases.all() == (Phrase("tap", "Tender at {level}, percussion {pain or none}", shared=True),)
    for asked, pressed, left in (("Delete", "Keep ;tap", 1), ("Delete", "Delete ;tap", 0)):
        for words in (asked, pressed):
            QApplication.processEvents()
            button = next(one for one in page.list.findChildren(Button) if one.isVisible() and one.text() == words)
            if words.startswith("Keep"):
                assert window.focusWidget() is button, "Enter pressed twice deletes nothing"
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            QApplication.processEvents()
        assert len(clinic.phrases.all()) == left


def test_notes_stand_in_the_review_and_say_what_is_not_filled_in(window: Window, note: SectionNote) -> None:
    note.field.insertPlainText("SLR {degrees}° left")
    window.desk.open_review()
    assert window.desk.review is not None
    window.desk.review.write_impression("")
    card = window.rooms.panel("review").findChild(NotesCard)
    assert card is not None
    QApplication.processEvents()
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert {"Safety screen", "SLR {degrees}° left", "Not filled in: {degrees}"} <= set(words)


def test_signed_each_version_shows_its_own_notes(window: Window, note: SectionNote, clinic: Clinic) -> None:
    assert window.model is not None
    uid = window.model.consultation.encounter.uid
    for text in ("as signed", "as amended"):
        window.model.write_note("safety_screen", text)
        review = clinic.review(window.model.consultation)
        review.write_impression("")
        clinic.sign(review)
        if text == "as signed":
            window.open(clinic.amend(uid, "She rang"))
    window.desk.read(uid)
    panel = window.rooms.panel("encounter")
    card = panel.findChild(NotesCard)
    assert card is not None
    for number, text in ((2, "as amended"), (1, "as signed")):
        panel.show_version(number)  # type: ignore[attr-defined]
        QApplication.processEvents()
        assert text in [label.text() for label in card.findChildren(QLabel) if label.isVisible()]


def test_the_search_for_patients_finds_what_was_written(
    qtbot: QtBot, window: Window, note: SectionNote, patient: Patient
) -> None:
    note.field.insertPlainText("Terrified of a wheelchair, <b>as</b> her mother was")
    note.field.clearFocus()
    window.desk.show_patient("")
    panel = window.rooms.panel("patients")
    assert isinstance(panel, PatientsPanel)
    panel.search.setText("wheelch")
    words = [label.text() for label in panel.notes.findChildren(QLabel) if label.isVisible()]
    assert "Terrified of a wheelchair, <b>as</b> her mother was" in words
    assert patient.family.upper() in words
    panel.search.setText("Walker")
    assert not panel.notes.isVisible()
    panel.search.setText("wheelch")
    panel.notes.open_asked.emit(window.model.consultation.encounter.uid)  # type: ignore[union-attr]
    assert window.rooms.current == "consultation"


def test_a_note_that_the_disk_refuses_is_said_and_kept_in_sight(
    window: Window, note: SectionNote, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import DiskFull

    def refuse(*_: object, **__: object) -> None:
        raise DiskFull("/store")

    with monkeypatch.context() as refusing:
        refusing.setattr("db.store.Store.save_answer", refuse)
        note.field.insertPlainText("Not to be lost")
        note.field.clearFocus()
        assert note.message.isVisible()
        assert window.errors.isVisible()
        assert window.model is not None
        assert any("Safety screen" in words for words in window.model.unsaved_words())
        window.model.assessed.emit(window.model.shown)
    assert note.field.toPlainText() == "Not to be lost"
    note.enter()
    note.field.clearFocus()
    assert stored(window, clinic) == {"safety_screen": "Not to be lost"}
    assert window.model.unsaved_words() == ()
    note.enter()
    note.field.moveCursor(QTextCursor.MoveOperation.End)
    note.field.insertPlainText(".")
    note.field.clearFocus()
    assert stored(window, clinic) == {"safety_screen": "Not to be lost."}


def test_a_theme_change_carries_the_note_over(window: Window, note: SectionNote, clinic: Clinic) -> None:
    note.field.insertPlainText("kept")
    window.preferences.change(text_size=120)
    panel = window.consultation
    assert isinstance(panel, ConsultationPanel)
    assert panel.questions.page.note.field.toPlainText() == "kept"


def test_a_finding_that_stands_only_in_a_note_is_pointed_out_and_can_be_answered(
    qtbot: QtBot, window: Window, note: SectionNote, panel: ConsultationPanel
) -> None:
    """A note raises no flag; what it says is proposed, and each proposal waits for a press."""
    assert window.model is not None
    note.field.insertPlainText("New saddle numbness since Friday. Mother had breast cancer.")
    note.field.clearFocus()
    qtbot.waitUntil(note.hint.isVisible)
    assert "1 open question" in note.hint.text()
    assert window.model.assessment.answers == {}
    note.hint.click()
    page = panel.middle.currentWidget()
    (row,) = page.rows  # type: ignore[attr-defined]
    row.accept.click()
    assert window.model.assessment.answers == {"saddle_numbness": "new"}
    panel.write_note()
    note.field.insertPlainText(" ")
    note.field.clearFocus()
    qtbot.waitUntil(lambda: not note.hint.isVisible())
    assert window.model.assessment.urgency.word == "emergency"


def test_a_note_that_answers_nothing_is_left_alone(qtbot: QtBot, note: SectionNote) -> None:
    note.field.insertPlainText("Lives alone, likes gardening. Cancer unlikely. No saddle numbness.")
    note.field.clearFocus()
    qtbot.wait(50)
    assert not note.hint.isVisible()


def test_what_was_read_can_be_kept_as_a_note(window: Window, panel: ConsultationPanel, clinic: Clinic) -> None:
    """Below what stands there; too much is refused with its length, and stays where it was typed."""
    assert window.model is not None
    window.model.write_note("notes", "Seen with her daughter.")
    panel.show_page("note")
    page = panel.middle.currentWidget()
    page.read("Denies wt loss.")  # type: ignore[attr-defined]
    page.keep.click()  # type: ignore[attr-defined]
    assert stored(window, clinic) == {"notes": "Seen with her daughter.\nDenies wt loss."}
    page.read("x" * LONGEST)  # type: ignore[attr-defined]
    page.keep.click()  # type: ignore[attr-defined]
    assert stored(window, clinic) == {"notes": "Seen with her daughter.\nDenies wt loss."}
    panel.questions.show_section("notes")
    assert panel.questions.page.note.field.toPlainText() == "Seen with her daughter.\nDenies wt loss."
