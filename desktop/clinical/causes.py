"""What the pain could be: the causes and the side-by-side table, as their files hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from desktop.clinical.checklist import PATIENT_FACTS
from desktop.clinical.citation import check_cites
from desktop.clinical.condition import Condition, items
from desktop.clinical.condition_reader import ConditionReader
from desktop.clinical.content import Content
from desktop.clinical.evidence import Evidence, EvidenceLoader, Number
from desktop.clinical.mistakes import ContentError, ContentFile, Mistake
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.wholeness import check_once
from resources import FOLDER

CAUSE_TABLES = ("cause", "speaks_for", "speaks_elsewhere")
COMPARISON_TABLES = ("comparison", "row")


class FeatureEntry(Model):
    """Something that speaks for a cause, or for another one. `ratio` is shown beside it, and counts for nothing."""

    name: Words
    when: Words
    ratio: Id | None = None
    note: str = ""
    cites: tuple[str, ...] = ()


class CauseEntry(Model):
    """`about`: what it is and what not to conclude. `no_number`: why no figure is given, or under what conditions."""

    id: Id
    name: Words
    order: int
    about: Words
    no_number: Words
    cites: tuple[str, ...]
    speaks_for: tuple[FeatureEntry, ...] = ()
    speaks_elsewhere: tuple[FeatureEntry, ...] = ()

    @property
    def features(self) -> tuple[FeatureEntry, ...]:
        return self.speaks_for + self.speaks_elsewhere


class Row(Model, kw_only=True):
    """One line of the side-by-side table. `items` are listed even when not asked, `when_answered` only then."""

    name: Words
    left: Words
    right: Words
    left_when: str | None = None
    right_when: str | None = None
    items: tuple[Id, ...] = ()
    when_answered: tuple[Id, ...] = ()
    never_infer: Words
    cites: tuple[str, ...] = ()


class Comparison(Model):
    """`left` and `right` are causes; `above` stands over the table, `with_cancer` too after a yes to cancer."""

    name: Words
    left: Id
    right: Id
    above: Words
    with_cancer: Words
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Feature:
    """`accuracy` is what a study printed about it, in words; empty where nothing usable was published."""

    name: str
    condition: Condition
    items: tuple[str, ...]
    note: str
    accuracy: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Cause:
    id: str
    name: str
    about: str
    no_number: str
    number: Number | None
    sources: tuple[str, ...]
    speaks_for: tuple[Feature, ...]
    speaks_elsewhere: tuple[Feature, ...]


@dataclass(frozen=True)
class Causes:
    """Made by `load_causes`, never changed; the causes stand in a fixed order, not by likelihood."""

    causes: tuple[Cause, ...]
    comparison: Comparison
    evidence: Evidence
    conditions: Mapping[str, Condition]

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """All that the reading of each cause may rest on: its features, and the number it may have."""
        return {cause.id: _named(self.evidence, cause) for cause in self.causes}

    def cause(self, id: str) -> Cause:
        return next(cause for cause in self.causes if cause.id == id)


def _named(evidence: Evidence, cause: Cause) -> frozenset[str]:
    features = (*cause.speaks_for, *cause.speaks_elsewhere)
    named = frozenset[str]().union(*(one.condition.named for one in features), *(one.items for one in features))
    return named | evidence.named(cause.number) if cause.number else named


def load_causes(content: Content, folder: Path = FOLDER) -> Causes:
    """Raises ContentError with every mistake of every file of causes and of evidence."""
    return _Loader(content, folder).causes()


class _Loader:
    def __init__(self, content: Content, folder: Path) -> None:
        self.content = content
        self.reader = ConditionReader(content)
        self.evidence = EvidenceLoader(content, self.reader, folder)
        self.files = [ContentFile(path, folder) for path in sorted((folder / "causes").glob("*.toml"))]
        self.found = [found for file in self.files if "comparison" not in file.tables for found in _cause(file)]
        self.tables = [found for file in self.files if "comparison" in file.tables for found in _comparison(file)]

    def causes(self) -> Causes:
        self._check()
        mistakes = [*self.evidence.mistakes, *(mistake for file in self.files for mistake in file.mistakes)]
        if not mistakes and len(self.tables) != 1:
            mistakes = [Mistake("causes", 1, "", "comparison", "there must be one side-by-side table")]
        if mistakes:
            raise ContentError(mistakes)
        evidence = self.evidence.evidence()
        entries = sorted((entry for _, entry in self.found), key=lambda entry: entry.order)
        return Causes(
            causes=tuple(self._made(entry, evidence) for entry in entries),
            comparison=self.tables[0][1],
            evidence=evidence,
            conditions=self.reader.conditions,
        )

    def _made(self, entry: CauseEntry, evidence: Evidence) -> Cause:
        return Cause(
            id=entry.id,
            name=entry.name,
            about=entry.about,
            no_number=entry.no_number,
            number=evidence.number_for(entry.id),
            sources=source_words(self.content, entry.cites),
            speaks_for=tuple(self._feature(feature, evidence) for feature in entry.speaks_for),
            speaks_elsewhere=tuple(self._feature(feature, evidence) for feature in entry.speaks_elsewhere),
        )

    def _feature(self, entry: FeatureEntry, evidence: Evidence) -> Feature:
        ratio = evidence.ratios[entry.ratio] if entry.ratio else None
        condition = self.reader.conditions[entry.when]
        return Feature(
            name=entry.name,
            condition=condition,
            items=items(condition),
            note=entry.note,
            accuracy=ratio.words if ratio else "",
            sources=source_words(self.content, (*entry.cites, *(ratio.cites if ratio else ()))),
        )

    def _check(self) -> None:
        check_once(((file, cause.id) for file, cause in self.found), "causes")
        for file, cause in self.found:
            check_cites(self.content.citations, file, cause.id, cause.cites)
            for feature in cause.features:
                self._check_feature(file, feature)
            if file.tables and not cause.speaks_for and not file.unread:
                file.wrong(cause.id, "speaks_for", "nothing speaks for it")
        for file, comparison in self.tables:
            self._check_comparison(file, comparison)
        self._check_numbers()

    def _check_feature(self, file: ContentFile, feature: FeatureEntry) -> None:
        self.reader.read(file, feature.name, "when", feature.when)
        check_cites(self.content.citations, file, feature.name, feature.cites)
        if feature.ratio is None:
            return
        ratio = next((ratio for _, ratio in self.evidence.ratios if ratio.id == feature.ratio), None)
        if ratio is None:
            file.wrong(feature.name, "ratio", f"there is no ratio “{feature.ratio}”")
        elif ratio.when != feature.when:
            file.wrong(feature.name, "ratio", f"“{ratio.id}” is the ratio of another finding: {ratio.when}")

    def _check_comparison(self, file: ContentFile, comparison: Comparison) -> None:
        for key, id in (("left", comparison.left), ("right", comparison.right)):
            if id not in self._known_causes():
                file.wrong("", key, f"there is no cause “{id}”")
        for row in comparison.rows:
            self.reader.read(file, row.name, "left_when", row.left_when)
            self.reader.read(file, row.name, "right_when", row.right_when)
            check_cites(self.content.citations, file, row.name, row.cites)
            for id in (*row.items, *row.when_answered):
                if id not in self.content.items and id not in PATIENT_FACTS:
                    file.wrong(row.name, "items", f"no item is called “{id}”")

    def _check_numbers(self) -> None:
        for file, number in self.evidence.numbers:
            if number.cause not in self._known_causes():
                file.wrong(number.id, "cause", f"there is no cause “{number.cause}”")
        self.evidence.mistakes = [mistake for file in self.evidence.files for mistake in file.mistakes]

    def _known_causes(self) -> set[str]:
        """Those with a mistake of their own too: that is said there, and not once more wherever they are named."""
        return {cause.id for _, cause in self.found} | {id for file in self.files for id in file.unread}


def source_words(content: Content, cites: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(content.source_words(cite) for cite in cites))


def _cause(file: ContentFile) -> Iterator[tuple[ContentFile, CauseEntry]]:
    file.only_tables(*CAUSE_TABLES)
    features = {table: tuple(file.entries(table, FeatureEntry)) for table in ("speaks_for", "speaks_elsewhere")}
    for cause in file.entries("cause", CauseEntry):
        yield file, cause.but(**features)


def _comparison(file: ContentFile) -> Iterator[tuple[ContentFile, Comparison]]:
    file.only_tables(*COMPARISON_TABLES)
    rows = tuple(file.entries("row", Row))
    for comparison in file.entries("comparison", Comparison):
        yield file, comparison.but(rows=rows)
