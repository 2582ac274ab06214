"""What a document consists of, for readers that do not look at the page: headings, paragraphs, lists, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Span"
]


@dataclass(frozen=True)
class Place:
    """A piece of a page's content, by the number it was marked with."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """One part of the document's structure. Flowables make theirs when they are made, so that the order of the story
    is the order in which it is read; drawing then adds the places. Nothing is read of one that was never drawn.

    `alt` is what a figure shows, in words; `actual` the text as it was written, where shaping changed its letters.
    """

    role: Role
    kids: list[Element | Place] = field(default_factory=list)
    alt: str = ""
    actual: str = ""
    language: str = ""
    scope: Literal["", "Row", "Column"] = ""
    columns: int = 1

    def drawn(self) -> bool:
        """Whether any of it stands on a page; an empty cell of a table counts, else its row had a gap."""
        return self.role in ("TD", "TH") or any(isinstance(kid, Place) or kid.drawn() for kid in self.kids)


def elements(parts: Iterable[object]) -> Iterator[Element]:
    """Those of flowables that have one: rules, gaps and what repeats itself on a later page have none."""
    for part in parts:
        element = part if isinstance(part, Element) else getattr(part, "element", None)
        if isinstance(element, Element):
            yield element


def group(role: Role, *parts: object) -> Element:
    """An element made of those of its parts."""
    return Element(role, list(elements(parts)))


def document(parts: Iterable[object]) -> Element:
    """The root: the parts in order, those that belong to a list under one list."""
    kids: list[Element | Place] = []
    for listed, together in groupby(elements(parts), key=lambda element: element.role == "LI"):
        items = list(together)
        kids += [Element("L", [*items])] if listed else items
    return Element("Document", kids)
