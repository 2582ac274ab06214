"""The lowest and the highest completion of the open answers, for theorem (e): real answers, one for each item.

An item that stands in one direction has one completion that makes its parts as false, or as true, as they can be.
Where there is none (two directions, two values of one choice) every kind of value is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from desktop.clinical.condition import And, AtLeast, Compare, Condition, Contains, Equals, Leaf, Not, Or, Within
from desktop.clinical.formula import AnswerSet, Choice, Formula, Multi, Number, YesNo, cut

Signed = tuple[Leaf, bool]
"""A leaf, and whether it counts as it is or (below a `not`) negated."""


@dataclass(frozen=True)
class Completion:
    """One way to answer an item for good: it is open to the patient when `allowed`; `truth` is each leaf's then."""

    allowed: Formula
    truth: Mapping[Leaf, Formula]


def completions(answers: AnswerSet, condition: Condition, *, highest: bool) -> Iterator[tuple[Formula, Formula]]:
    """When each completion is allowed, and when the condition is true of it."""
    groups = [_group(answers, one, highest=highest) for one in _by_atom(condition)]
    for chosen in product(*groups):
        truth = {leaf: formula for completion in chosen for leaf, formula in completion.truth.items()}
        yield answers.z3.And(*(one.allowed for one in chosen)), plain(answers, condition, truth)


def plain(answers: AnswerSet, condition: Condition, truth: Mapping[Leaf, Formula]) -> Formula:
    """The condition in ordinary two-valued logic."""
    z3 = answers.z3
    match condition:
        case Not(part):
            return z3.Not(plain(answers, part, truth))
        case And(parts):
            return z3.And(*(plain(answers, part, truth) for part in parts))
        case Or(parts):
            return z3.Or(*(plain(answers, part, truth) for part in parts))
        case AtLeast(count, parts):
            return z3.AtLeast(*(plain(answers, part, truth) for part in parts), count)
    return truth[condition]


def signed(condition: Condition, sign: bool = True) -> Iterator[Signed]:
    match condition:
        case Not(part):
            yield from signed(part, not sign)
        case And(parts) | Or(parts) | AtLeast(parts=parts):
            for part in parts:
                yield from signed(part, sign)
        case _:
            yield condition, sign


def _by_atom(condition: Condition) -> list[list[Signed]]:
    """The leaves that one answer decides together; each choice of a multi-choice item is an answer of its own."""
    found: dict[tuple[str, str], list[Signed]] = {}
    for leaf, sign in dict.fromkeys(signed(condition)):
        found.setdefault((leaf.item, leaf.value if isinstance(leaf, Contains) else ""), []).append((leaf, sign))
    return list(found.values())


def _group(answers: AnswerSet, group: list[Signed], *, highest: bool) -> list[Completion]:
    leaf = group[0][0]
    match answers.of[leaf.item]:
        case YesNo() | Multi():
            return _two_valued(answers, group, *answers.pair(leaf), highest=highest)
        case Choice() as one:
            return _choice(answers, group, one, highest=highest)
        case Number() as number:
            return _number(answers, group, number, highest=highest)


def _two_valued(
    answers: AnswerSet, group: list[Signed], yes: Formula, no: Formula, *, highest: bool
) -> list[Completion]:
    z3 = answers.z3
    signs = {sign for _, sign in group}
    if len(signs) == 1:
        truth = z3.Not(no) if highest in signs else yes
        return [Completion(z3.BoolVal(True), {leaf: truth for leaf, _ in group})]
    both = ((z3.Not(no), True), (z3.Not(yes), False))
    return [Completion(allowed, {leaf: z3.BoolVal(value) for leaf, _ in group}) for allowed, value in both]


def _choice(answers: AnswerSet, group: list[Signed], one: Choice, *, highest: bool) -> list[Completion]:
    """Values that satisfy the same leaves are alike; of an open choice only the extreme ones have to be tried."""
    z3 = answers.z3
    satisfied = {value: frozenset(leaf for leaf in group if _holds(leaf, value)) for value in one.chosen}
    kinds = {found: value for value, found in satisfied.items()}
    extreme = [value for found, value in kinds.items() if not any(_beats(other, found, highest) for other in kinds)]
    return [
        Completion(
            z3.BoolVal(True),
            {leaf: z3.Or(one.chosen[_value(leaf)], z3.And(one.unanswered, _value(leaf) == value)) for leaf, _ in group},
        )
        for value in extreme
    ]


def _holds(signed_leaf: Signed, value: str) -> bool:
    leaf, sign = signed_leaf
    return (_value(leaf) == value) == sign


def _value(leaf: Leaf) -> str:
    assert isinstance(leaf, Equals)
    return leaf.value


def _beats(other: frozenset[Signed], found: frozenset[Signed], highest: bool) -> bool:
    return other > found if highest else other < found


def _number(answers: AnswerSet, group: list[Signed], one: Number, *, highest: bool) -> list[Completion]:
    compares = [(leaf, sign) for leaf, sign in group if isinstance(leaf, Compare)]
    upward = {leaf.op.startswith(">") == sign for leaf, sign in compares}
    if len(compares) < len(group) or len(upward) > 1:
        return [_cell(answers, group, one, cell) for cell in range(len(one.places) + 1)]
    at_high = highest in upward
    truth: dict[Leaf, Formula] = {leaf: _compared(answers, leaf, one, at_high=at_high) for leaf, _ in compares}
    return [Completion(answers.z3.BoolVal(True), truth)]


def _compared(answers: AnswerSet, leaf: Compare, one: Number, *, at_high: bool) -> Formula:
    """What the comparison says of the high, or the low, end of the range."""
    above = one.above(cut(leaf))
    truth = answers.z3.Not(above.false) if at_high else above.true
    return truth if leaf.op.startswith(">") else answers.z3.Not(truth)


def _cell(answers: AnswerSet, group: list[Signed], one: Number, cell: int) -> Completion:
    """Any value between two neighbouring cuts."""
    z3 = answers.z3
    allowed = [one.high[place] for place in one.places[:cell]] + [z3.Not(one.low[place]) for place in one.places[cell:]]
    return Completion(z3.And(*allowed), {leaf: z3.BoolVal(_in_cell(leaf, one, cell)) for leaf, _ in group})


def _in_cell(leaf: Leaf, one: Number, cell: int) -> bool:
    if isinstance(leaf, Within):
        return _in_cell(leaf.low, one, cell) and _in_cell(leaf.high, one, cell)
    assert isinstance(leaf, Compare)
    place = cut(leaf)
    above = place in one.places[:cell] if place in one.places else place < one.places[0] if one.places else True
    return above if leaf.op.startswith(">") else not above
