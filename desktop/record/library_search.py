"""Finding a page: by words and their beginnings, by other names of the thing, and in spite of a slip of the pen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from db.search import BEGIN, END, Hit, Text, TextIndex, search_words
from desktop.clinical.library import Audience, Library, Page

__all__ = ["BEGIN", "END", "Found", "Hit", "LibrarySearch", "search_words"]

CLOSE = 75
"""How alike two words must be, of 100, for one to be taken for the other."""


@dataclass(frozen=True)
class Found:
    """`instead` is what was looked for when nothing had the words typed; `some`: no page has all of them."""

    hits: tuple[Hit, ...]
    instead: str = ""
    some: bool = False


class LibrarySearch:
    """The index is made when it is first asked."""

    def __init__(self, library: Library, audience: Audience) -> None:
        self._pages = (library.for_patients if audience == "patients" else library.pages).values()

    def find(self, text: str) -> Found:
        hits = self._index.find(text)
        if hits:
            return Found(tuple(sorted(hits, key=lambda hit: text.strip().lower() not in self._names[hit.id])))
        likely = self._likely(text)
        if likely and (hits := self._index.find(likely)):
            return Found(tuple(hits), instead=likely)
        return Found(tuple(self._index.find(text, every=False)), some=True)

    @cached_property
    def _index(self) -> TextIndex:
        return TextIndex(_text(page) for page in self._pages)

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """A page that is called by exactly these words comes first."""
        return {page.id: {name.lower() for name in (page.title, *page.head.also)} for page in self._pages}

    @cached_property
    def _words(self) -> list[str]:
        texts = (f"{page.title} {' '.join(page.head.also)} {page.plain}" for page in self._pages)
        return sorted({word for text in texts for word in re.findall(r"\w{4,}", text.lower())})

    def _likely(self, text: str) -> str:
        from rapidfuzz import fuzz, process

        words = (word.lower() for word in search_words(text))
        found = [process.extractOne(word, self._words, scorer=fuzz.ratio, score_cutoff=CLOSE) for word in words]
        return " ".join(match[0] for match in found if match)


def _text(page: Page) -> Text:
    head = page.head
    return Text(page.id, head.title, page.plain.replace("\n", " · "), head.summary, ", ".join(head.also))
