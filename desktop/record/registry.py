"""Patients as they are entered: added, changed, found alike, merged with a duplicate and parted again."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from nhs_number.standardise import standardise_format

from db.store import Store
from desktop.clinical.dates import date_in, date_words
from desktop.record import patients
from desktop.record.consultation import Clock
from desktop.record.encounter import Patient, Sex
from desktop.record.patients import PatientRefused
from desktop.record.roles import Act, Rights
from desktop.record.words import say

HOSPITAL, OTHER = "Hospital number", "Other number"
LONGEST = {"address": 400}
LINE = 120
FIELDS = {
    "title": "Title",
    "family": "Family name",
    "given": "Given names",
    "born": "Date of birth",
    "sex": "Sex",
    "nhs_number": "NHS number",
    "identifiers": "Other numbers",
    "telephone": "Telephone",
    "address": "Address",
    "merged_into": "Merged",
}


class Details(Struct, frozen=True):
    """As typed: nothing is read into it before it is checked."""

    family: str = ""
    given: str = ""
    title: str = ""
    born: str = ""
    sex: Sex | None = None
    nhs_number: str = ""
    hospital_number: str = ""
    other_number: str = ""
    telephone: str = ""
    address: str = ""


class Change(Struct, frozen=True):
    """`words` name each field with what it was and became."""

    words: tuple[str, ...]
    who: str
    at: datetime
    why: str


class Registry:
    def __init__(
        self, store: Store, *, rights: Rights, clock: Clock, zone: ZoneInfo, new_uid: Callable[[], str] | None = None
    ) -> None:
        self._store, self._rights, self._clock, self._zone = store, rights, clock, zone
        self._new_uid = new_uid or (lambda: str(uuid.uuid4()))

    def patient(self, uid: str) -> Patient:
        return patients.patient(self._store, uid)

    def mistakes(self, details: Details, uid: str = "") -> dict[str, str]:
        """One sentence for each field that needs another look; none, and it can be saved."""
        born, why = read_born(details.born)
        found = {"born": why} if why else {}
        if not details.born.strip():
            found["born"] = say("A date of birth tells people of one name apart: write it, such as 12-Mar-1965.")
        names = {name: getattr(details, name) for name in ("family", "given", "title")}
        found |= patients.mistakes(self._store, names, born, details.nhs_number, uid, self._clock())
        return found | {name: why for name in _LINES if (why := _too_long(details, name))}

    def add(self, details: Details) -> Patient:
        """Raises PatientRefused with a sentence per field."""
        self._rights.need(Act.ANSWER)
        uid = self._new_uid()
        columns = self._columns(details, uid)
        with self._store.all_or_nothing():
            self._store.patients.add(uid, at=self._clock(), who=self._rights.user, **columns)
        return self.patient(uid)

    def add_unidentified(self) -> Patient:
        self._rights.need(Act.ANSWER)
        uid = self._new_uid()
        self._store.patients.add(uid, family="", given="", born=None, at=self._clock(), who=self._rights.user)
        return self.patient(uid)

    def change(self, uid: str, details: Details, why: str = "") -> Patient:
        """What it was before stays readable. Raises PatientRefused with a sentence per field."""
        self._rights.need(Act.ANSWER)
        columns = self._columns(details, uid)
        born = cast(date, columns["born"])
        fields = columns | {"born": born.isoformat(), "identifiers": json.dumps(columns["identifiers"])}
        with self._store.all_or_nothing():
            self._store.identities.change(uid, fields, who=self._rights.user, at=self._clock(), why=why)
        return self.patient(uid)

    def like(self, patient: Patient) -> tuple[Patient, ...]:
        """Others on the list who could be taken for this one."""
        from desktop.record.similar import plain, similar

        if not patient.is_identified:
            return ()
        found: dict[str, Patient] = {}
        for name in (patient.family, patient.given):
            start = plain(name)[:2]
            for row in self._store.patients.like(patient.uid, start, patient.born) if start else ():
                found[row.uid] = patients.from_row(row)
        return similar(patient, list(found.values()))

    def like_details(self, details: Details, uid: str = "") -> tuple[Patient, ...]:
        """Before they are saved."""
        return self.like(Patient(uid, details.family.strip(), details.given.strip(), read_born(details.born)[0]))

    def merge(self, gone: str, into: str, why: str) -> Patient:
        """Nothing is moved or lost: the encounters of both are shown together, and either name finds them.

        Raises PatientRefused where the two have different NHS numbers, or no reason is given.
        """
        self._rights.need(Act.SIGN)
        left, kept = self.patient(gone), self.patient(into)
        _refuse_merge(left, kept, why)
        who, at = self._rights.user, self._clock()
        with self._store.all_or_nothing():
            identities = self._store.identities
            if left.nhs_number and not kept.nhs_number:
                # One number stands once in the store.
                identities.change(gone, {"nhs_number": None}, who=who, at=at, why=why)
            filled = _filled(kept, left)
            if filled:
                identities.change(into, filled, who=who, at=at, why=why)
            identities.merge(gone, into, who=who, at=at, why=why)
        return self.patient(into)

    def part(self, uid: str, why: str) -> Patient:
        """A merge was wrong: each has its own encounters again."""
        self._rights.need(Act.SIGN)
        if not why.strip():
            raise PatientRefused({"why": say("Say in a few words why they are parted.")})
        with self._store.all_or_nothing():
            self._store.identities.part(uid, who=self._rights.user, at=self._clock(), why=why)
        return self.patient(uid)

    def merged(self, uid: str) -> tuple[Patient, ...]:
        return tuple(self.patient(one) for one in self._store.identities.merged_into(uid))

    def history(self, uid: str) -> tuple[Change, ...]:
        """The latest comes first."""
        changes = self._store.identities.changes_of(uid)
        return tuple(Change(_words(one.before, one.after), one.who, one.at, one.why) for one in reversed(changes))

    def _columns(self, details: Details, uid: str) -> dict[str, Any]:
        if mistakes := self.mistakes(details, uid):
            raise PatientRefused(mistakes)
        numbers = {HOSPITAL: details.hospital_number.strip(), OTHER: details.other_number.strip()}
        return {
            **{name: getattr(details, name).strip() for name in ("family", "given", "title", "telephone", "address")},
            "born": read_born(details.born)[0],
            "sex": details.sex,
            "nhs_number": standardise_format(details.nhs_number) or None,
            "identifiers": {name: number for name, number in numbers.items() if number},
        }


def details_of(patient: Patient) -> Details:
    return Details(
        family=patient.family,
        given=patient.given,
        title=patient.title,
        born=f"{patient.born:%d/%m/%Y}" if patient.born else "",
        sex=patient.sex,
        nhs_number=patient.nhs_number_spaced,
        hospital_number=patient.identifiers.get(HOSPITAL, ""),
        other_number=patient.identifiers.get(OTHER, ""),
        telephone=patient.telephone,
        address=patient.address,
    )


def read_born(text: str) -> tuple[date | None, str]:
    """The date, or what to write instead. `12031965` is read as well: there is no separator on a number pad."""
    text = text.strip()
    if not text:
        return None, ""
    if eight := re.fullmatch(r"(\d\d)(\d\d)(\d{4})", text, re.ASCII):
        text = "/".join(eight.groups())
    if (day := date_in(text)) is not None:
        return day, ""
    if re.fullmatch(r"\d\d?[-/. ](\d\d?|[a-zA-Z]{3,9})[-/. ]\d\d|\d{6}", text, re.ASCII):
        return None, say("Write the year in full, such as 12-Mar-1965.")
    if re.fullmatch(r"\d\d?[-/. ]\d\d?[-/. ]\d{4}", text, re.ASCII):
        return None, say("{typed} is not in the calendar: day, month, year.", typed=text)
    return None, say("Write day, month and year, such as 12-Mar-1965 or 12/03/1965.")


_LINES = ("family", "given", "title", "hospital_number", "other_number", "telephone", "address")


def _too_long(details: Details, name: str) -> str:
    text, most = getattr(details, name), LONGEST.get(name, LINE)
    if "\0" in text or re.search("[\ud800-\udfff]", text):
        return patients.unwritable()
    return say("At most {most} characters; this has {count}.", most=most, count=len(text)) if len(text) > most else ""


def _refuse_merge(left: Patient, kept: Patient, why: str) -> None:
    if left.uid == kept.uid:
        raise PatientRefused({"into": say("This is the same patient: choose another.")})
    if left.nhs_number and kept.nhs_number and left.nhs_number != kept.nhs_number:
        raise PatientRefused(
            {"into": say("They have different NHS numbers, so they may be two people. Correct the wrong number first.")}
        )
    if not why.strip():
        raise PatientRefused({"why": say("Say in a few words how you know that they are one person.")})


def _filled(kept: Patient, left: Patient) -> dict[str, Any]:
    """What the one who is kept does not have and the other has."""
    fields: dict[str, Any] = {
        name: getattr(left, name)
        for name in ("family", "given", "title", "sex", "nhs_number", "telephone", "address")
        if getattr(left, name) and not getattr(kept, name)
    }
    if left.born and not kept.born:
        fields["born"] = left.born.isoformat()
    numbers = {**left.identifiers, **kept.identifiers}
    if numbers != dict(kept.identifiers):
        fields["identifiers"] = json.dumps(numbers)
    return fields


def _words(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    if before.get("merged_into") != after.get("merged_into"):
        return ("Merged with another patient" if after["merged_into"] else "Parted again",)
    return tuple(
        f"{FIELDS[name]}: {_shown(name, before.get(name))} → {_shown(name, after[name])}"
        for name in FIELDS
        if name in after and before.get(name) != after[name]
    )


def _shown(name: str, value: Any) -> str:
    if name == "born" and value:
        return date_words(date.fromisoformat(value))
    if name == "identifiers":
        return ", ".join(f"{kind} {number}" for kind, number in json.loads(value or "{}").items()) or "none"
    return " ".join(str(value).split("\n")) if value else "none"
