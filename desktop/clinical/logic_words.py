"""A condition in words, as an outline: what a clinician reads where a programmer reads the `when` line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from desktop.clinical.checklist import Item
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
    parse,
)
from desktop.clinical.content import Content
from desktop.clinical.words import choice_words, lower_first, with_unit

OPERATORS = {">=": "{} or more", ">": "over {}", "<=": "{} or less", "<": "under {}"}
OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


@dataclass(frozen=True)
class Line:
    """`conditions` are what the line stands for, to be judged together: any of them makes it true."""

    depth: int
    words: str
    conditions: tuple[Condition, ...]


def outline(content: Content, condition: Condition, depth: int = 0) -> Iterator[Line]:
    """Joined parts below a heading such as *all of*; like comparisons of several items share a line."""
    match _lowered(condition):
        case And(parts):
            yield from _joined(content, "all of", condition, _flat(And, parts), depth)
        case Or(parts):
            yield from _joined(content, "any of", condition, _flat(Or, parts), depth)
        case AtLeast(count, parts):
            yield from _joined(content, f"at least {count} of", condition, parts, depth)
        case Not(part) if isinstance(part, Leaf):
            yield Line(depth, _leaf_words(content, part, truth=False), (condition,))
        case leaf if isinstance(leaf, Leaf):
            yield Line(depth, _leaf_words(content, leaf, truth=True), (condition,))


def clause(content: Content, text: str) -> str:
    """The same in one line, for what stands behind a line of a plan; a term by what it means."""
    lists = {term.id: tuple(map(parse, term.any_of)) for term in content.terms.values() if term.any_of}
    return _inline(content, parse(text, lists))


def _inline(content: Content, condition: Condition) -> str:
    match _lowered(condition):
        case And(parts):
            return " and ".join(_inner(content, part) for part in parts)
        case Or(parts):
            return " or ".join(_inline(content, part) for part in parts)
        case AtLeast(count, parts):
            return f"at least {count} of ({', '.join(_inline(content, part) for part in parts)})"
        case Not(Is(name)) if name in content.terms:
            return f"not: {named(content, name)}"
        case Is(name):
            return named(content, name)
        case Not(part) if isinstance(part, Leaf):
            return lower_first(_leaf_words(content, part, truth=False))
        case leaf if isinstance(leaf, Leaf):
            return lower_first(_leaf_words(content, leaf, truth=True))
    raise TypeError(condition)


def _inner(content: Content, part: Condition) -> str:
    words = _inline(content, part)
    return f"({words})" if isinstance(_lowered(part), Or) else words


def named(content: Content, name: str) -> str:
    """An item or a term, as it is called within a sentence."""
    if name in content.terms:
        first, _, _ = content.terms[name].means.partition(". ")
        return f"“{lower_first(first).removesuffix('.')}”"
    return lower_first(content.items[name].label)


def _joined(content: Content, heading: str, whole: Condition, parts: Iterable[Condition], depth: int) -> Iterator[Line]:
    yield Line(depth, f"{heading}:", (whole,))
    for figure, group in groupby(parts, key=_figure):
        alike = list(group)
        if figure and len(alike) > 1 and heading == "any of":
            yield Line(depth + 1, _alike_words(content, alike), tuple(alike))
        else:
            for part in alike:
                yield from outline(content, part, depth + 1)


def _lowered(condition: Condition) -> Condition:
    """One step of carrying a `not` down to the leaves."""
    match condition:
        case Not(And(parts)):
            return Or(tuple(Not(part) for part in parts))
        case Not(Or(parts)):
            return And(tuple(Not(part) for part in parts))
        case Not(AtLeast(count, parts)):
            return AtLeast(len(parts) - count + 1, tuple(Not(part) for part in parts))
        case Not(Not(part)):
            return _lowered(part)
    return condition


def _flat(kind: type[And | Or], parts: Iterable[Condition]) -> Iterator[Condition]:
    for part in parts:
        lowered = _lowered(part)
        if isinstance(lowered, kind):
            yield from _flat(kind, lowered.parts)
        else:
            yield lowered


def _figure(part: Condition) -> tuple[str, float] | None:
    return (part.op, part.value) if isinstance(part, Compare) and part.item != "age" else None


def _alike_words(content: Content, parts: list[Condition]) -> str:
    """`Power: left hip flexion (L2), left knee extension (L3): 4 out of 5 or less`, the shared word said once."""
    compared = [part for part in parts if isinstance(part, Compare)]
    labels = [content.items[part.item].label.partition(", ") for part in compared]
    last = compared[-1]
    amount = _amount(content.items[last.item], last.op, last.value)
    if len({family for family, _, _ in labels}) == 1:
        return f"{labels[0][0]}, any of {', '.join(member for _, _, member in labels)}: {amount}"
    return f"{', '.join(content.items[part.item].label for part in compared)}: {amount}"


def _leaf_words(content: Content, leaf: Leaf, *, truth: bool) -> str:
    match leaf:
        case Compare("age", op, value):
            return f"age {OPERATORS[op if truth else OPPOSITE[op]].format(f'{value:g}')}"
        case Equals("sex", value):
            return value if truth else f"not {value}"
        case Is(item):
            return f"{content.items[item].label}: {'yes' if truth else 'no'}"
        case Equals(item, value):
            return f"{content.items[item].label}: {_values(content.items[item], value, truth)}"
        case Contains(item, value):
            verb = "includes" if truth else "does not include"
            return f"{content.items[item].label} {verb} {choice_words(content.items[item], value)}"
        case Compare(item, op, value):
            return f"{content.items[item].label}: {_amount(content.items[item], op if truth else OPPOSITE[op], value)}"
        case Within(low, high):
            ends = _leaf_words(content, low, truth=True), OPERATORS[high.op].format(f"{high.value:g}")
            return " and ".join(ends)
        case Answered(item):
            return f"{content.items[item].label}: answered"


def _values(item: Item, value: str, truth: bool) -> str:
    chosen = [value] if truth else [choice for choice in item.choices if choice != value]
    return " or ".join(choice_words(item, choice) for choice in chosen)


def _amount(item: Item, op: str, value: float) -> str:
    return OPERATORS[op].format(with_unit(f"{value:g}", item))
