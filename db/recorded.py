"""Which rows the audit trail holds a digest of. db.verify compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows
from db.trail import Trail

if TYPE_CHECKING:
    from db.database import Database


class Kind(Struct, frozen=True):
    """`columns` of `tables` are hashed; `keys` are the names in `which` that find one row; `place` is its rowid.

    `later` are columns that came after the first rows: hashed only where there is something in them. Several acts
    may share one kind; then the last of them tells what a row is now.
    """

    columns: str
    tables: str
    keys: dict[str, str]
    place: str
    later: tuple[str, ...] = ()

    @property
    def row(self) -> str:
        return f"SELECT {self.columns} FROM {self.tables}"

    def digest(self, trail: Trail, row: dict[str, Any]) -> str:
        for column in self.later:
            if row[column] in NOTHING:
                row = {name: value for name, value in row.items() if name != column}
        return trail.digest(row)


NOTHING = (None, "", "{}")
OF_ENCOUNTER = "JOIN encounters ON encounters.id = encounter_id"
PATIENT = Kind(
    "patients.uid, family, given, title, born, sex, nhs_number, made_at, identifiers, telephone, address,"
    " (SELECT uid FROM patients AS kept WHERE kept.id = patients.merged_into) AS merged_into",
    "patients",
    {"patient": "patients.uid"},
    "patients.id",
    later=("identifiers", "telephone", "address", "merged_into"),
)
ENCOUNTER = Kind(
    "encounters.uid, patients.uid AS patient, began_at, clinician, rule_set, rules",
    "encounters JOIN patients ON patients.id = patient_id",
    {"encounter": "encounters.uid"},
    "encounters.id",
    later=("rules",),
)
FLAG = Kind(
    "encounters.uid, seq, rule, stands, flags.rules, who, at",
    f"flags {OF_ENCOUNTER}",
    {"flag": "seq"},
    "seq",
)
FOLLOWUP = Kind(
    "followups.uid, encounters.uid AS encounter, line, kind, what, urgency, followups.rules, owner, due, latest,"
    " waits_for, followups.state, outcome, made_at, followups.changed_at",
    f"followups {OF_ENCOUNTER}",
    {"followup": "followups.uid"},
    "followups.id",
)
KINDS = {
    "patient added": PATIENT,
    "patient changed": PATIENT,
    "patient merged": PATIENT,
    "patient parted": PATIENT,
    "encounter begun": ENCOUNTER,
    "encounter re-dated": ENCOUNTER,
    "flag raised": FLAG,
    "flag fell": FLAG,
    "change kept": Kind(
        "seq, kind, uid, before, after, who, at, why",
        "changes",
        {"change": "seq"},
        "seq",
    ),
    "decision saved": Kind(
        "encounters.uid, seq, about, value, who, at",
        f"decisions {OF_ENCOUNTER}",
        {"decision": "seq"},
        "seq",
    ),
    "rule set kept": Kind(
        "mark, title, hex(files) AS files, kept_at",
        "rule_sets",
        {"rules": "mark"},
        "rule_sets.rowid",
    ),
    "answer saved": Kind(
        "encounters.uid, seq, item, value, said_by, who, at",
        f"answers {OF_ENCOUNTER}",
        {"answer": "seq"},
        "seq",
    ),
    "version signed": Kind(
        "encounters.uid, number, versions.rule_set, versions.answers, assessment, who, at, why",
        f"versions {OF_ENCOUNTER}",
        {"encounter": "encounters.uid", "version": "number"},
        "versions.rowid",
    ),
    "follow-up changed": FOLLOWUP,
    "follow-up step kept": Kind(
        "followups.uid, seq, act, told, who, at",
        "followup_steps JOIN followups ON followups.id = followup_id",
        {"step": "seq"},
        "seq",
    ),
    "document kept": Kind(
        "encounters.uid, seq, documents.id, title, form, version, statement, sha256, hex(data) AS data, who, at",
        f"documents {OF_ENCOUNTER}",
        {"document": "seq"},
        "seq",
    ),
    "phrase changed": Kind(
        "seq, owner, short, text, who, at",
        "phrases",
        {"phrase": "seq"},
        "seq",
    ),
    "practice setting changed": Kind(
        "seq, name, value, who, at",
        "practice_settings",
        {"setting": "seq"},
        "seq",
    ),
}


def digest_of(database: Database, trail: Trail, what: str, which: dict[str, Any]) -> str:
    """Of the row as it is now; nothing if it isn't there."""
    kind = KINDS[what]
    where = " AND ".join(f"{column} = ?" for column in kind.keys.values())
    for row in rows(database, f"{kind.row} WHERE {where}", [which[name] for name in kind.keys]):
        return kind.digest(trail, row)
    return ""
