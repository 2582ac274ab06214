"""What was worked out for one set of answers, kept for the next as long as the answers it rests on are the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from desktop.clinical.checklist import Person
from desktop.clinical.content import Content

Found = TypeVar("Found")
Widened = Callable[[Iterable[str]], Iterable[str]]


class Kept:
    """Nothing in it can be stale: `turn_to` compares all answers, and lets go of whatever names one that changed.

    Other content or another person lets go of everything.
    """

    def __init__(self) -> None:
        self._content: Content | None = None
        self._person: Person | None = None
        self._state: Mapping[str, object] = {}
        self._found: dict[Hashable, Any] = {}
        self._resting: dict[int, list[Hashable]] = {}
        self._bits: dict[str, int] = {}
        self._tables: dict[str, Table] = {}

    def turn_to(self, content: Content, person: Person, state: Mapping[str, object]) -> None:
        """`state` holds each answer that counts, and whatever else may be named."""
        if content is not self._content or person != self._person:
            self._found, self._resting, self._tables = {}, {}, {}
        else:
            changed = tuple(_changed(self._state, state))
            mark = self._mark(changed)
            for rests in [rests for rests in self._resting if rests & mark]:
                for key in self._resting.pop(rests):
                    del self._found[key]
            for table in self._tables.values():
                table.changed.update(changed)
        self._content, self._person, self._state = content, person, state

    def get(self, key: Hashable, names: Callable[[], Iterable[str]], make: Callable[[], Found]) -> Found:
        """`names` gives every item it rests on, including those that only decide whether another item is asked."""
        if key not in self._found:
            self._found[key] = make()
            self._resting.setdefault(self._mark(names()), []).append(key)
        found: Found = self._found[key]
        return found

    def _mark(self, names: Iterable[str]) -> int:
        """A bit for each: hundreds of scores rest on dozens of items, and as sets they took 1.5 MB."""
        mark = 0
        for name in names:
            mark |= self._bits.setdefault(name, 1 << len(self._bits))
        return mark

    def each(
        self,
        kind: str,
        names: Callable[[], Mapping[str, Iterable[str]]],
        make: Callable[[str], Found],
        widened: Widened = tuple,
    ) -> Mapping[str, Found]:
        """The same for many, by id and in the order of `names`: what each rests on, which never changes. `widened` adds
        what that in its turn rests on."""
        if kind not in self._tables:
            self._tables[kind] = Table(names(), widened)
        table = self._tables[kind]
        for id in table.to_make():
            table.found[id] = make(id)
        return table.found


class Table:
    """What was found for each id; an entry is replaced, never removed, so that the order stays."""

    def __init__(self, names: Mapping[str, Iterable[str]], widened: Widened) -> None:
        self.found: dict[str, Any] = dict.fromkeys(names)
        self.changed: set[str] = set()
        self._new = True
        self._names, self._widened = names, widened

    def to_make(self) -> Iterable[str]:
        """All of it at first, then those that rest on an answer which has changed since."""
        changed, self.changed = self.changed, set()
        if self._new:
            self._new = False
            return list(self.found)
        return {id for name in changed for id in self._resting_on.get(name, ())}

    @cached_property
    def _resting_on(self) -> Mapping[str, list[str]]:
        """Not made for what is asked only once, as in a list of encounters."""
        found: dict[str, list[str]] = {}
        for id, named in self._names.items():
            for name in self._widened(named):
                found.setdefault(name, []).append(id)
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
