"""The pages of the library: read from Markdown files, checked one by one, so that a broken one leaves the others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from desktop.clinical.citation import source_of
from desktop.clinical.claims import Never, forbidden, unsourced
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError, ContentFile, Mistake
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.page_text import MARKER, Heading, headings, links, plain, statements
from desktop.clinical.rules import RuleId, Tag
from resources import FOLDER

Shelf = Literal[
    "Cancer and the spine",
    "Nerves",
    "Other serious causes",
    "Common causes",
    "Looking and testing",
    "Treatment",
    "Talking",
]
Audience = Literal["clinicians", "patients"]
FENCE = "+++"
LONGEST = 40_000
TAG_WORDS = {
    "seen": "read in the source",
    "seen-via": "read at second hand",
    "recall": "general knowledge, not read in a source",
    "judgement": "our judgement",
}


class Source(Model):
    """`cite` is a citation and its paragraph; `tag` is how the claims that carry its number were come by."""

    cite: Words
    tag: Tag


class Head(Model):
    """`also` are other names somebody may search for; `rules` are those that rest on the page."""

    title: Words
    section: Shelf
    order: int
    summary: Words
    checked: date
    also: tuple[Words, ...] = ()
    rules: tuple[RuleId, ...] = ()
    items: tuple[Id, ...] = ()
    see_also: tuple[Words, ...] = ()
    source: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Page:
    id: str
    audience: Audience
    head: Head
    body: str
    own: bool = False
    """Written by the practice, in its overlay."""

    @property
    def title(self) -> str:
        return self.head.title

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return headings(self.body)

    @cached_property
    def plain(self) -> str:
        return plain(self.body)

    @property
    def minutes(self) -> int:
        """To read it once, at 220 words a minute."""
        return max(1, round(len(self.plain.split()) / 220))


@dataclass(frozen=True)
class Library:
    """`mistakes` name the files that were left out, line by line."""

    pages: Mapping[str, Page]
    for_patients: Mapping[str, Page]
    mistakes: tuple[Mistake, ...] = field(default=())

    def page(self, id: str, audience: Audience = "clinicians") -> Page | None:
        return (self.for_patients if audience == "patients" else self.pages).get(id)

    def of_rule(self, rule: str) -> Page | None:
        return next((page for page in self.pages.values() if rule in page.head.rules), None)

    def of_item(self, item: str) -> Page | None:
        return next((page for page in self.pages.values() if item in page.head.items), None)

    def refuse_mistakes(self) -> Library:
        if self.mistakes:
            raise ContentError(self.mistakes)
        return self


class PageFile(ContentFile):
    """A head of TOML between two lines of `+++`, then Markdown."""

    body = ""
    first_line = 1

    def parse(self, text: str) -> Mapping[str, object]:
        head, fence, self.body = text.removeprefix(FENCE + "\n").partition(f"\n{FENCE}\n")
        if not text.startswith(FENCE + "\n") or not fence:
            raise tomllib.TOMLDecodeError(f"begins with a head of TOML between two lines of {FENCE}")
        if len(text) > LONGEST:
            raise tomllib.TOMLDecodeError(f"is longer than {LONGEST:,} characters: make it two pages")
        self.first_line = head.count("\n") + 4
        return {"page": tomllib.loads("\n" + head)}

    def wrong_at(self, line: int, message: str) -> None:
        """`line` counts from the first one below the head."""
        self.mistakes.append(Mistake(self.name, self.first_line + line - 1, "", "", message))


def load_library(content: Content, folder: Path = FOLDER) -> Library:
    """Never raises: what is wrong is in `mistakes`, and the pages without mistakes are there.

    An overlay may add pages, held to the same rules; it can't take the place of a shipped one.
    """
    nevers_file = ContentFile(folder / "library" / "never.toml", folder)
    nevers = nevers_file.entries("never", Never)
    files = _files(folder)
    read = [(file, page) for file in files for page in _page(file)]
    shipped = {(page.id, page.audience) for _, page in read}
    own = _files(content.overlay) if content.overlay is not None else []
    for file, page in [(one, page) for one in own for page in _page(one)]:
        if (page.id, page.audience) in shipped:
            file.wrong_at(1, f"there is a shipped page “{page.id}”: give this one a name of its own")
        read.append((file, replace(page, own=True)))
    files += own
    known = {page.id for _, page in read if page.audience == "clinicians"}
    for file, page in read:
        for line, message in _slips(page, content, known, nevers):
            file.wrong_at(line, message)
    sound = sorted((page for file, page in read if not file.mistakes), key=lambda page: (page.head.order, page.id))
    return Library(
        {page.id: page for page in sound if page.audience == "clinicians"},
        {page.id: page for page in sound if page.audience == "patients"},
        tuple(mistake for file in (nevers_file, *files) for mistake in file.mistakes),
    )


def _files(folder: Path) -> list[PageFile]:
    return [PageFile(path, folder) for path in sorted((folder / "library").rglob("*.md"))]


def _page(file: PageFile) -> Iterator[Page]:
    path = Path(file.name)
    audience: Audience = "patients" if path.parent.name == "patients" else "clinicians"
    for head in file.entries("page", Head):
        yield Page(path.stem, audience, head, file.body)


def _slips(page: Page, content: Content, known: set[str], nevers: Sequence[Never]) -> Iterator[tuple[int, str]]:
    yield from _head_slips(page.head, content, known)
    yield from _source_slips(page)
    for target, line in links(page.body):
        if not _leads_somewhere(target, content, known):
            yield line, f"the link “{target}” leads nowhere: page:…, rule:… or item:…, nothing outside"
    for statement in unsourced(page.body):
        yield statement.line, f"a number without its source: “{statement.text}”"
    for statement, never in forbidden(page.body, nevers):
        yield statement.line, f"must not be said ({never.id}): {never.why} “{statement.text}”"


def _head_slips(head: Head, content: Content, known: set[str]) -> Iterator[tuple[int, str]]:
    rules = {rule.id for rule in content.rules} | {modifier.id for modifier in content.modifiers}
    for what, ids, there in (
        ("rule", head.rules, rules),
        ("item", head.items, content.items.keys()),
        ("page", head.see_also, known),
        ("citation", (source_of(source.cite) for source in head.source), content.citations.keys()),
    ):
        yield from ((1, f"there is no {what} “{id}”") for id in ids if id not in there)


def _source_slips(page: Page) -> Iterator[tuple[int, str]]:
    used = set()
    for statement in statements(page.body):
        for number in map(int, MARKER.findall(statement.text)):
            used.add(number)
            if not 1 <= number <= len(page.head.source):
                yield statement.line, f"there is no source [{number}]"
    for number in range(1, len(page.head.source) + 1):
        if number not in used:
            yield 1, f"source [{number}] is used nowhere"


def _leads_somewhere(target: str, content: Content, known: set[str]) -> bool:
    kind, _, id = target.partition(":")
    match kind:
        case "page":
            return id in known
        case "rule":
            return any(rule.id == id for rule in content.rules)
        case "item":
            return id in content.items
    return False
