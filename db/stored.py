"""What an encounter and an answer are as rows: how they are read, and what is made of one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from msgspec import Struct

# Of a patient who was merged with another, the other.
ENCOUNTERS = """
    SELECT encounters.uid, ifnull(kept.uid, patients.uid) AS patient_uid, began_at, clinician, rule_set, state,
        answers, changed_at
    FROM encounters JOIN patients ON patients.id = patient_id
    LEFT JOIN patients AS kept ON kept.id = patients.merged_into
"""
OF_PATIENT = """
    WHERE patient_id IN (
        SELECT id FROM patients WHERE uid = ?
        UNION ALL SELECT id FROM patients WHERE merged_into = (SELECT id FROM patients WHERE uid = ?)
    ) ORDER BY began_at DESC, encounters.id DESC
"""
ANSWERS = """
    SELECT seq, item, value, said_by, who, at
    FROM answers JOIN encounters ON encounters.id = encounter_id
"""

ADD_ENCOUNTER = """
    INSERT INTO encounters (uid, patient_id, began_at, clinician, rule_set, rules, changed_at)
    VALUES (?, (SELECT id FROM patients WHERE uid = ?), ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING
"""
ADD_ANSWER = "INSERT INTO answers (encounter_id, item, value, said_by, who, at) VALUES (?, ?, ?, ?, ?, ?)"
LATEST_ANSWER = """
    SELECT seq, item, value, said_by, who, at FROM answers
    WHERE encounter_id = ? AND item = ? ORDER BY seq DESC LIMIT 1
"""


class StoredEncounter(Struct, frozen=True):
    """`answers` holds JSON values by item; an item without one is *not asked*."""

    uid: str
    patient_uid: str
    began_at: datetime
    clinician: str
    rule_set: str
    state: str
    answers: dict[str, Any]
    changed_at: datetime


class StoredAnswer(Struct, frozen=True):
    """A `value` of None is "back to not asked"."""

    seq: int
    item: str
    value: Any
    said_by: str
    who: str
    at: datetime


def each_word(text: str) -> str:
    """As the search language asks for the beginnings of all words: in quotes, so that none is taken for its own."""
    return " ".join('"' + word.replace('"', '""') + '"*' for word in text.split())


def encounter_of(row: dict[str, Any]) -> StoredEncounter:
    moments = {name: datetime.fromisoformat(row[name]) for name in ("began_at", "changed_at")}
    return StoredEncounter(**row | moments | {"answers": json.loads(row["answers"])})


def answer_of(row: dict[str, Any]) -> StoredAnswer:
    value = None if row["value"] is None else json.loads(row["value"])
    return StoredAnswer(**row | {"value": value, "at": datetime.fromisoformat(row["at"])})
