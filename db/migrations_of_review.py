"""Changes of shape for reviewing, signing and the identity of patients; db.migrations puts them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m010_patient_details(database: Database) -> None:
    """A patient may be unknown as yet: no names, no birth date. One who is merged stays, and points to the other."""
    for column in (
        "identifiers TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(identifiers))",
        "telephone TEXT NOT NULL DEFAULT ''",
        "address TEXT NOT NULL DEFAULT ''",
        "merged_into INTEGER REFERENCES patients (id)",
        "birth_date TEXT CHECK (birth_date IS date(birth_date))",
    ):
        database.execute(f"ALTER TABLE patients ADD COLUMN {column}")
    database.execute("UPDATE patients SET birth_date = born")
    database.execute("DROP INDEX patients_by_birth")
    database.execute("ALTER TABLE patients DROP COLUMN born")
    database.execute("ALTER TABLE patients RENAME COLUMN birth_date TO born")
    database.execute("CREATE INDEX patients_by_birth ON patients (born)")
    database.execute("CREATE INDEX patients_merged ON patients (merged_into) WHERE merged_into IS NOT NULL")


def m011_changes(database: Database) -> None:
    """What a patient or an encounter was before it was changed, and what it became, as JSON."""
    database.execute(
        """
        CREATE TABLE changes (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('patient', 'encounter')),
            uid TEXT NOT NULL,
            before TEXT NOT NULL CHECK (json_valid(before)),
            after TEXT NOT NULL CHECK (json_valid(after)),
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            why TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX changes_of ON changes (kind, uid, seq)")
    only_add(database, "changes")


def m012_decisions(database: Database) -> None:
    """What the clinician decides about a flag or a line of the plan, and when each flag came and went."""
    database.execute(
        """
        CREATE TABLE decisions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            about TEXT NOT NULL,
            value TEXT CHECK (value IS NULL OR (json_valid(value) AND json_type(value) != 'null')),
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute(
        """
        CREATE TABLE flags (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            rule TEXT NOT NULL,
            stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
            rules TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    for table in ("decisions", "flags"):
        database.execute(f"CREATE INDEX {table}_of_encounter ON {table} (encounter_id, seq)")
        only_add(database, table)
        database.execute(
            f"CREATE TRIGGER {table}_refuse_signed BEFORE INSERT ON {table}"
            " WHEN (SELECT state FROM encounters WHERE id = NEW.encounter_id) = 'signed'"
            " BEGIN SELECT RAISE(ABORT, 'a signed encounter is only ever amended'); END"
        )


def m013_rule_sets(database: Database) -> None:
    """Each rule set that an encounter was begun or signed under, whole, so that its papers can be drawn later."""
    database.execute(
        """
        CREATE TABLE rule_sets (
            mark TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            files BLOB NOT NULL,
            kept_at TEXT NOT NULL
        ) STRICT
        """
    )
    only_add(database, "rule_sets")
    database.execute("ALTER TABLE encounters ADD COLUMN rules TEXT NOT NULL DEFAULT ''")


def m014_places(database: Database) -> None:
    """Where the clinician was in an encounter that is open; and indexes for what is open and what was finished."""
    database.execute(
        """
        CREATE TABLE places (
            encounter_id INTEGER PRIMARY KEY REFERENCES encounters (id),
            item TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("DROP INDEX drafts_by_change")
    database.execute("CREATE INDEX open_by_change ON encounters (changed_at DESC) WHERE state != 'signed'")
    database.execute("CREATE INDEX versions_by_time ON versions (at DESC)")


def m020_other_sex(database: Database) -> None:
    """A third word on record: then what there is, is asked, and nothing is taken for granted."""
    column = "recorded_sex TEXT CHECK (recorded_sex IN ('female', 'male', 'other'))"
    database.execute(f"ALTER TABLE patients ADD COLUMN {column}")
    database.execute("UPDATE patients SET recorded_sex = sex")
    database.execute("ALTER TABLE patients DROP COLUMN sex")
    database.execute("ALTER TABLE patients RENAME COLUMN recorded_sex TO sex")


def only_add(database: Database, table: str) -> None:
    for event in ("UPDATE", "DELETE"):
        database.execute(
            f"CREATE TRIGGER {table}_refuse_{event.lower()} BEFORE {event} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table}: rows are only ever added'); END"
        )


CHANGES_OF_REVIEW = (
    m010_patient_details,
    m011_changes,
    m012_decisions,
    m013_rule_sets,
    m014_places,
)
CHANGES_OF_IDENTITY = (m020_other_sex,)
