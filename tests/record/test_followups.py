"""A signed plan becomes follow-ups; each is closed with how it ended, and a result can raise a flag."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.clinical.outcomes import load_outcomes
from desktop.clinical.reasons import load_reasons
from desktop.clinical.rules import Urgency
from desktop.clinical.working_days import load_working_days
from desktop.record.board import Board
from desktop.record.clinic import Clinic
from desktop.record.closing import Closing, FollowUpRefused
from desktop.record.encounter import LONDON
from desktop.record.errors import RecordError
from desktop.record.promises import Promises
from desktop.record.roles import Rights, Role

from ..hand_clock import HandClock
from ..prepared import open_store, shipped_content

KEY = bytes(range(32))
AT = datetime(2026, 12, 10, 10, 40, tzinfo=UTC)
BORN = date(1965, 3, 12)
CONTENT = shipped_content()
MSCC = {"cancer_history": True, "limb_weakness": "new"}
SORE = {"pain_course": "worse", "severe_unremitting": True, "weight_loss": True, "fatigue": True}


class Practice:
    """One store with somebody signed in."""

    def __init__(self, store, role=Role.CLINICIAN):
        self.store, self.clock = store, HandClock(AT)
        days = load_working_days("england", LONDON)
        self.clinic = Clinic(
            CONTENT,
            store,
            who="anna",
            clock=self.clock,
            zone=LONDON,
            rights=Rights("anna", "Dr Anna Hill", frozenset({role})),
            followers=[Promises(lambda: days)],
        )
        self.board = Board(store, self.clock, LONDON)
        self.closing = Closing(self.clinic, self.board, load_outcomes(CONTENT.items), load_reasons())

    def signed(self, answers, *, done=0, mark=()):
        """`done` of the lines of immediate care are said to be done, and all lines of the kinds in `mark`."""
        consultation = self.clinic.begin("p1")
        for item, answer in answers.items():
            consultation.answer(item, answer)
        review = self.clinic.review(consultation)
        marked = [line.id for line in review.decisions.plan if line.kind in mark]
        review.mark_done([*marked, *(line.id for line in review.decisions.still_to_do[:done])])
        return self.sign(consultation)

    def sign(self, consultation):
        review = self.clinic.review(consultation)
        review.write_impression("As the rules say")
        for flag in consultation.assessment.flags:
            review.accept(flag.rule.id)
        return self.clinic.sign(review)

    def one(self, kind):
        return next(one for one in self.board.open() if one.stored.kind == kind)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", KEY) as opened:
        opened.patients.add("p1", family="Larkspur", given="Marigold", born=BORN, sex="female", at=AT)
        yield opened


@pytest.fixture
def practice(store):
    return Practice(store)


def test_each_line_of_the_signed_plan_is_on_the_board(practice):
    version = practice.signed(MSCC)
    promised = [line.id for line in version.decisions.standing if line.kind != "safety-net"]
    assert {one.stored.line for one in practice.board.open()} == set(promised)
    assert practice.store.verify() is None


def test_immediate_care_that_was_said_to_be_done_is_on_the_board_as_done(practice):
    """What nobody has said anything of is open: nothing is closed silently."""
    practice.signed(MSCC, done=1)
    (done,) = practice.board.closed("done")
    assert (done.stored.kind, done.stored.outcome) == ("immediate", "done")
    assert [step.act for step in practice.board.steps(done.uid)] == ["made", "done"]
    still = [one for one in practice.board.open() if one.stored.kind == "immediate"]
    assert still
    practice.clock.now += timedelta(minutes=5)
    assert {practice.board.of(one.uid).group for one in still} == {"overdue"}
    assert practice.store.verify() is None


def test_immediate_care_can_be_said_to_be_done_with_an_amendment(practice):
    version = practice.signed(MSCC, done=1)
    consultation = practice.clinic.amend(version.encounter_uid, "said later")
    review = practice.clinic.review(consultation)
    practice.clock.now += timedelta(hours=1)
    before = len(practice.board.open())
    review.mark_done([line.id for line in review.decisions.still_to_do])
    practice.clinic.sign(review)
    assert not [one for one in practice.board.open() if one.stored.kind == "immediate"]
    assert len(practice.board.open()) < before
    assert practice.store.verify() is None


def test_only_immediate_care_can_be_said_to_be_done_before_signing(practice):
    """Everything else asks how it ended."""
    version = practice.signed(MSCC, mark=("referral", "imaging", "safety-net"))
    assert not [line for line in version.decisions.plan if line.done]
    assert practice.board.closed("done") == ()


def test_an_emergency_keeps_its_hour_and_a_long_limit_ends_before_the_weekend(practice):
    practice.clock.now = datetime(2026, 12, 12, 10, 40, tzinfo=UTC)
    practice.signed(MSCC)
    assert practice.one("imaging").stored.due == practice.clock.now + timedelta(hours=24)
    practice.signed(SORE)
    long = [one.stored for one in practice.board.open() if one.stored.latest and one.stored.due != one.stored.latest]
    assert long
    assert [one for one in long if one.due > one.latest or one.due.astimezone(LONDON).weekday() > 4] == []


def test_overdue_says_how_late_and_comes_first(practice):
    practice.signed(MSCC)
    imaging = practice.one("imaging")
    practice.clock.now = imaging.stored.due + timedelta(hours=3)
    late = practice.board.of(imaging.uid)
    assert (late.group, late.late) == ("overdue", timedelta(hours=3))
    assert practice.board.open()[0].group == "overdue"
    assert practice.board.counts()[0] >= 1


def test_of_what_is_late_the_most_urgent_comes_first(practice):
    """Then how late: a call for an emergency of today goes before a test that has waited for a month."""
    practice.signed(SORE)
    practice.clock.now += timedelta(days=90)
    practice.signed(MSCC)
    practice.clock.now += timedelta(hours=3)
    late = [one for one in practice.board.open() if one.group == "overdue"]
    urgencies = [Urgency.of(one.stored.urgency) for one in late]
    assert urgencies == sorted(urgencies, reverse=True)
    assert urgencies[0] is Urgency.emergency > urgencies[-1]
    by_deadline = sorted(late, key=lambda one: one.stored.due)
    assert late != by_deadline
    for urgency in set(urgencies):
        same = [one for one in late if one.stored.urgency == urgency.word]
        assert same == [one for one in by_deadline if one.stored.urgency == urgency.word]
    assert [one.group for one in practice.board.open()][: len(late)] == ["overdue"] * len(late)


def test_metastases_found_raise_a_flag_and_something_to_act_on(practice):
    practice.signed(SORE)
    imaging = practice.one("imaging")
    before = {one.uid for one in practice.board.open()}
    closed = practice.closing.close(
        imaging.uid, "something_found", answers={"imaging_finding": frozenset({"metastasis_or_tumour"})}, born=BORN
    )
    assert closed.raised
    act = practice.board.of(closed.opened[0])
    assert act.stored.kind == "looking"
    assert closed.raised[0].rule.flag in act.stored.what
    assert {one.uid for one in practice.board.open()} - before == set(closed.opened)
    assert practice.store.encounter(imaging.stored.encounter).state == "signed"


def test_taking_the_result_in_amends_the_encounter_with_it(practice):
    practice.signed(SORE)
    finding = frozenset({"metastasis_or_tumour"})
    closed = practice.closing.close(
        practice.one("imaging").uid, "something_found", answers={"imaging_finding": finding}, born=BORN
    )
    consultation = practice.closing.take_in(closed.opened[0])
    assert consultation.is_amendment
    assert consultation.assessment.answers["imaging_finding"] == finding
    assert {flag.rule.id for flag in closed.raised} <= {flag.rule.id for flag in consultation.assessment.flags}
    practice.sign(consultation)
    assert practice.store.verify() is None


def test_a_result_that_this_checklist_cannot_read_is_no_result(practice):
    practice.signed(SORE)
    bloods = practice.one("bloods")
    told = {"answers": {"adjusted_calcium": "plenty", "gone_item": True}}
    practice.store.followups.change(bloods.uid, "done", told, who="anna", at=AT, state="done")
    assert not practice.closing.has_result(bloods.uid)


def test_a_normal_result_lowers_nothing_and_the_patient_is_still_to_be_told(practice):
    practice.signed(SORE)
    imaging = practice.one("imaging")
    closed = practice.closing.close(imaging.uid, "nothing_serious", text="normal MRI", born=BORN)
    assert closed.raised == ()
    (telling,) = map(practice.board.of, closed.opened)
    assert telling.stored.kind == "telling"
    assert imaging.stored.what in telling.stored.what


def test_calcium_of_3_4_is_an_emergency_whoever_enters_it(store):
    Practice(store).signed(SORE)
    reception = Practice(store, Role.RECEPTIONIST)
    closed = reception.closing.close(
        reception.one("bloods").uid, "results_in", answers={"adjusted_calcium": 3.4}, born=BORN
    )
    assert "emergency" in {flag.urgency.word for flag in closed.raised}
    act = reception.board.of(closed.opened[0])
    assert act.stored.due == reception.clock.now
    with pytest.raises(RecordError):
        reception.closing.take_in(act.uid)


@pytest.mark.parametrize(
    ("outcome", "told", "field"),
    [
        ("nothing_serious", {"text": "normal", "born": date(1965, 3, 13)}, "born"),
        ("nothing_serious", {"text": "normal"}, "born"),
        ("nothing_serious", {"born": BORN}, "text"),
        ("something_found", {"born": BORN}, "answers"),
        ("told", {}, "outcome"),
        ("no-such", {}, "outcome"),
    ],
)
def test_a_closing_that_does_not_fit_is_refused_beside_its_field(practice, outcome, told, field):
    practice.signed(SORE)
    imaging = practice.one("imaging")
    with pytest.raises(FollowUpRefused) as refused:
        practice.closing.close(imaging.uid, outcome, **told)
    assert list(refused.value.mistakes) == [field]
    assert practice.board.of(imaging.uid).stored.state == "open"


def test_cancelling_needs_a_reason_and_reopening_too(practice):
    practice.signed(SORE)
    uid = practice.one("imaging").uid
    with pytest.raises(FollowUpRefused):
        practice.closing.cancel(uid, "")
    with pytest.raises(FollowUpRefused):
        practice.closing.cancel(uid, "other")
    practice.closing.cancel(uid, "patient_declines", "after a talk")
    assert practice.board.of(uid).stored.state == "cancelled"
    with pytest.raises(FollowUpRefused):
        practice.closing.close(uid, "nothing_serious", text="normal", born=BORN)
    with pytest.raises(FollowUpRefused):
        practice.closing.reopen(uid, " ")
    practice.closing.reopen(uid, "changed her mind")
    assert practice.board.of(uid).stored.state == "open"
    assert [step.act for step in practice.board.steps(uid)] == ["made", "cancelled", "reopened"]


def test_another_date_needs_to_come_and_a_reason_and_the_limit_stays(practice):
    practice.signed(SORE)
    one = practice.one("imaging")
    with pytest.raises(FollowUpRefused, match="over"):
        practice.closing.move(one.uid, AT - timedelta(days=1), "no slot")
    with pytest.raises(FollowUpRefused, match="why"):
        practice.closing.move(one.uid, AT + timedelta(days=40), "")
    practice.closing.move(one.uid, AT + timedelta(days=40), "no slot before")
    moved = practice.board.of(one.uid).stored
    assert moved.due == AT + timedelta(days=40)
    assert moved.latest == one.stored.latest


def test_an_amendment_cancels_what_it_drops_and_keeps_what_the_practice_moved(practice):
    version = practice.signed(SORE)
    imaging = practice.one("imaging")
    practice.closing.move(practice.one("bloods").uid, AT + timedelta(days=20), "away")
    consultation = practice.clinic.amend(version.encounter_uid, "The scan was done last week")
    review = practice.clinic.review(consultation)
    review.drop_line(imaging.stored.line, reason="done_already")
    review.write_impression("As before")
    practice.clinic.sign(review)
    assert practice.board.of(imaging.uid).stored.state == "cancelled"
    assert practice.board.steps(imaging.uid)[-1].told["why"] == "Done already"
    assert practice.one("bloods").stored.due == AT + timedelta(days=20)


def test_a_line_that_falls_with_the_signing_makes_no_follow_up(practice, monkeypatch):
    """Both or neither: a follower that fails leaves the encounter unsigned."""

    def broken(*_):
        raise OSError("no")

    consultation = practice.clinic.begin("p1")
    consultation.answer("cancer_history", True)
    practice.clinic._followers = (*practice.clinic._followers, broken)
    with pytest.raises(OSError, match="no"):
        practice.sign(consultation)
    assert practice.board.open() == ()
    assert practice.store.encounter(consultation.encounter.uid).state == "draft"


def test_what_is_looked_for_is_found_by_owner_kind_and_words(practice):
    practice.signed(SORE)
    everything = practice.board.open()
    owner = everything[0].stored.owner
    assert all(one.stored.owner == owner for one in practice.board.open(owner=owner))
    assert all(one.stored.kind == "bloods" for one in practice.board.open(kind="bloods"))
    assert practice.board.open(text="larkspur mari") == everything
    assert practice.board.open(text="nobody") == ()


def test_handing_over_is_kept(practice):
    practice.signed(SORE)
    uid = practice.one("bloods").uid
    practice.closing.hand_over(uid, "Nurse Lowe")
    assert practice.board.of(uid).stored.owner == "Nurse Lowe"
    assert practice.board.steps(uid)[-1].act == "handed over"
