"""The shape of the store, one small function per change. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import db.driver

# isort: split
# sqlite-utils only now: the driver has to be bound first.
from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


def m001_mark_the_file(database: Database) -> None:
    database.execute(f"PRAGMA application_id = {db.driver.APPLICATION_ID}")


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


CHANGES = (m001_mark_the_file, m002_patients, m003_patient_names, m004_encounters, m005_answers)
KNOWN = {change.__name__ for change in CHANGES}
STORE = Migrations("backstop")
for change in CHANGES:
    STORE()(change)
