"""The invented practice of the demonstration: who its patients are, and when which visit takes place. Drawn by a seed.

Everything here is worked out from the day the demonstration was made, so that it is the same at every start; what
lies after that day takes place once its time has come.
"""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, Literal

from nhs_number.validate import is_valid

import resources
from desktop.clinical.working_days import load_working_days
from desktop.record.encounter import LONDON

SEED = "Backstop, an invented practice"
YEARS_BACK, YEARS_ON = 3 * 365, 365
AGAIN = (450, 1500)
"""How many days after one story of a patient the next begins."""
PRINTED = 0.06
"""Of how many visits: making a page takes longer than all the rest of a visit."""
OPENS = time(8, 30)
EVERY = 10
"""Minutes from one appointment to the next."""


@dataclass(frozen=True)
class Invented:
    uid: str
    family: str
    given: str
    title: str
    sex: Literal["female", "male"]
    born: date
    nhs_number: str
    story: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Visit:
    """`bloods` and `imaging` are what comes back of what it orders; nothing where a normal result does. `paper` is the
    id of a document that is printed, mostly none."""

    uid: str
    patient: str
    at: datetime
    who: str
    answers: Mapping[str, Any]
    bloods: Mapping[str, Any]
    imaging: Sequence[str]
    paper: str


@cache
def told() -> dict[str, Any]:
    file = resources.FOLDER / "demonstration" / "practice.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def invented_patients(made: date) -> Iterator[Invented]:
    chance = Random(SEED)
    stories = [story for story in told()["story"] for _ in range(story["weight"])]
    names = [(family, place) for family in told()["family"] for place in range(4)]
    chance.shuffle(stories)
    chance.shuffle(names)
    numbers = _numbers(told()["first_number"])
    for story, name, number in zip(stories[: told()["patients"]], names, numbers, strict=False):
        yield _invented(chance, story, name, number, made)


def _invented(chance: Random, story: Mapping[str, Any], name: tuple[str, int], number: str, made: date) -> Invented:
    """Of one family name nobody has the given name of another."""
    family, place = name
    sex: Literal["female", "male"] = story.get("sex") or ("female" if chance.random() < 0.5 else "male")
    given = told()[sex][place * 5 : place * 5 + 5]
    days = chance.randint(*(years * 365 for years in story["ages"]))
    return Invented(
        uid=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{SEED} {number}")),
        family=family,
        given=chance.choice(given),
        title=chance.choice(("Mrs", "Ms", "Miss") if sex == "female" else ("Mr",)),
        sex=sex,
        born=made - timedelta(days=YEARS_BACK + days),
        nhs_number=number,
        story=story,
    )


def _numbers(first: int) -> Iterator[str]:
    """Ten digits, the last of which is the check digit that fits; some beginnings have none."""
    nine = first
    while True:
        for check in range(10):
            number = f"{nine:09}{check}"
            if is_valid(number):
                yield number
        nine += 1


def planned_visits(made: date) -> list[Visit]:
    """Of all patients, from three years before that day to a year after it, in the order of time."""
    visits = [visit for patient in invented_patients(made) for visit in _of_patient(patient, made)]
    found: list[Visit] = []
    for visit in sorted(visits, key=lambda visit: (visit.at, visit.uid)):
        # One at a time, or the clock of the trail would run back between two that overlap.
        soonest = found[-1].at + timedelta(minutes=EVERY) if found else visit.at
        found.append(replace(visit, at=max(visit.at, soonest)))
    return found


def _of_patient(patient: Invented, made: date) -> Iterator[Visit]:
    chance = Random(f"{SEED} {patient.uid}")
    first = made - timedelta(days=round(YEARS_BACK * chance.random() ** 1.5))  # the list has grown
    number, story = 0, patient.story
    while first <= made + timedelta(days=YEARS_ON):
        day = first
        for visit in story["visit"]:
            day = first + timedelta(weeks=visit["week"], days=chance.randint(-2, 3) if visit["week"] else 0)
            if chance.randrange(100) < visit.get("chance", 100):
                yield _visit(chance, patient, visit, day, number)
                number += 1
        if patient.story.get("lasting"):
            return
        first = day + timedelta(days=chance.randint(*AGAIN))
        story = chance.choice([each for each in told()["story"] if _fits(each, patient, first)])


def _fits(story: Mapping[str, Any], patient: Invented, day: date) -> bool:
    """Some months later the same patient may come with another ordinary pain."""
    low, high = story["ages"]
    age = (day - patient.born).days // 365
    return not story.get("lasting") and story.get("sex") in (None, patient.sex) and low - 8 <= age <= high + 8


def _visit(chance: Random, patient: Invented, told_of: Mapping[str, Any], day: date, number: int) -> Visit:
    while not load_working_days("england", LONDON).is_working(day):
        day += timedelta(days=1)
    minutes = chance.randrange(0, 540, EVERY)
    at = datetime.combine(day, OPENS, LONDON) + timedelta(minutes=minutes)
    return Visit(
        uid=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{patient.uid} visit {number}")),
        patient=patient.uid,
        at=at.astimezone(UTC),
        who=told()["clinicians"][0] if chance.random() < 0.6 else chance.choice(told()["clinicians"][1:]),
        answers=_screen(chance) | _a_little_other(chance, told_of["answers"]),
        bloods=told_of.get("bloods", {}),
        imaging=told_of.get("imaging", ()),
        paper=chance.choice(("sheet", "sheet", "card", "summary")) if chance.random() < PRINTED else "",
    )


def _screen(chance: Random) -> dict[str, Any]:
    """One visit in eight leaves some of the safety screen unasked."""
    items = told()["screen"]
    left_out = chance.sample(items, chance.randint(1, 4)) if chance.random() < 0.125 else ()
    return {item: False for item in items if item not in left_out}


def _a_little_other(chance: Random, answers: Mapping[str, Any]) -> dict[str, Any]:
    """No two patients give quite the same figures."""
    given = dict(answers)
    for item, step, top in (("pain_score", 1, 10), ("roland_morris_total", 2, 24)):
        if item in given:
            given[item] = min(top, max(0, given[item] + chance.randint(-step, step)))
    return given
