"""What no file alone can tell: names, conditions, limits and the frame, held against each other over all files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from math import inf

from desktop.clinical import exactness
from desktop.clinical.checklist import PATIENT_FACTS, Item, Misfit
from desktop.clinical.citation import check_cites
from desktop.clinical.condition import Condition, ConditionError, items, parse
from desktop.clinical.dates import date_words
from desktop.clinical.limits import LATEST, length
from desktop.clinical.mistakes import ContentError, ContentFile, Mistake
from desktop.clinical.rules import ImagingLine, Line, Modifier, ReferralLine, Rule, SpokenLine, Urgency
from desktop.clinical.tables import Tables
from desktop.clinical.term_order import by_need
from desktop.clinical.wholeness import check_once, later, reached

CONDITION_OF = {"rule": ("when", True), "modifier": ("when", True), "item": ("asked_when", False)}
"""The key of each table, and whether its condition decides something."""


class Checks:
    """Made for one reading of the files, to whose `files` it adds the mistakes; `conditions` holds what it parsed."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.conditions: dict[str, Condition] = {}
        self.items = {item.id: item for _, section in tables.sections for item in section.items}
        self._check()

    def _check(self) -> None:
        """Names are only held against each other when every file could be read as far as its entries."""
        sections = self.tables.sections
        check_once(((file, item.id) for file, section in sections for item in section.items), "checklist")
        for what in ("sections", "rules", "terms", "modifiers", "panels", "contacts", "citations"):
            check_once(((file, entry.id) for file, entry in getattr(self.tables, what)), what)
        if any(file.mistakes and not file.tables for file in self.tables.files):
            return
        self.pieces = self._read_terms()
        self.opens = self._read_asked_when()
        for file, section in sections:
            for item in section.items:
                self._check_item(file, item)
        self._check_circles()
        for file, misfit in self.tables.misfits:
            self._check_misfit(file, misfit)
        self.taken = {rule.id: set(rule.takes_in) for _, rule in self.tables.rules}
        for file, rule in self.tables.rules:
            self._check_rule(file, rule)
        for file, modifier in self.tables.modifiers:
            self._check_modifier(file, modifier)
        self._check_contacts()
        self._check_refused()
        self._check_screen()
        self._check_pathway()

    def _check_contacts(self) -> None:
        known = {contact.id for _, contact in self.tables.contacts}
        for file, contact in self.tables.contacts:
            for name in contact.includes:
                if name not in known or name == contact.id:
                    file.wrong(contact.id, "includes", f"the pathway has no other contact “{name}”")

    def _check_refused(self) -> None:
        """The conditions of entries that lack something else: whoever mends them learns of everything at once."""
        for file in self.tables.files:
            for table, name, raw in file.refused:
                key, exact = CONDITION_OF.get(table, ("", False))
                if isinstance(text := raw.get(key), str):
                    self._condition(file, name, key, text, exact=exact)

    def _read_terms(self) -> dict[str, tuple[Condition, ...]]:
        """One that leads back to itself is refused."""
        files = {term.id: file for file, term in self.tables.terms}
        read: dict[str, tuple[Condition, ...]] = {}
        for term in by_need({term.id: term for _, term in self.tables.terms}):
            parsed = [self._parse(files[term.id], term.id, "when", text, read) for text in term.texts]
            read[term.id] = tuple(piece for piece in parsed if piece is not None)
        for id in files.keys() - read.keys():
            files[id].wrong(id, "when", "leads back to itself, or to a term that does")
        return read

    def _read_asked_when(self) -> dict[str, Condition]:
        found = {}
        for file, section in self.tables.sections:
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
        return {rule.id: rule.level for _, rule in self.tables.rules}

    @cached_property
    def _cited(self) -> set[str]:
        return {citation.id for _, citation in self.tables.citations}

    @cached_property
    def _known_items(self) -> set[str]:
        """Those with a mistake of their own too: that is said there, and not once more wherever they are named."""
        return self.items.keys() | {id for file in self.tables.files for id in file.unread}

    def _check_item(self, file: ContentFile, item: Item) -> None:
        for key, message in _item_mistakes(item, self._known_items, self.pieces.keys()):
            file.wrong(item.id, key, message)
        for reference in item.reference:
            if reference.when is not None:
                self._condition(file, item.id, "reference", reference.when)
        check_cites(self._cited, file, item.id, item.cites)

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
        for file, section in self.tables.sections:
            for item in section.items:
                if item.id in reached(item.id, before):
                    file.wrong(item.id, "asked_when", "leads in a circle back to this item")

    def _check_rule(self, file: ContentFile, rule: Rule) -> None:
        self._condition(file, rule.id, "when", rule.when)
        check_cites(self._cited, file, rule.id, rule.cites)
        self._check_takes_in(file, rule)
        for line in rule.plan:
            self._check_line(file, rule, line)
        self._check_contact(file, rule)

    def _check_takes_in(self, file: ContentFile, rule: Rule) -> None:
        levels = self._levels
        for id in rule.takes_in:
            if id not in levels.keys() | file.unread:
                file.wrong(rule.id, "takes_in", f"there is no rule “{id}”")
            elif levels.get(id, rule.level) > rule.level:
                file.wrong(rule.id, "takes_in", f"“{id}” is more urgent: a larger flag takes in a smaller one")
        if rule.id in reached(rule.id, self.taken):
            file.wrong(rule.id, "takes_in", "leads in a circle back to this rule: neither flag would be shown")

    def _check_contact(self, file: ContentFile, rule: Rule) -> None:
        """Theorem (f), as far as it can be told without the solver."""
        contacts = [line for line in rule.plan if isinstance(line, ReferralLine) and not line.when]
        latest = LATEST[rule.urgency]
        if not any(length(line.within) <= length(latest) for line in contacts):
            file.wrong(rule.id, "plan", f"has no referral or contact within the limit of its urgency ({latest})")

    def _check_line(self, file: ContentFile, rule: Rule, line: Line) -> None:
        if line.when is not None:
            self._condition(file, rule.id, "plan.when", line.when)
        if isinstance(line, SpokenLine):
            self._check_spoken(file, rule, line)
        known = {contact.id for _, contact in self.tables.contacts}
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
        if modifier.when is None and modifier.unless is None and not modifier.in_doubt:
            file.wrong(modifier.id, "when", "needs `when` or `unless`")
        if (modifier.applies_to == "doubt") != bool(modifier.in_doubt):
            file.wrong(modifier.id, "in_doubt", 'goes with `applies_to = "doubt"`, and the other way round')
        for key, text in (("when", modifier.when), ("unless", modifier.unless)):
            if text is not None:
                self._condition(file, modifier.id, key, text)
        check_cites(self._cited, file, modifier.id, modifier.cites)
        self._check_named(file, modifier.id, "in_doubt", modifier.in_doubt)
        self._check_named(file, modifier.id, "hindrances", (one.item for one in modifier.hindrances))
        if modifier.applies_to == "mri":
            self._check_alternatives(file, modifier)

    def _check_named(self, file: ContentFile, entry: str, key: str, items: Iterable[str]) -> None:
        for id in items:
            if id not in self._known_items:
                file.wrong(entry, key, f"no item is called “{id}”")

    def _check_alternatives(self, file: ContentFile, modifier: Modifier) -> None:
        """One for every indication that a plan may ask a scan for."""
        lines = (line for _, rule in self.tables.rules for line in rule.plan if isinstance(line, ImagingLine))
        for missing in sorted({line.indication for line in lines} - modifier.alternatives.keys()):
            file.wrong(modifier.id, "alternatives", f"has none for “{missing}”")

    def _check_screen(self) -> None:
        sections = self.tables.sections
        screens = [section for _, section in sections if section.safety_screen]
        if len(screens) != 1 and sections:
            sections[0][0].wrong("", "safety_screen", f"one section is the safety screen, not {len(screens)}")

    def _check_pathway(self) -> None:
        pathways = self.tables.pathways
        if len(pathways) != 1:
            raise ContentError([Mistake("pathways", 1, "", "pathway", "there must be one pathway")])
        ((frame, pathway),) = pathways
        for missing in sorted(set(pathway.files) - {file.name for file in self.tables.files}):
            frame.wrong(pathway.id, "files", f"{missing} is missing")
        for file, entry, key, day in later(pathway.dated, *self.tables.shipped):
            file.wrong(entry, key, f"{date_words(day)} is after the date of the rule set")


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
