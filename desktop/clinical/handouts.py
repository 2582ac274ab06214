"""What the patient takes home, in plain words: the lines of the handout files and when each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from desktop.clinical.citation import check_cites
from desktop.clinical.condition import Condition
from desktop.clinical.condition_reader import ConditionReader
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.rules import ImagingLine, ReferralLine, RuleId, Tag, UrgencyWord, Within
from desktop.clinical.wholeness import check_once
from resources import FOLDER

Part = Literal[
    "title", "lead", "emergency-head", "emergency", "emergency-close", "picture", "picture-alt",
    "same-day-head", "same-day", "pain-head", "pain",
    "no-scan-head", "no-scan", "next-head", "next", "scan-ours", "scan-theirs", "scan-maybe", "bloods",
    "bloods-undated", "results", "no-plan", "contact-head", "contact-none", "out-of-hours", "feedback", "qr-below",
    "card-head", "card-close", "card-back-head", "card-said", "card-999", "card-cut", "draft-note", "teach-back",
]  # fmt: skip
Days = Annotated[tuple[Words, ...], Meta(min_length=7, max_length=7)]
Months = Annotated[tuple[Words, ...], Meta(min_length=12, max_length=12)]
TABLES = ("edition", "line", "who", "asking", "scan")
GAP = re.compile(r"\{(\w+)\}")
GAPS = ("day", "who", "what")
LONGEST_REVIEW = 3
"""Years after which a handout must be looked at again (PIF TICK)."""


class Edition(Model, kw_only=True):
    """`approved_by`: the clinician who has signed the words; nobody yet, and the sheet says so."""

    version: Words
    written: date
    review_by: date
    approved_by: str = ""
    days: Days
    months: Months


class HandoutLine(Model, kw_only=True):
    """See the head of `01-edition.toml` for what brings a line on the sheet."""

    id: Id
    part: Part
    words: Words
    card: str = ""
    rules: tuple[RuleId, ...] = ()
    when: str | None = None
    unless_no: str | None = None
    at_least: UrgencyWord | None = None
    up_to: UrgencyWord | None = None
    plan: Literal["no-imaging", "no-bloods"] | None = None
    within: Within | None = None
    replaces: tuple[Id, ...] = ()
    signs: tuple[Id, ...] = ()
    cites: tuple[str, ...] = ()
    tag: Tag


class Who(Model):
    id: Id
    contacts: tuple[Id, ...]
    words: Words


class Asking(Model):
    """How a service is asked, by the `how` of referral lines; without words nothing is said of it."""

    id: Id
    hows: tuple[Words, ...]
    words: str = ""


class Scan(Model):
    """`of`: modality and region as the plans name them."""

    id: Id
    of: tuple[Words, ...]
    words: Words


Spoken: TypeAlias = HandoutLine | Who | Asking | Scan


@dataclass(frozen=True)
class Handouts:
    """Made by `load_handouts`, never changed."""

    edition: Edition
    lines: tuple[HandoutLine, ...]
    who: tuple[Who, ...]
    asking: tuple[Asking, ...]
    scans: tuple[Scan, ...]
    conditions: Mapping[str, Condition]

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Every text by its id: what a translation translates."""
        spoken: tuple[Spoken, ...] = (*self.lines, *self.who, *self.asking, *self.scans)
        return {one.id: one.words for one in spoken if one.words} | {
            card_id(line.id): line.card for line in self.lines if line.card
        }

    def who_is(self, contact: str) -> Who:
        return next((who for who in self.who if contact in who.contacts), self.who[-1])

    def asked_by(self, how: str) -> Asking:
        return next((asking for asking in self.asking if how in asking.hows), self.asking[-1])

    def scan_of(self, modality: str, region: str) -> Scan:
        return next((scan for scan in self.scans if f"{modality}: {region}" in scan.of), self.scans[-1])


def card_id(line: str) -> str:
    """Under which the short form of a line for the wallet card is translated."""
    return f"{line}_card"


def load_handouts(content: Content, folder: Path = FOLDER) -> Handouts:
    """Raises ContentError with every mistake of every handout file."""
    return _Loader(content, folder).handouts()


class _Loader:
    def __init__(self, content: Content, folder: Path) -> None:
        self.content = content
        self.reader = ConditionReader(content)
        self.files = [ContentFile(path, folder) for path in sorted((folder / "handouts").glob("*.toml"))]
        for file in self.files:
            file.only_tables(*TABLES)
        self.editions = [(file, one) for file in self.files for one in file.entries("edition", Edition)]
        self.lines = [(file, one) for file in self.files for one in file.entries("line", HandoutLine)]
        self.who = [(file, one) for file in self.files for one in file.entries("who", Who)]
        self.asking = [(file, one) for file in self.files for one in file.entries("asking", Asking)]
        self.scans = [(file, one) for file in self.files for one in file.entries("scan", Scan)]

    def handouts(self) -> Handouts:
        self._check()
        if mistakes := [mistake for file in self.files for mistake in file.mistakes]:
            raise ContentError(mistakes)
        return Handouts(
            edition=self.editions[0][1],
            lines=tuple(line for _, line in self.lines),
            who=tuple(one for _, one in self.who),
            asking=tuple(one for _, one in self.asking),
            scans=tuple(one for _, one in self.scans),
            conditions=self.reader.conditions,
        )

    def _check(self) -> None:
        self._check_edition()
        check_once(((file, one.id) for file, one in self._spoken()), "handouts")
        self._check_gaps()
        for file, line in self.lines:
            self.reader.read(file, line.id, "when", line.when)
            self.reader.read(file, line.id, "unless_no", line.unless_no)
            check_cites(self.content.citations, file, line.id, line.cites)
            for key, message in self._mistakes(line):
                file.wrong(line.id, key, message)
        self._check_plan()

    def _check_edition(self) -> None:
        for file, edition in self.editions:
            written, by = edition.written, edition.review_by
            if (by.year - LONGEST_REVIEW, by.month, by.day) > (written.year, written.month, written.day):
                file.wrong("", "review_by", f"is more than {LONGEST_REVIEW} years after it was written")
        if len(self.editions) != 1:
            self.files[0].wrong("", "edition", "there must be one")

    def _check_gaps(self) -> None:
        for file, one in self._spoken():
            for gap in GAP.findall(one.words):
                if gap not in GAPS:
                    file.wrong(one.id, "words", f"nothing fills in “{{{gap}}}”: {', '.join(GAPS)} can be filled in")

    def _spoken(self) -> Iterator[tuple[ContentFile, Spoken]]:
        yield from self.lines
        yield from self.who
        yield from self.asking
        yield from self.scans

    def _mistakes(self, line: HandoutLine) -> Iterator[tuple[str, str]]:
        rules = {rule.id for rule in self.content.rules}
        ids = {other.id for _, other in self._spoken()} | {id for file in self.files for id in file.unread}
        yield from (("rules", f"there is no rule “{id}”") for id in line.rules if id not in rules)
        yield from (("replaces", f"there is no line “{id}”") for id in line.replaces if id not in ids)
        yield from (("signs", f"no item is called “{id}”") for id in line.signs if id not in self.content.items)
        if ("{day}" in line.words) != bool(line.within) and line.part == "next":
            yield "within", "is needed for a {day}, and only for that"

    def _check_plan(self) -> None:
        """Every contact, way of asking and scan of the shipped plans has its plain words, and each only one."""
        plans = [line for rule in self.content.rules for line in rule.plan if rule.id.startswith("R")]
        scans = {f"{line.modality}: {line.region}" for line in plans if isinstance(line, ImagingLine)}
        hows = {line.how for line in plans if isinstance(line, ReferralLine)}
        others = {contact.id for contact in self.content.contacts.values() if not contact.own}
        self._check_named(self.who, "contacts", [id for _, one in self.who for id in one.contacts], others)
        self._check_named(self.asking, "hows", [how for _, one in self.asking for how in one.hows], hows)
        self._check_named(self.scans, "of", [scan for _, one in self.scans for scan in one.of], scans)

    def _check_named(
        self, entries: Iterable[tuple[ContentFile, Spoken]], key: str, named: list[str], needed: set[str]
    ) -> None:
        file = next((file for file, _ in entries), self.files[0])
        for one in sorted(needed - set(named)):
            file.wrong("", key, f"nothing says “{one}” in plain words")
        for one in sorted({one for one in named if named.count(one) > 1}):
            file.wrong("", key, f"“{one}” has two plain words")
