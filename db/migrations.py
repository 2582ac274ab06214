"""The shape of the store, one small function per change. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.driver import APPLICATION_ID
from db.migrations_of_documents import CHANGES_OF_DOCUMENTS
from db.migrations_of_followups import CHANGES_OF_COUNTS, CHANGES_OF_FOLLOWUPS
from db.migrations_of_notes import CHANGES_OF_NOTES
from db.migrations_of_review import CHANGES_OF_IDENTITY, CHANGES_OF_REVIEW, only_add
from db.migrations_of_trail import CHANGES_OF_TRAIL

if TYPE_CHECKING:
    from sqlite_utils import Database


def m001_mark_the_file(database: Database) -> None:
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def m002_patients(database: Database) -> None:
    database.execute(
        """
        CREATE TABLE patients (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            family TEXT NOT NULL,
            given TEXT NOT NULL,
            title TEXT NOT NULL,
            born TEXT NOT NULL CHECK (born IS date(born)),
            sex TEXT CHECK (sex IN ('female', 'male')),
            nhs_number TEXT UNIQUE,
            made_at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX patients_by_name ON patients (family COLLATE NOCASE, given COLLATE NOCASE, id)")
    database.execute("CREATE INDEX patients_by_birth ON patients (born)")


def m003_patient_names(database: Database) -> None:
    """The index of names, kept in step by triggers; `José` is found by `jose`."""
    database.execute(
        """
        CREATE VIRTUAL TABLE patient_names USING fts5 (
            family, given, content = 'patients', content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
        )
        """
    )
    add = "INSERT INTO patient_names (rowid, family, given) VALUES (new.id, new.family, new.given);"
    drop = (
        "INSERT INTO patient_names (patient_names, rowid, family, given)"
        " VALUES ('delete', old.id, old.family, old.given);"
    )
    for event, steps in {"INSERT": add, "DELETE": drop, "UPDATE OF family, given": drop + add}.items():
        name = f"patient_names_after_{event.split()[0].lower()}"
        database.execute(f"CREATE TRIGGER {name} AFTER {event} ON patients BEGIN {steps} END")


def m004_encounters(database: Database) -> None:
    """The column `answers` is what the rows of that table come to, written with each of them, for lists."""
    database.execute(
        """
        CREATE TABLE encounters (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            patient_id INTEGER NOT NULL REFERENCES patients (id),
            began_at TEXT NOT NULL,
            clinician TEXT NOT NULL,
            rule_set TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'draft',
            answers TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers)),
            changed_at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX encounters_by_time ON encounters (began_at DESC)")
    database.execute("CREATE INDEX encounters_of_patient ON encounters (patient_id, began_at DESC)")
    database.execute("CREATE INDEX drafts_by_change ON encounters (changed_at DESC) WHERE state = 'draft'")


def m005_answers(database: Database) -> None:
    """`value` is JSON; without one the item is back to *not asked*. `seq`, not the clock, says came last."""
    database.execute(
        """
        CREATE TABLE answers (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            item TEXT NOT NULL,
            value TEXT CHECK (value IS NULL OR (json_valid(value) AND json_type(value) != 'null')),
            said_by TEXT NOT NULL CHECK (said_by IN ('clinician', 'patient')),
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX answers_of_encounter ON answers (encounter_id, item, seq)")
    for event in ("UPDATE", "DELETE"):
        database.execute(
            f"CREATE TRIGGER answers_refuse_{event.lower()} BEFORE {event} ON answers"
            " BEGIN SELECT RAISE(ABORT, 'answers are only ever added'); END"
        )


def m006_trail(database: Database) -> None:
    """Ids and hashes only. A row must follow the last one and carry its mac, and then it stays (db.trail)."""
    database.execute(
        """
        CREATE TABLE trail (
            seq INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            zone TEXT NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            which TEXT NOT NULL CHECK (json_valid(which)),
            old TEXT NOT NULL,
            new TEXT NOT NULL,
            why TEXT NOT NULL,
            clock_back INTEGER NOT NULL CHECK (clock_back IN (0, 1)),
            prev TEXT NOT NULL,
            mac TEXT NOT NULL
        ) STRICT
        """
    )
    last = "(SELECT mac FROM trail ORDER BY seq DESC LIMIT 1)"
    database.execute(
        "CREATE TRIGGER trail_refuse_gap BEFORE INSERT ON trail"
        f" WHEN NEW.seq != (SELECT ifnull(max(seq), 0) + 1 FROM trail) OR NEW.prev != ifnull({last}, '')"
        " BEGIN SELECT RAISE(ABORT, 'the trail goes on from its last row'); END"
    )
    only_add(database, "trail")


def m007_accounts(database: Database) -> None:
    """Who may sign in, and as what; a removed account stays, so that the trail can be read. It is `locked_out_at`
    when the store has another key than the one it knew."""
    database.execute(
        """
        CREATE TABLE accounts (
            user TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            roles TEXT NOT NULL CHECK (json_valid(roles)),
            made_at TEXT NOT NULL,
            removed_at TEXT,
            locked_out_at TEXT
        ) STRICT
        """
    )
    database.execute(
        "CREATE TRIGGER accounts_refuse_delete BEFORE DELETE ON accounts"
        " BEGIN SELECT RAISE(ABORT, 'accounts are never deleted'); END"
    )


def m008_versions(database: Database) -> None:
    """Each signing and each amendment is a version that stays. A signed encounter changes only by an amendment,
    which opens it (`amending`), adds answers and signs it again, all in one transaction."""
    database.execute(
        """
        CREATE TABLE versions (
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            number INTEGER NOT NULL,
            rule_set TEXT NOT NULL,
            answers TEXT NOT NULL CHECK (json_valid(answers)),
            assessment TEXT NOT NULL CHECK (json_valid(assessment)),
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            why TEXT NOT NULL,
            PRIMARY KEY (encounter_id, number)
        ) STRICT
        """
    )
    only_add(database, "versions")
    columns = ("id", "uid", "patient_id", "began_at", "clinician", "rule_set", "answers", "changed_at")
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in columns)
    refused = "BEGIN SELECT RAISE(ABORT, 'a signed encounter is only ever amended'); END"
    signed = "(SELECT state FROM encounters WHERE id = NEW.encounter_id) = 'signed'"
    for trigger in (
        f"encounters_refuse_update BEFORE UPDATE ON encounters WHEN OLD.state = 'signed'"
        f" AND NOT (NEW.state = 'amending' AND {same})",
        "encounters_refuse_delete BEFORE DELETE ON encounters WHEN OLD.state != 'draft'",
        f"answers_refuse_signed BEFORE INSERT ON answers WHEN {signed}",
        f"versions_refuse_signed BEFORE INSERT ON versions WHEN {signed}",
    ):
        database.execute(f"CREATE TRIGGER {trigger} {refused}")


def m009_practice_settings(database: Database) -> None:
    """`value` is JSON. The highest `seq` of a name counts."""
    database.execute(
        """
        CREATE TABLE practice_settings (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            value TEXT NOT NULL CHECK (json_valid(value)),
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    only_add(database, "practice_settings")


def m017_interrupted(database: Database) -> None:
    """What somebody was in the middle of when the screen was locked: fields not yet recorded, and the place."""
    database.execute(
        """
        CREATE TABLE interrupted (
            user TEXT PRIMARY KEY,
            told TEXT NOT NULL CHECK (json_valid(told)),
            at TEXT NOT NULL
        ) STRICT
        """
    )


CHANGES = (
    *(m001_mark_the_file, m002_patients, m003_patient_names, m004_encounters, m005_answers),
    *(m006_trail, m007_accounts, m008_versions, m009_practice_settings),
    *CHANGES_OF_REVIEW,
    *CHANGES_OF_FOLLOWUPS,
    m017_interrupted,
    *CHANGES_OF_DOCUMENTS,
    *CHANGES_OF_COUNTS,
    *CHANGES_OF_IDENTITY,
    *CHANGES_OF_NOTES,
    *CHANGES_OF_TRAIL,
)
KNOWN = {change.__name__ for change in CHANGES}
SET = "backstop"
"""The name under which a store notes which changes it has."""
