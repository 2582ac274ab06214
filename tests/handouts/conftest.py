"""Sheets of every kind of encounter: the case tables of all rules, the demonstration, and random answers."""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.case_table import Row
from desktop.clinical.checklist import Answer, Item, Person
from desktop.clinical.content import Content
from desktop.clinical.handouts import Handouts, load_handouts
from desktop.clinical.patient_sheet import PatientSheet, patient_sheet
from resources import FOLDER

from ..prepared import shipped_cases, shipped_content

AT = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
Sheets = tuple[tuple[Assessment, PatientSheet], ...]
AGES = (None, 9, 15, 30, 44, 50, 60, 68, 81)


@pytest.fixture(scope="session")
def content() -> Content:
    return shipped_content()


@pytest.fixture(scope="session")
def handouts(content: Content) -> Handouts:
    return load_handouts(content)


@pytest.fixture(scope="session")
def sheet_of(content: Content, handouts: Handouts) -> Callable[..., PatientSheet]:
    def make(assessment: Assessment, **options: object) -> PatientSheet:
        return patient_sheet(handouts, content, assessment, LONDON, **options)

    return make


@pytest.fixture(scope="session")
def assessments(content: Content) -> tuple[Assessment, ...]:
    """Of every rule the first six cases that raise it; the safety screen all no, and with one yes; 300 at random."""
    raising: dict[str, list[Row]] = defaultdict(list)
    for row in shipped_cases():
        if row.case.expect == "raised":
            raising[row.case.rule].append(row)
    rows = [(row.person, row.answers) for found in raising.values() for row in found[:6]]
    chance = random.Random(20261128)
    drawn = [_random_patient(content, chance, share / 299) for share in range(300)]
    screens = [(Person(40, "male"), screen_with(content, item.id)) for item in content.safety_screen.items]
    screens.append((Person(40, "male"), screen_with(content)))
    return tuple(assess(content, person, answers, AT) for person, answers in [*rows, *screens, *drawn])


def screen_with(content: Content, id: str = "") -> dict[str, Answer]:
    """The safety screen answered no, but for one item."""
    items = content.safety_screen.items
    found: dict[str, Answer] = {item.id: False if item.kind == "yes-no" else "no" for item in items}
    return found | ({id: "new" if content.items[id].is_timed else True} if id else {})


@pytest.fixture(scope="session")
def sheets(assessments: tuple[Assessment, ...], sheet_of: Callable[..., PatientSheet]) -> Sheets:
    return tuple((assessment, sheet_of(assessment)) for assessment in assessments)


@pytest.fixture(scope="session")
def variants(sheets: Sheets) -> Mapping[str, PatientSheet]:
    """Each combination of lines once, by its ids."""
    return {" ".join(line.id for line in sheet.lines): sheet for _, sheet in sheets}


@pytest.fixture
def planted(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the handout files with one text changed."""
    shutil.copytree(FOLDER / "handouts", tmp_path / "handouts")

    def plant(file: str, old: str, new: str) -> Path:
        path = tmp_path / "handouts" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return plant


def _random_patient(content: Content, chance: random.Random, share: float) -> tuple[Person, dict[str, Answer]]:
    person = Person(chance.choice(AGES), chance.choice([None, "female", "male"]))
    asked = [item for item in content.items.values() if chance.random() < share]
    return person, dict(_random_answers(asked, chance))


def _random_answers(items: list[Item], chance: random.Random) -> Iterator[tuple[str, Answer]]:
    for item in items:
        match item.kind:
            case "yes-no":
                yield item.id, chance.random() < 0.4
            case "choice":
                yield item.id, chance.choice([*item.choices])
            case "multi":
                yield item.id, frozenset(one for one in item.choices if chance.random() < 0.3)
            case "number":
                assert item.range is not None
                low, high = item.range
                yield item.id, float(round(low + (high - low) * chance.random() ** 2))
