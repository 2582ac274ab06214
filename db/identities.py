"""Who a patient is: changed, merged with a duplicate and parted again. What was there before stays readable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows
from db.errors import MergedAlready, NotInStore
from db.recorded import digest_of
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

FIELDS = ("family", "given", "title", "born", "sex", "nhs_number", "identifiers", "telephone", "address")
CURRENT = f"SELECT {', '.join(FIELDS)}, merged_into FROM patients WHERE uid = ?"


class StoredChange(Struct, frozen=True):
    """What a patient or an encounter was and became, by column."""

    before: dict[str, Any]
    after: dict[str, Any]
    who: str
    at: datetime
    why: str


class Identities:
    """Each method is part of the transaction that its caller has opened."""

    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def change(self, uid: str, fields: Mapping[str, Any], *, who: str, at: datetime, why: str = "") -> None:
        """`fields` by column, as they are stored; what isn't named stays."""
        self._change("patient changed", uid, dict(fields), who, at, why)

    def merge(self, gone: str, into: str, *, who: str, at: datetime, why: str) -> None:
        """Nothing is moved: encounters of `gone` are shown with those of `into`, and its names lead there."""
        (kept,) = self._ids(into)
        for uid in (gone, into):
            if self._current(uid)["merged_into"] is not None:
                raise MergedAlready(uid)
        for merged in self.merged_into(gone):
            self._change("patient merged", merged, {"merged_into": kept}, who, at, why)
        self._change("patient merged", gone, {"merged_into": kept}, who, at, why)

    def part(self, uid: str, *, who: str, at: datetime, why: str) -> None:
        self._change("patient parted", uid, {"merged_into": None}, who, at, why)

    def merged_into(self, uid: str) -> list[str]:
        sql = "SELECT uid FROM patients WHERE merged_into = (SELECT id FROM patients WHERE uid = ?) ORDER BY id"
        return [row["uid"] for row in rows(self._database, sql, [uid])]

    def changes_of(self, uid: str, *, kind: str = "patient") -> list[StoredChange]:
        """The earliest comes first."""
        sql = "SELECT before, after, who, at, why FROM changes WHERE kind = ? AND uid = ? ORDER BY seq"
        return [_change(row) for row in rows(self._database, sql, [kind, uid])]

    def keep_change(
        self, kind: str, uid: str, before: object, after: object, *, who: str, at: datetime, why: str
    ) -> None:
        self._database.execute(
            "INSERT INTO changes (kind, uid, before, after, who, at, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [kind, uid, json.dumps(before), json.dumps(after), who, utc_text(at), why],
        )
        (row,) = rows(self._database, "SELECT last_insert_rowid() AS change")
        new = digest_of(self._database, self._trail, "change kept", row)
        self._trail.append(who=who, at=at, what="change kept", which={kind: uid} | row, new=new)

    def _change(self, what: str, uid: str, fields: dict[str, Any], who: str, at: datetime, why: str) -> None:
        before = self._current(uid)
        after = before | fields
        if after == before:
            return
        which = {"patient": uid}
        old = digest_of(self._database, self._trail, what, which)
        columns = ", ".join(f"{name} = ?" for name in fields)
        self._database.execute(f"UPDATE patients SET {columns} WHERE uid = ?", [*fields.values(), uid])
        self.keep_change("patient", uid, before, after, who=who, at=at, why=why)
        new = digest_of(self._database, self._trail, what, which)
        self._trail.append(who=who, at=at, what=what, which=which, old=old, new=new)

    def _current(self, uid: str) -> dict[str, Any]:
        for row in rows(self._database, CURRENT, [uid]):
            return row
        raise NotInStore(about="patient")

    def _ids(self, uid: str) -> list[int]:
        found = [int(row["id"]) for row in rows(self._database, "SELECT id FROM patients WHERE uid = ?", [uid])]
        if not found:
            raise NotInStore(about="patient")
        return found


def _change(row: dict[str, Any]) -> StoredChange:
    read = {name: json.loads(row[name]) for name in ("before", "after")}
    return StoredChange(**row | read | {"at": datetime.fromisoformat(row["at"])})
