"""The work on an encounter beside its answers: decisions, flags that came and went, the place, the rules it is by."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows
from db.errors import NotInStore, ReasonMissing, UnsignedEncounter
from db.identities import Identities
from db.recorded import digest_of
from db.trail import Trail, moment_of, utc_text
from db.versions import open_for_amendment, refuse_signed

if TYPE_CHECKING:
    from db.database import Database

LATEST = "ifnull((SELECT max(seq) FROM {table} WHERE encounter_id = encounters.id), 0)"
STANDING = f"""
    SELECT id, uid, state, began_at, {LATEST.format(table="answers")} AS answer,
        {LATEST.format(table="decisions")} AS decision
    FROM encounters WHERE uid = ?
"""
AMENDED = "SELECT before, why FROM changes WHERE kind = 'encounter' AND uid = ? ORDER BY seq DESC"
SAID = "SELECT item, value, said_by, seq FROM answers WHERE encounter_id = ? ORDER BY seq"
PLACE = "SELECT item, places.at FROM places JOIN encounters ON encounters.id = encounter_id WHERE uid = ?"


class StoredDecision(Struct, frozen=True):
    """A `value` of None takes the decision back."""

    about: str
    value: Any
    who: str
    at: datetime


class StoredFlag(Struct, frozen=True):
    """A flag that came (`stands`) or went, under the rule set with that mark."""

    rule: str
    stands: bool
    rules: str
    at: datetime


class Reviews:
    """Each method that writes is part of the transaction that its caller has opened."""

    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail
        self._identities = Identities(database, trail)

    def decide(self, encounter_uid: str, about: str, value: object, *, who: str, at: datetime) -> None:
        encounter = self._open(encounter_uid)
        said = None if value is None else json.dumps(value, allow_nan=False)
        self._database.execute(
            "INSERT INTO decisions (encounter_id, about, value, who, at) VALUES (?, ?, ?, ?, ?)",
            [encounter["id"], about, said, who, utc_text(at)],
        )
        self._touch(encounter_uid, at)
        self._tell("decision saved", {"encounter": encounter_uid}, "decision", who, at)

    def decisions_of(self, encounter_uid: str) -> dict[str, StoredDecision]:
        """The latest about each thing."""
        sql = "SELECT about, value, who, at FROM decisions {} WHERE uid = ? ORDER BY seq".format(
            "JOIN encounters ON encounters.id = encounter_id"
        )
        latest = {row["about"]: row for row in rows(self._database, sql, [encounter_uid])}
        return {about: _decision(row) for about, row in latest.items() if row["value"] is not None}

    def flag(
        self, encounter_uid: str, rule: str, *, stands: bool, since: datetime, rules: str, who: str, at: datetime
    ) -> None:
        """`since` is when it came or went, `at` when it is written."""
        encounter = self._open(encounter_uid)
        self._database.execute(
            "INSERT INTO flags (encounter_id, rule, stands, rules, who, at) VALUES (?, ?, ?, ?, ?, ?)",
            [encounter["id"], rule, int(stands), rules, who, utc_text(since)],
        )
        what = "flag raised" if stands else "flag fell"
        self._tell(what, {"encounter": encounter_uid, "rule": rule}, "flag", who, at)

    def flags_of(self, encounter_uid: str) -> list[StoredFlag]:
        """In the order in which they came and went."""
        sql = "SELECT rule, stands, flags.rules, at FROM flags JOIN encounters ON encounters.id = encounter_id"
        found = rows(self._database, f"{sql} WHERE uid = ? ORDER BY seq", [encounter_uid])
        return [StoredFlag(row["rule"], bool(row["stands"]), row["rules"], moment_of(row["at"])) for row in found]

    def remember_place(self, encounter_uid: str, item: str, at: datetime) -> None:
        """Where the focus is: nothing that was said, so the trail isn't told. A signed encounter has no place."""
        self._database.execute(
            "INSERT INTO places (encounter_id, item, at) SELECT id, ?, ? FROM encounters WHERE uid = ?"
            " AND state != 'signed' ON CONFLICT (encounter_id) DO UPDATE SET item = excluded.item, at = excluded.at",
            [item, utc_text(at), encounter_uid],
        )

    def place_of(self, encounter_uid: str) -> tuple[str, datetime] | None:
        for row in rows(self._database, PLACE, [encounter_uid]):
            return row["item"], moment_of(row["at"])
        return None

    def keep_rules(self, mark: str, title: str, files: bytes, *, who: str, at: datetime) -> None:
        """Once for each mark."""
        sql = "INSERT INTO rule_sets (mark, title, files, kept_at) VALUES (?, ?, ?, ?) ON CONFLICT (mark) DO NOTHING"
        if self._database.execute(sql, [mark, title, files, utc_text(at)]).rowcount:
            which = {"rules": mark}
            new = digest_of(self._database, self._trail, "rule set kept", which)
            self._trail.append(who=who, at=at, what="rule set kept", which=which, new=new)

    def has_rules(self, mark: str) -> bool:
        return any(rows(self._database, "SELECT 1 FROM rule_sets WHERE mark = ?", [mark]))

    def rules(self, mark: str) -> bytes | None:
        for row in rows(self._database, "SELECT files FROM rule_sets WHERE mark = ?", [mark]):
            return bytes(row["files"])
        return None

    def begun_under(self, encounter_uid: str) -> str:
        """The mark of its rule set; empty for one begun before rule sets were kept."""
        for row in rows(self._database, "SELECT rules FROM encounters WHERE uid = ?", [encounter_uid]):
            return str(row["rules"])
        raise NotInStore(about="encounter")

    def re_date(self, encounter_uid: str, *, who: str, at: datetime) -> None:
        """From now on ages and durations count to this moment."""
        encounter = self._open(encounter_uid)
        what, which = "encounter re-dated", {"encounter": encounter_uid}
        old = digest_of(self._database, self._trail, what, which)
        self._database.execute("UPDATE encounters SET began_at = ? WHERE uid = ?", [utc_text(at), encounter_uid])
        before, after = {"began_at": encounter["began_at"]}, {"began_at": utc_text(at)}
        self._identities.keep_change("encounter", encounter_uid, before, after, who=who, at=at, why="")
        self._touch(encounter_uid, at)
        new = digest_of(self._database, self._trail, what, which)
        self._trail.append(who=who, at=at, what=what, which=which, old=old, new=new)

    def begin_amendment(self, encounter_uid: str, *, reason: str, who: str, at: datetime) -> None:
        """It takes answers and decisions again, and stays readable as it was signed."""
        encounter = self._found(encounter_uid)
        if not reason.strip():
            raise ReasonMissing(encounter_uid)
        if encounter["state"] != "signed":
            raise UnsignedEncounter(encounter_uid)
        open_for_amendment(self._database, encounter_uid)
        self._touch(encounter_uid, at)
        before = {name: encounter[name] for name in ("state", "answer", "decision")}
        after = {"state": "amending"}
        self._identities.keep_change("encounter", encounter_uid, before, after, who=who, at=at, why=reason)
        self._trail.append(who=who, at=at, what="amendment begun", which={"encounter": encounter_uid})

    def amendment_reason(self, encounter_uid: str) -> str:
        return self._amendment(encounter_uid)[1] if self._found(encounter_uid)["state"] == "amending" else ""

    def give_up_amendment(self, encounter_uid: str, *, who: str, at: datetime) -> None:
        """Answers and decisions are put back, as further rows, to what they were when it was signed."""
        encounter = self._found(encounter_uid)
        if encounter["state"] != "amending":
            raise UnsignedEncounter(encounter_uid)
        before, _ = self._amendment(encounter_uid)
        self._put_decisions_back(encounter_uid, encounter["id"], before["decision"], who, at)
        self._database.execute("UPDATE encounters SET state = 'signed' WHERE uid = ?", [encounter_uid])
        self._trail.append(who=who, at=at, what="amendment given up", which={"encounter": encounter_uid})

    def answers_to_put_back(self, encounter_uid: str) -> list[tuple[str, Any, str]]:
        """Item, value and who said it, for each answer that was changed since the amendment began."""
        encounter = self._found(encounter_uid)
        before, _ = self._amendment(encounter_uid)
        said = list(rows(self._database, SAID, [encounter["id"]]))
        old = {row["item"]: row for row in said if row["seq"] <= before["answer"]}
        since = {row["item"]: row for row in said if row["seq"] > before["answer"]}
        return [_said(item, old.get(item)) for item in since]

    def _put_decisions_back(self, uid: str, id: int, seq: int, who: str, at: datetime) -> None:
        sql = "SELECT seq, about, value FROM decisions WHERE encounter_id = ? ORDER BY seq"
        made = list(rows(self._database, sql, [id]))
        old = {row["about"]: row["value"] for row in made if row["seq"] <= seq}
        for about in {row["about"]: None for row in made if row["seq"] > seq}:
            value = old.get(about)
            self.decide(uid, about, None if value is None else json.loads(value), who=who, at=at)

    def _amendment(self, encounter_uid: str) -> tuple[dict[str, Any], str]:
        for row in rows(self._database, AMENDED, [encounter_uid]):
            before = json.loads(row["before"])
            if "state" in before:
                return before, str(row["why"])
        raise UnsignedEncounter(encounter_uid)

    def _open(self, encounter_uid: str) -> dict[str, Any]:
        encounter = self._found(encounter_uid)
        refuse_signed(encounter_uid, encounter["state"])
        return encounter

    def _found(self, encounter_uid: str) -> dict[str, Any]:
        for row in rows(self._database, STANDING, [encounter_uid]):
            return row
        raise NotInStore(about="encounter")

    def _touch(self, encounter_uid: str, at: datetime) -> None:
        self._database.execute("UPDATE encounters SET changed_at = ? WHERE uid = ?", [utc_text(at), encounter_uid])

    def _tell(self, what: str, which: dict[str, Any], key: str, who: str, at: datetime) -> None:
        (row,) = rows(self._database, f"SELECT last_insert_rowid() AS {key}")
        new = digest_of(self._database, self._trail, what, row)
        self._trail.append(who=who, at=at, what=what, which=which | row, new=new)


def _said(item: str, row: dict[str, Any] | None) -> tuple[str, Any, str]:
    if row is None or row["value"] is None:
        return item, None, "clinician"
    return item, json.loads(row["value"]), row["said_by"]


def _decision(row: dict[str, Any]) -> StoredDecision:
    return StoredDecision(row["about"], json.loads(row["value"]), row["who"], moment_of(row["at"]))
