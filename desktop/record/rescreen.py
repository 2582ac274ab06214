"""What the rules of today would say of past encounters: who would be flagged and was not, and who no longer."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from typing import cast, get_args
from zoneinfo import ZoneInfo

from db.screenings import EncounterStream, Screened
from desktop.clinical.answer import AnswerError, read_answer
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Answer, Person, Sex
from desktop.clinical.condition import items
from desktop.clinical.content import Content
from desktop.clinical.screening import Screening
from desktop.record.encounter import Patient

BATCH = 2000
COMPARED = {"weaker_since", "cauda_since"}


@dataclass(frozen=True)
class Found:
    """`known` is false where it was not kept what was raised at the time: then everything raised now is gained."""

    encounter: int
    gained: frozenset[str]
    lost: frozenset[str]
    known: bool


@dataclass(frozen=True)
class Batch:
    """One piece of the way, to be kept before the next: `through` is where a later run goes on."""

    through: int
    looked_at: int
    found: tuple[Found, ...] = field(default_factory=tuple)


def look_through(
    content: Content, stream: EncounterStream, zone: ZoneInfo, today: date, *, after: int = 0, looked_at: int = 0
) -> Generator[Batch]:
    """Piece by piece, so that it can be stopped, or killed, after any of them and gone on with."""
    screening = Screening(content, today)
    encounters = stream.encounters(after)
    while batch := list(islice(encounters, BATCH)):
        found = tuple(_different(content, screening, zone, today, batch))
        looked_at += len(batch)
        yield Batch(batch[-1].id, looked_at, found)


def _different(
    content: Content, screening: Screening, zone: ZoneInfo, today: date, batch: list[Screened]
) -> Iterator[Found]:
    compared = by_comparison(content)
    for one in batch:
        now = raised_now(content, screening, zone, today, one)
        before = one.raised or frozenset()
        if now != before and (now - before or before - now - compared):
            yield Found(one.id, now - before, before - now - compared, one.raised is not None)


def by_comparison(content: Content) -> frozenset[str]:
    """Rules that may rest on the visit before, which is not looked at here: that they are not raised says nothing."""
    return frozenset(rule.id for rule in content.rules if COMPARED & set(items(content.condition(rule.when))))


def raised_now(content: Content, screening: Screening, zone: ZoneInfo, today: date, one: Screened) -> frozenset[str]:
    person = _person(_age(one.born, one.began_at, zone), one.sex)
    if one.said:
        return _with_the_patients_word(content, person, today, one)
    return frozenset(screening.raised(person, one.answers))


def _with_the_patients_word(content: Content, person: Person, today: date, one: Screened) -> frozenset[str]:
    """What nobody has confirmed may raise a flag and rule nothing out: the whole assessment knows how."""
    given: dict[str, dict[str, Answer]] = {"clinician": {}, "patient": {}}
    for item, raw, said_by in one.said:
        answer = _read(content, item, raw, today)
        if answer is not None:
            given[said_by][item] = answer
    at = datetime.fromisoformat(one.began_at)
    assessment = assess(content, person, given["clinician"], at, patient_says=given["patient"])
    return frozenset(flag.rule.id for flag in assessment.flags)


def _read(content: Content, item: str, raw: object, today: date) -> Answer | None:
    try:
        return read_answer(content.items[item], raw, today)
    except (KeyError, AnswerError):
        return None


def _age(born: str | None, began_at: str, zone: ZoneInfo) -> int | None:
    """From the texts where the day can't matter: reading a million moments takes longer than all the rest."""
    if born is None:
        return None
    birthday, day = born[5:], began_at[5:10]
    if began_at[11:13] < "22" and birthday != "02-29":  # no zone of ours is two hours ahead of UTC
        return int(began_at[:4]) - int(born[:4]) - (day < birthday)
    patient = Patient(uid="", family="", given="", born=date.fromisoformat(born))
    return patient.age_at(datetime.fromisoformat(began_at).astimezone(UTC), zone)


@cache
def _person(age: int | None, sex: str | None) -> Person:
    """There are few different ones, and making each anew takes longer than to look up what they raise."""
    return Person(age, cast(Sex, sex) if sex in get_args(Sex) else None)
