"""What a patient, an encounter and an answer are as rows: how they are read, and what is made of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

PATIENTS = "SELECT uid, family, given, title, born, sex, nhs_number, identifiers, telephone, address FROM patients"
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

ADD_ANSWER = "INSERT INTO answers (encounter_id, item, value, said_by, who, at) VALUES (?, ?, ?, ?, ?, ?)"
LATEST_ANSWER = """
    SELECT seq, item, value, said_by, who, at FROM answers
    WHERE encounter_id = ? AND item = ? ORDER BY seq DESC LIMIT 1
"""
BY_NAME = "ORDER BY family COLLATE NOCASE, given COLLATE NOCASE, id LIMIT ?"
# Of the many that two or three letters find nobody reads all, and reading each to sort them takes as long as there are
# patients: so many are looked at, and beside them those at the top of the list, straight from the index of names.
# A name without a letter or digit has no words to be found by; it is found whole.
LOOKED_AT = 200
BEGINS_SO = "family COLLATE NOCASE >= ?3 AND family COLLATE NOCASE < ?3 || char(1114111)"
THAT_MATCH = f"""
    WHERE id IN (SELECT ifnull(merged_into, id) FROM patients WHERE id IN (
        SELECT * FROM (SELECT rowid FROM patient_names WHERE patient_names MATCH ?1 LIMIT {LOOKED_AT})
        UNION ALL SELECT * FROM (
            SELECT id FROM patients WHERE {BEGINS_SO} AND merged_into IS NULL
            ORDER BY family COLLATE NOCASE, given COLLATE NOCASE, id LIMIT ?4)
        UNION ALL SELECT * FROM (SELECT id FROM patients WHERE family COLLATE NOCASE = ?3 LIMIT {LOOKED_AT})
        UNION ALL SELECT * FROM (
            SELECT id FROM patients WHERE nhs_number >= ?2 AND nhs_number < ?2 || ':' LIMIT {LOOKED_AT})
    ))
    ORDER BY {BEGINS_SO} DESC, family COLLATE NOCASE, given COLLATE NOCASE, id LIMIT ?4
"""
# Who is not known yet has no name to be listed by.
ALL_NAMED = "WHERE merged_into IS NULL AND (family != '' OR given != '')"


@dataclass(frozen=True)
class StoredPatient:
    uid: str
    family: str
    given: str
    title: str
    born: date | None
    sex: str | None
    nhs_number: str | None
    identifiers: dict[str, str]
    telephone: str
    address: str


@dataclass(frozen=True)
class StoredEncounter:
    """`answers` holds JSON values by item; an item without one is *not asked*."""

    uid: str
    patient_uid: str
    began_at: datetime
    clinician: str
    rule_set: str
    state: str
    answers: dict[str, Any]
    changed_at: datetime


@dataclass(frozen=True)
class StoredAnswer:
    """A `value` of None is "back to not asked"."""

    seq: int
    item: str
    value: Any
    said_by: str
    who: str
    at: datetime


def search_words(text: str) -> str:
    """Each word in quotes, so that none of them is taken for the search language's own."""
    return " ".join('"' + word.replace('"', '""') + '"*' for word in text.split())


def patient_of(row: dict[str, Any]) -> StoredPatient:
    born = row["born"] and date.fromisoformat(row["born"])
    return StoredPatient(**row | {"born": born, "identifiers": json.loads(row["identifiers"])})


def encounter_of(row: dict[str, Any]) -> StoredEncounter:
    moments = {name: datetime.fromisoformat(row[name]) for name in ("began_at", "changed_at")}
    return StoredEncounter(**row | moments | {"answers": json.loads(row["answers"])})


def answer_of(row: dict[str, Any]) -> StoredAnswer:
    value = None if row["value"] is None else json.loads(row["value"])
    return StoredAnswer(**row | {"value": value, "at": datetime.fromisoformat(row["at"])})
