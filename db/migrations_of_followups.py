"""Changes of shape for following up and looking through again; db.migrations puts them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.migrations_of_review import only_add

if TYPE_CHECKING:
    from sqlite_utils import Database


def m015_followups(database: Database) -> None:
    """What a signed plan says must happen. The row is how it stands now; every step to it is kept beside it."""
    database.execute(
        """
        CREATE TABLE followups (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            line TEXT NOT NULL,
            kind TEXT NOT NULL,
            what TEXT NOT NULL,
            urgency TEXT NOT NULL,
            rules TEXT NOT NULL CHECK (json_valid(rules)),
            owner TEXT NOT NULL,
            due TEXT,
            latest TEXT,
            waits_for TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
            outcome TEXT NOT NULL,
            made_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            UNIQUE (encounter_id, line)
        ) STRICT
        """
    )
    # The board reads what is open in the order of its deadlines; what waits for something has none and comes last.
    database.execute("CREATE INDEX followups_open ON followups (ifnull(due, '9999'), id) WHERE state = 'open'")
    database.execute("CREATE INDEX followups_closed ON followups (changed_at DESC, id) WHERE state != 'open'")
    database.execute(
        """
        CREATE TABLE followup_steps (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            followup_id INTEGER NOT NULL REFERENCES followups (id),
            act TEXT NOT NULL,
            told TEXT NOT NULL CHECK (json_valid(told)),
            who TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("CREATE INDEX steps_of_followup ON followup_steps (followup_id, seq)")
    only_add(database, "followup_steps")
    database.execute(
        "CREATE TRIGGER followups_refuse_delete BEFORE DELETE ON followups"
        " BEGIN SELECT RAISE(ABORT, 'follow-ups are closed, never deleted'); END"
    )


def m016_screenings(database: Database) -> None:
    """Past encounters looked through under other rules: how far that has come, and where the rules differ now."""
    database.execute(
        """
        CREATE TABLE screenings (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            rules TEXT NOT NULL,
            title TEXT NOT NULL,
            who TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            through INTEGER NOT NULL,
            looked_at INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('begun', 'finished', 'cancelled'))
        ) STRICT
        """
    )
    database.execute(
        """
        CREATE TABLE screening_findings (
            screening_id INTEGER NOT NULL REFERENCES screenings (id),
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            gained TEXT NOT NULL CHECK (json_valid(gained)),
            lost TEXT NOT NULL CHECK (json_valid(lost)),
            known INTEGER NOT NULL CHECK (known IN (0, 1)),
            PRIMARY KEY (screening_id, encounter_id)
        ) STRICT
        """
    )
    # The few encounters with something that only the patient said are looked at one by one.
    database.execute("CREATE INDEX answers_of_patients ON answers (encounter_id) WHERE said_by = 'patient'")


def m019_signed_facts(database: Database) -> None:
    """What the practice counts of each signed encounter, as its last version has it: worked out from the versions,
    which are what was signed. Those signed before are filled in here."""
    database.execute(
        """
        CREATE TABLE signed_facts (
            encounter_id INTEGER PRIMARY KEY REFERENCES encounters (id),
            month TEXT NOT NULL,
            urgency TEXT NOT NULL,
            treated_as TEXT NOT NULL,
            asked INTEGER NOT NULL,
            of INTEGER NOT NULL
        ) STRICT
        """
    )
    database.execute(
        """
        CREATE TABLE signed_flags (
            encounter_id INTEGER NOT NULL REFERENCES encounters (id),
            rule TEXT NOT NULL,
            urgency TEXT NOT NULL,
            treated_as TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (encounter_id, rule)
        ) STRICT
        """
    )
    database.execute("CREATE INDEX facts_by_month ON signed_facts (month, urgency, asked, of)")
    database.execute("CREATE INDEX flags_by_rule ON signed_flags (rule, treated_as, urgency)")
    last = "number = (SELECT max(number) FROM versions AS l WHERE l.encounter_id = versions.encounter_id)"
    database.execute(
        f"""
        INSERT INTO signed_facts SELECT encounter_id, substr(at, 1, 7), coalesce(assessment ->> '$.urgency', 'none'),
            coalesce(assessment ->> '$.urgency', 'none'),
            coalesce(assessment ->> '$.assessment.safety_screen.asked', assessment ->> '$.safety_screen.asked', 0),
            coalesce(assessment ->> '$.assessment.safety_screen.of', assessment ->> '$.safety_screen.of', 0)
        FROM versions WHERE {last}
        """
    )


CHANGES_OF_FOLLOWUPS = (m015_followups, m016_screenings)
CHANGES_OF_COUNTS = (m019_signed_facts,)
