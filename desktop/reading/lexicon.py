"""What the reader knows: terms, cues and figures, as written in resources/reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta

from desktop.clinical.answer import AnswerError, read_answer
from desktop.clinical.checklist import Answer
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.reading.patterns import Pattern, Patterns
from resources import FOLDER

CueKind = Literal[
    "nothing", "denial", "over", "old", "same", "history", "doubt", "plan", "other", "self", "end", "turn", "foreign"
]
Reach = Literal["after", "before", "both"]
Named = TypeVar("Named", bound="FigureEntry | PowerEntry | SidedEntry | DipEntry")


class TermEntry(Model):
    means: dict[Id, Any]
    words: Annotated[tuple[Words, ...], Meta(min_length=1)]
    denied: dict[Id, Any] | None = None
    lasting: bool = False
    beside: bool = False
    sides: tuple[Id, ...] = ()
    needs: tuple[Words, ...] = ()


class CueEntry(Model, kw_only=True):
    """`lists`: a bare list of at least so many is denied to its end, also without an *or*."""

    kind: CueKind
    reach: Reach = "after"
    lists: int = 0
    words: tuple[Words, ...]


class FigureEntry(Model):
    """`over`: written as one figure over another, of which the first counts. `units`: one of them has to follow."""

    item: Id
    names: tuple[Words, ...]
    over: bool = False
    units: tuple[Words, ...] = ()


class PowerEntry(Model):
    item: Id
    names: tuple[Words, ...]


class SidedEntry(Model):
    item: Id
    names: tuple[Words, ...]
    values: dict[str, tuple[Words, ...]]
    degrees: float | None = None


class DipEntry(Model):
    """What a strip shows, each with its marks."""

    item: Id
    names: tuple[Words, ...]
    values: dict[str, tuple[Words, ...]]


@dataclass(frozen=True)
class Term:
    """`denied` is what a denial of it says, if anything. `beside`: no longer term hides it.

    `needs`: one of these words has to stand before it in the sentence.
    """

    means: dict[str, Answer]
    denied: dict[str, Answer]
    lasting: bool
    beside: bool
    sides: tuple[str, ...]
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cue:
    kind: CueKind
    reach: Reach
    lists: int = 0


@dataclass(frozen=True)
class Lexicon:
    content: Content
    terms: Patterns[Term]
    cues: Patterns[Cue]
    figures: Patterns[FigureEntry]
    sided_figures: Patterns[PowerEntry | SidedEntry]
    dips: Patterns[DipEntry]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset().union(
            *(kind.vocabulary for kind in (self.terms, self.cues, self.figures, self.sided_figures, self.dips))
        )


def load_lexicon(content: Content, folder: Path = FOLDER) -> Lexicon:
    """Raises ContentError with every mistake."""
    names = ("terms", "cues", "figures")
    terms, cues, figures = (ContentFile(folder / "reading" / f"{name}.toml", folder) for name in names)
    lexicon = Lexicon(
        content,
        Patterns(_terms(terms, content)),
        Patterns(
            (Pattern(words), Cue(one.kind, one.reach, one.lists))
            for one in cues.entries("cue", CueEntry)
            for words in _all(one.words)
        ),
        Patterns(_named(figures.entries("figure", FigureEntry))),
        Patterns(_named([*figures.entries("power", PowerEntry), *figures.entries("sided", SidedEntry)])),
        Patterns(_named(figures.entries("dip", DipEntry))),
    )
    for item in _items_of_figures(lexicon):
        if item not in content.items:
            figures.wrong(item, "item", "is not an item of the checklist")
    if mistakes := [mistake for file in (terms, cues, figures) for mistake in file.mistakes]:
        raise ContentError(mistakes)
    return lexicon


def _items_of_figures(lexicon: Lexicon) -> Iterator[str]:
    yield from (one.item for _, one in lexicon.figures.all)
    yield from (one.item for _, one in lexicon.dips.all)
    yield from (f"{one.item}_{side}" for _, one in lexicon.sided_figures.all for side in ("left", "right"))


def _named(entries: Sequence[Named]) -> Iterator[tuple[Pattern, Named]]:
    for entry in entries:
        for words in _all(entry.names):
            yield Pattern(words), entry


def _terms(file: ContentFile, content: Content) -> Iterator[tuple[Pattern, Term]]:
    for entry in file.entries("term", TermEntry):
        means = _answers(file, content, entry.means, entry.words[0])
        denied = _answers(file, content, entry.denied, entry.words[0]) if entry.denied is not None else _denial(means)
        term = Term(means, denied, entry.lasting, entry.beside, entry.sides, frozenset(entry.needs))
        for words in _all(entry.words):
            yield Pattern(words), term


def _denial(means: dict[str, Answer]) -> dict[str, Answer]:
    """No to what it says, where no can be said; a no that is denied says nothing."""
    return {
        item: "no" if answer == "new" else False for item, answer in means.items() if answer is True or answer == "new"
    }


def _answers(file: ContentFile, content: Content, raw: dict[str, object], name: str) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for id, value in raw.items():
        item = content.items.get(id)
        if item is None:
            file.wrong(name, "means", f"{id} is not an item of the checklist")
            continue
        try:
            answers[id] = read_answer(item, value, date.max)
        except AnswerError as error:
            file.wrong(name, "means", str(error))
    return answers


def _all(phrases: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`a|b c` is two phrases."""
    for phrase in phrases:
        yield from product(*(slot.lower().split("|") for slot in phrase.split()))
