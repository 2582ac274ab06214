"""The board of what must happen: in the order of its deadlines, with whom it is about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from db.followups import StoredFollowUp, StoredStep
from db.store import Store
from desktop.clinical.rules import Urgency
from desktop.record import patients
from desktop.record.consultation import Clock
from desktop.record.encounter import Patient

__all__ = ["GROUPS", "Board", "FollowUp", "StoredStep"]

GROUPS = ("overdue", "today", "this week", "later", "waiting", "done", "cancelled")
MOST = 1000


class FollowUp(Struct, frozen=True):
    """`late` is how long it is overdue; `group` is where the board shows it."""

    stored: StoredFollowUp
    patient: Patient
    group: str
    late: timedelta | None

    @property
    def uid(self) -> str:
        return self.stored.uid


class Board(Struct, frozen=True):
    store: Store
    clock: Clock
    zone: ZoneInfo

    def open(self, *, owner: str = "", kind: str = "", text: str = "") -> tuple[FollowUp, ...]:
        """What is late first, the most urgent of it before the latest; the rest by deadline, what waits for something
        last. `text` is part of a name, an NHS number or what must happen."""
        found = sorted(map(self._of, self.store.followups.open(limit=MOST)), key=_rank)
        return tuple(
            one
            for one in found
            if owner in ("", one.stored.owner) and kind in ("", one.stored.kind) and _has(one, text)
        )

    def closed(self, state: str, *, text: str = "") -> tuple[FollowUp, ...]:
        """`state` is done or cancelled; the one closed last comes first."""
        return tuple(one for one in map(self._of, self.store.followups.closed(state)) if _has(one, text))

    def owners(self) -> tuple[str, ...]:
        return tuple(sorted({one.owner for one in self.store.followups.open(limit=MOST)}, key=str.casefold))

    def counts(self) -> tuple[int, int]:
        """Overdue and open: for the rail and for Today."""
        return self.store.followups.counts(self.clock())

    def of(self, uid: str) -> FollowUp:
        return self._of(self.store.followups.of(uid))

    def steps(self, uid: str) -> tuple[StoredStep, ...]:
        return tuple(self.store.followups.steps_of(uid))

    def _of(self, stored: StoredFollowUp) -> FollowUp:
        now = self.clock()
        late = now - stored.due if stored.state == "open" and stored.due and stored.due < now else None
        patient = patients.patient(self.store, stored.patient)
        return FollowUp(stored, patient, self._group(stored, now), late)

    def _group(self, stored: StoredFollowUp, now: datetime) -> str:
        if stored.state != "open":
            return stored.state
        if stored.due is None:
            return "waiting"
        if stored.due < now:
            return "overdue"
        today, day = self.today(), stored.due.astimezone(self.zone).date()
        if day == today:
            return "today"
        return "this week" if day - today < timedelta(days=7) else "later"

    def today(self) -> date:
        return self.clock().astimezone(self.zone).date()


def _rank(one: FollowUp) -> tuple[int, int]:
    """A call that an emergency waits for stands above a blood test that has waited for weeks. Sorting keeps the order
    of the deadlines within each."""
    return (0, -Urgency.of(one.stored.urgency)) if one.group == "overdue" else (1, 0)


def _has(one: FollowUp, text: str) -> bool:
    words = text.casefold().split()
    where = f"{one.patient.name} {one.patient.nhs_number or ''} {one.stored.what} {one.stored.owner}".casefold()
    return all(word in where for word in words)
