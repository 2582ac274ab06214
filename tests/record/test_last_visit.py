"""What has become worse since the last visit is said by the record; the answers of then never count as asked today."""

from datetime import UTC, date, datetime

import pytest

from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON
from desktop.record.rescreen import look_through

from ..prepared import open_store, shipped_content

AT = datetime(2026, 10, 12, 10, 40, tzinfo=UTC)
CONTENT = shipped_content()
FIVE, FOUR = {"power_hip_flexion_left": 5}, {"power_hip_flexion_left": 4}


@pytest.fixture
def clock(hand_clock):
    hand_clock.now = AT
    return hand_clock


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", bytes(32)) as opened:
        born = date(1965, 3, 12)
        opened.patients.add("p1", family="Larkspur", given="Marigold", born=born, sex="female", at=AT)
        yield opened


@pytest.fixture
def clinic(store, clock):
    return Clinic(CONTENT, store, who="anna", clock=clock, zone=LONDON)


def begun(clinic, answers):
    consultation = clinic.begin("p1")
    for item, answer in answers.items():
        consultation.answer(item, answer)
    return consultation


def signed(clinic, consultation):
    review = clinic.review(consultation)
    review.write_impression("Seen")
    for flag in consultation.assessment.flags:
        review.accept(flag.rule.id)
    return clinic.sign(review)


def raised(consultation):
    return {flag.rule.id for flag in consultation.assessment.flags}


def test_power_that_fell_since_the_last_visit_is_a_flag(clinic, clock):
    signed(clinic, begun(clinic, FIVE))
    clock.move(weeks=3)
    assert "R57" in raised(begun(clinic, FOUR))


@pytest.mark.parametrize("today", [FIVE, {}, {"power_hip_flexion_right": 4}])
def test_what_did_not_fall_or_was_not_measured_both_times_raises_nothing(clinic, clock, today):
    signed(clinic, begun(clinic, FIVE))
    clock.move(weeks=3)
    assert "R57" not in raised(begun(clinic, today))


def test_the_answers_of_then_are_not_asked_today(clinic, clock):
    signed(clinic, begun(clinic, {"bladder_change": "no", "cancer_history": True}))
    clock.move(weeks=3)
    consultation = begun(clinic, {})
    assert consultation.last_visit.answers["cancer_history"] is True
    assert {"bladder_change", "cancer_history"} <= set(consultation.assessment.not_asked)
    assert consultation.assessment.safety_screen.asked == 0


def test_a_bladder_change_that_was_denied_then_is_a_flag(clinic, clock):
    no = dict.fromkeys(("bladder_change", "bowel_change", "saddle_numbness", "sexual_change"), "no")
    signed(clinic, begun(clinic, no))
    clock.move(weeks=1)
    assert "R57b" in raised(begun(clinic, {"bladder_change": "new"}))


def test_what_the_clinician_says_stands_above_the_comparison(clinic, clock):
    signed(clinic, begun(clinic, FIVE))
    clock.move(weeks=3)
    assert "R57" not in raised(begun(clinic, {**FOUR, "weaker_since": False}))


def test_nothing_that_was_compared_is_stored_as_said_by_somebody(clinic, clock, store):
    signed(clinic, begun(clinic, FIVE))
    clock.move(weeks=3)
    consultation = begun(clinic, FOUR)
    assert set(store.answers_of(consultation.encounter.uid)) == set(FOUR)
    assert consultation.given("weaker_since") is None


@pytest.mark.parametrize(("days", "flagged"), [(365, True), (366, False)])
def test_an_old_visit_is_shown_and_not_compared(clinic, clock, days, flagged):
    signed(clinic, begun(clinic, FIVE))
    clock.move(days=days)
    consultation = begun(clinic, FOUR)
    assert ("R57" in raised(consultation)) is flagged
    assert consultation.last_visit.answers.items() >= FIVE.items()


def test_a_draft_is_no_visit(clinic, clock):
    begun(clinic, FIVE)
    clock.move(weeks=3)
    assert begun(clinic, FOUR).last_visit is None


def test_what_was_signed_is_assessed_again_with_what_was_compared(clinic, clock):
    signed(clinic, begun(clinic, FIVE))
    clock.move(weeks=3)
    version = signed(clinic, begun(clinic, FOUR))
    assert "R57" in {flag.rule.id for flag in version.assessment.flags}
    (again,) = clinic.versions(version.encounter_uid)
    assert "R57" in {flag.rule.id for flag in again.assessment.flags}


def test_looking_through_again_does_not_take_a_compared_flag_for_lost(clinic, clock, store):
    signed(clinic, begun(clinic, FIVE))
    clock.move(weeks=3)
    signed(clinic, begun(clinic, FOUR))
    with store.encounter_stream() as stream:
        found = [one for batch in look_through(CONTENT, stream, LONDON, clock.now.date()) for one in batch.found]
    assert found == []
