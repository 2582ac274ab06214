"""All that the store holds about one patient, found by following the references from table to table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.driver import rows
from db.errors import NotInStore
from db.recorded import KINDS

if TYPE_CHECKING:
    from db.database import Database

# Held by the uid in it, not by a reference.
CHANGES = "kind = 'patient' AND uid IN ({patients}) OR kind = 'encounter' AND uid IN ({encounters})"
ABOUT_NOBODY = {
    *("accounts", "practice_settings", "rule_sets", "screenings", "trail", "_sqlite_migrations", "sqlite_sequence"),
    *("phrases", "note_words", "note_words_config", "note_words_data", "note_words_docsize", "note_words_idx"),
    *("patient_names", "patient_names_config", "patient_names_data", "patient_names_docsize", "patient_names_idx"),
    *("sqlite_stat1", "sqlite_stat4"),
    "interrupted",  # where each person was when the window was locked; an erasure empties it
}


@dataclass(frozen=True)
class Held:
    """The rows of one table that are about the patient; `where` selects them."""

    table: str
    where: str


def people(database: Database, uid: str) -> list[str]:
    """The patient and the duplicates that were merged into it: one person."""
    sql = (
        "SELECT uid FROM patients WHERE uid = ? OR merged_into = (SELECT id FROM patients WHERE uid = ?)"
        " ORDER BY merged_into IS NOT NULL, id"
    )
    found = [str(row["uid"]) for row in rows(database, sql, [uid, uid])]
    if uid not in found:
        raise NotInStore(about="patient")
    return found


def holdings(database: Database, uids: list[str]) -> list[Held]:
    """What refers to something comes before it, so that rows can be taken out in this order."""
    named = f"SELECT value FROM json_each('{_quoted(uids)}')"
    references = _references(database)
    found = _following("patients", f"patients.uid IN ({named})", references)
    if "changes" in _tables(database):
        own = "SELECT encounters.uid FROM encounters JOIN patients ON patients.id = patient_id WHERE patients.uid"
        found.insert(0, Held("changes", CHANGES.format(patients=named, encounters=f"{own} IN ({named})")))
    return list(dict.fromkeys(found))


def keys_of(database: Database, held: list[Held]) -> dict[str, list[list[Any]]]:
    """What finds each of these rows in the trail, by the act that the trail first tells of."""
    where = {each.table: each.where for each in held}
    found: dict[str, list[list[Any]]] = {}
    for what, kind in KINDS.items():
        table = kind.tables.split()[0]
        if table in where and not any(KINDS[other].row == kind.row for other in found):
            columns = ", ".join(kind.keys.values())
            placed = f"{kind.place} IN (SELECT rowid FROM {table} WHERE {where[table]})"
            sql = f"SELECT {columns} FROM {kind.tables} WHERE {placed}"
            found[what] = [list(row) for row in database.conn.execute(sql)]
    return found


def table_rows(database: Database, held: Held) -> list[dict[str, Any]]:
    return list(rows(database, f"SELECT * FROM {held.table} WHERE {held.where}"))


def unplaced(database: Database) -> set[str]:
    """Tables that are neither about a patient nor known to be about nobody; there must be none."""
    reached = {held.table for held in holdings(database, [])}
    return _tables(database) - reached - ABOUT_NOBODY


def _following(table: str, where: str, references: dict[str, list[tuple[str, str, str]]]) -> list[Held]:
    found = []
    for child, column, parent_column in references.get(table, []):
        if child != table:
            nested = f"{child}.{column} IN (SELECT {table}.{parent_column} FROM {table} WHERE {where})"
            found += _following(child, nested, references)
    return [*found, Held(table, where)]


def _references(database: Database) -> dict[str, list[tuple[str, str, str]]]:
    """By the table that is referred to: the one that refers, its column, and the column referred to."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for table in sorted(_tables(database)):
        for row in rows(database, f"PRAGMA foreign_key_list({table})"):
            found.setdefault(row["table"], []).append((table, row["from"], row["to"]))
    return found


def _tables(database: Database) -> set[str]:
    return {row["name"] for row in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def _quoted(uids: list[str]) -> str:
    return json.dumps(uids).replace("'", "''")


def text_columns(database: Database) -> Iterator[tuple[str, str]]:
    """Every column of every table that can hold a name, the indexes of words left out."""
    for table in sorted(_tables(database)):
        if not table.startswith(("patient_names", "note_words")):
            for row in rows(database, f"PRAGMA table_info({table})"):
                if row["type"] in ("TEXT", ""):
                    yield table, row["name"]


def not_seen_since(database: Database, before: str) -> list[dict[str, Any]]:
    """Patients for whom nothing was written since; a duplicate goes with the patient it was merged into."""
    sql = """
        WITH seen AS (
            SELECT ifnull(merged_into, patients.id) AS id, max(changed_at) AS last
            FROM encounters JOIN patients ON patients.id = patient_id GROUP BY 1
        )
        SELECT uid, family, given, born, last AS last_seen FROM patients LEFT JOIN seen USING (id)
        WHERE merged_into IS NULL AND ifnull(last, made_at) < ? ORDER BY ifnull(last, made_at), id
    """
    return list(rows(database, sql, [before]))
