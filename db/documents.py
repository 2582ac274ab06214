"""What left the program on paper or as a file, byte for byte: a reprint is the same document."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows
from db.errors import NotInStore
from db.recorded import digest_of
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

ADD = """
    INSERT INTO documents (encounter_id, id, title, form, version, statement, sha256, data, who, at)
    SELECT encounters.id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM encounters WHERE uid = ?
"""
WITHOUT_DATA = """
    SELECT seq, documents.id, title, form, version, sha256, who, at
    FROM documents JOIN encounters ON encounters.id = encounter_id
"""


class StoredDocument(Struct, frozen=True):
    """`id` says which of the encounter's documents it is, `form` is pdf, docx or txt; version 0 is a draft."""

    seq: int
    id: str
    title: str
    form: str
    version: int
    sha256: str
    who: str
    at: datetime


class Documents:
    """`keep` is part of the transaction that its caller has opened."""

    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def keep(
        self,
        encounter_uid: str,
        id: str,
        data: bytes,
        *,
        title: str,
        form: str,
        version: int,
        who: str,
        at: datetime,
        statement: str = "",
    ) -> StoredDocument:
        """The same bytes again are the document that is there already."""
        mark = sha256(data).hexdigest()
        for kept in self.of(encounter_uid):
            if (kept.id, kept.form, kept.version, kept.sha256) == (id, form, version, mark):
                return kept
        values = [id, title, form, version, statement, mark, data, who, utc_text(at), encounter_uid]
        if not self._database.execute(ADD, values).rowcount:
            raise NotInStore(about="encounter")
        (row,) = rows(self._database, "SELECT last_insert_rowid() AS document")
        which = row | {"encounter": encounter_uid, "id": id, "form": form, "version": version}
        new = digest_of(self._database, self._trail, "document kept", row)
        self._trail.append(who=who, at=at, what="document kept", which=which, new=new)
        return self._kept(row["document"])

    def of(self, encounter_uid: str) -> list[StoredDocument]:
        """The latest comes first."""
        found = rows(self._database, f"{WITHOUT_DATA} WHERE encounters.uid = ? ORDER BY seq DESC", [encounter_uid])
        return [_document(row) for row in found]

    def data(self, seq: int) -> bytes:
        for row in rows(self._database, "SELECT data FROM documents WHERE seq = ?", [seq]):
            return bytes(row["data"])
        raise NotInStore(about="document")

    def statement(self, seq: int) -> str:
        """What a draft said when it was printed; empty for a signed encounter."""
        for row in rows(self._database, "SELECT statement FROM documents WHERE seq = ?", [seq]):
            return str(row["statement"])
        raise NotInStore(about="document")

    def _kept(self, seq: int) -> StoredDocument:
        (row,) = rows(self._database, f"{WITHOUT_DATA} WHERE seq = ?", [seq])
        return _document(row)


def _document(row: dict[str, Any]) -> StoredDocument:
    return StoredDocument(**row | {"at": datetime.fromisoformat(row["at"])})
