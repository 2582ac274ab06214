"""Conditions as formulas for a solver: what is certainly true, and what is certainly false, of any set of answers.

Each item becomes a few yes-or-no unknowns that say what is known of it, exactly as the engine knows it: nothing, one
answer, or (a number) a range. The two formulas of a condition follow Kleene's logic from the parsed condition itself.
The solver is an extra (`prove`) and is imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from desktop.clinical.checklist import Item, Range
from desktop.clinical.condition import (
    And,
    Answered,
    AtLeast,
    Compare,
    Condition,
    Contains,
    Equals,
    Knowledge,
    Known,
    Leaf,
    Not,
    Or,
    Within,
    items,
    leaves,
)
from desktop.clinical.exactness import AGE, SEX

Formula = Any
"""An expression of the solver, which has no types of its own."""


class SolverMissing(Exception):
    """The proofs were asked for, and the solver is not installed."""

    def __init__(self) -> None:
        super().__init__("The proofs need the solver z3, which is not installed. Add it with: pip install z3-solver")


def load_solver() -> Any:
    """Raises SolverMissing."""
    try:
        return import_module("z3")
    except ImportError:
        raise SolverMissing from None


class Pair(NamedTuple):
    """When a condition is certainly true, and when it is certainly false; otherwise it is unknown."""

    true: Formula
    false: Formula


@dataclass(frozen=True, order=True)
class Cut:
    """A place between two values of a number: just below the figure, or just above it."""

    figure: float
    above: bool


def cut(leaf: Compare) -> Cut:
    return Cut(leaf.value, leaf.op in (">", "<="))


def cuts(conditions: Iterable[Condition]) -> dict[str, tuple[Cut, ...]]:
    """For each number the places where some condition changes, in order; between two of them all values are alike."""
    found: dict[str, set[Cut]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            for bound in _bounds(leaf):
                found.setdefault(bound.item, set()).add(cut(bound))
    return {item: tuple(sorted(places)) for item, places in found.items()}


def _bounds(leaf: Leaf) -> tuple[Compare, ...]:
    match leaf:
        case Compare():
            return (leaf,)
        case Within(low, high):
            return (low, high)
    return ()


class YesNo:
    def __init__(self, z3: Any, item: Item, name: str) -> None:
        self.yes, self.no = z3.Bool(f"{name}{item.id}=yes"), z3.Bool(f"{name}{item.id}=no")
        self.possible = z3.Not(z3.And(self.yes, self.no))
        self.unanswered = z3.Not(z3.Or(self.yes, self.no))
        self.complete = z3.Or(self.yes, self.no)
        self.unknowns = (self.yes, self.no)

    def says(self, leaf: Leaf) -> Pair:
        return Pair(self.yes, self.no)

    def values(self, known: Known) -> Iterator[bool]:
        yield from (known is True, known is False)

    def read(self, model: Any) -> Known:
        return True if model[self.yes] else False if model[self.no] else None


class Choice:
    def __init__(self, z3: Any, item: Item, name: str) -> None:
        self.z3 = z3
        self.chosen = {value: z3.Bool(f"{name}{item.id}={value}") for value in item.choices}
        self.unknowns = tuple(self.chosen.values())
        self.possible = z3.AtMost(*self.unknowns, 1)
        self.unanswered = z3.Not(z3.Or(*self.unknowns))
        self.complete = z3.Or(*self.unknowns)

    def says(self, leaf: Leaf) -> Pair:
        assert isinstance(leaf, Equals)
        others = [chosen for value, chosen in self.chosen.items() if value != leaf.value]
        return Pair(self.chosen[leaf.value], self.z3.Or(*others))

    def values(self, known: Known) -> Iterator[bool]:
        yield from (known == value for value in self.chosen)

    def read(self, model: Any) -> Known:
        return next((value for value, chosen in self.chosen.items() if model[chosen]), None)


class Multi:
    def __init__(self, z3: Any, item: Item, name: str) -> None:
        self.z3 = z3
        self.known = z3.Bool(f"{name}{item.id}: answered")
        self.chosen = {value: z3.Bool(f"{name}{item.id}: {value}") for value in item.choices}
        self.unknowns = (self.known, *self.chosen.values())
        self.possible = z3.Implies(z3.Or(*self.chosen.values()), self.known)
        self.unanswered = z3.Not(self.known)
        self.complete = self.known

    def says(self, leaf: Leaf) -> Pair:
        assert isinstance(leaf, Contains)
        chosen = self.chosen[leaf.value]
        return Pair(chosen, self.z3.And(self.known, self.z3.Not(chosen)))

    def values(self, known: Known) -> Iterator[bool]:
        yield isinstance(known, frozenset)
        yield from (isinstance(known, frozenset) and value in known for value in self.chosen)

    def read(self, model: Any) -> Known:
        if not model[self.known]:
            return None
        return frozenset(value for value, chosen in self.chosen.items() if model[chosen])


class Number:
    """A range: `low` says which cuts all of it is above, `high` which cuts some of it is above."""

    def __init__(self, z3: Any, item: Item, places: Sequence[Cut], name: str) -> None:
        self.z3, self.item = z3, item
        self.ends = item.range or (float("-inf"), float("inf"))
        self.places = [place for place in places if self._fixed(place) is None]
        self.low = {place: z3.Bool(f"{name}{item.id}: all {_words(place)}") for place in self.places}
        self.high = {place: z3.Bool(f"{name}{item.id}: some {_words(place)}") for place in self.places}
        self.unknowns = (*self.low.values(), *self.high.values())
        self.possible = z3.And(*self._order())
        self.unanswered = z3.And(*map(z3.Not, self.low.values()), *self.high.values())
        self.complete = z3.And(*(self.low[place] == self.high[place] for place in self.places))

    def says(self, leaf: Leaf) -> Pair:
        if isinstance(leaf, Within):
            low, high = self.says(leaf.low), self.says(leaf.high)
            return Pair(self.z3.And(low.true, high.true), self.z3.Or(low.false, high.false))
        assert isinstance(leaf, Compare)
        above = self.above(cut(leaf))
        return above if leaf.op.startswith(">") else Pair(above.false, above.true)

    def above(self, place: Cut) -> Pair:
        fixed = self._fixed(place)
        if fixed is not None:
            return Pair(self.z3.BoolVal(fixed), self.z3.BoolVal(not fixed))
        return Pair(self.low[place], self.z3.Not(self.high[place]))

    def values(self, known: Known) -> Iterator[bool]:
        found = known if isinstance(known, Range) else Range(*self.ends)
        for place in self.places:
            inside = found.low == place.figure and (not place.above or found.low_open)
            yield found.low > place.figure or inside
        for place in self.places:
            inside = found.high == place.figure and not place.above and not found.high_open
            yield found.high > place.figure or inside

    def read(self, model: Any) -> Known:
        low = sum(bool(model[one]) for one in self.low.values())
        high = sum(bool(model[one]) for one in self.high.values())
        if low == 0 and high == len(self.places):
            return None
        return Range(self._point(low), self._point(high))

    def _fixed(self, place: Cut) -> bool | None:
        """A cut at or beyond an end of the scale: every value is above it, or none."""
        low, high = self.ends
        if place < Cut(low, True):
            return True
        return False if place > Cut(high, False) else None

    def _order(self) -> Iterator[Formula]:
        for place in self.places:
            yield self.z3.Implies(self.low[place], self.high[place])
        for smaller, larger in zip(self.places, self.places[1:], strict=False):
            yield self.z3.Implies(self.low[larger], self.low[smaller])
            yield self.z3.Implies(self.high[larger], self.high[smaller])

    def _point(self, cell: int) -> float:
        """A value between two neighbouring cuts, the simplest to read."""
        if cell == 0:
            return self.ends[0]
        below = self.places[cell - 1]
        if not below.above:
            return below.figure
        limit = self.places[cell] if cell < len(self.places) else Cut(self.ends[1], True)
        return below.figure + 1 if Cut(below.figure + 1, False) < limit else (below.figure + limit.figure) / 2


Unknowns = YesNo | Choice | Multi | Number


class AnswerSet:
    """Any set of answers at all. `possible` is what every set of answers satisfies."""

    def __init__(self, z3: Any, checklist: Mapping[str, Item], places: Mapping[str, Sequence[Cut]], name: str = ""):
        self.z3 = z3
        known = {"age": AGE, "sex": SEX, **checklist}
        made = {id: _unknowns(z3, item, places.get(id, ()), name) for id, item in known.items()}
        self.of: dict[str, Unknowns] = {id: one for id, one in made.items() if one is not None}
        self.possible = z3.And(*(one.possible for one in self.of.values()))
        self._made: dict[int, tuple[Condition, Pair]] = {}

    def pair(self, condition: Condition) -> Pair:
        """Made once for each condition, and for each term inside it."""
        held = self._made.get(id(condition))
        if held is None:
            held = self._made[id(condition)] = (condition, self._pair(condition))
        return held[1]

    def true(self, condition: Condition) -> Formula:
        return self.pair(condition).true

    def false(self, condition: Condition) -> Formula:
        return self.pair(condition).false

    def possible_for(self, condition: Condition) -> Formula:
        """The same for the items of one condition only: quicker where nothing else plays a part."""
        return self.z3.And(*(self.of[id].possible for id in items(condition)))

    @property
    def unknowns(self) -> tuple[Formula, ...]:
        return tuple(unknown for one in self.of.values() for unknown in one.unknowns)

    def values(self, knowledge: Knowledge) -> Iterator[bool]:
        """What each of the unknowns is for one set of answers that the engine has."""
        for id, one in self.of.items():
            yield from one.values(knowledge.get(id))

    def read(self, model: Any) -> dict[str, Known]:
        """The answers of a model, those left open not among them."""
        found = {id: one.read(model) for id, one in self.of.items()}
        return {id: known for id, known in found.items() if known is not None}

    def _pair(self, condition: Condition) -> Pair:
        z3 = self.z3
        match condition:
            case Not(part):
                true, false = self.pair(part)
                return Pair(false, true)
            case And(parts):
                pairs = [self.pair(part) for part in parts]
                return Pair(z3.And(*(one.true for one in pairs)), z3.Or(*(one.false for one in pairs)))
            case Or(parts):
                pairs = [self.pair(part) for part in parts]
                return Pair(z3.Or(*(one.true for one in pairs)), z3.And(*(one.false for one in pairs)))
            case AtLeast(count, parts):
                pairs = [self.pair(part) for part in parts]
                enough, too_few = count, len(parts) - count + 1
                true = z3.AtLeast(*(one.true for one in pairs), enough)
                return Pair(true, z3.AtLeast(*(one.false for one in pairs), too_few))
            case Answered():
                raise ValueError("“is answered” says nothing about answers that are known only in part")
        return self.of[condition.item].says(condition)


def _unknowns(z3: Any, item: Item, places: Sequence[Cut], name: str) -> Unknowns | None:
    match item.kind:
        case "yes-no":
            return YesNo(z3, item, name)
        case "choice":
            return Choice(z3, item, name)
        case "multi":
            return Multi(z3, item, name)
        case "number":
            return Number(z3, item, places, name)
    return None


def _words(place: Cut) -> str:
    return f"{'>' if place.above else '>='} {place.figure:g}"
