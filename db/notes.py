"""What clinicians write: found by its words, held while it is typed, and the phrases they write with."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from db.driver import rows, written
from db.recorded import digest_of
from db.stored import each_word
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

HOLD = """
    INSERT INTO typed (encounter_id, item, text, who, at) SELECT id, ?, ?, ?, ? FROM encounters
    WHERE uid = ? AND state != 'signed'
    ON CONFLICT (encounter_id, item) DO UPDATE SET text = excluded.text, who = excluded.who, at = excluded.at
"""
LET_GO = "DELETE FROM typed WHERE item = ? AND encounter_id = (SELECT id FROM encounters WHERE uid = ?)"
HELD = "SELECT item, text, typed.who, at FROM typed JOIN encounters ON encounters.id = encounter_id WHERE uid = ?"
FOUND = """
    SELECT encounters.uid, ifnull(kept.uid, patients.uid) AS patient_uid, began_at, item, value
    FROM note_words JOIN answers ON answers.seq = note_words.rowid JOIN encounters ON encounters.id = encounter_id
    JOIN patients ON patients.id = patient_id LEFT JOIN patients AS kept ON kept.id = patients.merged_into
    WHERE note_words MATCH ? ORDER BY note_words.rowid DESC LIMIT ?
"""
PHRASES = "SELECT owner, short, text, max(seq) FROM phrases WHERE owner IN ('', ?) GROUP BY owner, short"


class Typed(Struct, frozen=True):
    """Not recorded yet; `who` has typed it."""

    item: str
    text: str
    who: str
    at: datetime


class FoundText(Struct, frozen=True):
    encounter_uid: str
    patient_uid: str
    began_at: datetime
    item: str
    text: str


class StoredPhrase(Struct, frozen=True):
    """Without an owner it is the practice's."""

    owner: str
    short: str
    text: str


class Notes:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def hold(self, encounter_uid: str, item: str, text: str, *, who: str, at: datetime) -> None:
        """In the place of what was held before. It is no part of the record yet, so the trail isn't told."""
        with written(self._database):
            self._database.execute(HOLD, [item, json.dumps(text), who, utc_text(at), encounter_uid])

    def let_go(self, encounter_uid: str, item: str) -> None:
        with written(self._database):
            self._database.execute(LET_GO, [item, encounter_uid])

    def let_all_go(self, encounter_uid: str) -> None:
        for one in self.held(encounter_uid):
            self.let_go(encounter_uid, one.item)

    def held(self, encounter_uid: str) -> list[Typed]:
        found = rows(self._database, HELD, [encounter_uid])
        read = {"text": json.loads, "at": datetime.fromisoformat}
        return [Typed(**row | {name: read[name](row[name]) for name in read}) for row in found]

    def find(self, text: str, *, limit: int) -> list[FoundText]:
        """What has each of the words, or words that begin so; what was written last comes first."""
        words = each_word(text.encode(errors="ignore").decode().replace("\0", " "))
        if not words:
            return []
        return [
            FoundText(
                row["uid"],
                row["patient_uid"],
                datetime.fromisoformat(row["began_at"]),
                row["item"],
                str(json.loads(row["value"])),
            )
            for row in rows(self._database, FOUND, [words, limit])
        ]

    def phrases(self, owner: str) -> list[StoredPhrase]:
        """Those of the practice and of this person."""
        found = rows(self._database, PHRASES, [owner])
        return [StoredPhrase(row["owner"], row["short"], row["text"]) for row in found if row["text"]]

    def keep_phrase(self, owner: str, short: str, text: str, *, who: str, at: datetime) -> None:
        """An empty text takes it out; what it was before stays in the store."""
        with written(self._database):
            self._database.execute(
                "INSERT INTO phrases (owner, short, text, who, at) VALUES (?, ?, ?, ?, ?)",
                [owner, short, text, who, utc_text(at)],
            )
            (row,) = rows(self._database, "SELECT last_insert_rowid() AS phrase")
            new = digest_of(self._database, self._trail, "phrase changed", row)
            self._trail.append(who=who, at=at, what="phrase changed", which=row, new=new)
