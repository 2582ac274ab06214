"""Scores after imaging or bloods: point scores from their tables, and two formulas. Impossible input is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Annotated

from msgspec import Meta, field

from desktop.clinical.checklist import Sex
from desktop.clinical.citation import check_cites
from desktop.clinical.content import Content
from desktop.clinical.evidence import TABLES
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.rules import Tag
from resources import FOLDER

MICROMOL_PER_MG = 88.4
"""Creatinine, micromol/L for each mg/dL: 10,000 divided by its molar mass, 113.12 g/mol."""


class ScoreError(ValueError):
    """One line: what cannot be, and what to check."""


class Choice(Model):
    id: Id
    words: Words
    points: Annotated[int, Meta(ge=0)]


class Part(Model):
    id: Id
    name: Words
    choices: Annotated[tuple[Choice, ...], Meta(min_length=2)]

    def points(self, choice: str) -> int:
        found = next((one for one in self.choices if one.id == choice), None)
        if found is None:
            raise ScoreError(f"{self.name}: “{choice}” is not one of {', '.join(one.id for one in self.choices)}")
        return found.points

    @property
    def least(self) -> int:
        return min(choice.points for choice in self.choices)

    @property
    def most(self) -> int:
        return max(choice.points for choice in self.choices)


class Band(Model):
    """Totals `from` … `to`, both included."""

    first: int = field(name="from")
    last: int = field(name="to")
    name: Words
    words: Words


class Score(Model, kw_only=True):
    """`about` says when it may be used, and what it does not say."""

    id: Id
    name: Words
    about: Words
    cites: Annotated[tuple[str, ...], Meta(min_length=1)]
    tag: Tag
    checked: date
    note: str = ""
    part: Annotated[tuple[Part, ...], Meta(min_length=2)]
    band: Annotated[tuple[Band, ...], Meta(min_length=2)]

    @property
    def least(self) -> int:
        return sum(part.least for part in self.part)

    @property
    def most(self) -> int:
        return sum(part.most for part in self.part)


@dataclass(frozen=True)
class ScoreResult:
    """`points` from the parts that were given; the total lies from `low` to `high`. `band`: only if that is one."""

    score: Score
    points: int
    low: int
    high: int
    missing: tuple[str, ...]
    band: Band | None

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def words(self) -> str:
        meaning = f" {self.band.words}" if self.band else ""
        if self.complete:
            return f"{self.points} of {self.score.most}.{meaning}"
        given, of = len(self.score.part) - len(self.missing), len(self.score.part)
        start = (
            f"Incomplete: {self.points} points from {given} of {of} parts, possible total {self.low} to {self.high}."
        )
        return start + meaning


def score(table: Score, chosen: Mapping[str, str]) -> ScoreResult:
    """`chosen` names a choice for each part; a part may be missing. Raises ScoreError."""
    unknown = chosen.keys() - {part.id for part in table.part}
    if unknown:
        raise ScoreError(f"{table.name} has no part “{min(unknown)}”")
    given = [part.points(chosen[part.id]) for part in table.part if part.id in chosen]
    missing = [part for part in table.part if part.id not in chosen]
    low = sum(given) + sum(part.least for part in missing)
    high = sum(given) + sum(part.most for part in missing)
    band = next((band for band in table.band if band.first <= low and high <= band.last), None)
    return ScoreResult(table, sum(given), low, high, tuple(part.id for part in missing), band)


def adjusted_calcium(calcium: float, albumin: float) -> float:
    """mmol/L, from calcium in mmol/L and albumin in g/L (GPnotebook). The laboratory's own figure comes first.

    With a paraprotein or an eGFR under 60 it is no better than the calcium itself. Raises ScoreError.
    """
    _possible("Calcium", calcium, 0.5, 6, "mmol/L", "mg/dL")
    _possible("Albumin", albumin, 10, 70, "g/L", "g/dL")
    return round(calcium + 0.02 * (40 - albumin), 2)


def egfr(creatinine: float, age: int, sex: Sex) -> int:
    """CKD-EPI 2021, mL/min/1.73 m², from creatinine in micromol/L; adults only. Raises ScoreError.

    A UK laboratory may still report by the equation of 2009: the two figures differ.
    """
    _possible("Creatinine", creatinine, 20, 3000, "micromol/L", "mg/dL")
    _possible("Age", age, 18, 120, "years", "a child: the equation is for adults")
    if sex not in ("female", "male"):
        raise ScoreError("Sex: the equation needs female or male")
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "female" else (0.9, -0.302, 1.0)
    ratio = creatinine / MICROMOL_PER_MG / kappa
    filtered: float = 142 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.200 * 0.9938**age * factor
    return round(filtered)


def _possible(name: str, amount: float, low: float, high: float, unit: str, doubt: str) -> None:
    if isinstance(amount, bool) or not isfinite(amount) or not low <= amount <= high:
        raise ScoreError(f"{name} {amount:g} is not possible: {low:g} to {high:g} {unit} ({unit} or {doubt}?)")


def load_scores(content: Content, folder: Path = FOLDER) -> Mapping[str, Score]:
    """Raises ContentError with every mistake of the score tables."""
    files = [ContentFile(path, folder) for path in sorted((folder / "evidence").glob("*.toml"))]
    found = [(file, table) for file in files for table in file.entries("score", Score)]
    for file in files:
        file.only_tables(*TABLES)
    for file, table in found:
        check_cites(content.citations, file, table.id, table.cites)
        for key, message in _table_mistakes(table):
            file.wrong(table.id, key, message)
    mistakes = [mistake for file in files for mistake in file.mistakes]
    if mistakes:
        raise ContentError(mistakes)
    return {table.id: table for _, table in found}


def _table_mistakes(table: Score) -> Iterator[tuple[str, str]]:
    """Every total that can come about lies in one band."""
    for total in range(table.least, table.most + 1):
        bands = [band.name for band in table.band if band.first <= total <= band.last]
        if len(bands) != 1:
            yield "band", f"a total of {total} lies in {len(bands)} bands"
    if {table.band[0].first, table.band[-1].last} != {table.least, table.most}:
        yield "band", f"the bands must run from {table.least} to {table.most}"
    names = [part.id for part in table.part]
    if len(set(names)) != len(names):
        yield "part", "a part stands twice"
    for part in table.part:
        if len({choice.id for choice in part.choices}) != len(part.choices):
            yield "part", f"“{part.id}” has a choice twice"
