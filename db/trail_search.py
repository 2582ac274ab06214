"""Rows of the audit trail by who, what, when and to which; the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.driver import rows
from db.trail import Entry, Trail, utc_text

OF_PATIENT = """(
    json_extract(which, '$.patient') IN ({marks}) OR json_extract(which, '$.encounter') IN (
        SELECT encounters.uid FROM encounters JOIN patients ON patients.id = patient_id WHERE patients.uid IN ({marks})
    )
)"""


@dataclass(frozen=True)
class Wanted:
    """`patients` are uids, and rows of their encounters count; None is everybody. `until` is left out itself."""

    who: str = ""
    what: str = ""
    encounter: str = ""
    patients: Sequence[str] | None = None
    since: datetime | None = None
    until: datetime | None = None


def found(trail: Trail, wanted: Wanted, *, before: int | None = None, limit: int = -1) -> Iterator[Entry]:
    """`before` is the number of the last row that is known already."""
    conditions, values = _conditions(wanted)
    if before is not None:
        conditions, values = [*conditions, "seq < ?"], [*values, before]
    where = " AND ".join(conditions) or "1"
    for row in rows(trail.database, f"SELECT * FROM trail WHERE {where} ORDER BY seq DESC LIMIT ?", [*values, limit]):
        yield Entry(**row)


def who_and_what(trail: Trail) -> tuple[list[str], list[str]]:
    """Everybody and everything that is in it, for choosing from."""
    who = [row["who"] for row in rows(trail.database, "SELECT DISTINCT who FROM trail ORDER BY who")]
    what = [row["what"] for row in rows(trail.database, "SELECT DISTINCT what FROM trail ORDER BY what")]
    return who, what


def is_encounter(trail: Trail, uid: str) -> bool:
    return any(rows(trail.database, "SELECT 1 FROM encounters WHERE uid = ?", [uid]))


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    told: list[tuple[str, list[Any]]] = []
    if wanted.who:
        told.append(("who = ?", [wanted.who]))
    if wanted.what:
        told.append(("what = ?", [wanted.what]))
    if wanted.encounter:
        told.append(("json_extract(which, '$.encounter') = ?", [wanted.encounter]))
    if wanted.patients is not None:
        marks = ", ".join("?" * len(wanted.patients))
        told.append((OF_PATIENT.format(marks=marks), [*wanted.patients, *wanted.patients]))
    if wanted.since:
        told.append(("at >= ?", [utc_text(wanted.since)]))
    if wanted.until:
        told.append(("at < ?", [utc_text(wanted.until)]))
    return [condition for condition, _ in told], [value for _, values in told for value in values]
