"""Rows of the audit trail by who, what, when and to which; the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.driver import rows
from db.trail import Entry, Trail, utc_text

# In the words of the indexes of db.migrations_of_trail, so that they are used: in this order (CROSS), and with uids
# that the affinity of their column (hence the +) does not keep from being looked up among what JSON gives.
OF_ENCOUNTER = "json_extract(which, '$.encounter') IS NOT NULL AND json_extract(which, '$.encounter')"
OF_PATIENT = f"""seq IN (
    SELECT seq FROM trail
    WHERE json_extract(which, '$.patient') IS NOT NULL AND json_extract(which, '$.patient') IN ({{marks}})
    UNION ALL SELECT seq
    FROM patients CROSS JOIN encounters ON encounters.patient_id = patients.id CROSS JOIN trail
    WHERE patients.uid IN ({{marks}}) AND {OF_ENCOUNTER} = +encounters.uid
)"""
ANSWER = "answer saved"
BUT_ANSWERS = f"what != '{ANSWER}'"


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
    """Everybody and everything that is in it, for choosing from. Who saved an answer has signed in, or begun something:
    so the many rows of answers needn't be looked through."""
    of = {}
    for column in ("who", "what"):
        sql = f"SELECT DISTINCT {column} AS one FROM trail WHERE {BUT_ANSWERS} ORDER BY one"
        of[column] = [row["one"] for row in rows(trail.database, sql)]
    answers = any(rows(trail.database, "SELECT 1 FROM trail WHERE what = ? LIMIT 1", [ANSWER]))
    return of["who"], sorted([*of["what"], *([ANSWER] if answers else [])])


def is_encounter(trail: Trail, uid: str) -> bool:
    return any(rows(trail.database, "SELECT 1 FROM encounters WHERE uid = ?", [uid]))


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    told: list[tuple[str, list[Any]]] = []
    if wanted.who:
        told.append(("who = ?", [wanted.who]))
    if wanted.what:
        told.append(("what = ?" if wanted.what == ANSWER else f"{BUT_ANSWERS} AND what = ?", [wanted.what]))
    if wanted.encounter:
        told.append((f"{OF_ENCOUNTER} = ?", [wanted.encounter]))
    if wanted.patients is not None:
        marks = ", ".join("?" * len(wanted.patients))
        told.append((OF_PATIENT.format(marks=marks), [*wanted.patients, *wanted.patients]))
    if wanted.since:
        told.append(("at >= ?", [utc_text(wanted.since)]))
    if wanted.until:
        told.append(("at < ?", [utc_text(wanted.until)]))
    return [condition for condition, _ in told], [value for _, values in told for value in values]
