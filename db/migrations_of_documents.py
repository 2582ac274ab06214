"""The change of shape that keeps what was printed, saved or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.migrations_of_review import only_add

if TYPE_CHECKING:
    from sqlite_utils import Database


def m018_documents(database: Database) -> None:
    """`version` 0 is a draft, and `statement` then what it said; of a signed encounter the version has it."""
    database.execute(
        """
        CREATE TABLE documents (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            id TEXT NOT NULL,
            title TEXT NOT NULL,
            form TEXT NOT NULL,
            version INTEGER NOT NULL,
            statement TEXT NOT NULL CHECK (statement = '' OR json_valid(statement)),
            sha256 TEXT NOT NULL,
            data BLOB NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX documents_of_encounter ON documents (encounter_id, seq)")
    only_add(database, "documents")


CHANGES_OF_DOCUMENTS = (m018_documents,)
