"""Phrases and where they stand in a row of words. `..` is a gap of up to three words, `*` any ending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

GAP = ".."
WIDE = 3
STOPS = frozenset(",;()")
Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Pattern:
    words: tuple[str, ...]

    def match(self, row: Sequence[str], start: int) -> tuple[int, ...]:
        """The places of its words, from `start` on; empty if it is not there."""
        places: list[int] = []
        at, gap = start, False
        for word in self.words:
            if word == GAP:
                gap = True
                continue
            found = _find(row, word, at, WIDE if gap else 0)
            if found < 0:
                return ()
            places.append(found)
            at, gap = found + 1, False
        return tuple(places)


def _find(row: Sequence[str], word: str, at: int, wide: int) -> int:
    for place in range(at, min(at + wide + 1, len(row))):
        if fits(row[place], word):
            return place
        if row[place] in STOPS:
            break
    return -1


def fits(text: str, word: str) -> bool:
    return text.startswith(word[:-1]) if word.endswith("*") and len(word) > 1 else text == word


def _is_whole(word: str) -> bool:
    return word != GAP and not (word.endswith("*") and len(word) > 1)


@dataclass(frozen=True)
class Match(Generic[Meaning]):
    """`places` are the words it stands on, without those of a gap."""

    places: tuple[int, ...]
    meaning: Meaning

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


class Patterns(Generic[Meaning]):
    """All phrases of one sort, by their first word."""

    def __init__(self, phrases: Iterable[tuple[Pattern, Meaning]]) -> None:
        self.all = tuple(phrases)
        self._by_word: dict[str, list[tuple[frozenset[str], Pattern, Meaning]]] = {}
        self._by_start: list[tuple[frozenset[str], Pattern, Meaning]] = []
        for pattern, meaning in self.all:
            first, whole = pattern.words[0], frozenset(word for word in pattern.words if _is_whole(word))
            if first.endswith("*"):
                self._by_start.append((whole, pattern, meaning))
            else:
                self._by_word.setdefault(first, []).append((whole, pattern, meaning))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word.rstrip("*") for pattern, _ in self.all for word in pattern.words if word != GAP)

    def find(self, row: Sequence[str]) -> list[Match[Meaning]]:
        """All of them, longest first where several begin at one word."""
        there = frozenset(row)
        return [match for start in range(len(row)) for match in self._at(row, there, start)]

    def _at(self, row: Sequence[str], there: frozenset[str], start: int) -> Iterator[Match[Meaning]]:
        """Only phrases whose words are all `there` are looked at: a word begins hundreds of them."""
        found = [
            Match(places, meaning)
            for whole, pattern, meaning in (*self._by_word.get(row[start], ()), *self._by_start)
            if whole <= there and (places := pattern.match(row, start))
        ]
        yield from sorted(found, key=lambda match: -len(match.places))


def longest(matches: list[Match[Meaning]]) -> list[Match[Meaning]]:
    """Without those that stand within a longer one, which then holds their first word as well."""
    kept: list[Match[Meaning]] = []
    holding: dict[int, list[Match[Meaning]]] = {}
    for match in sorted(matches, key=lambda match: -len(match.places)):
        if not any(set(match.places) < set(other.places) for other in holding.get(match.first, ())):
            kept.append(match)
            for place in match.places:
                holding.setdefault(place, []).append(match)
    return sorted(kept, key=lambda match: match.first)
