"""Closing what must happen: with how it ended, or a reason. A result runs through the rules and may raise a flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from db.followups import StoredFollowUp
from db.store import Store
from desktop.clinical.answer import read_answer, read_stored, write_answer
from desktop.clinical.assessment import Assessment, Flag, assess
from desktop.clinical.checklist import Answer
from desktop.clinical.content import Content
from desktop.clinical.limits import LATEST, LIMITS
from desktop.clinical.outcomes import Outcome
from desktop.clinical.reasons import Reason
from desktop.record.board import Board, FollowUp
from desktop.record.clinic import Clinic
from desktop.record.consultation import Clock, Consultation
from desktop.record.directory import Service
from desktop.record.refused import FieldsRefused
from desktop.record.roles import Act
from desktop.record.words import say


@dataclass(frozen=True)
class Closed:
    """What closing one brought: flags that the result raises and that did not stand before, and what is open now."""

    raised: tuple[Flag, ...] = ()
    opened: tuple[str, ...] = ()


class FollowUpRefused(FieldsRefused):
    """A follow-up that can't be closed, moved or handed over like this."""

    def __init__(self, **mistakes: str) -> None:
        super().__init__(mistakes)


@dataclass(frozen=True)
class Closing:
    clinic: Clinic
    board: Board
    outcomes: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]

    @property
    def store(self) -> Store:
        return self.board.store

    @property
    def clock(self) -> Clock:
        return self.board.clock

    def endings(self, one: FollowUp) -> tuple[Outcome, ...]:
        """How it can end, in the order of their digits."""
        return tuple(outcome for outcome in self.outcomes if one.stored.kind in outcome.kinds)

    def close(
        self,
        uid: str,
        outcome_id: str,
        *,
        text: str = "",
        answers: Mapping[str, Answer] | None = None,
        born: date | None = None,
    ) -> Closed:
        """A result needs the birth date of whom it is of, so that nobody gets another's. Raises FollowUpRefused."""
        self.clinic.rights.need(Act.FOLLOW_UP)
        one = self.board.of(uid)
        outcome = next((each for each in self.endings(one) if each.id == outcome_id), None)
        given = self._given(outcome, dict(answers or {}))
        refuse(self._mistakes(one, outcome, text, given, born))
        assert outcome is not None
        at = self.clock()
        raised = self._raised(one, given)
        told: dict[str, object] = {"outcome": outcome.id, "words": outcome.words, "text": text.strip()}
        told |= {"answers": {id: write_answer(answer) for id, answer in given.items()}}
        told |= {"raised": [flag.rule.id for flag in raised]}
        with self.store.all_or_nothing():
            self._change(uid, "done", told, at, state="done", outcome=outcome.id)
            opened = [self._look_at_result(one, raised, at)] if raised else []
            opened += [self._tell_patient(one, at)] if outcome.tells else []
        return Closed(raised, tuple(opened))

    def cancel(self, uid: str, reason_id: str, text: str = "") -> None:
        """With one of the coded reasons."""
        self.clinic.rights.need(Act.FOLLOW_UP)
        self._refuse_closed(uid)
        reason = next((each for each in self.reasons if each.id == reason_id), None)
        if reason is None:
            raise FollowUpRefused(reason=say("Choose why it is not needed any more: it stays in the record."))
        if reason.needs_text and not text.strip():
            raise FollowUpRefused(text=say("Say in a few words what the reason is."))
        why = ": ".join(part for part in (reason.words.split(":")[0], text.strip()) if part)
        told = {"reason": reason.id, "why": why}
        self._change(uid, "cancelled", told, self.clock(), state="cancelled", outcome="")

    def reopen(self, uid: str, why: str) -> None:
        self.clinic.rights.need(Act.FOLLOW_UP)
        if not why.strip():
            raise FollowUpRefused(text=say("Say in a few words why it is opened again."))
        if self.store.followups.of(uid).state == "open":
            raise FollowUpRefused(text=say("It is open already: nothing was changed."))
        self._change(uid, "reopened", {"why": why.strip()}, self.clock(), state="open", outcome="")

    def move(self, uid: str, due: datetime, why: str) -> None:
        """Another date, also one after the limit: then the reason matters, and the limit stays beside it."""
        self.clinic.rights.need(Act.FOLLOW_UP)
        held = self._refuse_closed(uid)
        if due <= self.clock():
            raise FollowUpRefused(due=say("That moment is over. Give one that is still to come."))
        if not why.strip():
            raise FollowUpRefused(text=say("Say in a few words why it gets another date."))
        told = {"why": why.strip(), "before": held.due.isoformat() if held.due else ""}
        self._change(uid, "moved", told, self.clock(), due=due.astimezone(UTC), waits_for="")

    def hand_over(self, uid: str, owner: str) -> None:
        self.clinic.rights.need(Act.FOLLOW_UP)
        held = self._refuse_closed(uid)
        if not owner.strip():
            raise FollowUpRefused(owner=say("Say who does it."))
        self._change(uid, "handed over", {"before": held.owner}, self.clock(), owner=owner.strip())

    def take_in(self, uid: str) -> Consultation:
        """Opens the encounter that a result is of as an amendment, with the result's answers written into it."""
        one = self.board.of(uid)
        answers = self._result_of(one)
        consultation = self.clinic.amend(one.stored.encounter, f"Result of a follow-up: {one.stored.what}")
        for id, answer in answers.items():
            consultation.answer(id, answer)
        return consultation

    def whom_to_ring(self, one: FollowUp) -> Service | None:
        """Named by the line itself, by who does it, or by a call of the same plan for the same flag."""
        directory, calls = self.clinic.directory, self.store.followups.of_encounter(one.stored.encounter)
        ids = [
            directory.asked_in(one.stored.what) if one.stored.kind == "referral" else None,
            directory.named(one.stored.owner),
            *(
                directory.asked_in(other.what)
                for other in calls
                if other.kind == "referral" and set(other.rules) & set(one.stored.rules)
            ),
        ]
        return next((directory.service(id) for id in ids if id is not None), None)

    def has_result(self, uid: str) -> bool:
        """Whether there are answers that `take_in` could write."""
        return bool(self._result_of(self.board.of(uid)))

    def _result_of(self, one: FollowUp) -> dict[str, Answer]:
        """What the checklist of today can still read of it."""
        steps = self.board.steps(one.uid)
        source = next((step.told["result_of"] for step in steps if "result_of" in step.told), None)
        told = [step.told for step in (self.board.steps(source) if source else steps) if step.told.get("answers")]
        return read_stored(self.clinic.content.items, told[-1]["answers"] if told else {})

    def _given(self, outcome: Outcome | None, answers: dict[str, Answer]) -> dict[str, Answer]:
        if outcome is None:
            return {}
        items, today = self.clinic.content.items, self.board.today()
        own = {id: read_answer(items[id], list(value), today) for id, value in outcome.sets.items()}
        return own | {id: answer for id, answer in answers.items() if id in outcome.asks}

    def _mistakes(
        self, one: FollowUp, outcome: Outcome | None, text: str, given: Mapping[str, Answer], born: date | None
    ) -> dict[str, str]:
        if one.stored.state != "open":
            return {"outcome": say("It is closed already. Open it again first; nothing was changed.")}
        if outcome is None:
            return {"outcome": say("Choose how it ended.")}
        found = {}
        if outcome.needs_text and not text.strip():
            found["text"] = say("Say in a few words what was found.")
        if outcome.asks and not given:
            found["answers"] = say("Fill in at least one result, or choose another ending.")
        if (outcome.asks or outcome.sets) and one.patient.born and born != one.patient.born:
            found["born"] = say("That is not this patient’s birth date. Look whose result it is; nothing was saved.")
        return found

    def _refuse_closed(self, uid: str) -> StoredFollowUp:
        held = self.store.followups.of(uid)
        if held.state != "open":
            raise FollowUpRefused(outcome=say("It is closed already. Open it again first; nothing was changed."))
        return held

    def _raised(self, one: FollowUp, given: Mapping[str, Answer]) -> tuple[Flag, ...]:
        """What the rules of today say of the encounter with its result, and did not say without it."""
        if not given:
            return ()
        before = self.clinic.look_at(one.stored.encounter).assessment
        after = with_result(self.clinic.content, before, given)
        stood = {flag.rule.id for flag in before.flags}
        return tuple(flag for flag in after.open_flags if flag.rule.id not in stood)

    def _look_at_result(self, one: FollowUp, raised: tuple[Flag, ...], at: datetime) -> str:
        """For a clinician, within the limit of the highest flag; it stays open until somebody says what followed."""
        highest = max(raised, key=lambda flag: flag.urgency)
        titles = "; ".join(flag.rule.flag for flag in raised)
        rules = tuple(flag.rule.id for flag in raised)
        what = f"Act on the result: {titles}"
        return self._open_another(one, "looking", what, highest.urgency.word, rules, self._clinician(one), at)

    def _tell_patient(self, one: FollowUp, at: datetime) -> str:
        stored = one.stored
        news = "what came of it" if stored.kind == "referral" else "the result"
        what = f"Tell the patient {news}: {stored.what}"
        return self._open_another(one, "telling", what, stored.urgency, stored.rules, self._clinician(one), at)

    def _open_another(
        self, one: FollowUp, kind: str, what: str, urgency: str, rules: tuple[str, ...], owner: str, at: datetime
    ) -> str:
        uid = self.clinic.new_uid()
        due = at.astimezone(UTC) + LIMITS[LATEST.get(urgency, LATEST["routine"])]
        self.store.followups.add(
            uid,
            encounter=one.stored.encounter,
            line=f"{kind}-{uid}",
            told={"result_of": one.uid},
            kind=kind,
            what=what,
            urgency=urgency,
            rules=rules,
            owner=owner,
            due=due,
            latest=due,
            waits_for="",
            who=self.clinic.who,
            at=at,
        )
        return uid

    def _clinician(self, one: FollowUp) -> str:
        return self.clinic.name_of(self.clinic.encounter(one.stored.encounter).clinician)

    def _change(self, uid: str, act: str, told: Mapping[str, Any], at: datetime, **columns: Any) -> None:
        self.store.followups.change(uid, act, told, who=self.clinic.who, at=at, **columns)


def with_result(content: Content, before: Assessment, given: Mapping[str, Answer]) -> Assessment:
    """The encounter's assessment with the result's answers in it, as if they had been there; nothing is written."""
    return assess(content, before.person, {**before.answers, **given}, before.at, patient_says=before.patient_says)


def refuse(mistakes: Mapping[str, str]) -> None:
    if mistakes:
        raise FollowUpRefused(**mistakes)
