"""The board in the window: overdue first, closed with how it ended, and a result that raises a flag is seen at once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON
from desktop.record.followers import followers_of
from desktop.record.patients import add_patient
from desktop.record.roles import Rights, Role
from desktop.ui.followup_panel import FollowUpPanel
from desktop.ui.followup_words import late_words
from desktop.ui.outgoing import Outgoing

from ..hand_clock import HandClock
from .conftest import sign

BORN = date(1965, 3, 12)
MSCC = {"cancer_history": True, "limb_weakness": "new"}
SORE = {"pain_course": "worse", "severe_unremitting": True, "weight_loss": True, "fatigue": True}
METASTASIS = frozenset({"metastasis_or_tumour"})


@pytest.fixture
def clock():
    return HandClock(datetime(2026, 12, 10, 10, 40, tzinfo=UTC))


@pytest.fixture
def role():
    return Role.CLINICIAN


@pytest.fixture
def clinic(content, store, clock, role):
    add_patient(store, family="Larkspur", given="Marigold", born=BORN, sex="female", uid="p1", at=clock())
    rights = Rights("anna", "Dr Anna Hill", frozenset({role}))
    followers = followers_of(store, LONDON)
    return Clinic(content, store, who="anna", clock=clock, zone=LONDON, rights=rights, followers=followers)


@pytest.fixture
def signed(clinic, store):
    """By a clinician, whoever looks at the board then."""
    anna = Rights("anna", "Dr Anna Hill", frozenset({Role.CLINICIAN}))
    clinician = Clinic(
        clinic.content, store, who="anna", clock=clinic._clock, zone=LONDON, rights=anna,
        followers=followers_of(store, LONDON),
    )  # fmt: skip
    sign(clinician, SORE)


def open_room(make_window):
    window = make_window()
    window.show_room("follow-up")
    panel = window.rooms.panel("follow-up")
    assert isinstance(panel, FollowUpPanel)
    return panel


@pytest.fixture
def panel(make_window, signed):
    return open_room(make_window)


def take(panel, kind):
    one = next(one for one in panel.found if one.stored.kind == kind)
    panel.list.select(one.uid)
    return one


def type_in(qtbot, panel, name, text):
    field = panel.side.form.entries[name].field
    field.clear()
    qtbot.keyClicks(field, text)


def test_what_is_overdue_stands_first_and_is_counted_on_the_rail(make_window, clinic, clock):
    sign(clinic, MSCC)
    clock.now += timedelta(days=1, hours=3)
    panel = open_room(make_window)
    assert panel.found[0].group == "overdue"
    assert panel.side.late is not None
    overdue = clinic.board.counts()[0]
    assert overdue > 0
    sentences = [sentence for _, _, sentence, _ in panel.window().rooms.entries()]
    assert f"Follow-up, {overdue} overdue" in sentences


def test_overdue_says_how_long_what_to_do_and_whom_to_ring(make_window, clinic, clock):
    from desktop.record.practice import ContactEntry

    clinic.directory.save("mscc_coordinator", ContactEntry("01632 960 114", "day and night"))
    sign(clinic, MSCC)
    clock.now += timedelta(days=1, hours=3)
    panel = open_room(make_window)
    take(panel, "imaging")
    name = panel.side.late.accessibleName()
    assert "Overdue by 3" in name.replace("\N{NO-BREAK SPACE}", " ")
    assert "01632 960 114" in name
    assert "Phone" in name


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (timedelta(minutes=35), "35 min"),
        (timedelta(hours=2, minutes=50), "2 h"),
        (timedelta(days=1, hours=3), "1 day 3 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=30, hours=5), "30 days"),
    ],
)
def test_lateness_in_words(qapp, late, words):
    assert late_words(late).replace("\N{NO-BREAK SPACE}", " ") == words


def test_closed_by_keys_alone_with_how_it_ended(qtbot, panel):
    one = take(panel, "imaging")
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_1)
    type_in(qtbot, panel, "text", "Normal MRI, Dr Osei")
    type_in(qtbot, panel, "born", "12-03-1965")
    qtbot.keyClick(panel.side.form.entries["born"].field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.board.of(one.uid).stored.outcome == "nothing_serious"
    assert panel.board.steps(one.uid)[-1].told["text"] == "Normal MRI, Dr Osei"
    assert [other.stored.kind for other in panel.found].count("telling") == 1


def test_the_wrong_patients_result_is_refused_beside_the_birth_date_and_nothing_typed_is_lost(qtbot, panel):
    one = take(panel, "imaging")
    panel.ask("1")
    type_in(qtbot, panel, "text", "Normal MRI")
    type_in(qtbot, panel, "born", "12-03-1956")
    panel.send()
    entry = panel.side.form.entries["born"]
    assert "not this patient" in entry.field.accessibleDescription()
    assert (entry.text, panel.side.form.text("text")) == ("12-03-1956", "Normal MRI")
    assert panel.board.of(one.uid).stored.state == "open"


def test_metastases_found_show_the_flag_at_once_with_the_way_into_the_record(panel, clinic):
    one = take(panel, "imaging")
    panel.ask("2")
    form = panel.side.form
    form.fields["imaging_finding"].answered.emit("imaging_finding", METASTASIS)
    form.entries["born"].field.setText("12-03-1965")
    panel.send()
    shown = panel.side.one
    assert shown.stored.kind == "looking"
    assert shown.stored.rules
    assert panel.side.take_in is not None
    window = panel.window()
    panel.take_in()
    assert window.rooms.current == "consultation"
    assert window.model.consultation.is_amendment
    assert window.model.consultation.encounter.uid == one.stored.encounter
    assert window.model.consultation.assessment.answers["imaging_finding"] == METASTASIS


def test_a_bone_profile_with_a_figure_typed_runs_through_the_rules(qtbot, panel):
    take(panel, "bloods")
    panel.ask("1")
    form = panel.side.form
    field = form.fields["adjusted_calcium"].field
    field.setFocus()
    qtbot.keyClicks(field, "3.4")
    form.entries["born"].field.setText("12-03-1965")
    panel.send()
    assert panel.side.one.stored.kind == "looking"
    assert panel.side.one.stored.urgency in ("emergency", "same-day")


def test_a_figure_that_cannot_be_read_is_refused_and_nothing_closed(qtbot, panel):
    one = take(panel, "bloods")
    panel.ask("1")
    field = panel.side.form.fields["adjusted_calcium"].field
    field.setFocus()
    qtbot.keyClicks(field, "high-ish")
    panel.send()
    assert panel.board.of(one.uid).stored.state == "open"
    assert field.text() == "high-ish"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("1-12-2026", "past"), ("soon", "Write it as"), ("31/02/2027", "Write it as"), ("", "Give the day")],
)
def test_a_date_that_is_over_or_none_is_refused_beside_it(qtbot, panel, typed, why):
    one = take(panel, "imaging")
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_T)
    type_in(qtbot, panel, "due", typed)
    type_in(qtbot, panel, "text", "scanner broken")
    panel.send()
    assert why in panel.side.form.entries["due"].field.accessibleDescription()
    assert panel.board.of(one.uid).stored.due == one.stored.due


def test_a_new_date_keeps_it_open_and_says_what_it_was(qtbot, panel):
    one = take(panel, "imaging")
    panel.ask("date")
    type_in(qtbot, panel, "due", "23-12-2026 14:00")
    type_in(qtbot, panel, "text", "scanner broken")
    panel.send()
    moved = panel.board.of(one.uid)
    assert moved.stored.due == datetime(2026, 12, 23, 14, tzinfo=UTC)
    assert moved.stored.latest == one.stored.latest
    assert panel.board.steps(one.uid)[-1].told["before"] == one.stored.due.isoformat()


def test_cancelled_needs_a_reason_and_can_be_opened_again(qtbot, panel):
    one = take(panel, "imaging")
    ways = [way.id for way in panel.side.form.ways]
    panel.ask(str(ways.index("cancel") + 1))
    panel.send()
    assert panel.board.of(one.uid).stored.state == "open"
    panel.side.form._choose_reason("patient_declines")
    panel.send()
    assert panel.board.of(one.uid).stored.state == "cancelled"
    panel.head._choose_state("cancelled")
    panel.list.select(one.uid)
    panel.ask("1")
    type_in(qtbot, panel, "text", "She asked for it after all")
    panel.send()
    assert panel.board.of(one.uid).stored.state == "open"
    assert [step.act for step in panel.board.steps(one.uid)] == ["made", "cancelled", "reopened"]


def test_handed_over_to_somebody_else(qtbot, panel):
    one = take(panel, "bloods")
    ways = [way.id for way in panel.side.form.ways]
    panel.ask(str(ways.index("hand over") + 1))
    type_in(qtbot, panel, "owner", "Nurse Lowe")
    panel.send()
    assert panel.board.of(one.uid).stored.owner == "Nurse Lowe"
    assert "Nurse Lowe" in panel.board.owners()


def test_filters_say_so_when_nothing_fits(qtbot, panel):
    qtbot.keyClicks(panel.head.search, "nobody of this name")
    assert panel.found == ()
    assert "these filters" in panel.nothing.text()
    panel.head.clear()
    assert panel.found


def test_arrows_go_over_the_heads_of_groups(qtbot, panel):
    panel.list.setFocus()
    panel.list.select(panel.found[0].uid)
    seen = [panel.list.current]
    for _ in range(len(panel.found) + 2):
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
        seen.append(panel.list.current)
    assert list(dict.fromkeys(seen)) == [one.uid for one in panel.found]


def test_what_is_being_typed_stays_when_the_board_is_read_again(qtbot, panel):
    take(panel, "imaging")
    panel.ask("1")
    type_in(qtbot, panel, "text", "half a sent")
    panel.window().refresh()
    assert panel.side.form.text("text") == "half a sent"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR])
def test_who_may_not_follow_up_reads_it_only(panel):
    take(panel, "imaging")
    assert panel.side.form is None
    panel.send()
    assert all(one.stored.state == "open" for one in panel.found)


def test_the_worklist_is_told_to_the_trail_before_it_is_written(panel, store, tmp_path, monkeypatch):
    file = tmp_path / "list.pdf"
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(file)))
    panel.save_worklist()
    assert file.read_bytes().startswith(b"%PDF")
    told = list(store.trail.entries())[-1]
    assert told.what == "worklist saved as PDF"
    assert json.loads(told.which)["followups"] == [one.uid for one in panel.found]


def test_a_folder_that_cannot_be_written_to_is_said(panel, tmp_path, monkeypatch):
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(tmp_path / "no" / "list.pdf")))
    panel.save_worklist()
    assert "not written" in panel.window().errors.accessibleName()


def test_without_a_printer_it_says_what_to_do(panel, monkeypatch):
    monkeypatch.setattr(Outgoing, "find_printers", staticmethod(list))
    panel.print_worklist()
    assert "No printer" in panel.window().errors.accessibleName()


def test_what_becomes_late_while_somebody_watches_is_shown(panel, clock):
    clock.now = panel.found[0].stored.due + timedelta(minutes=5)
    panel._tick()
    QApplication.processEvents()
    assert panel.found[0].group == "overdue"


def test_today_shows_what_is_due_and_opens_it(make_window, clinic, clock):
    sign(clinic, MSCC)
    clock.now += timedelta(days=1, hours=3)
    window = make_window()
    overdue = clinic.board.open()[0]
    window.today.due.asked.emit(overdue.uid)
    panel = window.rooms.panel("follow-up")
    assert (window.rooms.current, panel.list.current) == ("follow-up", overdue.uid)


@pytest.mark.parametrize(("year", "words"), [(2026, ""), (2040, "ended on")])
def test_today_says_when_the_bank_holidays_run_out(make_window, clinic, clock, year, words):
    clock.now = clock.now.replace(year=year)
    window = make_window()
    assert words in window.today.holidays.text()
    assert bool(words) == window.today.holidays.isVisible()


def test_the_nation_is_chosen_on_the_practice_page_and_counts_from_then_on(qtbot, theme, clinic):
    from desktop.ui.practice_page import PracticePage

    page = PracticePage(theme, clinic.practice)
    qtbot.addWidget(page)
    page.nation.buttons["scotland"].click()
    assert clinic.working_days.nation.id == "scotland"


def test_signing_in_the_window_puts_the_plan_on_the_board(make_window, clinic):
    """Through the review room, as somebody does it."""
    window = make_window()
    window.begin("p1")
    for item, answer in MSCC.items():
        window.model.answer(item, answer)
    window.desk.open_review()
    review = window.desk.review.review
    review.write_impression("Cord compression?")
    for flag in window.model.consultation.assessment.flags:
        review.accept(flag.rule.id)
    window.desk.sign()
    assert window.rooms.current == "encounter"
    window.show_room("follow-up")
    assert {one.stored.kind for one in window.rooms.panel("follow-up").found} >= {"referral", "imaging"}


def test_what_must_happen_is_never_cut_off(panel):
    """It takes a further line, at every width of the window."""
    metrics = QFontMetrics(panel.theme.font("body"))
    for width in (1366, 900):
        panel.window().resize(width, 768)
        QApplication.processEvents()
        room = panel.list.columnWidth(2)
        longest = max(panel.found, key=lambda one: len(one.stored.what))
        panel.list.select(longest.uid)
        row = panel.list.visualRect(panel.list.currentIndex().siblingAtColumn(2))
        flags = int(Qt.TextFlag.TextWordWrap)
        assert row.height() >= metrics.boundingRect(0, 0, room - 16, 10_000, flags, longest.stored.what).height() > 40


def test_a_follow_up_of_a_patient_who_has_been_removed_says_so_and_is_gone_from_the_board(qtbot, panel, clinic):
    """Somebody had it open with half a sentence in it while the patient was taken out of the store."""
    one = take(panel, "imaging")
    panel.ask("1")
    type_in(qtbot, panel, "text", "Normal MRI")
    type_in(qtbot, panel, "born", "12-03-1965")
    clinic.access.erase("p1", "request")
    panel.send()
    said = panel.window().errors.accessibleName()
    assert "This follow-up is not in the store any more" in said
    assert "removed" in said
    assert one.uid not in [other.uid for other in panel.found]
    assert panel.side.one is None
    assert clinic.board.counts() == (0, 0)


def test_the_way_from_today_to_a_follow_up_that_is_gone_says_so(make_window, signed, clinic):
    window = make_window()
    uid = clinic.board.open()[0].uid
    clinic.access.erase("p1", "request")
    window.today.due.asked.emit(uid)
    assert "not in the store any more" in window.errors.accessibleName()
    assert window.rooms.current == "follow-up"


def test_what_was_done_is_listed_with_what_a_result_does_not_say(qtbot, panel):
    one = take(panel, "imaging")
    assert "exclude" not in panel.lowers.text()
    panel.closing.close(one.uid, "nothing_serious", text="Normal MRI", answers={}, born=one.patient.born)
    panel.head.states.buttons["done"].click()
    assert "does not exclude serious disease" in panel.lowers.text()
    assert panel.lowers.isVisibleTo(panel)
