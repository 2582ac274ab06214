"""Patients: added, and found by number, name or birth date."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows, written
from db.errors import NotInStore
from db.recorded import digest_of
from db.stored import each_word
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

PATIENTS = "SELECT uid, family, given, title, born, sex, nhs_number, identifiers, telephone, address FROM patients"
ADD = """
    INSERT INTO patients (uid, family, given, title, born, sex, nhs_number, made_at, identifiers, telephone, address)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING
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
LIKE_NAMED = """
    WHERE merged_into IS NULL AND uid != ? AND id IN (
        SELECT rowid FROM patient_names WHERE patient_names MATCH ?
        UNION SELECT id FROM patients WHERE born = ?
    ) LIMIT ?
"""


class StoredPatient(Struct, frozen=True):
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


class Patients:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def add(
        self,
        uid: str,
        *,
        family: str,
        given: str,
        born: date | None,
        at: datetime,
        title: str = "",
        sex: str | None = None,
        nhs_number: str | None = None,
        identifiers: Mapping[str, str] | None = None,
        telephone: str = "",
        address: str = "",
        who: str = "",
    ) -> StoredPatient:
        """Adding the same uid again changes nothing and gives back what is there."""
        row = [uid, family, given, title, born and born.isoformat(), sex, nhs_number, utc_text(at)]
        row += [json.dumps(dict(identifiers or {})), telephone, address]
        with written(self._database):
            if self._database.execute(ADD, row).rowcount:
                which = {"patient": uid}
                new = digest_of(self._database, self._trail, "patient added", which)
                self._trail.append(who=who, at=at, what="patient added", which=which, old="", new=new)
        return self.one(uid)

    def one(self, uid: str) -> StoredPatient:
        for row in rows(self._database, f"{PATIENTS} WHERE uid = ?", [uid]):
            return _patient(row)
        raise NotInStore(about="patient")

    def any(self) -> bool:
        return any(rows(self._database, "SELECT 1 FROM patients LIMIT 1"))

    def numbered(self, nhs_number: str) -> StoredPatient | None:
        return next(iter(self._those("WHERE nhs_number = ?", [nhs_number])), None)

    def born_on(self, born: date, *, limit: int = 20) -> list[StoredPatient]:
        return self._those(f"WHERE born = ? AND merged_into IS NULL {BY_NAME}", [born.isoformat(), limit])

    def like(self, uid: str, word: str, born: date | None, *, limit: int = 500) -> list[StoredPatient]:
        """Who may be taken for them: a name that begins like `word`, or the same birth date."""
        return self._those(LIKE_NAMED, [uid, each_word(word), born and born.isoformat(), limit])

    def find(self, text: str, *, limit: int = 20) -> list[StoredPatient]:
        """By the beginnings of names in any order, or of the NHS number; whose family name begins so comes first.

        Without text all, by name.
        """
        text = text.encode(errors="ignore").decode().replace("\0", " ").strip()
        if not text:
            return self._those(f"{ALL_NAMED} {BY_NAME}", [limit])
        digits = re.sub(r"[\s-]", "", text)
        start = digits if re.fullmatch(r"[0-9]+", digits) else None
        return self._those(THAT_MATCH, [each_word(text), start, text, limit])

    def _those(self, which: str, values: list[Any]) -> list[StoredPatient]:
        return [_patient(row) for row in rows(self._database, f"{PATIENTS} {which}", values)]


def _patient(row: dict[str, Any]) -> StoredPatient:
    born = row["born"] and date.fromisoformat(row["born"])
    return StoredPatient(**row | {"born": born, "identifiers": json.loads(row["identifiers"])})
