"""Each flag accepted or overridden, the plan line by line, the impression first; then signed and never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from db.errors import NotReadyToSign, ReasonMissing, SignedEncounter, UnsignedEncounter
from db.roles import Role
from db.store import Store
from desktop.clinical.content import Content
from desktop.clinical.reasons import load_reasons
from desktop.record.clinic import Clinic
from desktop.record.consultation import Consultation
from desktop.record.decisions import PlanLine, read_decisions, write_decisions
from desktop.record.encounter import LONDON, Patient
from desktop.record.errors import RecordError
from desktop.record.review import DecisionRefused, Review
from desktop.record.roles import Rights

CORD = {"cancer_history": True, "limb_weakness": "new"}
SOON = {"cancer_history": False, "pain_duration_weeks": 5.0}


@pytest.fixture
def consultation(practice_clinic: Clinic, walker: Patient) -> Consultation:
    return practice_clinic.begin(walker.uid)


@pytest.fixture
def cord(practice_clinic: Clinic, consultation: Consultation, hand_clock: Callable[[], datetime]) -> Review:
    """An emergency, raised ten minutes after the encounter began."""
    hand_clock.move(minutes=10)  # type: ignore[attr-defined]
    for item, answer in CORD.items():
        consultation.answer(item, answer)
    return practice_clinic.review(consultation)


def line(review: Review, start: str) -> PlanLine:
    return next(one for one in review.decisions.plan if one.id.startswith(start))


def test_a_deadline_runs_from_when_its_flag_was_first_raised_in_elapsed_hours(cord: Review) -> None:
    raised = datetime(2026, 11, 27, 16, 10, tzinfo=UTC)
    (flag,) = [one for one in cord.decisions.flags if one.rule == "R01"]
    assert flag.first_raised == raised
    scan = line(cord, "imaging-mri-whole-spine")
    # Friday 16:10 and 24 hours: Saturday, weekend or not.
    assert (scan.within, scan.due) == ("24 hours", raised + timedelta(hours=24))
    assert cord.consultation.assessment.plan.imaging[0].due == scan.due


def test_24_hours_are_24_elapsed_hours_when_the_clock_goes_back(
    practice_clinic: Clinic, walker: Patient, hand_clock: Callable[[], datetime]
) -> None:
    hand_clock.now = datetime(2026, 10, 24, 14, 0, tzinfo=LONDON)  # type: ignore[attr-defined]
    consultation = practice_clinic.begin(walker.uid)
    for item, answer in CORD.items():
        consultation.answer(item, answer)
    scan = line(practice_clinic.review(consultation), "imaging-mri-whole-spine")
    assert scan.due is not None
    assert f"{scan.due.astimezone(LONDON):%d %H:%M}" == "25 13:00"


def test_a_flag_that_goes_and_comes_back_keeps_its_first_moment(
    cord: Review, hand_clock: Callable[[], datetime], practice_clinic: Clinic
) -> None:
    first = cord.decisions.flags[0].first_raised
    hand_clock.move(hours=2)  # type: ignore[attr-defined]
    cord.consultation.answer("limb_weakness", "no")
    hand_clock.move(hours=2)  # type: ignore[attr-defined]
    cord.consultation.answer("limb_weakness", "new")
    assert cord.decisions.flags[0].first_raised == first
    again = practice_clinic.resume(cord.consultation.encounter.uid)
    assert practice_clinic.review(again).decisions.flags[0].first_raised == first


@pytest.mark.parametrize(
    ("treat_as", "reason", "text", "refused"),
    [
        ("emergency", "", "", ""),
        ("urgent", "", "", "Choose a reason"),
        ("urgent", "no_such_reason", "", "Choose a reason"),
        ("urgent", "other", "  ", "few words"),
        ("urgent", "other", "seen by the on-call team", ""),
        ("none", "done_by_others", "", ""),
    ],
)
def test_upward_is_free_and_downward_asks_for_a_coded_reason(
    cord: Review, treat_as: str, reason: str, text: str, refused: str
) -> None:
    if refused:
        with pytest.raises(DecisionRefused, match=refused):
            cord.override("R01", treat_as, reason=reason, text=text)
        assert cord.decisions.flags[0].outcome == "not decided"
    else:
        cord.override("R01", treat_as, reason=reason, text=text)
        flag = cord.decisions.flags[0]
        assert (flag.treated_as, flag.reason, flag.text) == (treat_as, reason, text)


def test_six_to_eight_reasons_each_with_a_digit() -> None:
    reasons = load_reasons()
    assert 6 <= len(reasons) <= 8
    assert [reason.id for reason in reasons if reason.needs_text] == ["other"]


def test_lines_of_a_flag_that_is_set_aside_fall_with_its_reason_until_one_is_kept_outright(cord: Review) -> None:
    for flag in cord.decisions.flags:
        cord.override(flag.rule, "none", reason="done_by_others", text="at the hospital")
    assert {one.state for one in cord.decisions.plan} == {"dropped"}
    assert {one.why for one in cord.decisions.plan} == {"Done by others: at the hospital"}
    scan = line(cord, "imaging")
    cord.keep_line(scan.id)
    assert [one.id for one in cord.decisions.standing] == [scan.id]


def test_a_flag_that_is_raised_brings_its_lines_within_the_limit_of_the_level(
    practice_clinic: Clinic, consultation: Consultation
) -> None:
    consultation.answer("limb_weakness", "new")
    review = practice_clinic.review(consultation)
    before = next(one for one in review.decisions.plan if one.kind == "referral" and one.due)
    flag = next(one for one in review.decisions.flags if one.rule in before.rules)
    review.override(flag.rule, "emergency")
    after = next(one for one in review.decisions.plan if one.id == before.id)
    assert after.due == flag.first_raised
    assert (after.state, after.proposed) == ("changed", before)


def test_the_plan_is_edited_line_by_line_and_every_edit_is_there_after_a_restart(
    cord: Review, practice_clinic: Clinic
) -> None:
    scan, call, net = line(cord, "imaging"), line(cord, "referral"), line(cord, "safety-net")
    due = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)
    cord.change_line(scan.id, who="Dr Evans", due=due)
    cord.change_line(scan.id, what="MRI whole spine, tonight")
    cord.drop_line(net.id, reason="other", text="admitted")
    own = cord.add_line("Ring her daughter", who="Dr Rahman", due=due)
    again = practice_clinic.review(practice_clinic.resume(cord.consultation.encounter.uid))
    assert again.decisions == cord.decisions
    changed = line(again, scan.id)
    assert (changed.what, changed.who, changed.due) == ("MRI whole spine, tonight", "Dr Evans", due)
    assert (changed.state, changed.changes(), changed.proposed) == ("changed", ("what", "who", "due"), scan)
    assert (line(again, net.id).state, line(again, net.id).why) == ("dropped", "Other: admitted")
    assert (line(again, own).state, line(again, own).what) == ("added", "Ring her daughter")
    assert line(again, call.id) == call
    again.drop_line(own, reason="done_already")
    again.keep_line(own)
    assert line(again, own).state == "added"
    again.keep_line(scan.id)
    assert line(again, scan.id) == scan


@pytest.mark.parametrize("empty", [{"what": " "}, {"who": " "}])
def test_a_line_without_words_or_without_somebody_is_refused(cord: Review, empty: dict[str, str]) -> None:
    before = cord.decisions
    with pytest.raises(DecisionRefused):
        cord.change_line(line(cord, "imaging").id, **empty)
    with pytest.raises(DecisionRefused):
        cord.add_line(**{"what": "x", "who": "y"} | empty)  # type: ignore[arg-type]
    assert cord.decisions == before


def test_ids_of_lines_are_unique_and_stay_while_other_answers_come(cord: Review) -> None:
    before = {one.id for one in cord.decisions.plan}
    assert len(before) == len(cord.decisions.plan)
    cord.consultation.answer("night_pain", "no")
    assert before <= {one.id for one in cord.decisions.plan}


def test_the_impression_is_asked_before_it_can_be_signed(cord: Review, practice_clinic: Clinic) -> None:
    cord.accept("R01")
    assert cord.missing == ("your own impression, or go on without one",)
    with pytest.raises(NotReadyToSign, match="impression"):
        practice_clinic.sign(cord)
    cord.write_impression("")
    assert cord.missing == ()
    assert practice_clinic.sign(cord).decisions.impression == ""


def test_only_an_emergency_has_to_be_decided(cord: Review, practice_clinic: Clinic) -> None:
    cord.write_impression("Cord compression until shown otherwise")
    assert cord.missing == ("accept or override “Suspected metastatic cord compression”",)
    with pytest.raises(NotReadyToSign):
        practice_clinic.sign(cord)
    cord.accept("R01")
    cord.take_back("R01")
    assert len(cord.missing) == 1
    cord.accept("R01")
    assert cord.missing == ()


@pytest.fixture
def signed(cord: Review, practice_clinic: Clinic) -> str:
    cord.write_impression("Cord compression until shown otherwise")
    cord.accept("R01")
    cord.add_line("Ring her daughter")
    practice_clinic.sign(cord)
    return cord.consultation.encounter.uid


def test_a_version_holds_all_that_was_signed(signed: str, cord: Review, practice_clinic: Clinic) -> None:
    (version,) = practice_clinic.versions(signed)
    assert version.decisions == cord.decisions
    assert version.assessment == cord.consultation.assessment
    assert (version.signer, version.number, version.why) == ("Dr Rahman", 1, "")
    assert version.patient == cord.consultation.patient
    assert version.decisions.flags[0].outcome == "accepted"
    assert version.told["urgency"] == "emergency"


def test_decisions_are_read_back_as_they_were_written(cord: Review) -> None:
    cord.drop_line(line(cord, "imaging").id, reason="done_already")
    assert read_decisions(write_decisions(cord.decisions)) == cord.decisions


def test_it_is_not_signed_twice_and_takes_no_answer_or_decision(
    signed: str, cord: Review, practice_clinic: Clinic
) -> None:
    before = practice_clinic.versions(signed)
    for refused in (
        lambda: practice_clinic.sign(cord),
        lambda: cord.consultation.answer("injury", True),
        lambda: cord.accept("R01"),
        lambda: cord.consultation.re_date(),
    ):
        with pytest.raises(SignedEncounter):
            refused()
    assert practice_clinic.versions(signed) == before


def test_an_amendment_needs_a_reason_and_a_signed_encounter(
    signed: str, practice_clinic: Clinic, walker: Patient
) -> None:
    with pytest.raises(ReasonMissing):
        practice_clinic.amend(signed, "  ")
    draft = practice_clinic.begin(walker.uid)
    with pytest.raises(UnsignedEncounter):
        practice_clinic.amend(draft.encounter.uid, "because")


def test_an_amendment_is_a_further_version_and_survives_a_restart(
    signed: str, practice_clinic: Clinic, hand_clock: Callable[[], datetime]
) -> None:
    (first,) = practice_clinic.versions(signed)
    hand_clock.move(days=3)  # type: ignore[attr-defined]
    practice_clinic.amend(signed, "The MRI came").answer("height_loss_cm", 4.0)
    assert [draft.amends for draft in practice_clinic.drafts()] == [True]
    again = practice_clinic.resume(signed)
    assert again.is_amendment
    review = practice_clinic.review(again)
    assert (review.decisions.flags[0].outcome, review.missing) == ("accepted", ())
    practice_clinic.sign(review)
    both = practice_clinic.versions(signed)
    assert both[0] == first
    assert [(one.number, one.why) for one in both] == [(1, ""), (2, "The MRI came")]
    assert both[1].answers["height_loss_cm"] == 4.0
    # The deadline of what was signed stays where it was.
    assert both[1].decisions.flags[0].first_raised == first.decisions.flags[0].first_raised


def test_an_amendment_that_is_given_up_leaves_what_was_signed(
    signed: str, practice_clinic: Clinic, store: Store
) -> None:
    before = practice_clinic.versions(signed), practice_clinic.encounter(signed).answers
    amending = practice_clinic.amend(signed, "A slip")
    amending.answer("injury", True)
    amending.answer("limb_weakness", None)
    practice_clinic.review(amending).take_back("R01")
    practice_clinic.give_up_amendment(signed)
    assert (practice_clinic.versions(signed), practice_clinic.encounter(signed).answers) == before
    assert practice_clinic.encounter(signed).state == "signed"
    reopened = practice_clinic.amend(signed, "Again")
    assert practice_clinic.review(reopened).decisions == before[0][0].decisions
    assert store.verify() is None


def test_what_follows_from_signing_is_there_with_it_or_neither_is(
    cord: Review, store: Store, shipped: Content, hand_clock: Callable[[], datetime]
) -> None:
    seen: list[int] = []

    def follow(store: Store, version: object) -> None:
        seen.append(len(version.decisions.standing))  # type: ignore[attr-defined]
        raise RuntimeError("the follow-up could not be made")

    clinic = Clinic(shipped, store, who="Dr Rahman", clock=hand_clock, zone=LONDON, followers=[follow])
    cord.write_impression("")
    cord.accept("R01")
    with pytest.raises(RuntimeError):
        clinic.sign(cord)
    assert seen == [len(cord.decisions.standing)]
    assert clinic.versions(cord.consultation.encounter.uid) == ()
    assert clinic.encounter(cord.consultation.encounter.uid).state == "draft"


def test_who_may_not_sign_may_not_amend_either(
    signed: str, cord: Review, store: Store, shipped: Content, hand_clock: Callable[[], datetime]
) -> None:
    nurse = Rights("nurse", "Nurse Lowe", frozenset({Role.NURSE}))
    clinic = Clinic(shipped, store, who="nurse", clock=hand_clock, zone=LONDON, rights=nurse)
    for refused in (lambda: clinic.sign(cord), lambda: clinic.amend(signed, "x")):
        with pytest.raises(RecordError, match="may not sign or amend"):
            refused()


def test_the_trail_vouches_for_all_of_it(signed: str, practice_clinic: Clinic, store: Store) -> None:
    practice_clinic.amend(signed, "A slip").re_date()
    assert store.verify() is None
    told = {entry.what for entry in store.trail.entries()}
    assert {"flag raised", "decision saved", "rule set kept", "amendment begun", "encounter re-dated"} <= told
    everything = " ".join(f"{entry.which} {entry.why}" for entry in store.trail.entries())
    assert "daughter" not in everything
    assert "slip" not in everything


def test_finished_today_by_the_practices_calendar(
    signed: str, practice_clinic: Clinic, hand_clock: Callable[[], datetime]
) -> None:
    (one,) = practice_clinic.finished()
    assert (one.encounter.uid, one.version.urgency, one.version.decisions.urgency) == (signed, "emergency", "emergency")
    hand_clock.move(hours=8)  # type: ignore[attr-defined]
    assert practice_clinic.finished() == ()
