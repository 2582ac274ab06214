"""Adding and finding patients, and the encounters they have."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from typing import cast

from msgspec.structs import asdict
from nhs_number.standardise import standardise_format
from nhs_number.validate import is_valid

from db.patients import StoredPatient
from db.store import Store
from db.stored import StoredEncounter
from desktop.clinical.dates import date_in
from desktop.record.encounter import LONDON, Encounter, Patient, Sex
from desktop.record.refused import FieldsRefused
from desktop.record.words import say

OLDEST = 125
LISTED = 20
"""So many are found at most; more letters find the others."""


class PatientRefused(FieldsRefused):
    """A patient who can't be entered, changed or merged like this."""


def add_patient(
    store: Store,
    *,
    family: str,
    given: str,
    born: date,
    at: datetime,
    sex: Sex | None = None,
    nhs_number: str = "",
    title: str = "",
    uid: str = "",
    who: str = "",
) -> Patient:
    """`who` adds it. Names stay as given. With a uid of the caller's own it may be called twice, and adds once."""
    uid = uid or str(uuid.uuid4())
    number = standardise_format(nhs_number) or None
    found = mistakes(store, {"family": family, "given": given, "title": title}, born, nhs_number, uid, at)
    if found:
        raise PatientRefused(found)
    stored = store.patients.add(
        uid, family=family, given=given, title=title, born=born, sex=sex, nhs_number=number, at=at, who=who
    )
    return from_row(stored)


def patient(store: Store, uid: str) -> Patient:
    return from_row(store.patients.one(uid))


def find_patients(store: Store, text: str, *, limit: int = LISTED) -> list[Patient]:
    """By the beginnings of names or of the NHS number, or by date of birth; without text all, by name."""
    born = date_in(text)
    found = store.patients.born_on(born, limit=limit) if born else store.patients.find(text, limit=limit)
    return [from_row(row) for row in found]


def drafts(store: Store, *, limit: int = 50) -> list[Encounter]:
    """The one worked on last comes first."""
    return [encounter_of(store, row) for row in store.drafts(limit=limit)]


def encounters(store: Store, patient_uid: str) -> list[Encounter]:
    """The latest comes first."""
    return [encounter_of(store, row) for row in store.encounters_of(patient_uid)]


def encounter_of(store: Store, row: StoredEncounter) -> Encounter:
    return Encounter(
        uid=row.uid,
        patient=patient(store, row.patient_uid),
        began_at=row.began_at,
        clinician=row.clinician,
        rule_set=row.rule_set,
        state=row.state,
        answers=row.answers,
        changed_at=row.changed_at,
    )


def mistakes(
    store: Store, names: dict[str, str], born: date | None, nhs_number: str, uid: str, at: datetime
) -> dict[str, str]:
    """One sentence for each field. `uid` is the patient's own: their number may stay theirs."""
    return _name_mistakes(names) | _birth_mistakes(born, at) | _number_mistakes(store, nhs_number, uid)


def _name_mistakes(names: dict[str, str]) -> dict[str, str]:
    mistakes = {field: unwritable() for field, name in names.items() if not _is_writable(name)}
    if not (names["family"] + names["given"]).strip():
        mistakes["family"] = say("A patient needs a name.")
    return mistakes


def _birth_mistakes(born: date | None, at: datetime) -> dict[str, str]:
    today = at.astimezone(LONDON).date()
    if born is not None and born > today:
        return {"born": say("The date of birth lies in the future.")}
    if born is not None and today.year - born.year > OLDEST:
        return {"born": say("The date of birth is more than {years} years ago.", years=OLDEST)}
    return {}


def unwritable() -> str:
    return say("The name holds a character that can't be kept (a NUL or half of a surrogate pair).")


def _is_writable(name: str) -> bool:
    return "\0" not in name and not re.search("[\ud800-\udfff]", name)


def _number_mistakes(store: Store, number: str, uid: str) -> dict[str, str]:
    if not number.strip():
        return {}
    digits = standardise_format(number)
    if not digits or not digits.isascii():
        return {"nhs_number": say("An NHS number has ten digits, such as 999 000 0018.")}
    if not is_valid(digits):
        return {"nhs_number": say("The NHS number has a wrong check digit: compare it with the letter.")}
    owner = store.patients.numbered(digits)
    if owner and owner.uid != uid:
        return {"nhs_number": say("This NHS number already belongs to {name}.", name=from_row(owner).name)}
    return {}


def from_row(stored: StoredPatient) -> Patient:
    return Patient(**asdict(stored) | {"sex": cast(Sex | None, stored.sex)})
