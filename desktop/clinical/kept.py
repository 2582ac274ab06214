"""What was worked out for one set of answers, kept for the next as far as nothing it rests on is another answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from desktop.clinical.checklist import Person
from desktop.clinical.content import Content

Found = TypeVar("Found")


class Kept:
    """Nothing in it can be stale: `turn_to` compares all answers, and lets go of whatever names one that changed.

    Other content or another person lets go of everything.
    """

    def __init__(self) -> None:
        self._content: Content | None = None
        self._person: Person | None = None
        self._state: Mapping[str, object] = {}
        self._found: dict[Hashable, Any] = {}
        self._resting_on: dict[str, set[Hashable]] = {}

    def turn_to(self, content: Content, person: Person, state: Mapping[str, object]) -> None:
        """`state` holds each answer that counts, and whatever else may be named."""
        if content is not self._content or person != self._person:
            self._found, self._resting_on = {}, {}
        else:
            for name in _changed(self._state, state):
                for key in self._resting_on.pop(name, ()):
                    self._found.pop(key, None)
        self._content, self._person, self._state = content, person, state

    def get(self, key: Hashable, names: Callable[[], Iterable[str]], make: Callable[[], Found]) -> Found:
        """`names` are all the items it rests on, those that only decide whether another one is asked among them."""
        if key not in self._found:
            self._found[key] = make()
            for name in names():
                self._resting_on.setdefault(name, set()).add(key)
        found: Found = self._found[key]
        return found


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> Iterable[str]:
    """An answer of another kind is another answer: for Python, 1 is True."""
    for name in before.keys() | after.keys():
        one, other = before.get(name), after.get(name)
        if one is not other and (one != other or type(one) is not type(other)):
            yield name


def reach(content: Content, named: Iterable[str]) -> set[str]:
    """The items named, and those that decide whether these are asked."""
    found = set(named)
    for id in tuple(found):
        when = content.items[id].asked_when if id in content.items else None
        if when is not None:
            found |= content.condition(when).named
    return found
