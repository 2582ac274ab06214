"""The content: what one rule set knows, made from TOML files that were checked as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.clinical.checklist import Item, Misfit, Section
from desktop.clinical.condition import Condition
from desktop.clinical.dates import date_words
from desktop.clinical.rules import Citation, Contact, Modifier, Panel, Pathway, Rule, Term
from resources import FOLDER

if TYPE_CHECKING:
    from desktop.clinical.tables import Tables


@dataclass(frozen=True)
class Content:
    """What one rule set knows. Made by `load`, never changed. `mark` tells the files it was made from, where these
    were looked through anyway."""

    pathway: Pathway
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    modifiers: tuple[Modifier, ...]
    terms: Mapping[str, Term]
    citations: Mapping[str, Citation]
    contacts: Mapping[str, Contact]
    panels: Mapping[str, Panel]
    conditions: Mapping[str, Condition]
    misfits: tuple[Misfit, ...] = ()
    folder: Path = field(default=FOLDER, compare=False)
    overlay: Path | None = field(default=None, compare=False)
    mark: str = field(default="", compare=False)

    @property
    def rule_set(self) -> str:
        return self.pathway.rule_set

    @cached_property
    def items(self) -> Mapping[str, Item]:
        return {item.id: item for section in self.sections for item in section.items}

    @cached_property
    def details(self) -> Mapping[str, tuple[Item, ...]]:
        """What each item opens inside its row, from any section; the details of details after them."""
        direct: dict[str, list[Item]] = {}
        for item in self.items.values():
            if item.detail_of is not None:
                direct.setdefault(item.detail_of, []).append(item)

        def within(id: str) -> Iterator[Item]:
            for one in direct.get(id, ()):
                yield one
                yield from within(one.id)

        return {id: tuple(within(id)) for id in direct}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each rule, for sorting what is equally urgent."""
        return {rule.id: place for place, rule in enumerate(self.rules)}

    @cached_property
    def rule_of(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def condition_of(self) -> Mapping[str, Condition]:
        """Of each rule."""
        return {rule.id: self.condition(rule.when) for rule in self.rules}

    @cached_property
    def naming(self) -> Mapping[str, tuple[str, ...]]:
        """For each item the rules that name it."""
        found: dict[str, list[str]] = {}
        for id, condition in self.condition_of.items():
            for name in condition.named:
                found.setdefault(name, []).append(id)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def spoken_for_by(self) -> Mapping[str, frozenset[str]]:
        """For each rule those that take it in where both are raised."""
        return {
            smaller.id: frozenset(larger.id for larger in self.rules if larger.speaks_for(smaller))
            for smaller in self.rules
        }

    @cached_property
    def comparing(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        """For each number the rules that compare it with a figure, and that figure."""
        found: dict[str, list[tuple[str, float]]] = {}
        for rule, condition in self.condition_of.items():
            for item, figure in condition.figures:
                found.setdefault(item, []).append((rule, figure))
        return {item: tuple(figures) for item, figures in found.items()}

    @cached_property
    def numbers_in(self) -> Mapping[str, tuple[str, ...]]:
        """For each rule the numbers that it compares with a figure."""
        return {
            rule: tuple(sorted({item for item, _ in condition.figures if item in self.items}))
            for rule, condition in self.condition_of.items()
        }

    @cached_property
    def by_urgency(self) -> tuple[Rule, ...]:
        """The most urgent first, and in their order within an urgency."""
        return tuple(sorted(self.rules, key=lambda rule: -rule.level))

    @cached_property
    def safety_screen(self) -> Section:
        return next(section for section in self.sections if section.safety_screen)

    def condition(self, text: str) -> Condition:
        """The parsed form of a condition that stands in a content file."""
        return self.conditions[text]

    def named(self, names: Iterable[str]) -> list[str]:
        """Items in the order of the checklist, the terms of `while_open` among them opened."""
        found = frozenset().union(*(self.conditions[name].named for name in names))
        return [id for id in self.items if id in found]

    def tests(self, names: Iterable[str]) -> list[str]:
        """Single tests, the panels among them opened."""
        return [test for name in names for test in (self.panels[name].tests if name in self.panels else (name,))]

    def with_contacts(self, filled: Mapping[str, Mapping[str, str]]) -> Content:
        """What the practice knows of a contact, by id and field; a field it left empty stays as it is, but a number
        brings its own hours or none."""
        contacts = dict(self.contacts)
        for id, fields in filled.items():
            if id in contacts:
                said = {name: value for name, value in fields.items() if value}
                if "telephone" in said:
                    said["hours"] = fields.get("hours", "")
                contacts[id] = contacts[id].but(**said)
        return replace(self, contacts=contacts)

    def source_words(self, cite: str) -> str:
        """`NICE NG12 (January 2026) 1.6.6, checked 22-Nov-2026`."""
        id, _, locator = cite.partition(" ")
        source = self.citations[id]
        place = f" {locator}" if locator else ""
        return f"{source.short} ({source.version}){place}, checked {date_words(source.checked)}"


def load(folder: Path = FOLDER, overlay: Path | None = None) -> Content:
    """Raises ContentError with all mistakes of all files; content with a mistake is never used in part.

    `overlay` is a practice's folder of TOML files that add and sharpen; its cases stand in its own `cases/`.
    """
    from desktop.clinical.checks import Checks  # most starts do without: desktop.clinical.ready
    from desktop.clinical.mistakes import ContentError
    from desktop.clinical.tables import Tables

    tables = Tables(folder, overlay)
    conditions = Checks(tables).conditions
    mistakes = [mistake for file in tables.files for mistake in file.mistakes]
    if mistakes:
        raise ContentError(mistakes)
    return _content(tables, conditions)


def _content(tables: Tables, conditions: Mapping[str, Condition]) -> Content:
    return Content(
        pathway=tables.pathways[0][1],
        sections=tuple(sorted((section for _, section in tables.sections), key=lambda section: section.order)),
        rules=tuple(sorted((rule for _, rule in tables.rules), key=lambda rule: (rule.id[:3], len(rule.id), rule.id))),
        modifiers=tuple(modifier for _, modifier in tables.modifiers),
        terms={term.id: term for _, term in tables.terms},
        citations={citation.id: citation for _, citation in tables.citations},
        contacts={contact.id: contact for _, contact in tables.contacts},
        panels={panel.id: panel for _, panel in tables.panels},
        conditions=conditions,
        misfits=tuple(misfit for _, misfit in tables.misfits),
        folder=tables.folder,
        overlay=tables.overlay,
    )
