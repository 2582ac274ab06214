"""What a signed plan promises becomes follow-ups, in the transaction that signs it; an amendment changes them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from db.followups import StoredFollowUp
from db.store import Store
from desktop.record.decisions import LEVELS, PlanLine

if TYPE_CHECKING:
    from desktop.clinical.working_days import WorkingDays
    from desktop.record.signed import SignedVersion

PROMISED = ("referral", "imaging", "bloods", "own", "immediate")
"""Every line but advice: what a patient is told to watch for happens at no date and is nobody's to do. Immediate care
is done while the patient is there; whoever signs says so, and it stands on the board as done, or it is open."""
NOT_IN_THE_PLAN = "No longer in the plan"
DONE_AT_SIGNING = {"outcome": "done", "words": "Done", "text": "Done before signing", "answers": {}, "raised": []}


class Promises(Struct, frozen=True):
    """A follower of the clinic: called with each version that is signed. `days` are those of the practice now."""

    days: Callable[[], WorkingDays]
    new_uid: Callable[[], str] = lambda: str(uuid.uuid4())

    def __call__(self, store: Store, version: SignedVersion) -> None:
        there = {one.line: one for one in store.followups.of_encounter(version.encounter_uid)}
        lines = {line.id: line for line in version.decisions.standing if line.kind in PROMISED}
        for line in lines.values():
            held = there.get(line.id)
            if held is None:
                held = self._add(store, version, line)
            elif held.state == "open":
                self._change(store, version, line, held)
            if line.done and held.state == "open":
                self._close(store, version, held)
        for one in there.values():
            if one.state == "open" and one.kind in PROMISED and one.line not in lines:
                self._cancel(store, version, one)

    def _add(self, store: Store, version: SignedVersion, line: PlanLine) -> StoredFollowUp:
        uid = self.new_uid()
        store.followups.add(
            uid,
            encounter=version.encounter_uid,
            line=line.id,
            kind=line.kind,
            what=line.what,
            urgency=_urgency(version, line),
            rules=line.rules,
            owner=line.who,
            due=self._due(line),
            latest=line.due,
            waits_for=_waits_for(line),
            who=version.who,
            at=version.at,
        )
        return store.followups.of(uid)

    def _close(self, store: Store, version: SignedVersion, held: StoredFollowUp) -> None:
        state = {"state": "done", "outcome": DONE_AT_SIGNING["outcome"]}
        store.followups.change(held.uid, "done", DONE_AT_SIGNING, who=version.who, at=version.at, **state)

    def _change(self, store: Store, version: SignedVersion, line: PlanLine, held: StoredFollowUp) -> None:
        """A date that the practice has moved since stays, unless the plan's own limit is another one."""
        asked = {"what": line.what, "owner": line.who, "waits_for": _waits_for(line)}
        changes: dict[str, str | datetime | None] = {
            name: value for name, value in asked.items() if getattr(held, name) != value
        }
        if line.due != held.latest:
            changes |= {"due": self._due(line), "latest": line.due}
        if changes:
            told = {"why": version.why, **{name: str(getattr(held, name) or "") for name in changes}}
            store.followups.change(held.uid, "amended", told, who=version.who, at=version.at, **changes)

    def _cancel(self, store: Store, version: SignedVersion, one: StoredFollowUp) -> None:
        why = next((line.why for line in version.decisions.dropped if line.id == one.line), "")
        told = {"why": why or NOT_IN_THE_PLAN}
        state = {"state": "cancelled", "outcome": ""}
        store.followups.change(one.uid, "cancelled", told, who=version.who, at=version.at, **state)

    def _due(self, line: PlanLine) -> datetime | None:
        """A date that the clinician chose is that date."""
        chosen = "due" in line.changes() or line.kind == "own"
        return line.due and self.days().brought_forward(line.due, None if chosen else line.within).due


def _waits_for(line: PlanLine) -> str:
    return "" if line.due else line.timing


def _urgency(version: SignedVersion, line: PlanLine) -> str:
    """As the clinician treats the flags behind it; what was added by hand goes with the encounter."""
    return max(_levels(version, line), key=LEVELS.index, default=version.decisions.urgency)


def _levels(version: SignedVersion, line: PlanLine) -> Iterator[str]:
    for flag in version.decisions.flags:
        if flag.rule in line.rules:
            yield flag.treated_as
