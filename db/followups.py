"""What signed plans promised: each line until it is done, or cancelled with a reason. Nothing is closed by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows, written
from db.errors import FollowUpGone
from db.recorded import digest_of
from db.trail import Trail, moment_of, utc_text

if TYPE_CHECKING:
    from db.database import Database

CHANGED = "follow-up changed"
COLUMNS = """
    followups.uid, encounters.uid AS encounter, ifnull(kept.uid, patients.uid) AS patient, line, kind, what, urgency,
    followups.rules, owner, due, latest, waits_for, followups.state, outcome, followups.made_at, followups.changed_at
"""
TABLES = """
    followups JOIN encounters ON encounters.id = encounter_id JOIN patients ON patients.id = patient_id
    LEFT JOIN patients AS kept ON kept.id = patients.merged_into
"""
NO_DATE = "9999"
"""Sorts after every moment: what waits for something has no deadline of its own."""


class StoredFollowUp(Struct, frozen=True):
    """`due` is when it must have happened, `latest` the limit it comes from; neither where it waits for something."""

    uid: str
    encounter: str
    patient: str
    line: str
    kind: str
    what: str
    urgency: str
    rules: tuple[str, ...]
    owner: str
    due: datetime | None
    latest: datetime | None
    waits_for: str
    state: str
    outcome: str
    made_at: datetime
    changed_at: datetime


class StoredStep(Struct, frozen=True):
    """One act on a follow-up and what was told of it: outcome, words, reason, earlier and later date."""

    act: str
    told: dict[str, Any]
    who: str
    at: datetime


class FollowUps:
    """Each method that writes may be part of a transaction that its caller has opened."""

    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def add(
        self,
        uid: str,
        *,
        encounter: str,
        line: str,
        kind: str,
        what: str,
        urgency: str,
        rules: Sequence[str],
        owner: str,
        due: datetime | None,
        latest: datetime | None,
        waits_for: str,
        who: str,
        at: datetime,
        told: Mapping[str, Any] | None = None,
    ) -> None:
        values = [
            *(uid, encounter, line, kind, what, urgency, json.dumps(list(rules)), owner),
            *(_text(due), _text(latest), waits_for, utc_text(at), utc_text(at)),
        ]
        with written(self._database):
            self._database.execute(ADD, values)
            self._step(uid, "made", told or {}, who, at)

    def change(self, uid: str, act: str, told: Mapping[str, Any], *, who: str, at: datetime, **columns: Any) -> None:
        """`columns` are those of the row that the act changes: state, outcome, owner, due, latest, what, waits_for."""
        unknown = columns.keys() - CHANGEABLE
        if unknown:
            raise ValueError(f"not a column that an act changes: {', '.join(sorted(unknown))}")
        named = {name: _text(value) if isinstance(value, datetime) else value for name, value in columns.items()}
        sets = ", ".join(f"{name} = ?" for name in (*named, "changed_at"))
        with written(self._database):
            old = digest_of(self._database, self._trail, CHANGED, {"followup": uid})
            values = [*named.values(), utc_text(at), uid]
            if not self._database.execute(f"UPDATE followups SET {sets} WHERE uid = ?", values).rowcount:
                raise FollowUpGone
            self._step(uid, act, told, who, at, old)

    def of(self, uid: str) -> StoredFollowUp:
        for row in self._rows("WHERE followups.uid = ?", [uid]):
            return row
        raise FollowUpGone

    def of_encounter(self, encounter: str) -> list[StoredFollowUp]:
        return self._rows("WHERE encounters.uid = ? ORDER BY ifnull(due, ?), followups.id", [encounter, NO_DATE])

    def of_patient(self, patient: str) -> list[StoredFollowUp]:
        return self._rows(
            "WHERE ifnull(kept.uid, patients.uid) = ? AND patient_id IN (SELECT id FROM patients AS same"
            " WHERE same.uid = ? OR same.merged_into = (SELECT id FROM patients WHERE uid = ?))"
            " ORDER BY ifnull(due, ?), followups.id",
            [patient, patient, patient, NO_DATE],
        )

    def open(self, *, limit: int = 200) -> list[StoredFollowUp]:
        """In the order of their deadlines; what waits for something comes last."""
        where = "WHERE followups.state = 'open' ORDER BY ifnull(due, '9999'), followups.id LIMIT ?"
        return self._rows(where, [limit])

    def closed(self, state: str, *, limit: int = 200) -> list[StoredFollowUp]:
        """The one closed last comes first."""
        where = "WHERE followups.state != 'open' AND followups.state = ?"
        return self._rows(f"{where} ORDER BY followups.changed_at DESC, followups.id LIMIT ?", [state, limit])

    def counts(self, now: datetime) -> tuple[int, int]:
        """How many are overdue, and how many are open."""
        sql = "SELECT count(*) AS open, total(ifnull(due, '9999') < ?) AS overdue FROM followups WHERE state = 'open'"
        (row,) = rows(self._database, sql, [utc_text(now)])
        return int(row["overdue"]), row["open"]

    def steps_of(self, uid: str) -> list[StoredStep]:
        """In the order in which they were taken."""
        sql = (
            "SELECT act, told, followup_steps.who, at FROM followup_steps JOIN followups ON followups.id = followup_id"
        )
        found = rows(self._database, f"{sql} WHERE followups.uid = ? ORDER BY seq", [uid])
        return [StoredStep(row["act"], json.loads(row["told"]), row["who"], moment_of(row["at"])) for row in found]

    def _rows(self, where: str, values: Sequence[Any]) -> list[StoredFollowUp]:
        return [_followup(row) for row in rows(self._database, f"SELECT {COLUMNS} FROM {TABLES} {where}", values)]

    def _step(self, uid: str, act: str, told: Mapping[str, Any], who: str, at: datetime, old: str = "") -> None:
        add = "INSERT INTO followup_steps (followup_id, act, told, who, at) SELECT id, ?, ?, ?, ? FROM followups"
        self._database.execute(f"{add} WHERE uid = ?", [act, json.dumps(dict(told)), who, utc_text(at), uid])
        (row,) = rows(self._database, "SELECT last_insert_rowid() AS step")
        new = digest_of(self._database, self._trail, "follow-up step kept", row)
        self._trail.append(who=who, at=at, what="follow-up step kept", which=row | {"followup": uid}, new=new)
        which = {"followup": uid, "act": act}
        now = digest_of(self._database, self._trail, CHANGED, which)
        self._trail.append(who=who, at=at, what=CHANGED, which=which, old=old, new=now)


CHANGEABLE = {"state", "outcome", "owner", "due", "latest", "what", "waits_for"}
ADD = """
    INSERT INTO followups (uid, encounter_id, line, kind, what, urgency, rules, owner, due, latest, waits_for,
        state, outcome, made_at, changed_at)
    VALUES (?, (SELECT id FROM encounters WHERE uid = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', ?, ?)
"""


def _followup(row: dict[str, Any]) -> StoredFollowUp:
    moments = {name: row[name] and moment_of(row[name]) for name in ("due", "latest", "made_at", "changed_at")}
    return StoredFollowUp(**row | moments | {"rules": tuple(json.loads(row["rules"]))})


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else utc_text(moment)
