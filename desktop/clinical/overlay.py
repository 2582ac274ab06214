"""A practice's overlay: a folder of TOML that may add and sharpen, and never take away.

It may add rules of its own (L01 …, with cases), raise an urgency, shorten a limit, add plan lines and fill in contacts.
It has no way to say a shipped `when` or term anew: there is no key for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeGuard

from msgspec.structs import asdict

from desktop.clinical.limits import length
from desktop.clinical.mistakes import ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.rules import (
    BloodsLine,
    Contact,
    ImagingLine,
    PlanLine,
    ReferralLine,
    Rule,
    RuleId,
    Urgency,
    UrgencyWord,
    Within,
)

TABLES = ("rule", "change", "contact", "citation")
OWN = "L"
LimitedLine = ImagingLine | BloodsLine | ReferralLine


class Shorten(Model):
    """Every line of that kind (to that contact, if one is named) gets the shorter limit."""

    kind: Literal["imaging", "bloods", "referral"]
    within: Within
    to: Id | None = None


class Change(Model):
    """What the practice wants sharper about one shipped rule, and why."""

    rule: RuleId
    why: Words
    urgency: UrgencyWord | None = None
    shorten: tuple[Shorten, ...] = ()
    plan: tuple[PlanLine, ...] = ()


class FilledContact(Model):
    """A shipped contact with its telephone, or one of the practice's own with a name."""

    id: Id
    name: str = ""
    telephone: str = ""
    hours: str = ""
    how: str = ""


class Overlay:
    def __init__(self, files: Sequence[ContentFile]) -> None:
        self.files = files
        for file in files:
            file.only_tables(*TABLES)
        self.rules = [(file, rule) for file in files for rule in file.entries("rule", Rule)]
        self.changes = [(file, change) for file in files for change in file.entries("change", Change)]
        self.contacts = [(file, contact) for file in files for contact in file.entries("contact", FilledContact)]

    def ruled(self, shipped: list[tuple[ContentFile, Rule]]) -> list[tuple[ContentFile, Rule]]:
        """The shipped rules with the changes, and the practice's own."""
        for file, rule in self.rules:
            if not rule.id.startswith(OWN):
                file.wrong(rule.id, "id", "must begin with L: the shipped rules can be sharpened, not replaced")
        known = {rule.id for _, rule in shipped}
        for file, change in self.changes:
            if change.rule not in known:
                file.wrong(change.rule, "rule", f"there is no shipped rule “{change.rule}”")
        changed = [(file, self._changed(rule)) for file, rule in shipped]
        levels = {rule.id: rule.level for _, rule in changed}
        return [(file, _outgrown(rule, levels)) for file, rule in changed] + self.rules

    def contacted(self, shipped: list[tuple[ContentFile, Contact]]) -> list[tuple[ContentFile, Contact]]:
        filled = {contact.id: contact for _, contact in self.contacts}
        known = [(file, _filled(contact, filled.get(contact.id))) for file, contact in shipped]
        ids = {contact.id for _, contact in shipped}
        return known + list(self._own_contacts(ids))

    def _own_contacts(self, shipped: set[str]) -> Iterator[tuple[ContentFile, Contact]]:
        for file, contact in self.contacts:
            if contact.id in shipped:
                continue
            if contact.name:
                yield file, Contact(**asdict(contact))
            else:
                file.wrong(contact.id, "name", "is missing: this contact is not a shipped one")

    def _changed(self, rule: Rule) -> Rule:
        for file, change in self.changes:
            if change.rule == rule.id:
                rule = _sharpened(file, rule, change)
        return rule


def _outgrown(rule: Rule, levels: dict[str, Urgency]) -> Rule:
    """A rule that the practice has raised above the one that took it in stands on its own."""
    kept = tuple(id for id in rule.takes_in if levels.get(id, rule.level) <= rule.level)
    return rule if kept == rule.takes_in else rule.but(takes_in=kept)


def _filled(contact: Contact, filled: FilledContact | None) -> Contact:
    if filled is None:
        return contact
    return contact.but(telephone=filled.telephone, hours=filled.hours, how=filled.how)


def _sharpened(file: ContentFile, rule: Rule, change: Change) -> Rule:
    """A change that would lower or loosen anything is a mistake."""
    urgency = change.urgency or rule.urgency
    if Urgency.of(urgency) < rule.level:
        file.wrong(rule.id, "urgency", f"would lower it from {rule.urgency}: an overlay may only raise")
    lines = list(rule.plan)
    for shorten in change.shorten:
        lines = list(_shortened(file, rule, lines, shorten))
    return rule.but(urgency=urgency, plan=(*lines, *change.plan))


def _shortened(file: ContentFile, rule: Rule, lines: list[PlanLine], shorten: Shorten) -> Iterator[PlanLine]:
    if not any(_is_meant(line, shorten) for line in lines):
        file.wrong(rule.id, "shorten", f"has no {shorten.kind} line of that description")
    for line in lines:
        if not _is_meant(line, shorten):
            yield line
        elif length(shorten.within) > length(line.within):
            file.wrong(rule.id, "shorten.within", f"{shorten.within} is longer than the limit it would replace")
            yield line
        else:
            yield line.but(within=shorten.within)


def _is_meant(line: PlanLine, shorten: Shorten) -> TypeGuard[LimitedLine]:
    if not isinstance(line, LimitedLine) or line.kind != shorten.kind:
        return False
    return shorten.to is None or (isinstance(line, ReferralLine) and line.to == shorten.to)
