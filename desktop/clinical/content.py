"""The content: TOML files into models, checked as a whole, with every mistake of every file at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TypeVar

from desktop.clinical import exactness, wholeness
from desktop.clinical.checklist import PATIENT_FACTS, Item, Misfit, Model, Section, Words
from desktop.clinical.condition import Condition, ConditionError, items, parse
from desktop.clinical.dates import date_words
from desktop.clinical.limits import LATEST, length
from desktop.clinical.mistakes import ContentError, ContentFile, Mistake
from desktop.clinical.overlay import Overlay
from desktop.clinical.rules import (
    Citation,
    Contact,
    ImagingLine,
    Line,
    Modifier,
    ReferralLine,
    Rule,
    SpokenLine,
    Term,
    Urgency,
)
from resources import FOLDER

Made = TypeVar("Made", bound=Model)
CONTRADICTIONS = "checklist/contradictions.toml"


class Panel(Model):
    """A name for several blood tests that are asked for together."""

    id: Words
    name: Words
    tests: tuple[str, ...]


class Pathway(Model):
    id: Words
    title: Words
    rule_set: Words
    dated: date
    files: tuple[str, ...] = ()
    """Those without which it is not whole."""
    approved_by: str = ""  # the clinician who has signed these rules off, by name and registration


@dataclass(frozen=True)
class Content:
    """What one rule set knows. Made by `load`, never changed."""

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
                contacts[id] = contacts[id].model_copy(update=said)
        return replace(self, contacts=contacts)

    def source_words(self, cite: str) -> str:
        """`NICE NG12 (January 2026) 1.6.6, checked 22-Nov-2026`."""
        id, _, locator = cite.partition(" ")
        source = self.citations[id]
        place = f" {locator}" if locator else ""
        return f"{source.short} ({source.version}){place}, checked {date_words(source.checked)}"


def load(folder: Path = FOLDER, overlay: Path | None = None) -> Content:
    """Raises ContentError with all mistakes; content with a mistake is never used in part.

    `overlay` is a practice's folder of TOML files that add and sharpen; its cases stand in its own `cases/`.
    """
    return _Loader(folder, overlay).content()


class _Loader:
    def __init__(self, folder: Path, overlay: Path | None) -> None:
        self.folder, self.overlay = folder, overlay
        self.files: list[ContentFile] = []
        self.conditions: dict[str, Condition] = {}
        checklist = self._toml("checklist")
        self.sections = [self._section(file) for file in checklist if file.name != CONTRADICTIONS]
        self.misfits = [one for file in checklist if file.name == CONTRADICTIONS for one in self._contradictions(file)]
        rule_files = self._toml("rules", "rule", "term", "modifier", "panel")
        self.rules = self._all(rule_files, "rule", Rule)
        self.terms = self._all(rule_files, "term", Term)
        self.modifiers = self._all(rule_files, "modifier", Modifier)
        self.panels = self._all(rule_files, "panel", Panel)
        pathway_files = self._toml("pathways", "pathway", "contact")
        self.pathways = self._all(pathway_files, "pathway", Pathway)
        self.contacts = self._all(pathway_files, "contact", Contact)
        self.citations = self._all(self._toml("citations", "citation"), "citation", Citation)
        self.shipped = (self.rules, self.modifiers, [*self.citations])
        if overlay is not None:
            self._lay_over(overlay)
        self.items = {item.id: item for _, section in self.sections for item in section.items}

    def content(self) -> Content:
        self._check()
        mistakes = [mistake for file in self.files for mistake in file.mistakes]
        if mistakes:
            raise ContentError(mistakes)
        return Content(
            pathway=self.pathways[0][1],
            sections=tuple(sorted((section for _, section in self.sections), key=lambda section: section.order)),
            rules=tuple(
                sorted((rule for _, rule in self.rules), key=lambda rule: (rule.id[:3], len(rule.id), rule.id))
            ),
            modifiers=tuple(modifier for _, modifier in self.modifiers),
            terms={term.id: term for _, term in self.terms},
            citations={citation.id: citation for _, citation in self.citations},
            contacts={contact.id: contact for _, contact in self.contacts},
            panels={panel.id: panel for _, panel in self.panels},
            conditions=self.conditions,
            misfits=tuple(misfit for _, misfit in self.misfits),
            folder=self.folder,
            overlay=self.overlay,
        )

    def _lay_over(self, folder: Path) -> None:
        files = [ContentFile(path, folder) for path in sorted(folder.glob("*.toml"))]
        self.files += files
        laid = Overlay(files)
        self.rules, self.contacts = laid.ruled(self.rules), laid.contacted(self.contacts)
        self.citations += self._all(files, "citation", Citation)
        self.pathways = [
            (file, pathway.model_copy(update={"rule_set": f"{pathway.rule_set} with practice overlay"}))
            for file, pathway in self.pathways
        ]

    def _toml(self, subfolder: str, *tables: str) -> list[ContentFile]:
        found = [ContentFile(path, self.folder) for path in sorted((self.folder / subfolder).glob("*.toml"))]
        for file in found:
            if tables:
                file.only_tables(*tables)
            if not file.tables and not file.mistakes:
                file.wrong("", "", "holds nothing: what stood in it is gone")
        self.files += found
        return found

    def _section(self, file: ContentFile) -> tuple[ContentFile, Section]:
        file.only_tables("section", "item")
        items = file.entries("item", Item)
        head = file.entries("section", Section) or [Section(id="unread", title="Unread", order=0)]
        return file, head[0].model_copy(update={"items": tuple(items)})

    def _contradictions(self, file: ContentFile) -> list[tuple[ContentFile, Misfit]]:
        file.only_tables("contradiction")
        return self._all([file], "contradiction", Misfit)

    def _all(self, files: Sequence[ContentFile], table: str, model: type[Made]) -> list[tuple[ContentFile, Made]]:
        return [(file, entry) for file in files for entry in file.entries(table, model)]

    def _check(self) -> None:
        """Names are only held against each other when every file could be read as far as its entries."""
        self._once("checklist", ((file, item.id) for file, section in self.sections for item in section.items))
        self._once("sections", ((file, section.id) for file, section in self.sections))
        for what in ("rules", "terms", "modifiers", "panels", "contacts", "citations"):
            self._once(what, ((file, entry.id) for file, entry in getattr(self, what)))
        if any(file.mistakes and not file.tables for file in self.files):
            return
        self.pieces = self._read_terms()
        self.opens = self._read_asked_when()
        for file, section in self.sections:
            for item in section.items:
                self._check_item(file, item)
        self._check_circles()
        for file, misfit in self.misfits:
            self._check_misfit(file, misfit)
        self.taken = {rule.id: set(rule.takes_in) for _, rule in self.rules}
        for file, rule in self.rules:
            self._check_rule(file, rule)
        for file, modifier in self.modifiers:
            self._check_modifier(file, modifier)
        self._check_frame()

    def _once(self, what: str, named: Iterable[tuple[ContentFile, str]]) -> None:
        for file, id in wholeness.twice(named):
            file.wrong(id, "id", f"is used twice in the {what}")

    def _read_terms(self) -> dict[str, tuple[Condition, ...]]:
        """Terms may use terms that stand anywhere; one that leads back to itself is refused."""
        waiting = {term.id: (file, term) for file, term in self.terms}
        read: dict[str, tuple[Condition, ...]] = {}
        while waiting:
            ready = [id for id, (_, term) in waiting.items() if not _names(term) & waiting.keys()]
            if not ready:
                for id, (file, _) in waiting.items():
                    file.wrong(id, "when", "leads back to itself, or to a term that does")
                return read
            for id in ready:
                file, term = waiting.pop(id)
                texts = term.any_of or ((term.when,) if term.when else ())
                parsed = [self._parse(file, id, "when", text, read) for text in texts]
                read[id] = tuple(piece for piece in parsed if piece is not None)
        return read

    def _read_asked_when(self) -> dict[str, Condition]:
        found = {}
        for file, section in self.sections:
            for item in section.items:
                if item.asked_when is not None:
                    condition = self._condition(file, item.id, "asked_when", item.asked_when, exact=False)
                    if condition is not None:
                        found[item.id] = condition
        return found

    def _parse(
        self, file: ContentFile, entry: str, key: str, text: str, terms: Mapping[str, tuple[Condition, ...]]
    ) -> Condition | None:
        try:
            return parse(text, terms)
        except ConditionError as error:
            file.wrong(entry, key, str(error))
            return None

    def _condition(self, file: ContentFile, entry: str, key: str, text: str, *, exact: bool = True) -> Condition | None:
        condition = self._parse(file, entry, key, text, self.pieces)
        if condition is None or self._names_unread(condition):
            return None
        for message in exactness.mistakes_in(condition, self.items, opens=self.opens if exact else None):
            file.wrong(entry, key, message)
        self.conditions[text] = condition
        return condition

    def _names_unread(self, condition: Condition) -> bool:
        return bool(set(items(condition)) & (self._known_items - self.items.keys()))

    @cached_property
    def _levels(self) -> dict[str, Urgency]:
        return {rule.id: rule.level for _, rule in self.rules}

    @cached_property
    def _cited(self) -> set[str]:
        return {citation.id for _, citation in self.citations}

    @cached_property
    def _known_items(self) -> set[str]:
        """Those with a mistake of their own too: that is said there, and not once more wherever they are named."""
        return self.items.keys() | {id for file in self.files for id in file.unread}

    def _check_item(self, file: ContentFile, item: Item) -> None:
        for key, message in _item_mistakes(item, self._known_items, self.pieces.keys()):
            file.wrong(item.id, key, message)
        for reference in item.reference:
            if reference.when is not None:
                self._condition(file, item.id, "reference", reference.when)
        self._check_cites(file, item.id, item.cites)

    def _check_misfit(self, file: ContentFile, misfit: Misfit) -> None:
        """Its condition may mix directions: it points something out and decides nothing."""
        for id in (misfit.item, misfit.more_than or misfit.item):
            if id not in {*self._known_items, *PATIENT_FACTS}:
                file.wrong(misfit.item, "item", f"no item is called “{id}”")
        if (misfit.when is None) == (misfit.more_than is None):
            file.wrong(misfit.item, "when", "needs either `when` or `more_than`")
        if misfit.when is not None:
            self._condition(file, misfit.item, "when", misfit.when, exact=False)

    def _check_circles(self) -> None:
        before = {id: set(items(condition)) for id, condition in self.opens.items()}
        for file, section in self.sections:
            for item in section.items:
                if item.id in wholeness.reached(item.id, before):
                    file.wrong(item.id, "asked_when", "leads in a circle back to this item")

    def _check_rule(self, file: ContentFile, rule: Rule) -> None:
        self._condition(file, rule.id, "when", rule.when)
        self._check_cites(file, rule.id, rule.cites)
        levels = self._levels
        for id in rule.takes_in:
            if id not in levels.keys() | file.unread:
                file.wrong(rule.id, "takes_in", f"there is no rule “{id}”")
            elif levels.get(id, rule.level) > rule.level:
                file.wrong(rule.id, "takes_in", f"“{id}” is more urgent: a larger flag takes in a smaller one")
        if rule.id in wholeness.reached(rule.id, self.taken):
            file.wrong(rule.id, "takes_in", "leads in a circle back to this rule: neither flag would be shown")
        for line in rule.plan:
            self._check_line(file, rule, line)
        contacts = [line for line in rule.plan if isinstance(line, ReferralLine) and not line.when]
        latest = LATEST[rule.urgency]
        if not any(length(line.within) <= length(latest) for line in contacts):
            file.wrong(rule.id, "plan", f"has no referral or contact within the limit of its urgency ({latest})")

    def _check_line(self, file: ContentFile, rule: Rule, line: Line) -> None:
        if line.when is not None:
            self._condition(file, rule.id, "plan.when", line.when)
        if isinstance(line, SpokenLine):
            self._check_spoken(file, rule, line)
        known = {contact.id for _, contact in self.contacts}
        if isinstance(line, ReferralLine) and line.to not in known:
            file.wrong(rule.id, "to", f"the pathway has no contact “{line.to}”")

    def _check_spoken(self, file: ContentFile, rule: Rule, line: SpokenLine) -> None:
        if line.unless is not None:
            self._condition(file, rule.id, "plan.unless", line.unless)
        for name in line.while_open or ():
            named = self._parse(file, rule.id, "plan.while_open", name, self.pieces)
            if named is not None and not named.named <= self._known_items:
                file.wrong(rule.id, "plan.while_open", f"no item and no term is called “{name}”")
            elif named is not None:
                self.conditions[name] = named

    def _check_modifier(self, file: ContentFile, modifier: Modifier) -> None:
        self._condition(file, modifier.id, "when", modifier.when)
        self._check_cites(file, modifier.id, modifier.cites)
        for hindrance in modifier.hindrances:
            if hindrance.item not in self._known_items:
                file.wrong(modifier.id, "hindrances", f"no item is called “{hindrance.item}”")
        if modifier.applies_to == "mri":
            lines = (line for _, rule in self.rules for line in rule.plan if isinstance(line, ImagingLine))
            for missing in sorted({line.indication for line in lines} - modifier.alternatives.keys()):
                file.wrong(modifier.id, "alternatives", f"has none for “{missing}”")

    def _check_cites(self, file: ContentFile, entry: str, cites: Iterable[str]) -> None:
        for cite in cites:
            if cite.partition(" ")[0] not in self._cited:
                file.wrong(entry, "cites", f"there is no citation “{cite.partition(' ')[0]}”")

    def _check_frame(self) -> None:
        screens = [section for _, section in self.sections if section.safety_screen]
        if len(screens) != 1 and self.sections:
            self.sections[0][0].wrong("", "safety_screen", f"one section is the safety screen, not {len(screens)}")
        if len(self.pathways) != 1:
            raise ContentError([Mistake("pathways", 1, "", "pathway", "there must be one pathway")])
        (frame, pathway), *_ = self.pathways
        for missing in sorted(set(pathway.files) - {file.name for file in self.files}):
            frame.wrong(pathway.id, "files", f"{missing} is missing")
        for file, entry, key, day in wholeness.later(
            self.pathways[0][1].dated, self.rules, self.modifiers, self.citations
        ):
            file.wrong(entry, key, f"{date_words(day)} is after the date of the rule set")


def _names(term: Term) -> set[str]:
    """Every word of the term's text: enough to find the terms among them."""
    return {word for text in (*term.any_of, term.when or "") for word in re.findall(r"\w+", text)}


def _item_mistakes(item: Item, checklist: Set[str], terms: Set[str]) -> Iterator[tuple[str, str]]:
    if item.id in PATIENT_FACTS:
        yield "id", "is a fact of the patient, not a question"
    if item.id in terms:
        yield "id", "is also the name of a term"
    if (item.kind in ("choice", "multi")) != bool(item.choices):
        yield "choices", "belong to a choice or multi item, and only there"
    if (item.kind == "number") != (item.range is not None):
        yield "range", "belongs to a number, and only there"
    if item.range is not None and not -inf < item.range[0] < item.range[1] < inf:
        yield "range", "needs a lower figure and then a higher one"
    if item.yes_means is not None and item.yes_means not in item.choices:
        yield "yes_means", f"“{item.yes_means}” is not one of its choices"
    if item.detail_of is not None and item.detail_of not in checklist:
        yield "detail_of", f"no item is called “{item.detail_of}”"
    if item.reference and item.kind != "number":
        yield "reference", "belongs to a number"
    if item.formerly and not {item.formerly.yes, item.formerly.no} <= item.choices.keys():
        yield "formerly", "its yes and no must be choices of this item"
