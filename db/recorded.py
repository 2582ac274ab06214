"""Which rows the audit trail holds a digest of, and whether they still are what they were then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.driver import rows
from db.trail import Break, Entry, Trail

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True)
class Kind:
    """`row` selects what is hashed; `keys` are the names in `which` that find one row of it."""

    row: str
    keys: dict[str, str]
    unrecorded: str


OF_ENCOUNTER = "JOIN encounters ON encounters.id = encounter_id"
KINDS = {
    "patient added": Kind(
        "SELECT uid, family, given, title, born, sex, nhs_number, made_at FROM patients",
        {"patient": "uid"},
        "SELECT uid AS patient, id AS place FROM patients",
    ),
    "encounter begun": Kind(
        "SELECT encounters.uid, patients.uid AS patient, began_at, clinician, rule_set"
        " FROM encounters JOIN patients ON patients.id = patient_id",
        {"encounter": "encounters.uid"},
        "SELECT uid AS encounter, id AS place FROM encounters",
    ),
    "answer saved": Kind(
        f"SELECT encounters.uid, seq, item, value, said_by, who, at FROM answers {OF_ENCOUNTER}",
        {"answer": "seq"},
        "SELECT seq AS answer, seq AS place FROM answers",
    ),
    "version signed": Kind(
        "SELECT encounters.uid, number, versions.rule_set, versions.answers, assessment, who, at, why"
        f" FROM versions {OF_ENCOUNTER}",
        {"encounter": "encounters.uid", "version": "number"},
        f"SELECT uid AS encounter, number AS version, versions.rowid AS place FROM versions {OF_ENCOUNTER}",
    ),
}


def digest_of(database: Database, trail: Trail, what: str, which: dict[str, Any]) -> str:
    """Of the row as it is now; nothing if it isn't there."""
    kind = KINDS[what]
    where = " AND ".join(f"{column} = ?" for column in kind.keys.values())
    for row in rows(database, f"{kind.row} WHERE {where}", [which[name] for name in kind.keys]):
        return trail.digest(row)
    return ""


def changed_rows(database: Database, trail: Trail) -> Iterator[Break]:
    """Rows of the record that aren't what they were when the trail was told of them."""
    for entry in trail.entries():
        if entry.what in KINDS and entry.new != digest_of(database, trail, entry.what, json.loads(entry.which)):
            yield Break(entry.seq, f"{entry.what}: what it tells of was changed or is gone")
    for what in KINDS:
        yield from _unrecorded(database, trail, what)
    for uid in _wrong_snapshots(database):
        yield Break(0, f"encounter {uid}: what is shown is not what its answers come to")


def _unrecorded(database: Database, trail: Trail, what: str) -> Iterator[Break]:
    """Rows put in past the trail. Those from before there was a trail come before the first it knows."""
    known: list[Entry] = [entry for entry in trail.entries() if entry.what == what]
    names = {_key(what, json.loads(entry.which)) for entry in known}
    there = list(rows(database, f"{KINDS[what].unrecorded} ORDER BY place"))
    first = next((number for number, row in enumerate(there) if _key(what, row) in names), len(there))
    for row in there[first:]:
        if _key(what, row) not in names:
            yield Break(0, f"{what}: {json.dumps(_told(what, row))} was put in past the trail")


def _wrong_snapshots(database: Database) -> Iterator[str]:
    """Screens and lists show the snapshot on the encounter; the answers are what was said."""
    said = "SELECT item, value FROM answers WHERE encounter_id = ? ORDER BY seq"
    for row in rows(database, "SELECT id, uid, answers FROM encounters"):
        latest = {answer["item"]: answer["value"] for answer in rows(database, said, [row["id"]])}
        come_to = {item: json.loads(value) for item, value in latest.items() if value is not None}
        if json.loads(row["answers"]) != come_to:
            yield str(row["uid"])


def _key(what: str, which: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_told(what, which).values())


def _told(what: str, which: dict[str, Any]) -> dict[str, Any]:
    return {name: which[name] for name in KINDS[what].keys}
