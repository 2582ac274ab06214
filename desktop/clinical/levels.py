"""The root that weak movements and reduced reflexes point to, side by side, in words. A guide, never a diagnosis."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Literal

from msgspec import Meta

from desktop.clinical.checklist import Answer, Range, Said
from desktop.clinical.model import Id, Model, Words, read
from desktop.clinical.rules import Tag
from resources import FOLDER

Side = Literal["right", "left"]
SIDES: tuple[Side, ...] = ("right", "left")
"""As the patient is seen who faces the reader."""


class Movement(Model):
    id: Id
    name: Words
    limb: Literal["legs", "arms"]
    level: Words

    def item(self, side: Side) -> str:
        return f"power_{self.id}_{side}"


class Reflex(Model):
    id: Id
    name: Words
    levels: Annotated[tuple[str, ...], Meta(min_length=1)]

    def item(self, side: Side) -> str:
        return f"reflex_{self.id}_{side}"


class LevelTable(Model):
    source: Words
    checked: date
    read: Tag
    several: Words
    brisk: Words
    guide: Words
    movement: tuple[Movement, ...]
    reflex: tuple[Reflex, ...]

    def items(self) -> tuple[str, ...]:
        rows: tuple[Movement | Reflex, ...] = (*self.movement, *self.reflex)
        return tuple(row.item(side) for row in rows for side in SIDES)


@cache
def load_levels() -> LevelTable:
    return read(LevelTable, tomllib.loads((FOLDER / "bodymap" / "levels.toml").read_text("utf-8")))


@dataclass(frozen=True)
class Finding:
    """What one side shows; `levels` may hold an *or*, where a reflex belongs to two roots."""

    side: Side
    signs: tuple[str, ...]
    levels: tuple[str, ...]

    @property
    def words(self) -> str:
        signs = listed(self.signs)
        return f"{signs[:1].upper()}{signs[1:]} {self.side}: {listed(self.levels)}."


def findings(table: LevelTable, answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
    """Only sides that show something; what was not examined says nothing."""
    found = (_finding(table, answers, side) for side in SIDES)
    return tuple(one for one in found if one.signs)


def level_words(table: LevelTable, answers: Mapping[str, Answer]) -> str:
    """Empty when no movement is weak and no reflex is changed."""
    found = findings(table, answers)
    sentences = [one.words for one in found]
    if len(found) > 1 or any(len(one.levels) > 1 for one in found):
        sentences.append(table.several)
    if any(answers.get(reflex.item(side)) == "brisk" for reflex in table.reflex for side in SIDES):
        sentences.append(table.brisk)
    return " ".join(sentences)


def is_weak(answer: Answer | None) -> bool:
    """4 or less out of 5. A range counts only when all of it is below 5."""
    match answer:
        case bool():
            return False
        case int() | float():
            return answer < 5
        case Range(_, high, high_open=is_open):
            return high < 5 or (is_open and high <= 5)
        case Said(word):
            return word == "reduced"
    return False


def listed(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _finding(table: LevelTable, answers: Mapping[str, Answer], side: Side) -> Finding:
    weak = [one for one in table.movement if is_weak(answers.get(one.item(side)))]
    reduced = [one for one in table.reflex if answers.get(one.item(side)) in ("absent", "reduced")]
    signs = [f"weak {one.name}{_grade(answers[one.item(side)])}" for one in weak]
    signs += [f"{answers[one.item(side)]} {one.name}" for one in reduced]
    return Finding(side, tuple(signs), tuple(_levels(weak, reduced)))


def _levels(weak: list[Movement], reduced: list[Reflex]) -> Iterator[str]:
    """A reflex that belongs to a weak root names no other one."""
    named = {one.level for one in weak}
    yield from (one.level for one in weak)
    yield from (" or ".join(one.levels) for one in reduced if not named & set(one.levels))


def _grade(answer: Answer) -> str:
    return f" ({answer:g}/5)" if isinstance(answer, int | float) else ""
