"""What a practice counts of its signed encounters and of what followed; every number has the list behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows, written
from db.trail import moment_of, utc_text

if TYPE_CHECKING:
    from db.database import Database

FACTS = "INSERT INTO signed_facts (encounter_id, month, urgency, treated_as, asked, of) SELECT id, ?, ?, ?, ?, ?"
FLAG = "INSERT INTO signed_flags (encounter_id, rule, urgency, treated_as, reason) SELECT id, ?, ?, ?, ?"
OF = "FROM encounters WHERE uid = ?"
PARTS = {
    "month": "month = ?",
    "urgency": "signed_facts.urgency = ?",
    "complete": "(asked = of) = ?",
    "rule": "signed_flags.rule = ?",
    "overridden": "(signed_flags.treated_as != signed_flags.urgency) = ?",
    "reason": "signed_flags.reason = ?",
}
BEHIND = """
    SELECT DISTINCT encounters.uid AS encounter, ifnull(kept.uid, patients.uid) AS patient, began_at
    FROM signed_facts JOIN encounters ON encounters.id = signed_facts.encounter_id
    JOIN patients ON patients.id = patient_id LEFT JOIN patients AS kept ON kept.id = patients.merged_into
"""
HANDED = """
    SELECT DISTINCT encounters.uid AS encounter, ifnull(kept.uid, patients.uid) AS patient, began_at
    FROM documents JOIN encounters ON encounters.id = documents.encounter_id
    JOIN patients ON patients.id = patient_id LEFT JOIN patients AS kept ON kept.id = patients.merged_into
"""
DONE = """
    SELECT followups.uid, encounters.uid AS encounter, ifnull(kept.uid, patients.uid) AS patient,
        followups.kind, followups.urgency, followups.made_at, latest,
        (SELECT min(at) FROM followup_steps WHERE followup_id = followups.id AND act = 'done') AS done_at
    FROM followups JOIN encounters ON encounters.id = encounter_id JOIN patients ON patients.id = patient_id
    LEFT JOIN patients AS kept ON kept.id = patients.merged_into
    WHERE followups.state = 'done' AND followups.made_at >= ? AND followups.made_at < ?
"""


class Behind(Struct, frozen=True):
    """One of the encounters behind a number."""

    encounter: str
    patient: str
    began_at: datetime


class Span(Struct, frozen=True):
    """From when it was promised to when it was done; `latest` is the limit it had."""

    followup: str
    encounter: str
    patient: str
    kind: str
    urgency: str
    made_at: datetime
    done_at: datetime
    latest: datetime | None


class Counts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        encounter: str,
        *,
        month: str,
        urgency: str,
        treated_as: str,
        asked: int,
        of: int,
        flags: Sequence[tuple[str, str, str, str]],
    ) -> None:
        """In the place of what an earlier version had. Of each flag rule, urgency, treated as, reason."""
        with written(self._database):
            for table in ("signed_facts", "signed_flags"):
                self._database.execute(f"DELETE FROM {table} WHERE encounter_id = (SELECT id {OF})", [encounter])
            self._database.execute(f"{FACTS} {OF}", [month, urgency, treated_as, asked, of, encounter])
            for flag in flags:
                self._database.execute(f"{FLAG} {OF}", [*flag, encounter])

    def by_month(self, start: str, end: str) -> list[dict[str, Any]]:
        """Of each month and urgency how many, and how many of them with the whole safety screen asked."""
        sql = (
            "SELECT month, urgency, count(*) AS n, sum(asked = of) AS complete FROM signed_facts"
            " WHERE month >= ? AND month <= ? GROUP BY month, urgency ORDER BY month"
        )
        return list(rows(self._database, sql, [start, end]))

    def by_rule(self) -> list[dict[str, Any]]:
        """Of each rule how often it was signed, and how often treated as something else than it says."""
        sql = (
            "SELECT rule, count(*) AS n, sum(treated_as != urgency) AS overridden FROM signed_flags"
            " GROUP BY rule ORDER BY overridden * 1.0 / count(*) DESC, n DESC, rule"
        )
        return list(rows(self._database, sql))

    def reasons(self, rule: str) -> list[dict[str, Any]]:
        sql = "SELECT reason, count(*) AS n FROM signed_flags WHERE rule = ? AND treated_as != urgency"
        return list(rows(self._database, f"{sql} GROUP BY reason ORDER BY n DESC, reason", [rule]))

    def handed_out(self, start: datetime, end: datetime) -> list[dict[str, Any]]:
        """Of each document (its id without whom it is to) how many encounters one was kept for when it left."""
        sql = (
            "SELECT id, count(DISTINCT encounter_id) AS n FROM (SELECT CASE instr(id, ' ') WHEN 0 THEN id"
            " ELSE substr(id, 1, instr(id, ' ') - 1) END AS id, encounter_id FROM documents WHERE at >= ? AND at < ?)"
            " GROUP BY id ORDER BY n DESC, id"
        )
        return list(rows(self._database, sql, [utc_text(start), utc_text(end)]))

    def handed_out_behind(self, start: datetime, end: datetime, id: str, *, limit: int = 500) -> list[Behind]:
        sql = f"{HANDED} WHERE at >= ? AND at < ? AND (documents.id = ? OR documents.id LIKE ? || ' %')"
        values = [utc_text(start), utc_text(end), id, id, limit]
        found = rows(self._database, f"{sql} ORDER BY began_at DESC LIMIT ?", values)
        return [Behind(row["encounter"], row["patient"], moment_of(row["began_at"])) for row in found]

    def behind(self, *, limit: int = 500, **parts: Any) -> list[Behind]:
        """Those that a number counts: by month, urgency, complete, rule, overridden, reason. The latest is first."""
        join = "JOIN signed_flags USING (encounter_id)" if {"rule", "overridden", "reason"} & parts.keys() else ""
        where = " AND ".join(PARTS[name] for name in parts) or "1"
        sql = f"{BEHIND} {join} WHERE {where} ORDER BY began_at DESC LIMIT ?"
        found = rows(self._database, sql, [*parts.values(), limit])
        return [Behind(row["encounter"], row["patient"], moment_of(row["began_at"])) for row in found]

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """What was promised in that time and is done."""
        for row in rows(self._database, DONE, [utc_text(start), utc_text(end)]):
            yield Span(
                followup=row["uid"],
                encounter=row["encounter"],
                patient=row["patient"],
                kind=row["kind"],
                urgency=row["urgency"],
                made_at=moment_of(row["made_at"]),
                done_at=moment_of(row["done_at"]),
                latest=row["latest"] and moment_of(row["latest"]),
            )
