"""The audit trail to be read: filtered, page by page, and written out. Ids only, as it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from db.store import Store
from db.trail import SHOWN, Entry
from db.trail_search import Wanted, found, is_encounter, who_and_what
from desktop.record.consultation import Clock
from desktop.record.patients import find_patients
from desktop.record.roles import Act, Rights
from desktop.record.tables import table_csv

PAGE = 200
HEAD = ("number", "time (UTC)", "offset", "who", "what", "which", "old", "new", "why", "clock went back", "mac")
COLUMNS = ("seq", "at", "zone", "who", "what", "which", "old", "new", "why", "clock_back", "mac")
CALLED = {"followup": "follow-up", "act": ""}
"""Where a name in the trail is no word: what was done is one by itself."""


class Filter(Struct, frozen=True):
    """`whom` is a name, an NHS number, or the id of a patient or an encounter. Days by the practice's calendar."""

    who: str = ""
    what: str = ""
    whom: str = ""
    since: date | None = None
    until: date | None = None


class TrailRow(Struct, frozen=True):
    number: int
    at: datetime
    who: str
    what: str
    which: str
    why: str
    clock_back: bool
    mac: str


class AuditTrail:
    def __init__(self, store: Store, *, rights: Rights, clock: Clock, zone: ZoneInfo) -> None:
        self._store, self._rights, self._clock, self._zone = store, rights, clock, zone

    @property
    def head(self) -> str:
        return str(self._store.trail.head())

    def choices(self) -> tuple[list[str], list[str]]:
        """Who and what there is to choose from."""
        self._rights.need(Act.AUDIT)
        return who_and_what(self._store.trail)

    def rows(self, wanted: Filter, *, before: int | None = None) -> list[TrailRow]:
        """A page, the latest first. That somebody looked stands in the trail once for each new filter."""
        self._rights.need(Act.AUDIT)
        if before is None:
            self._tell("audit trail read", wanted)
        entries = found(self._store.trail, self._wanted(wanted), before=before, limit=PAGE)
        return [self._row(entry) for entry in entries]

    def csv(self, wanted: Filter) -> str:
        """All of it, with what a spreadsheet would run made harmless; the export stands in the trail before it is
        made, so it is in it too."""
        self._rights.need(Act.AUDIT)
        self._tell("audit trail exported", wanted)
        return table_csv(self._lines(wanted))

    def _lines(self, wanted: Filter) -> Iterator[Sequence[object]]:
        yield HEAD
        for entry in found(self._store.trail, self._wanted(wanted)):
            yield [getattr(entry, column) for column in COLUMNS]

    def _wanted(self, wanted: Filter) -> Wanted:
        whom, encounter, patients = wanted.whom.strip(), "", None
        if whom and is_encounter(self._store.trail, whom):
            encounter = whom
        elif whom:
            patients = [whom, *(patient.uid for patient in find_patients(self._store, whom, limit=200))]
        return Wanted(
            who=wanted.who,
            what=wanted.what,
            encounter=encounter,
            patients=patients,
            since=self._midnight(wanted.since),
            until=self._midnight(wanted.until + timedelta(days=1) if wanted.until else None),
        )

    def _midnight(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time(), self._zone) if day else None

    def _row(self, entry: Entry) -> TrailRow:
        at = datetime.fromisoformat(entry.at).astimezone(self._zone)
        told = json.loads(entry.which).items()
        which = ", ".join(f"{CALLED.get(name, name)} {_short(value)}".strip() for name, value in told)
        return TrailRow(
            entry.seq, at, entry.who, entry.what, which, entry.why, bool(entry.clock_back), entry.mac[:SHOWN]
        )

    def _tell(self, what: str, wanted: Filter) -> None:
        """Which filter, but not the name that was looked for: there are none in the trail."""
        days = {name: day.isoformat() for name, day in (("since", wanted.since), ("until", wanted.until)) if day}
        asked = {"who": wanted.who, "what": wanted.what, "one patient": "yes" if wanted.whom.strip() else ""}
        which = {name: word for name, word in asked.items() if word} | days
        with self._store.all_or_nothing():
            self._store.trail.append(who=self._rights.user, at=self._clock(), what=what, which=which)


def _short(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
