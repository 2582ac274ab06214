"""What a patient has a right to: everything that is held about them, and being taken out; and whose time is over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict

from db.erasure import REASONS, Erased, Remaining, kept_aside, remaining
from db.store import Store
from desktop.record.consultation import Clock
from desktop.record.encounter import LONDON
from desktop.record.roles import Act, Rights
from desktop.record.tables import table_csv

FORMAT = 1
ADULT_YEARS, CHILD_UNTIL = 8, 25
ANSWER_HEAD = ("encounter began", "item", "answer", "said by", "written by", "at")
ANSWER_COLUMNS = ("item", "value", "said_by", "who", "at")

__all__ = ["REASONS", "Due", "Erased", "Going", "Holdings", "Remaining", "SubjectAccess"]


@dataclass(frozen=True)
class Holdings:
    """Every row about one patient, by table, and what the audit trail says was done with them; `head` is its own."""

    patient_uid: str
    tables: dict[str, list[dict[str, Any]]]
    trail: tuple[dict[str, Any], ...]
    at: datetime
    head: str

    def documents(self) -> dict[str, bytes]:
        """What was printed or saved for the patient, by the name it is given in the JSON."""
        return {_file(row): bytes(row["data"]) for row in self.tables.get("documents", [])}

    def as_json(self) -> str:
        told: dict[str, object] = {"format": FORMAT, "made_at": self.at.isoformat()}
        told |= {"tables": _without_bytes(self.tables), "audit_trail": self.trail}
        return json.dumps(told, ensure_ascii=False, indent=2, default=str)

    def answers_csv(self) -> str:
        """For a spreadsheet."""
        encounters = {row["id"]: row for row in self.tables["encounters"]}
        rows = [
            (encounters[row["encounter_id"]]["began_at"], *(row[column] for column in ANSWER_COLUMNS))
            for row in self.tables["answers"]
        ]
        return table_csv([ANSWER_HEAD, *rows])


@dataclass(frozen=True)
class Due:
    """A patient whose record is to be looked at: kept or removed is somebody's decision, never made here."""

    patient_uid: str
    name: str
    born: date | None
    last_seen: datetime | None
    why: str


@dataclass(frozen=True)
class Going:
    """What would be removed with a patient, and where it is still held afterwards, longest first."""

    uids: tuple[str, ...]
    encounters: int
    open_followups: int
    backups: tuple[Remaining, ...]
    replaced: tuple[str, ...]


class SubjectAccess:
    def __init__(self, store: Store, *, rights: Rights, clock: Clock) -> None:
        self._store, self._rights, self._clock = store, rights, clock

    def holdings(self, patient_uid: str) -> Holdings:
        """The trail is told that it was exported."""
        self._rights.need(Act.PRINT)
        at, tables = self._clock(), self._store.custody.holdings(patient_uid)
        self._tell("patient exported", patient_uid, at)
        names = {str(row["uid"]) for table in tables.values() for row in table if "uid" in row}
        trail = tuple(asdict(entry) for entry in self._store.trail.entries() if _concerns(entry.which, names))
        return Holdings(patient_uid, tables, trail, at, str(self._store.trail.head()))

    def still_in_backups(self, patient_uid: str) -> list[Remaining]:
        """Named with the day on which each is thinned, if backups go on being made."""
        made_at = min(row["made_at"] for row in self._store.custody.holdings(patient_uid)["patients"])
        return remaining(self._store.folder, datetime.fromisoformat(made_at), self._clock())

    def going(self, patient_uid: str) -> Going:
        tables = self._store.custody.holdings(patient_uid)
        return Going(
            uids=tuple(row["uid"] for row in tables["patients"]),
            encounters=len(tables["encounters"]),
            open_followups=sum(row["state"] == "open" for row in tables.get("followups", [])),
            backups=tuple(self.still_in_backups(patient_uid)),
            replaced=tuple(self.replaced_stores),
        )

    def erase(self, patient_uid: str, reason: str) -> Erased:
        self._rights.need(Act.SIGN)
        return self._store.custody.erase(patient_uid, reason=reason, who=self._rights.user, at=self._clock())

    @property
    def replaced_stores(self) -> list[str]:
        """Kept aside by a restore; nothing thins them, so somebody has to decide."""
        return [str(path) for path in kept_aside(self._store.folder)]

    def due_for_review(self) -> list[Due]:
        """Not seen for eight years, and by then 25 or older (a child's record is kept until the 25th birthday)."""
        self._rights.need(Act.AUDIT)
        return list(self._due(self._clock()))

    def _due(self, now: datetime) -> Iterator[Due]:
        today = now.astimezone(LONDON).date()
        for row in self._store.custody.not_seen_since(_years_before(now, ADULT_YEARS)):
            born = date.fromisoformat(row["born"]) if row["born"] else None
            if born is None or _birthday(born, CHILD_UNTIL) <= today:
                seen = datetime.fromisoformat(row["last_seen"]) if row["last_seen"] else None
                name = ", ".join(part for part in (row["family"].upper(), row["given"]) if part)
                yield Due(row["uid"], name, born, seen, f"nothing written for {ADULT_YEARS} years")

    def _tell(self, what: str, patient_uid: str, at: datetime) -> None:
        with self._store.all_or_nothing():
            self._store.trail.append(who=self._rights.user, at=at, what=what, which={"patient": patient_uid})


def _without_bytes(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        table: [row | {"data": _file(row)} if isinstance(row.get("data"), bytes) else row for row in rows]
        for table, rows in tables.items()
    }


def _file(row: dict[str, Any]) -> str:
    return f"document-{row['seq']}.{row['form']}"


def _concerns(which: str, names: set[str]) -> bool:
    told = json.loads(which)
    return any(isinstance(value, str) and value in names for value in told.values())


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # 29 February
        return now.replace(year=now.year - years, day=28)


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
