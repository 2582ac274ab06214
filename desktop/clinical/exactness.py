"""Shapes of condition that are refused, because for them three-valued logic would say *unknown* too often.

Kleene's logic is exact as long as each item stands in one direction only: then the lowest and the highest
completion of the unknown answers decide. `mistakes_in` names every part of a condition that breaks this, or that
names an item or a value that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from desktop.clinical.checklist import Item, Range
from desktop.clinical.condition import (
    And,
    Answered,
    AtLeast,
    Compare,
    Condition,
    Contains,
    Equals,
    Is,
    Leaf,
    Not,
    Or,
    Within,
    items,
    leaves,
    verdict,
)

AGE = Item(id="age", label="Age", ask="Age", kind="number", why="Given.", range=(0, 120), unit="years")
SEX = Item(
    id="sex",
    label="Sex",
    ask="Sex",
    kind="choice",
    why="Given.",
    choices={"female": "Female", "male": "Male", "other": "Other"},
)
FITTING = {Is: "yes-no", Equals: "choice", Contains: "multi", Compare: "number", Within: "number"}
SHAPES = {
    "yes-no": "is yes-no: write its name alone, or `not` before it",
    "choice": 'is a choice: compare it with one of its values, as in == "new"',
    "multi": 'may have several values: write "value" in its name',
    "number": "is a number: compare it with a figure",
    "date": "is a date, which no condition may use",
    "text": "is free text, which no condition may use",
}


@dataclass(frozen=True)
class Literal:
    """A leaf as it counts once every `not` has been carried down to it."""

    leaf: Leaf
    truth: bool


def mistakes_in(
    condition: Condition, checklist: Mapping[str, Item], *, opens: Mapping[str, Condition] | None = None
) -> Iterator[str]:
    """`opens` holds each item's asked_when; without it (an asked_when itself) only names and values are checked."""
    known = {"age": AGE, "sex": SEX, **checklist}
    named = list(dict.fromkeys(leaves(condition)))
    wrong = [message for leaf in named for message in _misnamed(leaf, known)]
    yield from wrong
    if wrong or opens is None:
        return
    if any(isinstance(leaf, Answered) for leaf in named):
        yield "“is answered” belongs only in asked_when"
        return
    lowered = _lowered(condition)
    yield from dict.fromkeys(
        [
            *_constant(named, known),
            *_two_directions(lowered),
            *_clashes(lowered, known),
            *_orphans(lowered, known, opens),
        ]
    )


def _misnamed(leaf: Leaf, known: Mapping[str, Item]) -> Iterator[str]:
    item = known.get(leaf.item)
    if item is None:
        near = get_close_matches(leaf.item, known, n=1)
        yield f"no item is called “{leaf.item}”" + (f"; did you mean “{near[0]}”?" if near else "")
    elif not isinstance(leaf, Answered) and item.kind != FITTING[type(leaf)]:
        yield f"“{item.id}” {SHAPES[item.kind]}"
    elif isinstance(leaf, Equals | Contains) and leaf.value not in item.choices:
        yield f"“{item.id}” cannot be “{leaf.value}”: its values are {', '.join(item.choices)}"


def _constant(named: list[Leaf], known: Mapping[str, Item]) -> Iterator[str]:
    for leaf in named:
        item = known[leaf.item]
        if not isinstance(leaf, Compare) or item.range is None:
            continue
        always = leaf.says(Range(*item.range))
        if always is not None:
            low, high = item.range
            word = "true" if always else "false"
            yield f"“{leaf.item} {leaf.op} {leaf.value:g}” is always {word} between {low:g} and {high:g}"


def _lowered(condition: Condition, truth: bool = True) -> Condition | Literal:
    """The same condition with every `not` at its leaves: not (a and b) is (not a) or (not b), and so on."""
    match condition:
        case Not(part):
            return _lowered(part, not truth)
        case And(parts):
            return (And if truth else Or)(_lower_all(parts, truth))
        case Or(parts):
            return (Or if truth else And)(_lower_all(parts, truth))
        case AtLeast(count, parts):
            return AtLeast(count if truth else len(parts) - count + 1, _lower_all(parts, truth))
    return Literal(condition, truth)


def _lower_all(parts: tuple[Condition, ...], truth: bool) -> tuple[Condition, ...]:
    return tuple(_lowered(part, truth) for part in parts)  # type: ignore[misc]


def _literals(node: object) -> Iterator[Literal]:
    match node:
        case Literal():
            yield node
        case And(parts) | Or(parts) | AtLeast(parts=parts):
            for part in parts:
                yield from _literals(part)


def _direction(literal: Literal) -> str:
    match literal.leaf:
        case Within():
            return "within"
        case Compare(op=op):
            return "up" if op.startswith(">") == literal.truth else "down"
    return "as it is" if literal.truth else "negated"


def _two_directions(lowered: object) -> Iterator[str]:
    found: dict[object, set[str]] = {}
    repeated: dict[str, set[Leaf]] = {}
    for literal in _literals(lowered):
        match literal.leaf:
            case Is(item) | Compare(item=item):
                found.setdefault(item, set()).add(_direction(literal))
            case Contains(item, value):
                found.setdefault(f'"{value}" in {item}', set()).add(_direction(literal))
            case Within():
                found.setdefault(literal.leaf.item, set()).add("within" if literal.truth else "outside")
                repeated.setdefault(literal.leaf.item, set()).add(literal.leaf)
    for name, directions in found.items():
        if len(directions) > 1 or "outside" in directions or len(repeated.get(str(name), ())) > 1:
            yield f"“{name}” stands in two directions ({' and '.join(sorted(directions))}): write two rules"


def _values(literal: Literal, item: Item) -> frozenset[str]:
    """The choices for which the leaf, or its negation, is true."""
    assert isinstance(literal.leaf, Equals)
    chosen = frozenset({literal.leaf.value})
    return chosen if literal.truth else frozenset(item.choices) - chosen


def _clashes(node: object, known: Mapping[str, Item]) -> Iterator[str]:
    """Two values of one choice that both have to hold, or that together leave no other."""
    if not isinstance(node, And | Or | AtLeast):
        return
    sides = [_choices(part, known) for part in node.parts]
    for first, second in combinations(sides, 2):
        for item in first.keys() & second.keys():
            if isinstance(node, Or):
                if not _nested(first[item], second[item]) and _all_values(sides, item) >= set(known[item].choices):
                    yield f"the values of “{item}” joined by `or` cover every answer: leave it out"
            elif not _nested(first[item], second[item]):
                yield f"“{item}” would have to have two values at once"
    for part in node.parts:
        yield from _clashes(part, known)


def _choices(node: object, known: Mapping[str, Item]) -> dict[str, set[frozenset[str]]]:
    found: dict[str, set[frozenset[str]]] = {}
    for literal in _literals(node):
        if isinstance(literal.leaf, Equals):
            found.setdefault(literal.leaf.item, set()).add(_values(literal, known[literal.leaf.item]))
    return found


def _nested(first: set[frozenset[str]], second: set[frozenset[str]]) -> bool:
    return all(one <= other or other <= one for one in first for other in second)


def _all_values(sides: list[dict[str, set[frozenset[str]]]], item: str) -> set[str]:
    return {value for side in sides for values in side.get(item, ()) for value in values}


def _orphans(node: object, known: Mapping[str, Item], opens: Mapping[str, Condition]) -> Iterator[str]:
    """A detail together with the very answer that closes it."""
    if not isinstance(node, And | Or | AtLeast):
        return
    if isinstance(node, And):
        literals = [list(_literals(part)) for part in node.parts]
        for first, second in combinations(literals, 2):
            for one in first:
                for other in second:
                    yield from _closed_by(one, other, known, opens)
                    yield from _closed_by(other, one, known, opens)
    for part in node.parts:
        yield from _orphans(part, known, opens)


def _closed_by(
    detail: Literal, parent: Literal, known: Mapping[str, Item], opens: Mapping[str, Condition]
) -> Iterator[str]:
    asked_when = opens.get(detail.leaf.item)
    if asked_when is None or parent.leaf.item not in items(asked_when):
        return
    answers = _true_answers(parent, known)
    if answers and all(verdict(asked_when, {parent.leaf.item: answer}) is False for answer in answers):
        yield f"“{detail.leaf.item}” is not asked when “{parent.leaf.item}” is answered so"


def _true_answers(literal: Literal, known: Mapping[str, Item]) -> list[bool | str]:
    match literal.leaf:
        case Is():
            return [literal.truth]
        case Equals(item=item):
            return sorted(_values(literal, known[item]))
    return []
