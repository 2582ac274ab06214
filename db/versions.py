"""Signing an encounter, and amending one that is signed: every version stays as it was signed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows
from db.errors import SignedEncounter
from db.recorded import digest_of
from db.stored import StoredEncounter, encounter_of
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

SIGNED = "version signed"
STATE = "UPDATE encounters SET state = ? WHERE uid = ?"
ADD = """
    INSERT INTO versions (encounter_id, number, rule_set, answers, assessment, who, at, why)
    SELECT id, ?, ?, answers, ?, ?, ?, ? FROM encounters WHERE uid = ?
"""
VERSIONS = """
    SELECT number, versions.rule_set, versions.answers, assessment, who, at, why
    FROM versions JOIN encounters ON encounters.id = encounter_id
    WHERE encounters.uid = ? ORDER BY number
"""
OF_VERSION = ("number", "rule_set", "answers", "assessment", "who", "at", "why")
SIGNED_BETWEEN = f"""
    SELECT encounters.uid, ifnull(kept.uid, patients.uid) AS patient_uid, began_at, clinician, encounters.rule_set,
        state, encounters.answers, changed_at, {", ".join(f"versions.{name} AS signed_{name}" for name in OF_VERSION)}
    FROM versions JOIN encounters ON encounters.id = encounter_id JOIN patients ON patients.id = patient_id
    LEFT JOIN patients AS kept ON kept.id = patients.merged_into
    WHERE at >= ? AND at < ? AND number = (
        SELECT max(number) FROM versions AS latest WHERE latest.encounter_id = versions.encounter_id
    ) ORDER BY at DESC
"""


class StoredVersion(Struct, frozen=True):
    """The first was signed, those after it are amendments and say why. `assessment` is the text as it was given."""

    number: int
    rule_set: str
    answers: dict[str, Any]
    assessment: str
    who: str
    at: datetime
    why: str


def stored_version(row: dict[str, Any]) -> StoredVersion:
    read = {"answers": json.loads, "at": datetime.fromisoformat}
    return StoredVersion(**row | {name: read[name](row[name]) for name in read})


def encounter_and_version(row: dict[str, Any]) -> tuple[StoredEncounter, StoredVersion]:
    version = {name: row.pop(f"signed_{name}") for name in OF_VERSION}
    return encounter_of(row), stored_version(version)


def open_for_amendment(database: Database, uid: str) -> None:
    database.execute(STATE, ["amending", uid])


def add_version(
    database: Database, trail: Trail, uid: str, *, rule_set: str, assessment: str, who: str, at: datetime, why: str
) -> None:
    """The caller is in a transaction and has seen to it that the encounter is open."""
    number = 1 + sum(1 for _ in rows(database, VERSIONS, [uid]))
    database.execute(ADD, [number, rule_set, assessment, who, utc_text(at), why, uid])
    database.execute(STATE, ["signed", uid])
    which = {"encounter": uid, "version": number}
    old = digest_of(database, trail, SIGNED, {"encounter": uid, "version": number - 1})
    new = digest_of(database, trail, SIGNED, which)
    trail.append(who=who, at=at, what=SIGNED, which=which, old=old, new=new, why="amended" if why else "")


def refuse_signed(uid: str, state: str) -> None:
    if state == "signed":
        raise SignedEncounter(uid)
