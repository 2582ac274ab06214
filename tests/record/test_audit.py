"""Every number of the practice's audit is counted from what was signed, and opens the list behind it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.clinical.outcomes import load_outcomes
from desktop.clinical.reasons import load_reasons
from desktop.clinical.working_days import load_working_days
from desktop.record.audit import Audit, RuleCount, count_signed
from desktop.record.board import Board
from desktop.record.clinic import Clinic
from desktop.record.closing import Closing
from desktop.record.encounter import LONDON
from desktop.record.promises import Promises

from ..hand_clock import HandClock
from ..prepared import open_store, shipped_content

AT = datetime(2026, 10, 12, 10, 40, tzinfo=UTC)
BORN = date(1965, 3, 12)
CONTENT = shipped_content()
CORD = {"cancer_history": True, "limb_weakness": "new"}
SCREEN = {item.id: ("no" if item.is_timed else False) for item in CONTENT.safety_screen.items}


@pytest.fixture
def clock():
    return HandClock(AT)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", bytes(32)) as opened:
        opened.patients.add("p1", family="Larkspur", given="Marigold", born=BORN, sex="female", at=AT)
        yield opened


@pytest.fixture
def clinic(store, clock):
    promises = Promises(lambda: load_working_days("england", LONDON))
    followers = [promises, lambda store, version: count_signed(store, version, LONDON)]
    return Clinic(CONTENT, store, who="anna", clock=clock, zone=LONDON, followers=followers)


@pytest.fixture
def audit(store):
    return Audit(store, LONDON)


def signed(clinic, answers, *, set_aside=()):
    consultation = clinic.begin("p1")
    for item, answer in answers.items():
        consultation.answer(item, answer)
    review = clinic.review(consultation)
    review.write_impression("Seen")
    for flag in consultation.assessment.flags:
        if flag.rule.id in set_aside:
            review.override(flag.rule.id, "none", reason="does_not_fit")
        else:
            review.accept(flag.rule.id)
    return clinic.sign(review)


def test_months_count_by_urgency_and_the_complete_ones(clinic, clock, audit):
    signed(clinic, CORD)
    signed(clinic, SCREEN)
    clock.now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    signed(clinic, SCREEN)
    october, november, december = audit.months("2026-10", "2026-12")
    assert (october.by_urgency["emergency"], october.total, october.complete) == (1, 2, 1)
    assert (november.total, november.complete) == (0, 0)
    assert (december.total, december.complete) == (1, 1)


def test_a_number_opens_the_encounters_behind_it(clinic, audit):
    version = signed(clinic, CORD)
    signed(clinic, SCREEN)
    assert [one.encounter for one in audit.behind(month="2026-10", urgency="emergency")] == [version.encounter_uid]
    assert len(audit.behind(month="2026-10", complete=True)) == 1
    assert audit.behind(month="2026-09") == ()


def test_an_amendment_is_counted_in_the_place_of_what_it_amends(clinic, audit):
    version = signed(clinic, CORD)
    consultation = clinic.amend(version.encounter_uid, "Another patient’s answers")
    consultation.answer("limb_weakness", "no")
    review = clinic.review(consultation)
    review.write_impression("Not so")
    clinic.sign(review)
    (month,) = audit.months("2026-10", "2026-10")
    assert month.total == 1
    assert "emergency" not in month.by_urgency


def test_overrides_are_counted_per_rule_with_their_reasons(clinic, audit):
    signed(clinic, CORD)
    version = signed(clinic, CORD, set_aside=["R01"])
    (rule,) = [one for one in audit.rules() if one.rule == "R01"]
    assert (rule.raised, rule.overridden, rule.needs_review) == (2, 1, False)
    assert audit.reasons("R01") == (("does_not_fit", 1),)
    assert [one.encounter for one in audit.behind(rule="R01", overridden=True)] == [version.encounter_uid]


@pytest.mark.parametrize(
    ("raised", "overridden", "listed"), [(19, 19, False), (20, 10, False), (20, 11, True), (40, 21, True)]
)
def test_a_rule_overridden_in_more_than_half_of_twenty_is_listed(raised, overridden, listed):
    assert RuleCount("R01", raised, overridden).needs_review is listed


def test_times_are_from_the_promise_to_the_deed_against_the_limit(clinic, clock, audit, store):
    board = Board(store, clock, LONDON)
    closing = Closing(clinic, board, load_outcomes(CONTENT.items), load_reasons())
    for hours in (3, 30):
        clock.now = AT
        signed(clinic, CORD)
        scan = next(one for one in board.open() if one.stored.kind == "imaging")
        clock.now = AT + timedelta(hours=hours)
        closing.close(scan.uid, "nothing_serious", text="normal", born=BORN)
    (scans,) = [one for one in audit.times(AT, AT + timedelta(days=9)) if one.kind == "imaging"]
    assert (scans.urgency, scans.done, scans.limited, scans.in_time) == ("emergency", 2, 2, 1)
    assert (scans.middle, scans.longest) == (timedelta(hours=16.5), timedelta(hours=30))
    (late,) = audit.late(AT, AT + timedelta(days=9), "imaging", "emergency")
    assert late.done_at == AT + timedelta(hours=30)


def test_what_had_to_happen_at_once_has_a_duration_and_no_limit(clinic, clock, audit, store):
    board = Board(store, clock, LONDON)
    closing = Closing(clinic, board, load_outcomes(CONTENT.items), load_reasons())
    signed(clinic, CORD)
    call = next(one for one in board.open() if one.stored.kind == "referral" and one.stored.due == AT)
    clock.now = AT + timedelta(minutes=4)
    closing.close(call.uid, "done", text="spoke to the coordinator")
    (calls,) = [one for one in audit.times(AT, AT + timedelta(days=9)) if one.kind == "referral"]
    assert (calls.limited, calls.in_time, calls.longest) == (0, 0, timedelta(minutes=4))
