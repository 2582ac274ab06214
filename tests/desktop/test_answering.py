"""A row answers by key and by click; arrows only move; what is refused is not recorded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from desktop.clinical.checklist import Answer, CouldNotExamine, Range, Said, Unsure
from desktop.clinical.content import Content
from desktop.record.consultation import Consultation
from desktop.ui.answer_row import AnswerRow
from desktop.ui.consultation_panel import ConsultationPanel
from desktop.ui.key_bar import KeyHint
from desktop.ui.reason_field import ReasonField
from desktop.ui.text_field import TextField
from desktop.ui.value_field import ValueField
from desktop.ui.window import Window

FIRST, SECOND, THIRD = "acutely_ill", "bladder_change", "bowel_change"


def panel(window: Window) -> ConsultationPanel:
    assert window.consultation is not None
    return window.consultation


def row(window: Window, item: str) -> AnswerRow:
    panel(window).questions.go_to(item)
    return panel(window).questions.page.rows[item]


def answer(window: Window, item: str) -> Answer | None:
    assert window.model is not None
    return window.model.assessment.answers.get(item)


def focused(window: Window) -> str:
    widget = window.focusWidget()
    assert isinstance(widget, AnswerRow)
    return widget.item.id


def press(qtbot: QtBot, window: Window, keys: str) -> None:
    """By character, as every keyboard layout sends it; `qtbot.keyClicks` knows ASCII alone."""
    for key in keys:
        code = Qt.Key(ord(key.upper())) if key.isascii() else Qt.Key.Key_unknown
        event = QKeyEvent(QKeyEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, key)
        QApplication.sendEvent(window.focusWidget(), event)


@pytest.mark.parametrize(
    ("item", "key", "expected"),
    [
        (FIRST, "y", True),
        (FIRST, "Y", True),
        (FIRST, "n", False),
        (FIRST, "u", Unsure()),
        (SECOND, "y", "new"),
        (SECOND, "o", "old"),
        (SECOND, "n", "no"),
        ("pain_course", "1", "new"),
    ],
)
def test_a_key_answers_and_moves_on(qtbot: QtBot, window: Window, item: str, key: str, expected: Answer) -> None:
    before = row(window, item)
    press(qtbot, window, key)
    assert (answer(window, item), window.focusWidget() is before) == (expected, False)


@pytest.mark.parametrize("key", ["o", "1", "z", "ü", ".", " "])
def test_other_keys_answer_nothing(qtbot: QtBot, window: Window, key: str) -> None:
    row(window, FIRST)
    press(qtbot, window, key)
    assert (answer(window, FIRST), focused(window)) == (None, FIRST)


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
def test_a_shortcut_is_not_an_answer(qtbot: QtBot, window: Window, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(row(window, FIRST), Qt.Key.Key_N, modifier)
    assert answer(window, FIRST) is None


@pytest.mark.parametrize(("value", "expected"), [("new", "new"), ("no", "no"), ("old", "old")])
def test_a_click_answers_and_stays(qtbot: QtBot, window: Window, value: str, expected: str) -> None:
    qtbot.mouseClick(row(window, SECOND).buttons[value], Qt.MouseButton.LeftButton)
    assert (answer(window, SECOND), focused(window)) == (expected, SECOND)


@pytest.mark.parametrize("waits", [True, False], ids=["waits for the mouse", "as it was"])
def test_a_click_at_the_lower_edge_is_not_lost(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    """Seen where a whole consultation was driven by clicks: the page moved to have the row in sight as soon as it was
    pressed, the button was no more under the pointer when it was let go of, and nothing was answered."""
    if not waits:
        monkeypatch.setattr("desktop.ui.question_list.when_released", lambda widget, show: show())
    assert window.model is not None
    for item in ("bladder_change", "bilateral_leg_symptoms", "limb_weakness"):
        window.model.answer(item, "new")
    window.resize(1366, 768)
    qtbot.wait(50)
    questions = panel(window).questions
    column, low = questions.column, questions.page.rows["fever_or_unwell"]
    button = low.buttons[False]
    below = button.mapTo(column.viewport(), button.rect().center()).y() - (column.viewport().height() - 8)
    column.verticalScrollBar().setValue(column.verticalScrollBar().value() + below)
    QApplication.processEvents()
    handle, place = window.windowHandle(), button.mapTo(window, button.rect().center())
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    qtbot.wait(80)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert (answer(window, "fever_or_unwell") is False) is waits
    qtbot.waitUntil(lambda: low.visibleRegion().boundingRect() == low.rect())


def test_a_second_click_takes_the_answer_back(qtbot: QtBot, window: Window) -> None:
    for _ in range(2):
        qtbot.mouseClick(row(window, FIRST).buttons[False], Qt.MouseButton.LeftButton)
    assert answer(window, FIRST) is None


def test_arrows_move_and_never_answer(qtbot: QtBot, window: Window) -> None:
    row(window, FIRST)
    places = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Home):
        qtbot.keyClick(window.focusWidget(), key)
        places.append(focused(window))
    assert places == [SECOND, THIRD, SECOND, "injury", "injury", FIRST]
    assert window.model is not None
    assert window.model.assessment.answers == {}


def test_delete_goes_back_to_not_asked_and_stays(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, "n")
    qtbot.keyClick(row(window, FIRST), Qt.Key.Key_Delete)
    assert (answer(window, FIRST), focused(window)) == (None, FIRST)


def test_could_not_examine_asks_why_in_place(qtbot: QtBot, window: Window) -> None:
    asked = row(window, FIRST)
    press(qtbot, window, "x")
    assert answer(window, FIRST) is None
    field = asked.findChild(ReasonField)
    qtbot.keyClicks(field.words, "plaster cast")
    qtbot.keyClick(field.words, Qt.Key.Key_Return)
    assert (answer(window, FIRST), focused(window)) == (CouldNotExamine("plaster cast"), SECOND)


def test_could_not_examine_without_a_reason_records_nothing(qtbot: QtBot, window: Window) -> None:
    asked = row(window, FIRST)
    press(qtbot, window, "x")
    qtbot.keyClick(asked.findChild(ReasonField).words, Qt.Key.Key_Return)
    qtbot.keyClick(asked.findChild(ReasonField).words, Qt.Key.Key_Escape)
    assert (answer(window, FIRST), focused(window)) == (None, FIRST)


def test_a_yes_opens_its_details_in_the_row(qtbot: QtBot, window: Window) -> None:
    asked = row(window, "limb_weakness")
    before = asked.is_open
    press(qtbot, window, "y")
    shown = {field.item.id for field in asked.details()}
    assert (before, asked.is_open) == (False, True)
    assert {"weakness_sides", "foot_drop"} <= shown


def test_a_no_opens_nothing_in_the_safety_screen(qtbot: QtBot, window: Window, content: Content) -> None:
    """Else the thirteen questions would not stand in a low window."""
    asked = [item.id for item in content.safety_screen.items]
    window.go_to_question(asked[0])
    press(qtbot, window, "n" * len(asked))
    assert [id for id in asked if row(window, id).is_open] == []


def test_details_answer_by_key_and_lead_on(qtbot: QtBot, window: Window) -> None:
    row(window, "limb_weakness")
    press(qtbot, window, "y")
    qtbot.keyClick(row(window, "limb_weakness"), Qt.Key.Key_Return)
    press(qtbot, window, "2ny")
    given = [answer(window, item) for item in ("weakness_sides", "weakness_worsening", "foot_drop")]
    assert given == ["both_legs", False, True]
    assert focused(window) == "gait_unsteady"


def test_s_goes_to_the_next_section(qtbot: QtBot, window: Window) -> None:
    row(window, FIRST)
    press(qtbot, window, "s")
    assert panel(window).questions.section.id == "cancer"


def test_a_multiple_choice_toggles_and_stays(qtbot: QtBot, window: Window) -> None:
    row(window, "pain_site")
    press(qtbot, window, "132")
    first = answer(window, "pain_site")
    press(qtbot, window, "3")
    assert (first, answer(window, "pain_site")) == (
        frozenset({"cervical", "thoracic", "lumbar"}),
        frozenset({"cervical", "thoracic"}),
    )


TYPED = [
    ("temperature", "38.2", 38.2),
    ("temperature", "raised", Said("raised")),
    ("crp", ">100", Range(100, 600)),
    ("crp", "<4", Range(0, 4)),
    ("adjusted_calcium", "2.7 mmol/L", 2.7),
    ("pain_score", "4/10", 4.0),
]


@pytest.mark.parametrize(("item", "text", "expected"), TYPED)
def test_a_number_is_typed_and_recorded_with_enter(
    qtbot: QtBot, window: Window, item: str, text: str, expected: Answer
) -> None:
    field = row(window, item).findChild(ValueField)
    field.setFocus()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert answer(window, item) == expected


REFUSED = [
    ("adjusted_calcium", "2,7", "2.7 with a point"),
    ("adjusted_calcium", "26", "mg/dL"),
    ("adjusted_calcium", "high-ish", "not a number"),
    ("pain_score", "11/10", "from 0 to 10"),
    ("temperature", "380", "from 30 to 43"),
    ("temperature", "<b>38</b>", "not a number"),
    ("temperature", "nan", "not a number"),
    ("temperature", "😀", "not a number"),
    ("temperature", "\u202e38", "not a number"),
    ("pain_score", "7/5", "not a number"),
]


@pytest.mark.parametrize(("item", "text", "why"), REFUSED)
def test_what_does_not_fit_stays_and_is_not_recorded(
    qtbot: QtBot, window: Window, item: str, text: str, why: str
) -> None:
    asked = row(window, item)
    field = asked.findChild(ValueField)
    field.setFocus()
    field.insert(text)
    field.setModified(True)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (answer(window, item), field.text()) == (None, text)
    assert why in asked.message
    assert why in asked.accessibleName()
    assert asked._below._message.isVisible()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31-02-2026", "is not a date; write it as 22-11-2026"),
        ("00-00-0000", "is not a date"),
        ("2026-13-01", "is not a date"),
        ("tomorrow", "is not a date"),
        ("24-11-2026", "is in the future"),
    ],
)
def test_an_impossible_date_is_refused_beside_its_field(qtbot: QtBot, window: Window, typed: str, why: str) -> None:
    assert window.model is not None
    window.model.answer("imaging_finding", frozenset({"disc_herniation"}))
    window.consultation.go_to("imaging_finding")  # type: ignore[union-attr]
    field = next(field for field in window.findChildren(ValueField) if field.accessibleName() == "Date of that imaging")
    field.setFocus()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    said = [label for label in window.findChildren(QLabel) if why in label.text() and label.isVisible()]
    assert (answer(window, "imaging_date"), field.text(), len(said)) == (None, typed, 1)


def test_a_refused_value_is_forgotten_with_escape(qtbot: QtBot, window: Window) -> None:
    asked = row(window, "temperature")
    field = asked.findChild(ValueField)
    field.setFocus()
    qtbot.keyClicks(field, "999")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), asked.message, answer(window, "temperature")) == ("", "", None)


def test_a_pasted_megabyte_is_refused_in_one_line(qtbot: QtBot, window: Window) -> None:
    asked = row(window, "clinical_impression")
    QApplication.clipboard().setText("x" * 1_000_000)
    field = asked.field
    assert field is not None
    field.setFocus()
    field.paste()  # type: ignore[union-attr]
    assert answer(window, "clinical_impression") is None
    assert "1,000,000 characters" in asked.message


def test_text_is_kept_as_typed(qtbot: QtBot, window: Window) -> None:
    typed = "<b>disc</b> 🙂 \u202edeep"
    field = row(window, "clinical_impression").field
    assert field is not None
    field.insertPlainText(typed)  # type: ignore[union-attr]
    field.commit()
    assert answer(window, "clinical_impression") == typed


def test_an_answer_that_cannot_be_written_stays_in_sight_as_not_saved(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskFull("/store")

    asked = row(window, FIRST)
    assert window.model is not None
    with monkeypatch.context() as refusing:
        refusing.setattr(Consultation, "answer", refuse)
        press(qtbot, window, "y")
        assert answer(window, FIRST) is None
        assert asked.message == "Not saved: yes"
        assert not asked.buttons[True].isChecked()
        assert window.errors.isVisible()
        assert "Acutely ill: yes" in window.errors.accessibleName()
    window.model.answer("bladder_change", "no")
    assert "Not saved" in asked.accessibleName()
    window.model.answer(FIRST, True)
    assert "Not saved" not in asked.accessibleName()
    assert not asked._below._message.isVisible()


def test_a_text_that_the_disk_refuses_stays_in_its_field_and_is_tried_again(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskFull("/store")

    field = row(window, "clinical_impression").field
    assert isinstance(field, TextField)
    assert window.model is not None
    with monkeypatch.context() as refusing:
        refusing.setattr(Consultation, "answer", refuse)
        field.insertPlainText("Cord")
        field.commit()
    window.model.answer(FIRST, False)
    assert (field.toPlainText(), answer(window, "clinical_impression")) == ("Cord", None)
    field.commit()
    assert answer(window, "clinical_impression") == "Cord"
    assert window.model.unsaved_words() == ()


def test_an_answer_is_on_disk_when_it_is_shown(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, "nyn")
    assert window.model is not None
    uid = window.model.consultation.encounter.uid
    stored = window.clinic.resume(uid).assessment.answers
    assert stored == {"acutely_ill": False, "bladder_change": "new", "bowel_change": "no"}


@pytest.mark.parametrize(
    ("question", "counts", "does_not"),
    [
        ("cancer_history", "Y", "1–9"),
        ("temperature", "0–9", "N"),
        ("pain_course", "1–9", "N"),
        ("power_ankle_dorsiflexion_left", "0–5", "Y"),
    ],
)
def test_only_the_keys_that_count_are_shown(window: Window, question: str, counts: str, does_not: str) -> None:
    panel(window).questions.go_to(question)
    QApplication.processEvents()
    bar = panel(window).questions.key_bar
    shown = [key for key, _ in bar.keys]
    assert counts in shown
    assert does_not not in shown
    assert [hint._key for hint in bar.findChildren(KeyHint) if hint.isVisible()] == shown
