"""What a screen reader is told before anybody is signed in: on signing in, on the lock, and where a try is refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.answer_row import AnswerRow
from desktop.ui.entry import Entry
from desktop.ui.form_field import FormField
from desktop.ui.gate import Gate
from desktop.ui.theme import Theme

from . import accessible_walk as walk
from .conftest import enter, lock


def test_a_refused_password_is_told(qtbot: QtBot, gate: Gate, heard: list[str]) -> None:
    """It is taken away, and the focus stays: without a word it seemed that nothing had happened."""
    gate.card.user.field.setText("anna")
    qtbot.keyClicks(gate.card.password.field, "wrong")
    qtbot.keyClick(gate.card.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    assert heard[-1].startswith("The store does not open with this name and password. Nothing was written to it. ")


def test_the_card_says_that_it_is_locked_and_by_whom(qtbot: QtBot, gate: Gate) -> None:
    assert gate.card.accessibleName() == "Sign in"
    enter(qtbot, gate)
    lock(qtbot, gate)
    assert gate.card.accessibleName().startswith("Locked. Dr Anna Ash is away. Everything answered is saved")
    assert walk.role_of(gate.card) is QAccessible.Role.Grouping
    assert gate.card.isAncestorOf(gate.focusWidget())


def test_caps_lock_is_said_of_the_field(gate: Gate) -> None:
    field = gate.card.password.field
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A"))
    assert field.accessibleDescription() == "Caps Lock seems to be on."


def test_what_stands_beside_a_field_is_said_with_it_until_it_is_refused(qtbot: QtBot, theme: Theme) -> None:
    entry = Entry(theme, "Open", hint="As patients read it")
    form = FormField(theme, "Born", hint="12-Mar-1965", says="Stands in the letter")
    qtbot.addWidget(entry)
    qtbot.addWidget(form)
    assert entry.field.accessibleDescription() == "As patients read it"
    assert form.field.accessibleDescription() == "12-Mar-1965, Stands in the letter"
    entry.show_wrong("No.")
    form.show_mistake("No.")
    assert [one.field.accessibleDescription() for one in (entry, form)] == ["No.", "No."]
    entry.show_wrong("")
    form.show_mistake("")
    assert entry.field.accessibleDescription() == "As patients read it"
    assert form.field.accessibleDescription() == "12-Mar-1965, Stands in the letter"


@pytest.mark.parametrize("press", ["Toggle", "Press"])
@pytest.mark.parametrize("form", [False, True], ids=["consultation", "patient's form"])
def test_a_press_that_a_reader_has_begun_gives_no_answer_after_the_lock(
    qtbot: QtBot, gate: Gate, press: str, *, form: bool
) -> None:
    """Qt lets go of it a tenth of a second later: it wrote to a store that was closed."""
    enter(qtbot, gate)
    assert gate.rooms is not None
    gate.rooms.begin("p1")
    walk.settle()
    assert gate.rooms.model is not None
    uid = gate.rooms.model.consultation.encounter.uid
    row = next(one for one in gate.rooms.findChildren(AnswerRow) if one.item.id == "cancer_history")
    button: QAbstractButton = row.buttons[True]
    if form:
        gate.hand_over(uid)
        assert gate.form is not None
        gate.form.buttons[0].click()
        walk.settle()
        button = gate.form.buttons[0]
    QAccessible.queryAccessibleInterface(button).actionInterface().doAction(press)
    gate.lock()
    qtbot.wait(200)
    enter(qtbot, gate)
    assert "cancer_history" not in gate.rooms.clinic.look_at(uid).assessment.answers
