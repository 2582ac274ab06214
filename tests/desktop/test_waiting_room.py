"""A patient at the waiting-room form, by touch and by keyboard: the answers are theirs, no way leads to the record."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from db.errors import DiskFull
from desktop.ui.waiting_form import WaitingForm
from desktop.ui.window import Window

from .conftest import RITA, enter, shown


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


def test_the_details_of_a_yes_are_asked_of_the_patient_and_open_nothing_for_the_clinician(qtbot, gate, form, finger):
    form._begin()
    asked = []
    while not form.waiting.ended:
        asked.append(form.waiting.question.item.id)
        yes = {"limb_weakness": "old", "injury": True}.get(asked[-1])
        form._give(yes) if yes is not None else form._skip()
    assert {"weakness_worsening", "foot_drop", "injury_recent"} <= set(asked)
    assert "bilateral_numbness" not in asked
    gate.end_form()
    enter(qtbot, gate)
    assert "foot_drop" in gate.rooms.model.assessment.waiting


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
    qtbot.waitUntil(lambda: "patient’s form" in shown(window.today))
    from desktop.ui.rooms import count_alarms

    assert count_alarms(window) == 1


@pytest.mark.parametrize(("answer", "told"), [("Yes, and it is new", True), ("I am not sure", False)])
def test_what_the_disk_refused_is_told_and_an_emergency_goes_to_the_desk(gate, form, finger, monkeypatch, answer, told):
    touch(gate, finger, form, "Start")
    while form.waiting.question.item.id != "saddle_numbness":
        touch(gate, finger, form, "No")

    def full(*_, **__):
        raise DiskFull("/store")

    monkeypatch.setattr("db.store.Store.save_answer", full)
    touch(gate, finger, form, answer)
    assert ("Please tell the reception desk now" in shown(form)) is told
    assert "Please give this back to the reception desk." in shown(form) or told
    touch(gate, finger, form, "Finish")
    assert "The patient’s last answer on the form could not be saved." in shown(gate)
    assert "saddle" not in shown(gate)


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
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(gate.focusWidget(), key)
    assert form.waiting.given == {}, "no answer before the patient has gone to one"
    for _ in ("Yes", "No"):
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


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_button_is_as_large_as_a_thumb_and_shows_all_its_words(qtbot, qapp, gate, finger, text, look):
    """At 200 % not everything is in sight at once: the page scrolls, and no word is cut."""
    gate._preferences.change(text_size=text, theme=look)
    enter(qtbot, gate)
    gate.resize(1366, 768)
    gate.rooms.begin("p1")
    gate.hand_over(gate.rooms.model.consultation.encounter.uid)
    form = gate.form
    form._begin()
    for place in range(len(form.waiting.room.questions)):
        form.waiting._place = min(place, form.waiting.count - 1)
        form.show_question()
        QApplication.processEvents()
        for one in form.buttons:
            assert one.height() >= 44, one.text()
            assert one.width() >= 44, one.text()
            assert one.height() >= one.heightForWidth(one.width()), one.text()
        for label in form._page.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    gate._preferences.change(text_size=100, theme="light")


def test_it_is_found_in_the_consultation_and_handed_over_by_a_press(qtbot, gate):
    enter(qtbot, gate)
    gate.rooms.begin("p1")
    button = gate.rooms.consultation.sections.compare.buttons["form"]
    assert (button.isVisible(), button.text()) == (True, "Patient’s form")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = gate.rooms.consultation.middle.currentWidget()
    qtbot.mouseClick(panel.hand_over, Qt.MouseButton.LeftButton)
    assert isinstance(gate.front, WaitingForm)


@pytest.fixture
def broken_form(monkeypatch, tmp_path):
    from desktop.clinical import waiting_room
    from resources import FOLDER

    shutil.copytree(FOLDER / "waiting-room", tmp_path / "waiting-room")
    file = tmp_path / "waiting-room" / "questions.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('item = "injury"', 'item = "injry"'), encoding="utf-8")
    for name in ("load_waiting_rooms", "load_waiting_room"):
        real = getattr(waiting_room, name)
        broken = lambda content, *_, real=real: real(content, tmp_path)  # noqa: E731
        for module in ("clinical.waiting_room", "ui.form_panel"):
            monkeypatch.setattr(f"desktop.{module}.{name}", broken, raising=False)


@pytest.mark.usefixtures("broken_form")
def test_a_form_with_mistakes_is_said_in_words_of_its_own_and_nothing_is_handed_over(qtbot, gate):
    enter(qtbot, gate)
    gate.rooms.begin("p1")
    qtbot.keyClick(gate.rooms, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert gate.form is None
    assert gate.rooms.rooms.current == "consultation"
    said = shown(gate.rooms.errors)
    assert "waiting-room form can’t be used" in said
    assert "Nothing was handed over" in said
    assert "injry" in said
    gate.rooms.consultation.show_page("form")
    QApplication.processEvents()
    panel = gate.rooms.consultation.middle.currentWidget()
    assert (panel.rows, "can’t be used" in shown(panel)) == ({}, True)


@pytest.fixture
def paper_form(qtbot, window):
    """The page of the demonstration's window on which a paper form is typed in."""
    window.consultation.show_page("form")
    QApplication.processEvents()
    return window.consultation.middle.currentWidget()


def test_a_form_from_paper_is_typed_in_by_digits_as_the_patients_word(qtbot, window, paper_form):
    rows = paper_form.rows
    rows["acutely_ill"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert QApplication.focusWidget() is rows["bladder_change"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    said = window.model.assessment.patient_says
    assert (said["acutely_ill"], said["bladder_change"]) == (False, "new")
    assert window.model.assessment.answers == {}
    assert window.model.assessment.urgency.word == "emergency"
    assert not rows["foot_drop"].isVisible()
    rows["limb_weakness"].segments[1].click()
    QApplication.processEvents()
    paper_form.show_now()
    assert rows["foot_drop"].isVisible()
    for _ in range(2):
        rows["pain_site"].segments[0].click()
        paper_form.show_now()
        assert ("pain_site" in window.model.assessment.patient_says) is (_ == 0)
    rows["bladder_change"].segments[1].click()
    assert "bladder_change" not in window.model.assessment.patient_says


def test_what_a_clinician_answered_stands_and_the_row_says_so(qtbot, window, paper_form):
    window.model.answer("acutely_ill", True)
    paper_form.show_now()
    row = paper_form.rows["acutely_ill"]
    assert "Answered by a clinician already: yes" in shown(row)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_2)
    assert window.model.assessment.answers["acutely_ill"] is True


def test_the_paper_form_is_printed_and_saved_and_the_trail_is_told(window, paper_form, store, monkeypatch, tmp_path):
    from desktop.ui.outgoing import Outgoing

    sent = []
    monkeypatch.setattr(Outgoing, "find_printers", staticmethod(lambda: ["Desk"]))
    monkeypatch.setattr(Outgoing, "send", staticmethod(lambda data, job: sent.append((data[:5], job.printer))))
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(tmp_path / "form.pdf")))
    paper_form.print_button.click()
    paper_form.save_button.click()
    assert sent == [(b"%PDF-", "Desk")]
    assert (tmp_path / "form.pdf").read_bytes()[:5] == b"%PDF-"
    told = [entry.what for entry in store.trail.entries()]
    assert told[-2:] == ["waiting-room form printed", "waiting-room form saved"]


@pytest.fixture
def demonstration_form(window):
    from desktop.ui.demonstration_form import DemonstrationForm

    held = DemonstrationForm(window)
    window.hand_over = held.begin
    window.all_actions.run("waiting room")
    QApplication.processEvents()
    return held


def test_it_works_in_the_demonstration_and_says_that_a_practice_has_a_password(window, demonstration_form):
    form = demonstration_form.form
    assert (form.isVisible(), window.isVisible()) == (True, False)
    assert "DEMO" in shown(form)
    form._begin()
    form._give(True)
    assert form.waiting.ended == "urgent"
    form.buttons[0].click()
    assert (window.isVisible(), demonstration_form.form) == (True, None)
    assert window.model.assessment.patient_says == {"acutely_ill": True}
    assert "password" in shown(window.status)


def test_closed_by_the_system_the_demonstration_goes_on(window, demonstration_form):
    demonstration_form.form.close()
    assert window.isVisible()


def test_a_language_that_is_offered_is_chosen_at_the_start_and_turns_the_form_round(qtbot, theme, window):
    """A pseudo-language from the right: the same answers, the page mirrored, no word cut."""
    from dataclasses import replace

    from desktop.clinical.waiting_room import FormLanguage

    waiting = window.clinic.waiting(window.model.consultation.encounter.uid)
    english = waiting.room
    said = {name: getattr(english.words, name) for name in english.words.__struct_fields__}
    longer = {name: f"[{text} ‑‑‑‑]" if isinstance(text, str) else text for name, text in said.items()}
    asked = tuple(replace(one, ask=f"[{one.ask} ‑‑‑‑]") for one in english.questions)
    words = english.words.but(**longer)
    language = FormLanguage("qqs", "Pseudo", from_the_right=True)
    waiting.rooms = (english, replace(english, words=words, questions=asked, language=language))
    form = WaitingForm(theme, waiting)
    qtbot.addWidget(form)
    form.resize(1024, 768)
    form.show()
    button(form, "Pseudo").click()
    assert form.layoutDirection() is Qt.LayoutDirection.RightToLeft
    button(form, "[Start").click()
    QApplication.processEvents()
    assert form.waiting.question.ask.startswith("[")
    back = form.buttons[-1]
    assert back.geometry().right() > form.width() / 2, "the foot begins at the right"
    for label in form._page.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    button(form, "No").click()
    assert waiting.given == {"acutely_ill": False}
    waiting.speak("xx")
    assert waiting.room.language.code == "qqs", "a language that is not offered"


def test_it_is_a_press_away_on_the_patients_page(qtbot, gate):
    enter(qtbot, gate)
    gate.rooms.desk.show_patient("p1")
    page = gate.rooms.rooms.panel("patients").page
    assert page.form.isVisible()
    page.form.click()
    assert gate.rooms.consultation.middle.page == "form"
    assert gate.rooms.model.consultation.patient.uid == "p1"


def test_who_may_not_ask_finds_no_way_to_the_form(qtbot, gate):
    enter(qtbot, gate, "rita", RITA)
    gate.rooms.desk.show_patient("p1")
    assert not gate.rooms.rooms.panel("patients").page.form.isVisible()


def test_ticks_that_are_taken_out_again_are_taken_back(gate, form, finger):
    """Gone back and unticked, the answer given before stayed the patient's word."""
    consultation = form.waiting._consultation
    touch(gate, finger, form, "Start")
    while not form.waiting.question.several:
        touch(gate, finger, form, "Leave this out" if "Leave this out" in [b.text() for b in form.buttons] else "Skip")
    item, (words, choice) = form.waiting.question.item.id, form.waiting.question.choices[0]
    touch(gate, finger, form, words)
    touch(gate, finger, form, "Next")
    assert consultation.assessment.patient_says[item] == {choice}
    touch(gate, finger, form, "Back")
    touch(gate, finger, form, words)
    touch(gate, finger, form, "Next")
    assert item not in consultation.assessment.patient_says
    told = [one for one in consultation._store.trail_of(consultation.encounter.uid) if one.item == item]
    assert [one.said_by for one in told] == ["patient", "patient"]


def test_a_press_begun_before_the_window_closes_gives_no_answer_after_it(qtbot, gate):
    """As a screen reader presses: the button is let go of a moment later, when the store is closed."""
    enter(qtbot, gate)
    gate.rooms.begin("p1")
    gate.hand_over(gate.rooms.model.consultation.encounter.uid)
    gate.form._begin()
    gate.form.buttons[0].animateClick()
    gate.close()
    qtbot.wait(250)
    assert gate.form is None
