"""What a referral says to each receiver: the letters and the groups of answers, as their files hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from desktop.clinical.assessment import Assessment
from desktop.clinical.citation import check_cites
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.rules import RuleId, Tag
from resources import FOLDER

GENERAL = "general"


class Group(Model):
    """Items that stand in one row of a letter; `power_*` names all that begin so."""

    id: Id
    label: Words
    items: Annotated[tuple[str, ...], Meta(min_length=1)]


class Question(Model):
    """Put to the receiver where one of `rules` is raised; without rules always."""

    text: Words
    rules: tuple[RuleId, ...] = ()


class Letter(Model, kw_only=True):
    """`needs` are items without which the receiver cannot decide; `power_*` is met by any of them."""

    id: str
    title: Words
    to: tuple[Id, ...]
    ask: Words
    rows: Annotated[tuple[Id, ...], Meta(min_length=1)]
    needs: Annotated[tuple[str, ...], Meta(min_length=1)]
    reply: Words
    questions: tuple[Question, ...] = ()
    cites: Annotated[tuple[str, ...], Meta(min_length=1)]
    tag: Tag
    reviewed: date


@dataclass(frozen=True)
class Completeness:
    """How much of what the receiver needs was asked; of a family, such as power, the first item stands for all."""

    asked: int
    of: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Letters:
    """`groups` hold the names of items, with the stars resolved."""

    letters: tuple[Letter, ...]
    labels: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]

    def letter_to(self, contact: str) -> Letter:
        """Of a contact that the practice added itself: the general one."""
        named = (letter for letter in self.letters if contact in letter.to)
        return next(named, None) or next(letter for letter in self.letters if letter.id == GENERAL)

    def completeness(self, content: Content, assessment: Assessment, letter: Letter) -> Completeness:
        met = [self._met(content, assessment, pattern) for pattern in letter.needs]
        missing = tuple(id for id in met if id)
        return Completeness(met.count(""), met.count("") + len(missing), missing)

    def _met(self, content: Content, assessment: Assessment, pattern: str) -> str | None:
        """Empty: answered. None: not to be asked of this patient."""
        family = [id for id in content.items if fnmatchcase(id, pattern)]
        if any(id in assessment.answers for id in family):
            return ""
        return next((id for id in family if id in assessment.not_asked), None)


def questions_for(letter: Letter, assessment: Assessment) -> list[str]:
    raised = {flag.rule.id for flag in assessment.flags}
    return [one.text for one in letter.questions if not one.rules or raised & set(one.rules)]


def load_letters(content: Content, folder: Path = FOLDER) -> Letters:
    """Raises ContentError with every mistake of both files."""
    groups = ContentFile(folder / "letters" / "groups.toml", folder)
    letters = ContentFile(folder / "letters" / "letters.toml", folder)
    groups.only_tables("group")
    letters.only_tables("letter")
    found = {group.id: group for group in groups.entries("group", Group)}
    written = letters.entries("letter", Letter)
    for group in found.values():
        _check_group(groups, group, content)
    _check_letters(letters, written, found, content)
    mistakes = [*groups.mistakes, *letters.mistakes]
    if mistakes:
        raise ContentError(mistakes)
    return Letters(
        tuple(written),
        {id: group.label for id, group in found.items()},
        {id: tuple(_items(group, content)) for id, group in found.items()},
    )


def _items(group: Group, content: Content) -> Iterator[str]:
    """In the order of the group, and where a star stands in that of the checklist."""
    for pattern in group.items:
        yield from (id for id in content.items if fnmatchcase(id, pattern))


def _check_group(file: ContentFile, group: Group, content: Content) -> None:
    for pattern in group.items:
        if not any(fnmatchcase(id, pattern) for id in content.items):
            file.wrong(group.id, "items", f"no item is called “{pattern}”")


def _check_letters(file: ContentFile, letters: Iterable[Letter], groups: Mapping[str, Group], content: Content) -> None:
    seen: set[str] = set()
    for letter in letters:
        for contact in letter.to:
            if contact not in content.contacts:
                file.wrong(letter.id, "to", f"no contact is called “{contact}”")
            if contact in seen:
                file.wrong(letter.id, "to", f"“{contact}” has two letters")
            seen.add(contact)
        for group in letter.rows:
            if group not in groups:
                file.wrong(letter.id, "rows", f"no group is called “{group}”")
        for pattern in letter.needs:
            if not any(fnmatchcase(id, pattern) for id in content.items):
                file.wrong(letter.id, "needs", f"no item is called “{pattern}”")
        check_cites(content.citations, file, letter.id, letter.cites)
    if GENERAL not in {letter.id for letter in letters}:
        file.wrong("", "letter", f"one letter must be called “{GENERAL}”")
