"""Read a note: proposals with their words, one press each; nothing is answered or overwritten without one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from desktop.record.encounter import Patient
from desktop.ui.note_panel import NotePanel
from desktop.ui.window import Window

TEXT = "No saddle anaesthesia, denies wt loss, prev breast ca 2012, ?foot drop L"


@pytest.fixture
def page(window: Window, patient: Patient, qtbot: QtBot) -> NotePanel:
    window.begin(patient.uid)
    window.show()
    qtbot.waitExposed(window)
    assert window.consultation is not None
    window.consultation.show_page("note")
    panel = window.consultation.middle.currentWidget()
    assert isinstance(panel, NotePanel)
    return panel


def read(page: NotePanel, text: str) -> None:
    page.field.setPlainText(text)
    page.read_now()
    QApplication.processEvents()


def answers(window: Window) -> dict[str, object]:
    assert window.model is not None
    return dict(window.model.assessment.answers)


def test_typing_answers_nothing_and_a_press_answers_one(window: Window, page: NotePanel, qtbot: QtBot) -> None:
    page.field.setFocus()
    qtbot.keyClicks(page.field, TEXT)
    qtbot.waitUntil(lambda: len(page.rows) == 4)
    assert answers(window) == {}
    row = next(row for row in page.rows if row.proposal.item == "weight_loss")
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Y)
    assert answers(window) == {"weight_loss": False}
    assert window.model is not None
    window.model.undo()
    assert answers(window) == {}


def test_a_note_that_the_disk_refused_is_not_said_to_be_kept(
    window: Window, page: NotePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("/store")

    read(page, TEXT)
    monkeypatch.setattr("db.store.Store.save_answer", full)
    page.keep.click()
    assert window.errors.isVisible()
    assert "Kept as a note" not in " ".join(label.text() for label in window.status.findChildren(QLabel))


def test_enter_after_enter_takes_all_of_them(window: Window, page: NotePanel, qtbot: QtBot) -> None:
    read(page, TEXT)
    page.rows[0].setFocus()
    for _ in range(4):
        held = page.focusWidget()
        assert held is not None
        qtbot.keyClick(held, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert answers(window) == {
        "weight_loss": False,
        "cancer_history": True,
        "cancer_type": frozenset({"breast"}),
        "cancer_year": 2012.0,
    }
    assert page.rows == []


def test_what_is_dismissed_stays_away_and_unanswered(window: Window, page: NotePanel, qtbot: QtBot) -> None:
    read(page, "Night sweats")
    qtbot.keyClick(page.rows[0], Qt.Key.Key_Delete)
    page.read_now()
    assert page.rows == []
    assert answers(window) == {}


def test_what_is_answered_already_is_said_before_it_is_replaced(window: Window, page: NotePanel, qtbot: QtBot) -> None:
    assert window.model is not None
    window.model.answer("weight_loss", True)
    read(page, "Denies wt loss")
    row = page.rows[0]
    assert "Answered already: yes. Replace makes it no." in row.accessibleName()
    assert row.accept.text() == "Replace"
    assert answers(window)["weight_loss"] is True
    qtbot.mouseClick(row.accept, Qt.MouseButton.LeftButton)
    assert answers(window)["weight_loss"] is False


def test_the_unclear_is_named_with_its_reason_and_a_way_to_the_question(window: Window, page: NotePanel) -> None:
    read(page, TEXT)
    words = [label.text() for label in page.left_over.findChildren(QLabel)]
    assert "Foot drop: “foot drop”" in words
    assert "the safety screen is never answered no from a note: ask it" in words
    assert not any(row.proposal.item == "saddle_numbness" for row in page.rows)


def test_the_words_are_marked_where_they_stand_behind_an_emoji_too(page: NotePanel) -> None:
    read(page, "🙂🙂 denies wt loss")
    marked = [selection.cursor.selectedText() for selection in page.field.extraSelections()]  # type: ignore[attr-defined]
    assert marked == ["wt loss"]


UNREAD = {
    "a PDF": ("%PDF-1.7\n%âãÏÓ\n4 0 obj\n<</Linearized 1>>", "inside of a PDF"),
    "a PDF as an attachment": ("JVBERi0xLjcKJeLjz9MK" * 40, "inside of a PDF"),
    "a Word file": ("PK\x03\x04\x14\x00\x06\x00word/document.xml", "not text"),
    "rich text": (r"{\rtf1\ansi {\fonttbl {\f0 Times;}} No fever, weight loss.}", "not text"),
    "a web page": ("<!DOCTYPE html><html><body><p>weight loss</p></body></html>", "not text"),
    "noise": ("\x00\x01\x02" * 200, "not text"),
    "ten thousand lines": ("No fever.\n" * 10_000, "Read as far"),
    "a long note": (TEXT * 600, "Read as far"),
    "German": ("Keine Krankheit, kein Fieber", "English"),
    "French": ("Douleur lombaire depuis trois semaines, pas de fièvre, pas de perte de poids.", "English"),
    "Spanish": ("Dolor lumbar desde hace tres semanas, sin fiebre, antecedente de cancer de mama 2012", "English"),
    "Polish": ("Ból pleców od trzech tygodni, bez gorączki, osłabienie lewej nogi", "English"),
    "Arabic": ("ألم في الظهر منذ ثلاثة أسابيع بدون حمى", "English"),
    "Chinese": ("背痛三周，无发热，左腿无力", "English"),
    "nothing known": ("Likes gardening.", "says nothing about the patient"),
}


@pytest.mark.parametrize(("text", "words"), UNREAD.values(), ids=list(UNREAD))
def test_what_cannot_be_read_is_said_and_stays(page: NotePanel, text: str, words: str) -> None:
    read(page, text)
    assert words in page.message.text()
    assert page.message.isVisible()
    assert page.field.toPlainText() == text
    if "Read as far" not in words:
        assert page.rows == []


def test_a_pasted_megabyte_is_refused_and_what_stood_there_stays(page: NotePanel) -> None:
    page.field.setPlainText("Night sweats")
    data = QMimeData()
    data.setText("x" * 1_000_000)
    page.field.insertFromMimeData(data)
    assert page.field.toPlainText() == "Night sweats"
    assert "1,000,000 characters" in page.message.text()


def test_a_pasted_picture_or_file_puts_in_no_more_than_its_words(page: NotePanel) -> None:
    page.field.setPlainText("Night sweats")
    picture = QMimeData()
    picture.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    page.field.insertFromMimeData(picture)
    assert page.field.toPlainText() == "Night sweats"
