"""A patient at the waiting-room form, by touch and by keyboard: the answers are theirs, no way leads to the record."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from db.entrance import create
from db.passwords import new_code
from db.slots import Cost
from desktop.app import make_gate
from desktop.record.roles import Role
from desktop.settings import settings_for
from desktop.ui.preferences import Preferences
from desktop.ui.style import dress
from desktop.ui.waiting_form import WaitingForm
from desktop.ui.window import Window

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
ANNA, RITA = "a plain pass phrase", "another plain phrase"
CODE = new_code()


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Anna is clinician and administrator, Rita receptionist; Susan Walker-Larkspur is a patient."""
    stores = tmp_path_factory.mktemp("gate") / "stores"
    anna = {"user": "anna", "name": "Dr Anna Ash", "password": ANNA, "code": CODE}
    with create(stores / "practice", **anna, at=AT, cost=CHEAP) as session:
        session.add("rita", name="Rita Rowan", roles={Role.RECEPTIONIST}, password=RITA, at=AT)
        marigold = {"family": "Larkspur", "given": "Marigold", "born": date(1965, 3, 12), "sex": "female"}
        session.store.add_patient("p1", **marigold, at=AT)
    return stores


@pytest.fixture
def stores(made_once, tmp_path):
    return Path(shutil.copytree(made_once, tmp_path / "stores"))


@pytest.fixture
def make(qtbot, qapp, content, self_test):
    gates = []

    def make(stores):
        preferences = Preferences()
        dress(qapp, preferences.theme())
        gate = make_gate(content, settings_for(stores), self_test, preferences, cost=CHEAP)
        gates.append(gate)
        qtbot.addWidget(gate)
        gate.show()
        qtbot.waitExposed(gate)
        with qtbot.waitActive(gate):
            gate.activateWindow()
        return gate

    return make


@pytest.fixture
def gate(make, stores):
    return make(stores)


def enter(qtbot, gate, user="anna", password=ANNA):
    """By keyboard alone, from wherever the focus is put."""
    if not gate.card.user.text:
        qtbot.keyClicks(gate.focusWidget(), user)
        qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Tab)
    assert gate.focusWidget() is gate.card.password.field
    qtbot.keyClicks(gate.focusWidget(), password)
    with qtbot.waitSignal(gate.admitted, timeout=5000):
        qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Return)


def lock(qtbot, gate):
    with qtbot.waitSignal(gate.locked):
        qtbot.keyClick(gate.focusWidget() or gate, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def shown(widget):
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return " ".join([*labels, *(field.text() for field in widget.findChildren(QLineEdit))])


@pytest.fixture
def finger(qapp):
    return QTest.createTouchDevice()


@pytest.fixture
def form(qtbot, gate):
    enter(qtbot, gate)
    gate.rooms.begin("p1")
    qtbot.keyClick(gate.rooms, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    assert isinstance(gate.front, WaitingForm)
    return gate.form


def button(form, words):
    return next(one for one in form.buttons if one.text().startswith(words))


def touch(gate, finger, form, words):
    """A finger on the middle of the button, on the screen as it stands."""
    QApplication.processEvents()
    one = button(form, words)
    assert isinstance(finger, QPointingDevice)
    place = one.mapTo(gate, QPoint(one.width() // 2, one.height() // 2))
    assert gate.rect().contains(place), words
    QTest.touchEvent(gate, finger).press(0, place, gate).commit()
    QTest.touchEvent(gate, finger).release(0, place, gate).commit()
    QApplication.processEvents()


PRESSED = {"ever_smoked": "Leave this out", "night_pain": "It does not wake me"}


def test_a_whole_form_by_touch_ends_at_the_password_and_the_answers_are_the_patients(qtbot, gate, form, finger):
    touch(gate, finger, form, "Start")
    while not form.waiting.ended:
        question = form.waiting.question
        if question.several:
            touch(gate, finger, form, question.choices[0][0])
            touch(gate, finger, form, "Next")
        else:
            touch(gate, finger, form, PRESSED.get(question.item.id, "No"))
    assert "Thank you" in shown(form)
    touch(gate, finger, form, "Finish")
    assert gate.session is None
    enter(qtbot, gate)
    model = gate.rooms.model
    assert model.consultation.assessment.answers == {}
    said = model.consultation.assessment.patient_says
    assert said["saddle_numbness"] == "no"
    assert "ever_smoked" not in said
    assert model.consultation.assessment.safety_screen.asked == 0


def test_an_emergency_answer_ends_it_at_the_desk_and_stands_first_on_today(qtbot, gate, form, finger):
    touch(gate, finger, form, "Start")
    while form.waiting.question.item.id != "saddle_numbness":
        touch(gate, finger, form, "No")
    touch(gate, finger, form, "Yes, and it is new")
    assert form.waiting.ended == "urgent"
    assert "Please tell the reception desk now" in shown(form)
    assert [one.text() for one in form.buttons] == ["Finish"]
    gate.idle.idled.emit()
    assert gate.form is form, "whom to tell stays until somebody has seen it"
    touch(gate, finger, form, "Finish")
    enter(qtbot, gate)
    window = gate.rooms
    window.show_room("today")
    window.self_test.check.run()
    QApplication.processEvents()
    assert "patient’s form" in shown(window.today)
    from desktop.ui.rooms import count_alarms

    assert count_alarms(window) == 1


def test_back_shows_what_was_pressed_and_it_can_be_changed(qtbot, gate, form, finger):
    touch(gate, finger, form, "Start")
    touch(gate, finger, form, "I am not sure")
    touch(gate, finger, form, "Back")
    assert button(form, "I am not sure").isChecked()
    touch(gate, finger, form, "No")
    assert form.waiting.given["acutely_ill"] is False


def test_by_keyboard_alone(qtbot, gate, form):
    qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Space)
    assert form.waiting.number == 1
    qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Space)
    assert form.waiting.given == {"acutely_ill": False}


KEYS = [Qt.Key(key) for key in (*range(Qt.Key.Key_A, Qt.Key.Key_Z + 1), *range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1))]
OTHERS = [
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Menu,
    Qt.Key.Key_Back,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_Delete,
]


def test_no_key_leads_to_the_record(qtbot, gate, form):
    """Every letter and function key, alone, with Ctrl, Alt, and Ctrl and Shift. Locking leads to the password."""
    none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    held = (none, control, Qt.KeyboardModifier.AltModifier, control | Qt.KeyboardModifier.ShiftModifier)
    for modifiers in held:
        for key in (*KEYS, *OTHERS):
            if key == Qt.Key.Key_L and modifiers == control:
                continue
            qtbot.keyClick(gate.focusWidget() or gate, key, modifiers)
            nothing_of_the_record(gate)
    assert gate.front is form
    qtbot.keyClick(gate, Qt.Key.Key_L, control)
    assert gate.session is None
    nothing_of_the_record(gate)


def nothing_of_the_record(gate):
    assert gate.rooms is None
    for window in QApplication.topLevelWidgets():
        assert not (isinstance(window, Window) and window.isVisible())
        if window.isVisible():
            assert "LARKSPUR" not in shown(window).upper(), "the name of a patient"
            assert window.findChildren(QPlainTextEdit) == []
    assert "larkspur" not in gate.windowTitle().lower()


def test_closing_the_program_closes_the_store(qtbot, gate, form):
    session = gate.session
    gate.close()
    assert gate.session is None
    assert session is not None
    assert gate.rooms is None


def test_what_a_clinician_answered_is_not_changed_by_the_form(qtbot, gate):
    enter(qtbot, gate)
    gate.rooms.begin("p1")
    gate.rooms.model.answer("acutely_ill", True)
    uid = gate.rooms.model.consultation.encounter.uid
    gate.hand_over(uid)
    gate.form.show_question()
    gate.form.waiting.answer(False)
    gate.end_form()
    enter(qtbot, gate)
    assert gate.rooms.model.consultation.assessment.answers["acutely_ill"] is True
    told = [entry.what for entry in gate.session.store.trail.entries()]
    assert "screen handed to the patient" in told
