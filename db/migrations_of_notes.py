"""Changes of shape for what clinicians write: texts that can be searched, texts still being typed, and phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.migrations_of_review import only_add

if TYPE_CHECKING:
    from sqlite_utils import Database

WRITTEN = "({row}.item LIKE 'note:%' OR {row}.item IN ('clinical_impression', 'patient_concern'))"


def m021_notes(database: Database) -> None:
    """`typed` is what stands in a field and is not recorded yet; the trail doesn't vouch for it.

    `note_words` finds the latest text of each field by its words; the text itself is the answer of the same number.
    """
    database.execute(
        """
        CREATE TABLE typed (
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            item TEXT NOT NULL,
            text TEXT NOT NULL CHECK (json_valid(text)),
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (encounter_id, item)
        ) STRICT
        """
    )
    database.execute(
        """
        CREATE VIRTUAL TABLE note_words USING fts5 (
            words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
        )
        """
    )
    text = "CASE WHEN json_type({row}.value) = 'text' THEN {row}.value ->> '$' END"
    before = "SELECT max(seq) FROM answers WHERE encounter_id = NEW.encounter_id AND item = NEW.item AND seq < NEW.seq"
    new = text.format(row="NEW")
    steps = {
        "INSERT": f"DELETE FROM note_words WHERE rowid = ({before});"
        f" INSERT INTO note_words (rowid, words) SELECT NEW.seq, {new} WHERE {new} IS NOT NULL;",
        "DELETE": "DELETE FROM note_words WHERE rowid = OLD.seq;",
    }
    for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        database.execute(
            f"CREATE TRIGGER note_words_after_{event.lower()} AFTER {event} ON answers"
            f" WHEN {WRITTEN.format(row=row)} BEGIN {steps[event]} END"
        )
    latest = f"SELECT max(seq) FROM answers WHERE {WRITTEN.format(row='answers')} GROUP BY encounter_id, item"
    of_row = text.format(row="answers")
    database.execute(
        f"INSERT INTO note_words (rowid, words) SELECT seq, {of_row} FROM answers"
        f" WHERE seq IN ({latest}) AND {of_row} IS NOT NULL"
    )


def m022_phrases(database: Database) -> None:
    """The last row of an owner and an abbreviation counts, an empty text takes it out; no owner is the practice."""
    database.execute(
        """
        CREATE TABLE phrases (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            owner TEXT NOT NULL,
            short TEXT NOT NULL,
            text TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX phrases_of ON phrases (owner, short, seq)")
    only_add(database, "phrases")


CHANGES_OF_NOTES = (m021_notes, m022_phrases)
