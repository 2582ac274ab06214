"""Writes the three years of the invented practice into its store, visit by visit and ending by ending.

Through the same record code as a real consultation, in the order of time, each visit and each ending in a transaction
of its own: it can be stopped, or killed, between any two and goes on at the next start. What somebody has worked on
in the meantime is left alone.
"""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from db.errors import NotInStore
from db.followups import StoredFollowUp
from db.store import Store
from desktop.clinical.answer import read_answer
from desktop.clinical.content import Content
from desktop.clinical.outcomes import load_outcomes
from desktop.clinical.reasons import load_reasons
from desktop.record.clinic import Clinic
from desktop.record.closing import Closing
from desktop.record.demonstration import CLINICIAN
from desktop.record.encounter import LONDON
from desktop.record.followers import followers_of
from desktop.record.invented import EVERY, SEED, Invented, Visit, invented_patients, planned_visits, told
from desktop.record.patients import add_patient
from desktop.record.review import Review

MADE = "demonstration made"
BETWEEN_ANSWERS, TO_SIGN = timedelta(seconds=9), timedelta(minutes=6)
AT_ONCE = (timedelta(minutes=8), timedelta(minutes=50))
WAITED = (timedelta(days=9), timedelta(days=50))
"""How long what has no date of its own waits."""


@dataclass(frozen=True)
class Step:
    """How far it is: the moment that is being written, and how much of the way that makes."""

    at: datetime
    done: int
    of: int


def add_practice(store: Store, at: datetime) -> None:
    """The patients, once: whoever is removed afterwards does not come back."""
    if store.accounts.all():
        raise ValueError("a practice's own store never gets invented patients")
    if MADE in store.practice.all():
        return
    made = at.astimezone(LONDON).date()
    with store.all_or_nothing():
        for one in invented_patients(made):
            _add(store, one, at)
        store.practice.change({MADE: made.isoformat()}, who=CLINICIAN, at=at)


def _add(store: Store, one: Invented, at: datetime) -> None:
    add_patient(
        store,
        family=one.family,
        given=one.given,
        title=one.title,
        sex=one.sex,
        born=one.born,
        nhs_number=one.nhs_number,
        uid=one.uid,
        at=at,
        who=CLINICIAN,
    )


class Years:
    """`write` does one thing after another; what is left over when it stops is done by the next one.

    `hand_out` prints a document of an encounter, by its id: whoever can draw pages gives it.
    """

    def __init__(
        self,
        store: Store,
        content: Content,
        until: datetime,
        hand_out: Callable[[Clinic, str, str], object] = lambda clinic, encounter, document: None,
    ) -> None:
        self.store, self.content, self.until, self._hand_out = store, content, until, hand_out
        self.made = date.fromisoformat(store.practice.all()[MADE])
        self.visits = [visit for visit in planned_visits(self.made) if visit.at + TO_SIGN <= until]
        self._at = until
        self._uids: list[str] = []
        self._clinics = {who: self._clinic(who) for who in told()["clinicians"]}
        outcomes, reasons = load_outcomes(content.items), load_reasons()
        self._closing = {who: Closing(one, one.board, outcomes, reasons) for who, one in self._clinics.items()}
        self._endings: list[tuple[datetime, str]] = []
        self._visit_of = {visit.uid: visit for visit in self.visits}

    def write(self) -> Iterator[Step]:
        """Everything whose time has come."""
        begun = self._begun()
        for one in self.store.followups.open(limit=10_000):
            self._plan_ending(one)
        for number, visit in enumerate(self.visits[begun:], start=begun):
            for at in self._end_until(visit.at):
                yield Step(at, number, len(self.visits))
            if self._take_place(visit):
                yield Step(visit.at, number + 1, len(self.visits))
        for at in self._end_until(self.until):
            yield Step(at, len(self.visits), len(self.visits))

    def _begun(self) -> int:
        """They are written in the order of time, so the last one that is there tells how many are."""
        for number in range(len(self.visits), 0, -1):
            if self._is_there(self.visits[number - 1].uid):
                return number
        return 0

    def _is_there(self, uid: str) -> bool:
        try:
            self.store.encounter(uid)
        except NotInStore:
            return False
        return True

    def _take_place(self, visit: Visit) -> bool:
        """Nothing happens to a patient who has been removed."""
        self._at, self._uids = visit.at, [visit.uid]
        clinic = self._clinics[visit.who]
        try:
            with self.store.all_or_nothing():
                uid = clinic.begin(visit.patient).encounter.uid
                for item, value in visit.answers.items():
                    self._at += BETWEEN_ANSWERS
                    self.store.save_answer(uid, item, value, who=visit.who, at=self._at)
                self._at = visit.at + TO_SIGN
                review = clinic.review(clinic.resume(uid))
                self._decide(review, Random(f"{SEED} {uid}"))
                clinic.sign(review)
                if visit.paper:
                    self._hand_out(clinic, uid, visit.paper)
        except NotInStore:
            return False
        for one in self.store.followups.of_encounter(visit.uid):
            self._plan_ending(one)
        return True

    def _decide(self, review: Review, chance: Random) -> None:
        review.write_impression("")
        review.mark_done([line.id for line in review.decisions.still_to_do])
        for flag in review.decisions.flags:
            how = next((each for each in told()["override"] if each["rule"] == flag.rule), None)
            if how and chance.randrange(100) < how["chance"]:
                reason = chance.choice(how["reasons"]) if how["reasons"] else ""
                review.override(flag.rule, how["treat_as"], reason=reason)
            else:
                review.accept(flag.rule)

    def _plan_ending(self, one: StoredFollowUp) -> None:
        """Only of what nobody has touched since it was made."""
        ends = _between_visits(self._ends_at(one))
        untouched = one.state == "open" and one.changed_at == one.made_at
        if one.encounter in self._visit_of and untouched and ends <= self.until:
            heapq.heappush(self._endings, (ends, one.uid))

    def _ends_at(self, one: StoredFollowUp) -> datetime:
        chance, how = self._chance(one), told()["endings"]
        late = chance.randrange(100) < how["late"]
        if one.due is None:
            return _in_hours(one.made_at + _between(chance, *WAITED))
        limit = one.due - one.made_at
        if limit < timedelta(hours=1):
            return one.made_at + _between(chance, *AT_ONCE)
        if limit < timedelta(days=3):
            return one.made_at + limit * chance.uniform(0.05, 0.6 if not late else 1.3)
        if late:
            return _in_hours(one.due + timedelta(days=chance.randint(1, how["late_days"])))
        return _in_hours(one.made_at + limit * chance.uniform(0.15, 0.85))

    def _chance(self, one: StoredFollowUp) -> Random:
        """The same for the same follow-up, in whichever run it comes up."""
        return Random(f"{SEED} {one.encounter} {one.kind} {one.what}")

    def _end_until(self, moment: datetime) -> Iterator[datetime]:
        while self._endings and self._endings[0][0] <= moment:
            at, uid = heapq.heappop(self._endings)
            self._end(uid, at)
            yield at

    def _end(self, uid: str, at: datetime) -> None:
        self._at, self._uids = at, []
        stored = self.store.followups.of(uid)
        closing = self._closing.get(stored.owner, self._closing[CLINICIAN])
        chance = self._chance(stored)
        if chance.randrange(100) >= 100 - told()["endings"]["cancelled"] and stored.kind != "looking":
            closing.cancel(uid, chance.choice(("done_by_others", "patient_declines", "done_already")))
            return
        outcome, answers, text = self._outcome(stored, chance)
        one = closing.board.of(uid)
        items, today = self.content.items, at.astimezone(LONDON).date()
        given = {id: read_answer(items[id], raw, today) for id, raw in answers.items()}
        closed = closing.close(uid, outcome, text=text, answers=given, born=one.patient.born)
        for opened in closed.opened:
            self._plan_ending(self.store.followups.of(opened))

    def _outcome(self, one: StoredFollowUp, chance: Random) -> tuple[str, Mapping[str, Any], str]:
        """Which ending, with which answers of the checklist, and what is told of it."""
        visit = self._visit_of[one.encounter]
        outcome = {"bloods": "results_in", "telling": "told", "looking": "looked_at"}.get(one.kind, "done")
        answers: Mapping[str, Any] = {}
        if one.kind == "referral":
            outcome = chance.choice(("done", "done", "seen"))
        if one.kind == "imaging":
            found = [each for each in visit.imaging if each != "nothing_serious"]
            outcome = "something_found" if found else "nothing_serious"
            answers = {"imaging_finding": found} if found else {}
        if one.kind == "bloods":
            answers = visit.bloods or _ordinary(chance)
        words = told()["words"].get(outcome, ("",))
        return outcome, answers, chance.choice(words)

    def _clinic(self, who: str) -> Clinic:
        return Clinic(
            self.content,
            self.store,
            who=who,
            clock=lambda: self._at,
            zone=LONDON,
            demo=True,
            new_uid=lambda: self._uids.pop() if self._uids else str(uuid.uuid4()),
            followers=followers_of(self.store, LONDON),
        )


def _between(chance: Random, least: timedelta, most: timedelta) -> timedelta:
    return least + (most - least) * chance.random()


def _between_visits(at: datetime) -> datetime:
    """Visits are signed six minutes after they begin: two minutes later nobody is in the room."""
    minutes = 8 - at.minute % EVERY
    return at.replace(second=0, microsecond=0) + timedelta(minutes=minutes + EVERY * (minutes <= 0))


def _in_hours(at: datetime) -> datetime:
    """The next moment at which somebody works."""
    local = at.astimezone(LONDON)
    if local.time() >= time(17):
        local = datetime.combine(local.date() + timedelta(days=1), time(9, 10), LONDON)
    if local.time() < time(9):
        local = local.replace(hour=9, minute=10)
    while local.weekday() >= 5:
        local += timedelta(days=1)
    return local.astimezone(at.tzinfo)


def _ordinary(chance: Random) -> dict[str, Any]:
    """A blood result with nothing in it."""
    return {
        "haemoglobin": chance.randint(131, 152),
        "adjusted_calcium": round(chance.uniform(2.24, 2.5), 2),
        "egfr": chance.randint(66, 98),
        "crp": chance.randint(1, 8),
    }
