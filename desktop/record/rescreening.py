"""One looking through of all past encounters under the rules in force: begun, gone on with, kept, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from db.screenings import StoredFinding, StoredScreening
from db.store import Store
from desktop.clinical.content import Content
from desktop.clinical.limits import LATEST, LIMITS
from desktop.clinical.rules import Urgency
from desktop.record import patients
from desktop.record.encounter import Encounter
from desktop.record.rescreen import Batch, look_through
from desktop.record.roles import Act

if TYPE_CHECKING:
    from desktop.record.clinic import Clinic

__all__ = ["Ended", "Finding", "Rescreening", "StoredScreening"]

KIND = "looking"
Ended = Literal["finished", "cancelled"]


@dataclass(frozen=True)
class Finding:
    """`gained` are rules that are raised now and were not, `lost` the other way round, `urgency` the highest gained.

    Not `known`: what was raised at the time was not kept, so everything that is raised now counts as gained.
    """

    encounter: Encounter
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    known: bool
    urgency: Urgency


@dataclass(frozen=True)
class Rescreening:
    clinic: Clinic
    store: Store
    clock: Callable[[], datetime]

    @property
    def content(self) -> Content:
        return self.clinic.content

    @property
    def rules(self) -> str:
        return self.clinic.rules.mark

    def count(self) -> int:
        with self.store.encounter_stream() as stream:
            return stream.count()

    def finished(self) -> StoredScreening | None:
        """The last that came to its end, whatever its rules."""
        return next((one for one in self.store.screenings.all() if one.state == "finished"), None)

    def is_due(self) -> bool:
        """Past encounters were not looked through under the rules in force."""
        last = self.finished()
        return last is None or last.rules != self.rules

    def interrupted(self) -> StoredScreening | None:
        """Begun under these rules, and neither finished nor cancelled."""
        found = (one for one in self.store.screenings.all() if one.state == "begun" and one.rules == self.rules)
        return next(found, None)

    def begin(self) -> StoredScreening:
        """Goes on with the one that was interrupted. One under other rules is given up: its work is out of date."""
        self.clinic.rights.need(Act.AUDIT)
        for one in self.store.screenings.all():
            if one.state == "begun" and one.rules != self.rules:
                self.end(one, "cancelled")
        held = self.interrupted()
        if held is not None:
            return held
        uid, at = self.clinic.new_uid(), self.clock()
        title = self.content.rule_set
        return self.store.screenings.begin(uid, rules=self.rules, title=title, who=self.clinic.who, at=at)

    def batches(self, screening: StoredScreening) -> Iterator[tuple[int, Batch]]:
        """For another thread: how many encounters there are, and each piece. Writes nothing."""
        today = self.clock().astimezone(self.clinic.zone).date()
        with self.store.encounter_stream() as stream:
            of = stream.count()
            pieces = look_through(
                self.content,
                stream,
                self.clinic.zone,
                today,
                after=screening.through,
                looked_at=screening.looked_at,
            )
            with closing(pieces):  # before the connection it reads from
                for batch in pieces:
                    yield of, batch

    def keep(self, screening: StoredScreening, batch: Batch) -> None:
        self.clinic.rights.need(Act.AUDIT)
        found = [(one.encounter, one.gained, one.lost, one.known) for one in batch.found]
        self.store.screenings.keep(screening.uid, through=batch.through, looked_at=batch.looked_at, findings=found)

    def end(self, screening: StoredScreening, state: Ended) -> None:
        self.clinic.rights.need(Act.AUDIT)
        self.store.screenings.end(screening.uid, state, who=self.clinic.who, at=self.clock())

    def findings(self, screening: StoredScreening, *, most: int = 500) -> tuple[Finding, ...]:
        """The most urgent first."""
        stored = sorted(self.store.screenings.findings(screening.uid), key=lambda one: -self._urgency(one.gained))
        return tuple(self._finding(one) for one in stored[:most])

    def counts(self, screening: StoredScreening) -> tuple[int, int]:
        """In how many encounters something is gained, and in how many lost."""
        gained = lost = 0
        for one in self.store.screenings.findings(screening.uid):
            gained += bool(one.gained)
            lost += bool(one.lost)
        return gained, lost

    def put_on_board(self, found: Sequence[Finding]) -> int:
        """A follow-up to look at each; how many were not there already."""
        self.clinic.rights.need(Act.FOLLOW_UP)
        added = 0
        with self.store.all_or_nothing():
            for one in found:
                added += self._add(one)
        return added

    def _add(self, one: Finding) -> bool:
        line = f"rules-{self.rules[:12]}"
        if any(held.line == line for held in self.store.followups.of_encounter(one.encounter.uid)):
            return False
        at = self.clock()
        due = at.astimezone(UTC) + LIMITS[LATEST.get(one.urgency.word, LATEST["routine"])]
        flags = "; ".join(self.flag_words(id) for id in one.gained or one.lost)
        what = f"Rules changed, would be flagged now: {flags}" if one.gained else f"Rules changed, flag gone: {flags}"
        self.store.followups.add(
            self.clinic.new_uid(),
            encounter=one.encounter.uid,
            line=line,
            kind=KIND,
            what=what,
            urgency=one.urgency.word,
            rules=one.gained,
            owner=self.clinic.name_of(one.encounter.clinician),
            due=due,
            latest=due,
            waits_for="",
            who=self.clinic.who,
            at=at,
        )
        return True

    def flag_words(self, id: str) -> str:
        """A rule that is no more has only its id."""
        return next((rule.flag for rule in self.content.rules if rule.id == id), id)

    def _finding(self, one: StoredFinding) -> Finding:
        encounter = patients.encounter_of(self.store, self.store.encounter(one.encounter))
        return Finding(encounter, one.gained, one.lost, one.known, self._urgency(one.gained))

    def _urgency(self, gained: Sequence[str]) -> Urgency:
        known = {rule.id: rule.level for rule in self.content.rules}
        return max((known[id] for id in gained if id in known), default=Urgency.none)
