"""From blank to signed, amended and read again, by keys through the real window and the real store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from db.store import Store
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY
from desktop.record.due_text import due_text, read_due
from desktop.record.encounter import LONDON, Patient
from desktop.record.roles import Rights, Role
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.review_panel import ReviewPanel
from desktop.ui.signed_panel import SignedPanel
from desktop.ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
CTRL = Qt.KeyboardModifier.ControlModifier
SCREEN = 13


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def press(window: Window, *keys: Qt.Key, with_ctrl: bool = False) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key, CTRL if with_ctrl else Qt.KeyboardModifier.NoModifier)
        settle()


def type_in(window: Window, text: str) -> None:
    QTest.keyClicks(window.focusWidget(), text)
    settle()


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def review_of(window: Window) -> ReviewPanel:
    panel = window.rooms.panel("review")
    assert isinstance(panel, ReviewPanel)
    return panel


def signed_of(window: Window) -> SignedPanel:
    panel = window.rooms.panel("encounter")
    assert isinstance(panel, SignedPanel)
    return panel


def tab_to(window: Window, name: str) -> None:
    """By Tab alone, so it must be on the way."""
    for _ in range(200):
        widget = window.focusWidget()
        if widget is not None and widget.accessibleName().startswith(name):
            return
        QTest.keyClick(widget or window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches “{name}”")


def test_a_simple_encounter_from_blank_to_signed_by_keys_alone(window: Window, store: Store) -> None:
    press(window, *[Qt.Key.Key_N] * SCREEN)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert window.rooms.current == "review"
    review = review_of(window)
    assert not review.plan.isVisible()
    type_in(window, "A strain after gardening")
    press(window, Qt.Key.Key_Return)
    assert review.plan.isVisible()
    assert "13 of 13" in words(review.asked)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert "You sign that" in words(review.bar)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert window.rooms.current == "encounter"
    assert window.model is None
    assert "A strain after gardening" in words(signed_of(window))
    (version,) = store.versions_of(window.desk.encounter)
    assert version.who == "Dr Test"
    assert store.encounter(window.desk.encounter).state == "signed"


def test_a_line_is_added_where_no_flag_proposes_one(window: Window) -> None:
    """Seen as a GP: after a simple negative consultation there was no place to write “come back in four weeks”."""
    press(window, *[Qt.Key.Key_N] * SCREEN)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    press(window, Qt.Key.Key_Return)
    review = review_of(window)
    assert "no line is proposed" in words(review.plan)
    tab_to(window, "Add a line to the plan")
    type_in(window, "See again in four weeks")
    press(window, Qt.Key.Key_Return)
    assert [line.what for line in review.review.decisions.plan] == ["See again in four weeks"]


def test_the_documents_of_a_signed_encounter_are_a_key_away(window: Window) -> None:
    """Seen as a GP: after signing there was no way to the letter or the patient's sheet."""
    press(window, *[Qt.Key.Key_N] * SCREEN)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    press(window, Qt.Key.Key_Return)
    for _ in range(2):
        press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert window.rooms.current == "encounter"
    assert window.isActiveWindow(), "nothing flashed up as a window of its own and took the keys"
    press(window, Qt.Key.Key_P, with_ctrl=True)
    panel = window.rooms.panel("signed-documents")
    assert window.rooms.current == "signed-documents"
    assert isinstance(panel, DocumentsPanel)
    assert panel.desk.material is not None
    assert panel.desk.material.version == 1
    assert "Signed" in words(panel.details)
    press(window, Qt.Key.Key_Escape)
    assert window.rooms.current == "encounter"


def emergency(window: Window) -> None:
    assert window.model is not None
    window.model.answer("cancer_history", True)
    window.model.answer("limb_weakness", "new")
    window.model.answer("visible_haematuria", True)
    window.model.answer("haematuria_unexplained", True)


def test_an_emergency_is_accepted_overridden_edited_and_signed_by_keys_alone(window: Window, store: Store) -> None:
    emergency(window)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    review = review_of(window)
    assert "Before signing: your own impression" in words(review.bar)
    assert "accept or override" not in words(review.bar)  # no flag is named before
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert "Before signing: accept or override" in words(review.bar)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert not review.bar.asking
    assert review.cards["R01"].accept.hasFocus()
    press(window, Qt.Key.Key_Return)
    assert review.cards["R01"].flag.outcome == "accepted"
    assert [card.accept.hasFocus() for card in review.cards.values()] == [False, True], "on to the next that is open"
    last = list(review.cards.values())[-1]
    tab_to(window, f"Override…: {last.flag.title}")
    press(window, Qt.Key.Key_Space)
    type_in(window, "2")
    assert (last.flag.outcome, last.flag.reason) == ("set aside", "done_by_others")
    tab_to(window, "By when: MRI")
    window.focusWidget().selectAll()  # type: ignore[union-attr]
    type_in(window, "24/11 09:00")
    press(window, Qt.Key.Key_Return)
    tab_to(window, "Add a line")
    type_in(window, "Ring her daughter")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    (version,) = window.clinic.versions(window.desk.encounter)
    lines = {line.what: line for line in version.decisions.standing}
    assert "Ring her daughter" in lines
    scan = next(line for line in version.decisions.plan if line.kind == "imaging")
    assert scan.due == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert "Ring her daughter" in words(signed_of(window))
    assert store.verify() is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("99/99", "24/11"),
        ("yesterday", "24/11"),
        ("22/11 09:00", "past"),
        ("", ""),
        ("24/11 09:00", ""),
        ("+ 2 weeks", ""),
    ],
)
def test_a_moment_that_does_not_fit_is_refused_beside_its_field_and_kept_there(
    window: Window, text: str, why: str
) -> None:
    emergency(window)
    window.desk.open_review()
    review = review_of(window)
    review.model.write_impression("")
    row = next(row for row in review.plan.rows.values() if row.line.kind == "imaging")
    before = row.line
    row.when.setFocus()
    row.when.selectAll()
    QTest.keyClick(row.when, Qt.Key.Key_Delete)
    QTest.keyClicks(row.when, text)
    QTest.keyClick(row.when, Qt.Key.Key_Return)
    if why:
        assert why in words(row)
        assert row.when.text() == text
        assert row.line == before
    else:
        assert row.line.due != before.due
        assert row.when.text() == due_text(row.line.due, window.now(), LONDON)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("24/11 10:42", "24-11-2026", "10:42"),
        ("Tue 24-Nov 10:42", "24-11-2026", "10:42"),
        ("tuesday 24 november 2026, 10.42", "24-11-2026", "10:42"),
        ("24 Nov", "24-11-2026", "18:00"),
        ("4 Jan", "04-01-2027", "18:00"),
        ("10:00", "24-11-2026", "10:00"),
        ("11:00", "23-11-2026", "11:00"),
        ("+ 24 h", "24-11-2026", "10:42"),
        ("+2 weeks", "07-12-2026", "10:42"),
    ],
)
def test_a_moment_as_it_is_typed(text: str, day: str, clock: str) -> None:
    now = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
    due, why = read_due(text, now, LONDON)
    assert why == ""
    assert due is not None
    assert f"{due.astimezone(LONDON):%d-%m-%Y %H:%M}" == f"{day} {clock}"
    assert read_due(due_text(due, now, LONDON), now, LONDON)[0] == due


def test_what_the_rules_say_of_the_plan_as_a_whole_is_read_before_it_is_signed(window: Window) -> None:
    emergency(window)
    assert window.model is not None
    said = list(window.model.assessment.plan.notes)
    assert said
    window.desk.open_review()
    review = review_of(window)
    assert review.plan.remarks.isHidden() or not review.plan.isVisible(), "before the clinician's own impression"
    review.model.write_impression("")
    assert [line for line in said if line not in words(review.plan)] == []
    assert len(review.plan.rows) == len(review.review.decisions.plan)


def test_a_lowered_flag_without_a_reason_is_not_recorded_and_says_so(window: Window) -> None:
    emergency(window)
    window.desk.open_review()
    review = review_of(window)
    review.model.write_impression("")
    card = review.cards["R01"]
    card.other.click()
    card.reasons.choose("other")
    assert card.flag.outcome == "not decided"
    assert card.reasons.words.hasFocus()
    type_in(window, "seen by the on-call team")
    press(window, Qt.Key.Key_Return)
    assert (card.flag.outcome, card.flag.text) == ("set aside", "seen by the on-call team")


def test_a_decision_the_disk_refuses_is_not_shown_as_made(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    emergency(window)
    window.desk.open_review()
    review = review_of(window)
    review.model.write_impression("")
    monkeypatch.setattr(
        type(window.clinic._store), "all_or_nothing", lambda self: (_ for _ in ()).throw(DiskFull("it"))
    )
    review.cards["R01"].accept.click()
    assert review.cards["R01"].flag.outcome == "not decided"
    assert window.errors.isVisible()


def test_nothing_is_signed_while_an_answer_is_not_saved(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.model is not None
    with monkeypatch.context() as patch:
        patch.setattr(type(window.clinic._store), "save_answer", lambda *_, **__: (_ for _ in ()).throw(DiskFull("it")))
        window.model.answer("injury", True)
    window.desk.open_review()
    review = review_of(window)
    review.model.write_impression("")
    assert "not saved, so give it again: Injury: yes" in words(review.bar)
    review.bar.go_on()
    assert not review.bar.asking
    window.model.answer("injury", True)
    review.show_review()
    review.bar.go_on()
    assert review.bar.asking


def test_what_is_decided_after_the_question_is_asked_about_anew(window: Window) -> None:
    """A flag that may stay undecided took the focus from “Sign as”, and what was then decided was signed unasked."""
    assert window.model is not None
    window.model.answer("bilateral_leg_symptoms", "new")
    window.desk.open_review()
    review = review_of(window)
    review.model.write_impression("")
    assert {card.flag.urgency for card in review.cards.values()} == {"urgent"}
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert review.bar.asking
    assert review.bar.sign.hasFocus()
    review.model.accept(next(iter(review.cards)))
    assert not review.bar.asking
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert review.bar.asking
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert window.rooms.current == "encounter"


def sign(window: Window) -> str:
    window.desk.open_review()
    review = review_of(window)
    review.model.write_impression("")
    for card in review.cards.values():
        review.model.accept(card.flag.rule)
    review.bar.go_on()
    review.bar.go_on()
    return window.desk.encounter


def test_an_amendment_asks_why_and_every_version_is_read(window: Window, qtbot: QtBot) -> None:
    emergency(window)
    uid = sign(window)
    panel = signed_of(window)
    tab_to(window, "Amend…")
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_Return)
    assert "Say in a few words" in words(panel.bar)
    type_in(window, "The MRI came")
    press(window, Qt.Key.Key_Return)
    assert window.rooms.current == "consultation"
    assert window.model is not None
    assert "The MRI came" in words(window)
    window.model.answer("injury", False)
    sign(window)
    panel = signed_of(window)
    assert [version.why for version in panel.versions] == ["", "The MRI came"]
    assert "Injury" in words(panel.asked)
    panel.list.buttons[1].click()
    assert "an earlier version" in words(panel)
    assert window.desk.encounter == uid


def test_an_amendment_is_given_up_and_what_was_signed_is_as_it_was(window: Window) -> None:
    emergency(window)
    uid = sign(window)
    before = window.clinic.versions(uid)
    assert window.desk.amend(uid, "A slip") == ""
    assert window.model is not None
    window.model.answer("injury", True)
    window.desk.give_up_amendment()
    assert window.rooms.current == "encounter"
    assert window.clinic.versions(uid) == before
    assert "injury" not in window.clinic.encounter(uid).answers


def test_what_is_signed_opens_to_be_read_wherever_it_is_opened_from(window: Window) -> None:
    emergency(window)
    uid = sign(window)
    window.open_encounter(uid)
    assert window.rooms.current == "encounter"
    assert window.model is None
    window.show_room("today")
    settle()
    assert "Finished today" in words(window.today)
    assert "by Dr Test" in words(window.today)


def test_from_a_question_not_asked_in_the_review_to_it_and_back(window: Window) -> None:
    press(window, Qt.Key.Key_N)
    window.desk.open_review()
    review = review_of(window)
    review.model.write_impression("")
    tab_to(window, "Go to the question: Injury")
    press(window, Qt.Key.Key_Space)
    assert window.rooms.current == "consultation"
    assert window.model is not None
    assert window.model.in_hand == "injury"
    press(window, Qt.Key.Key_Return, with_ctrl=True)
    assert window.rooms.current == "review"
    press(window, Qt.Key.Key_Escape)
    assert window.rooms.current == "consultation"


def test_the_focus_is_at_the_same_question_after_another_room_and_after_a_restart(
    window: Window, make_window: Callable[..., Window]
) -> None:
    press(window, *[Qt.Key.Key_N] * 5)
    press(window, Qt.Key.Key_Down)
    assert window.model is not None
    here, uid = window.model.in_hand, window.model.consultation.encounter.uid
    window.show_room("today")
    window.show_room("consultation")
    assert window.model.in_hand == here
    window.close()
    again = make_window()
    again.open_encounter(uid)
    settle()
    assert again.model is not None
    assert again.model.in_hand == here
    assert "Resumed: left" in words(again)


def test_a_draft_of_another_day_offers_to_count_to_now(
    window: Window, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.model is not None
    uid = window.model.consultation.encounter.uid
    later = window.now() + timedelta(days=3)
    monkeypatch.setattr(clinic, "_clock", lambda: later)
    window.open_encounter(uid)
    assert "ages and durations count to that day" in words(window)
    tab_to(window, "Count to now")
    press(window, Qt.Key.Key_Space)
    assert window.model.consultation.began_at == later
    assert "ages and durations count to that day" not in words(window)


def test_what_the_patient_says_is_marked_until_it_is_confirmed(window: Window) -> None:
    assert window.model is not None
    consultation = window.model.consultation
    consultation.hear("saddle_numbness", "new")
    uid = consultation.encounter.uid
    window.open_encounter(uid)
    assert "patient says: new" in words(window)
    assert window.model.assessment.urgency.word == "emergency"
    window.model.answer("saddle_numbness", "new")
    assert "patient says" not in words(window)


WORKER = """
import sys
sys.path.insert(0, {root!r})
from datetime import UTC, datetime
from pathlib import Path
from db.store import Store
from desktop.clinical.content import load
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON

clinic = Clinic(load(), Store.open(Path({folder!r}), KEY), who="Dr Test", clock=lambda: datetime.now(UTC), zone=LONDON)
consultation = clinic.begin({patient!r})
print(consultation.encounter.uid, flush=True)
consultation.answer("cancer_history", True)
consultation.answer("limb_weakness", "new")
review = clinic.review(consultation)
steps = [lambda: review.write_impression("Cord"), lambda: review.accept("R01"), lambda: review.add_line("Ring")]
steps += [lambda: clinic.sign(review), lambda: clinic.amend(consultation.encounter.uid, "A slip")]
for step in steps:
    step()
    print("done", flush=True)
print("waiting", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("after", [1, 2, 3, 4, 5])
def test_a_process_killed_between_two_steps_keeps_every_step_that_was_acknowledged(
    after: int, tmp_path: Path, store: Store, patient: Patient, content: Content
) -> None:
    store.close()
    folder = tmp_path / "store"
    worker = WORKER.format(root=str(ROOT), folder=str(folder), patient=patient.uid)
    pipes = {"stdout": subprocess.PIPE, "stdin": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", worker], env=os.environ.copy(), **pipes) as process:  # type: ignore[call-overload]
        uid = process.stdout.readline().strip()
        for _ in range(after):
            assert process.stdout.readline() == "done\n"
        process.kill()
    with Store.open(folder, KEY) as reopened:
        clinic = Clinic(content, reopened, who="Dr Test", clock=lambda: datetime.now(UTC), zone=LONDON)
        state = clinic.encounter(uid).state
        assert state in {1: ["draft"], 2: ["draft"], 3: ["draft", "signed"]}.get(after, ["signed", "amending"])
        decided = reopened.reviews.decisions_of(uid)
        assert ("impression" in decided, "flag R01" in decided, "line own-1" in decided) >= (True, after > 1, after > 2)
        assert len(reopened.versions_of(uid)) == (state != "draft")
        assert reopened.verify() is None


@pytest.mark.parametrize("may_sign", [True, False])
def test_who_may_not_sign_learns_it_before_working_through_the_page(window: Window, *, may_sign: bool) -> None:
    nurse = Rights("nell", "Nell Nurse", {Role.NURSE}, nurses_sign=may_sign)
    window.clinic.rights, window.clinic.may = nurse, nurse.may
    window.desk.open_review()
    strip = review_of(window).draft_only
    assert strip.isVisible() is not may_sign
    assert ("You may not sign" in words(strip)) is not may_sign
