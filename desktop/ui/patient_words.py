"""A patient in words: what follows the family name, and the facts that tell people of one name apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.clinical.dates import date_words
from desktop.record.encounter import Patient
from desktop.record.patients import LISTED
from desktop.ui.patient_banner import sex_words
from desktop.ui.translation import Words, translate


class FoundWords(Words):
    def first(self, n: int) -> str:
        return self.tr("the first %n by name", "", n)


def found_words(count: int) -> str:
    """A list that ends where it is cut says so."""
    return FoundWords().first(count) if count >= LISTED else str(count)


def first_words(found: Sequence[str]) -> str:
    """Whom Enter opens, of the lines that were found."""
    if not found:
        return translate("Patient", "Nobody found")
    words = translate("Patient", "{count} found. Enter opens: {patient}")
    return words.format(count=found_words(len(found)), patient=found[0])


def name_rest(patient: Patient, now: datetime, zone: ZoneInfo) -> str:
    title = f" ({patient.title})" if patient.title else ""
    given = f"{', ' if patient.family else ''}{patient.given}" if patient.given else ""
    age = patient.age_at(now, zone)
    years = "" if age is None else " · " + translate("Patient", "{age} y").format(age=age)
    return f"{given}{title}{years}"


def told_apart(patient: Patient) -> tuple[str, ...]:
    """Name, birth date and NHS number, as far as they are known: what tells two entries of like names apart."""
    born = date_words(patient.born) if patient.born else ""
    return tuple(part for part in (patient.name, born, patient.nhs_number_spaced) if part)


def facts_words(patient: Patient) -> tuple[str, ...]:
    """Birth date, sex and numbers; then telephone and address, where there are any."""
    day = date_words(patient.born) if patient.born else ""
    born = translate("Patient", "Born {day}").format(day=day) if day else translate("Patient", "Birth date not known")
    facts = [born, sex_words(patient.sex)]
    if patient.nhs_number:
        facts.append(translate("Patient", "NHS No. {number}").format(number=patient.nhs_number_spaced))
    facts += [f"{name} {number}" for name, number in patient.identifiers.items()]
    reach = [patient.telephone, ", ".join(patient.address.split("\n"))]
    return tuple(line for line in (" · ".join(facts), " · ".join(part for part in reach if part)) if line)
