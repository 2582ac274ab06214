"""Published starting figures and likelihood ratios, and what they make of one patient's findings.

Information beside the rules. Guidelines set the urgency: nothing here is read by `assess`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log
from pathlib import Path
from typing import Annotated

from msgspec import Meta, field

from desktop.clinical.chance import Amount, Chance, counted, disagree, log_odds, ratios_of, spread, together
from desktop.clinical.citation import check_cites
from desktop.clinical.condition import Condition, Knowledge, open_items, verdict
from desktop.clinical.condition_reader import ConditionReader
from desktop.clinical.content import Content
from desktop.clinical.frequency import base_for, frequency_words
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.rules import Tag
from desktop.clinical.wholeness import check_once
from resources import FOLDER

TABLES = ("prior", "ratio", "number", "score")
NUMBERED = ("bone_metastasis", "fracture", "axial_spondyloarthritis")
"""The only causes that may have a number (decisions §6); cauda equina, cord and infection never."""
OTHER_PLACES = 0.3
"""Standard error added to the log of every ratio, because no study was done in this practice."""
NO_INTERVAL = {"seen": 0.5, "seen-via": 0.7}
"""Standard error of the log of a ratio that was printed without an interval; one read at second hand is less sure."""
LATER_WEIGHT = 0.5
"""Findings depend on each other, so only the strongest group counts in full: an assumption of this tool."""
LARGEST_RATIO, LARGEST_PRODUCT = 20.0, 50.0

Share = Annotated[float, Meta(gt=0, lt=1)]


class Published(Model):
    """Where a figure comes from. `recall` may stand in a file, and enters no number."""

    id: Id
    name: Words
    setting: Words
    cites: Annotated[tuple[str, ...], Meta(min_length=1)]
    tag: Tag
    checked: date
    note: str = ""


class Prior(Published):
    """How many have it before anything is asked: `events` of `of`, or a `share` without counts."""

    events: Annotated[int, Meta(gt=0)] | None = None
    of: Annotated[int, Meta(gt=0)] | None = None
    share: Share | None = None

    def amount(self) -> Amount:
        if self.events is not None and self.of is not None:
            return counted(self.events, self.of)
        assert self.share is not None
        return Amount(log_odds(self.share), 0)


class Ratio(Published, dict=True, kw_only=True):
    """The likelihood ratio of a finding that is there. `several_studies` lifts the cap on a single ratio."""

    group: Words
    when: Words
    unless: str | None = None
    value: Annotated[float, Meta(gt=1)]
    low: Annotated[float, Meta(gt=0)] | None = None
    high: Annotated[float, Meta(gt=0)] | None = None
    sensitivity: Share | None = None
    specificity: Share | None = None
    several_studies: bool = False

    def amount(self) -> Amount:
        value = self.value if self.several_studies else min(self.value, LARGEST_RATIO)
        return together([Amount(log(value), self._error()), Amount(0, OTHER_PLACES)])

    def _error(self) -> float:
        if self.low is None or self.high is None:
            return NO_INTERVAL[self.tag]
        return spread(log(self.low), log(self.high))

    @cached_property
    def words(self) -> str:
        """`likelihood ratio 2.1 (1.6 to 2.8); in people referred for surgery`."""
        ends = f" ({self.low:g} to {self.high:g})" if self.low and self.high else ", no interval published"
        return f"likelihood ratio {self.value:g}{ends}; {self.setting}"


class Number(Model, kw_only=True):
    """Where a number may be shown: `when` has to be true and `unless` must not be. `weights`: less for a group."""

    id: Id
    cause: Id
    when: Words
    unless: str | None = None
    prior: Id
    ratios: Annotated[tuple[Id, ...], Meta(min_length=1)]
    weights: dict[str, Annotated[float, Meta(gt=0, le=1)]] = field(default_factory=dict)
    grey: bool = False
    caveat: Words


@dataclass(frozen=True)
class Evidence:
    priors: Mapping[str, Prior]
    ratios: Mapping[str, Ratio]
    numbers: Mapping[str, Number]
    conditions: Mapping[str, Condition]

    def holds(self, when: str, unless: str | None, knowledge: Knowledge) -> bool | None:
        """False as soon as `unless` is true; an `unless` that was not asked does not stand in the way."""
        if unless and verdict(self.conditions[unless], knowledge):
            return False
        return verdict(self.conditions[when], knowledge)

    def named(self, number: Number) -> frozenset[str]:
        """All that a figure may rest on."""
        held: list[Number | Ratio] = [number, *(self.ratios[id] for id in number.ratios)]
        whens = [when for one in held for when in (one.when, one.unless) if when]
        return frozenset[str]().union(*(self.conditions[when].named for when in whens))

    def number_for(self, cause: str) -> Number | None:
        return next((number for number in self.numbers.values() if number.cause == cause), None)

    def needs(self, number: Number, knowledge: Knowledge) -> tuple[str, ...]:
        """The questions without which it cannot be said whether the number applies."""
        undecided = self.holds(number.when, number.unless, knowledge) is None
        return open_items(self.conditions[number.when], knowledge) if undecided else ()


@dataclass(frozen=True)
class Weighed:
    """A ratio that counts, and how much."""

    ratio: Ratio
    weight: float


@dataclass(frozen=True)
class Estimate:
    """A starting figure, and what the findings make of it. `grey`: too little is known to print it in black."""

    number: Number
    prior: Prior
    weighed: tuple[Weighed, ...]
    before: Chance
    after: Chance

    @property
    def grey(self) -> bool:
        return self.number.grey

    @property
    def before_words(self) -> str:
        return frequency_words(self.before, self._base)

    @property
    def after_words(self) -> str:
        return frequency_words(self.after, self._base)

    @property
    def words(self) -> str:
        """The figure with the one it started from, always together."""
        if not self.weighed:
            return f"{self.before_words}, before any finding that has a published figure"
        findings = " and ".join(one.ratio.name for one in self.weighed)
        return f"{self.after_words}, with {findings} (before that answer {self.before_words})"

    @property
    def _base(self) -> int:
        return base_for((self.before, self.after))


def estimate(evidence: Evidence, number: Number, knowledge: Knowledge) -> Estimate | None:
    """None where decisions §6 allows no number, or where it is not known yet whether it does."""
    if not evidence.holds(number.when, number.unless, knowledge):
        return None
    found = [evidence.ratios[id] for id in number.ratios]
    present = [ratio for ratio in found if evidence.holds(ratio.when, ratio.unless, knowledge)]
    prior = evidence.priors[number.prior]
    weighed = weigh(present, number.weights)
    return Estimate(number, prior, weighed, prior.amount().chance(), moved(prior, weighed).chance())


def weigh(present: Iterable[Ratio], weights: Mapping[str, float]) -> tuple[Weighed, ...]:
    """One ratio per group, the strongest; the strongest group in full and the others at half."""
    best: dict[str, Weighed] = {}
    for ratio in present:
        one = Weighed(ratio, weights.get(ratio.group, 1.0))
        if ratio.group not in best or _strength(one) > _strength(best[ratio.group]):
            best[ratio.group] = one
    ranked = sorted(best.values(), key=_strength, reverse=True)
    return tuple(
        Weighed(one.ratio, min(one.weight, LATER_WEIGHT if place else 1.0)) for place, one in enumerate(ranked)
    )


def moved(prior: Prior, weighed: Iterable[Weighed]) -> Amount:
    """The log-odds after the findings; all ratios together count for no more than the cap."""
    total = together(one.ratio.amount().times(one.weight) for one in weighed)
    return together([prior.amount(), Amount(min(total.centre, log(LARGEST_PRODUCT)), total.error)])


def _strength(one: Weighed) -> float:
    return one.ratio.amount().centre * one.weight


def load_evidence(content: Content, folder: Path = FOLDER) -> Evidence:
    """Raises ContentError with every mistake of every evidence file."""
    loader = EvidenceLoader(content, ConditionReader(content), folder)
    if loader.mistakes:
        raise ContentError(loader.mistakes)
    return loader.evidence()


class EvidenceLoader:
    """Reads and checks; `load_causes` uses it too, so that all mistakes are told at once."""

    def __init__(self, content: Content, reader: ConditionReader, folder: Path) -> None:
        self.content, self.reader = content, reader
        self.files = [ContentFile(path, folder) for path in sorted((folder / "evidence").glob("*.toml"))]
        self.priors = [(file, prior) for file in self.files for prior in file.entries("prior", Prior)]
        self.ratios = [(file, ratio) for file in self.files for ratio in file.entries("ratio", Ratio)]
        self.numbers = [(file, number) for file in self.files for number in file.entries("number", Number)]
        self.known: dict[str, Prior | Ratio] = {prior.id: prior for _, prior in self.priors}
        self.known |= {ratio.id: ratio for _, ratio in self.ratios}
        self._check()
        self.mistakes = [mistake for file in self.files for mistake in file.mistakes]

    def evidence(self) -> Evidence:
        return Evidence(
            priors={prior.id: prior for _, prior in self.priors},
            ratios={ratio.id: ratio for _, ratio in self.ratios},
            numbers={number.id: number for _, number in self.numbers},
            conditions=self.reader.conditions,
        )

    def _check(self) -> None:
        for file in self.files:
            file.only_tables(*TABLES)
        named = [(file, one.id) for file, one in (*self.priors, *self.ratios)]
        check_once([*named, *((file, number.id) for file, number in self.numbers)], "evidence")
        for file, prior in self.priors:
            self._tell(file, prior.id, _prior_mistakes(prior))
            check_cites(self.content.citations, file, prior.id, prior.cites)
        for file, ratio in self.ratios:
            self._tell(file, ratio.id, _ratio_mistakes(ratio))
            self._check_conditions(file, ratio.id, ratio)
            check_cites(self.content.citations, file, ratio.id, ratio.cites)
        for file, number in self.numbers:
            self._tell(file, number.id, self._number_mistakes(number))
            self._check_conditions(file, number.id, number)

    def _check_conditions(self, file: ContentFile, id: str, one: Ratio | Number) -> None:
        self.reader.read(file, id, "when", one.when)
        self.reader.read(file, id, "unless", one.unless)

    def _tell(self, file: ContentFile, id: str, mistakes: Iterator[tuple[str, str]]) -> None:
        for key, message in mistakes:
            file.wrong(id, key, message)

    def _number_mistakes(self, number: Number) -> Iterator[tuple[str, str]]:
        if number.cause not in NUMBERED:
            yield "cause", f"“{number.cause}” is never given a number (decisions §6)"
        kinds = [("prior", number.prior, Prior), *(("ratios", id, Ratio) for id in number.ratios)]
        unread = {id for file in self.files for id in file.unread}
        for key, id, kind in kinds:
            one = self.known.get(id)
            if not isinstance(one, kind) and id not in unread:
                yield key, f"there is no {kind.__name__.lower()} “{id}”"
            elif one is not None and one.tag not in NO_INTERVAL:
                yield key, f"“{id}” is tagged {one.tag}: it may be shown, and enters no number"


def _prior_mistakes(prior: Prior) -> Iterator[tuple[str, str]]:
    if (prior.events is None) != (prior.of is None) or (prior.events is None) == (prior.share is None):
        yield "share", "give either events and of, or a share"
    elif prior.events is not None and prior.of is not None and prior.events >= prior.of:
        yield "events", "must be fewer than all"


def _ratio_mistakes(ratio: Ratio) -> Iterator[tuple[str, str]]:
    if (ratio.low is None) != (ratio.high is None):
        yield "low", "an interval has a low and a high end"
    elif ratio.low is not None and ratio.high is not None and not ratio.low < ratio.value < ratio.high:
        yield "value", f"{ratio.value:g} is not inside its interval"
    if (ratio.sensitivity is None) != (ratio.specificity is None):
        yield "sensitivity", "goes with a specificity"
    elif ratio.sensitivity is not None and ratio.specificity is not None:
        computed, _ = ratios_of(ratio.sensitivity, ratio.specificity)
        if disagree(ratio.value, computed):
            yield "value", f"does not follow from sensitivity and specificity, which give {computed:.2g}"
