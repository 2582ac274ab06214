"""Taking all of one patient out of the store: the one operation that removes rows. The trail keeps a tombstone.

The chain of the trail stays whole, because it holds ids and hashes only; the tombstone says which rows are gone, so
that the check of the store can tell them from rows that somebody took out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import places
from db.backup import FOLDER, Backup, backups_in
from db.driver import explained, rows, written
from db.errors import ReasonForErasureMissing
from db.holdings import Held, holdings, keys_of, people, text_columns
from db.restore import REPLACED
from db.thinning import gone_by
from db.trail import Trail
from db.verify import ERASED

if TYPE_CHECKING:
    from db.database import Database

REASONS = {
    "retention": "the period for which the record is kept is over",
    "request": "the patient asked for it, and it was granted",
    "mistake": "it was made by mistake and belongs to nobody",
    "court": "a court or regulator ordered it",
}
SHORTEST = 3


@dataclass(frozen=True)
class Erased:
    """`still` are texts elsewhere in which a name or number of the patient still stands, by table. `files` are papers
    that were removed, `not_removed` those that the system would not: open in another program, for one."""

    encounters: int
    rows: int
    still: dict[str, int]
    files: tuple[Path, ...]
    not_removed: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Remaining:
    """A backup that still holds the patient, and the day on which it is thinned if backups go on every day."""

    backup: Backup
    gone_by: date


def erase(database: Database, path: Path, trail: Trail, uid: str, *, reason: str, who: str, at: datetime) -> Erased:
    """With the duplicates that were merged into it. Afterwards the file is written anew and searched."""
    if reason not in REASONS:
        raise ReasonForErasureMissing(uid)
    with explained(path):
        with written(database):
            uids = people(database, uid)
            words, encounters = _words(database, uids), _encounters(database, uids)
            held = holdings(database, uids)
            gone = keys_of(database, held)
            removed = _remove(database, held)
            which = {"patients": uids, "gone": gone}
            trail.append(who=who, at=at, what=ERASED, which=which, why=reason)
        database.execute("VACUUM")
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        still = {table: count for table, count in _standing(database, words).items() if count}
    papers = _papers(path.parent, encounters)
    dropped = tuple(paper for paper in papers if _drop(paper))
    not_removed = tuple(paper for paper in papers if paper not in dropped)
    return Erased(len(encounters), removed, still, dropped, not_removed)


def remaining(store: Path, made_at: datetime, now: datetime) -> list[Remaining]:
    """The one that goes last comes first."""
    found = []
    for place in [store / FOLDER, *filter(None, [places.second_place(store)])]:
        there = {backup.made_at: backup for backup in backups_in(place)}
        held = [backup for moment, backup in there.items() if made_at <= moment <= now]
        found += [Remaining(backup, gone_by(backup.made_at, there, now)) for backup in held]
    return sorted(found, key=lambda one: one.gone_by, reverse=True)


def kept_aside(store: Path) -> list[Path]:
    """Stores that were replaced; nothing thins them, so they are named and somebody has to decide."""
    return sorted((store / REPLACED).glob("*Z"))


def _remove(database: Database, held: list[Held]) -> int:
    removed = 0
    with _without_refusals(database, {each.table for each in held}):
        for each in held:
            if each.table == "patients":  # a duplicate points to the other
                database.execute(f"UPDATE patients SET merged_into = NULL WHERE {each.where}")
            removed += database.execute(f"DELETE FROM {each.table} WHERE {each.where}").rowcount
        database.execute("DELETE FROM interrupted")
        # Otherwise the words of the names would stay in pieces of the index until it is next put together.
        database.execute("INSERT INTO patient_names (patient_names) VALUES ('rebuild')")
        database.execute("INSERT INTO note_words (note_words) VALUES ('optimize')")
    return removed


@contextmanager
def _without_refusals(database: Database, tables: set[str]) -> Iterator[None]:
    """The triggers that refuse to change or remove, put back word for word in the same transaction."""
    refusals = [
        row
        for row in rows(database, "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        if row["tbl_name"] in tables and "refuse" in row["name"]
    ]
    for row in refusals:
        database.execute(f"DROP TRIGGER {row['name']}")
    yield
    for row in refusals:
        database.execute(row["sql"])


def _words(database: Database, uids: list[str]) -> list[str]:
    """What would give the patient away: family name, number, telephone, address."""
    sql = "SELECT family, nhs_number, telephone, address FROM patients WHERE uid IN (SELECT value FROM json_each(?))"
    found = {str(value).strip() for row in rows(database, sql, [json.dumps(uids)]) for value in row.values() if value}
    return sorted(word for word in found if len(word) >= SHORTEST)


def _encounters(database: Database, uids: list[str]) -> list[str]:
    sql = (
        "SELECT encounters.uid FROM encounters JOIN patients ON patients.id = patient_id"
        " WHERE patients.uid IN (SELECT value FROM json_each(?))"
    )
    return [str(row["uid"]) for row in rows(database, sql, [json.dumps(uids)])]


def _standing(database: Database, words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for table, column in text_columns(database):
        for word in words:
            sql = f"SELECT count(*) AS n FROM {table} WHERE instr(lower({column}), lower(?))"
            found[table] = found.get(table, 0) + next(rows(database, sql, [word]))["n"]
    return found


def _papers(store: Path, encounters: list[str]) -> list[Path]:
    """What was written beside the store carries the id of its encounter in its name."""
    return [path for path in (store / "documents").glob("*") if any(uid in path.name for uid in encounters)]


def _drop(paper: Path) -> bool:
    try:
        paper.unlink(missing_ok=True)
    except OSError:
        return False
    return True
