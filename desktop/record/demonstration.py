"""Invented patients to try Backstop with, and the key of their store."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import resources
from db.store import Store
from desktop.record.encounter import LONDON, Patient
from desktop.record.patients import add_patient
from desktop.record.practice import ContactEntry, PracticeRecord

# Published on purpose: the patients are invented, and the store is to be encrypted like any other.
KEY = hashlib.sha256(b"Backstop demonstration store: every patient in it is invented").digest()
CLINICIAN = "Dr Demonstration"
BETWEEN_ANSWERS = timedelta(seconds=4)
BEFORE_THE_DRAFTS = timedelta(days=3)


def make_demonstration(store: Store, at: datetime, *, rule_set: str = "demonstration") -> None:
    """Fills an empty store, all or nothing; one that has patients already is left alone."""
    if store.patients.any():
        return
    told = _told("patients.toml")
    with store.all_or_nothing():
        added = [(_add(store, row, at), row.get("draft")) for row in told["patient"]]
        _fill_directory(store, at)
        drafts = [(patient, draft) for patient, draft in added if draft]
        for patient, draft in sorted(drafts, key=lambda pair: -pair[1]["minutes_ago"]):
            _begin(store, patient, draft, told["screen"], at, rule_set)


def _fill_directory(store: Store, at: datetime) -> None:
    """Numbers of the range that is kept for invented ones; some are missing or old, to show how that looks."""
    told = _told("directory.toml")
    practice = PracticeRecord(store, who=CLINICIAN, clock=lambda: at - BEFORE_THE_DRAFTS)
    practice.change(**told["practice"])
    practice.change_contacts({one["id"]: _contact(one, at) for one in told["contact"]})


def _told(file: str) -> dict[str, Any]:
    """TOML is read where a store is filled: a start that finds one reads none."""
    import tomllib

    return tomllib.loads((resources.FOLDER / "demonstration" / file).read_text(encoding="utf-8"))


def _contact(told: dict[str, Any], at: datetime) -> ContactEntry:
    checked = at.astimezone(LONDON).date() - timedelta(days=told["checked_days_ago"])
    return ContactEntry(told["telephone"], told["hours"], told["how"], checked.isoformat(), told.get("name", ""))


def _add(store: Store, row: dict[str, Any], at: datetime) -> Patient:
    return add_patient(
        store,
        family=row["family"],
        given=row["given"],
        title=row.get("title", ""),
        sex=row.get("sex"),
        born=born(row["age"], row["birthday"], at),
        nhs_number=row.get("nhs_number", ""),
        uid=str(uuid.uuid5(uuid.NAMESPACE_OID, row["family"])),
        at=at - BEFORE_THE_DRAFTS,
        who=CLINICIAN,
    )


def _begin(
    store: Store, patient: Patient, draft: dict[str, Any], screen: list[str], at: datetime, rule_set: str
) -> None:
    uid = str(uuid.uuid5(uuid.NAMESPACE_OID, patient.uid))
    moment = at - timedelta(minutes=draft["minutes_ago"])
    store.begin_encounter(uid, patient_uid=patient.uid, at=moment, clinician=CLINICIAN, rule_set=rule_set)
    answers = dict.fromkeys(screen if draft.get("rest_of_screen_no") else [], False) | draft["answers"]
    for item, value in answers.items():
        moment += BETWEEN_ANSWERS
        store.save_answer(uid, item, value, who=CLINICIAN, at=moment)


def born(age: int, birthday: int, at: datetime) -> date:
    """Of someone who is `age` at that moment and had a birthday `birthday` days (at least one) ago."""
    last = at.astimezone(LONDON).date() - timedelta(days=birthday)
    try:
        return last.replace(year=last.year - age)
    except ValueError:  # 29 February, in a year without one
        return date(last.year - age, 3, 1)
