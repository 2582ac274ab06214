"""A slip of the pen in any rule is noticed by that rule's cases, or refused by the loader, or changes nothing at all.

Wrong versions are made of every rule, its terms spelt out: each operator, figure, choice, count and `not`, each part
left out, `and` and `or` exchanged, brackets left out or put wrongly, and an item taken for its neighbour in the
checklist. Only that rule's cases run. That a version changes nothing is proved.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from msgspec.structs import replace as changed

from desktop.clinical.case_table import SAYS
from desktop.clinical.condition import (
    And,
    AtLeast,
    Compare,
    Condition,
    Contains,
    Equals,
    Leaf,
    Not,
    Or,
    leaves,
    parse,
    verdict,
)
from desktop.clinical.exactness import AGE, SEX, mistakes_in
from desktop.clinical.formula import AnswerSet, cuts
from desktop.clinical.knowledge import know

from ..prepared import shipped_cases, shipped_content

CONTENT = shipped_content()
ITEMS = {"age": AGE, "sex": SEX, **CONTENT.items}
OPENS = {id: CONTENT.condition(item.asked_when) for id, item in CONTENT.items.items() if item.asked_when}
CONDITIONS = {rule.id: CONTENT.condition(rule.when) for rule in CONTENT.rules}
CASES: dict[str, list] = {rule.id: [] for rule in CONTENT.rules}
for row in shipped_cases():
    CASES[row.case.rule].append((know(CONTENT, row.person, row.answers), row.case.expect))


@dataclass(frozen=True)
class Slip:
    words: str
    condition: Condition


@pytest.fixture(scope="module")
def left(request):
    """The slips that no case notices, rule by rule; how many were planted is said whatever pytest captures."""
    counted: Counter[str] = Counter()
    found = {rule: unnoticed(condition, CASES[rule], counted) for rule, condition in CONDITIONS.items()}
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\nslips of the pen: {', '.join(f'{count} {what}' for what, count in counted.items())}")
    assert counted["planted"] > 4000
    return found


@pytest.mark.parametrize("rule", CONDITIONS)
def test_no_slip_of_the_pen_goes_unnoticed(rule, left):
    assert [slip.words for slip in left[rule]] == []


@pytest.mark.parametrize("rule", ["R01", "R12b", "R29", "R48"])
def test_without_its_cases_for_near_misses_a_rule_would_hide_slips(rule):
    """So the test above is held by the cases, not by the way slips are made."""
    fewer = [(knowledge, expected) for knowledge, expected in CASES[rule] if expected != "not raised"]
    assert unnoticed(CONDITIONS[rule], fewer, Counter())


def test_what_changes_nothing_is_excluded_by_proof():
    condition = parse("injury or injury and cancer_history")
    cases = [({"injury": answer}, SAYS[answer]) for answer in (True, False, None)]
    counted: Counter[str] = Counter()
    assert [slip.words for slip in unnoticed(condition, cases, counted)] == []
    assert counted["proved to change nothing"] > 0


def test_what_the_loader_refuses_need_not_be_noticed_by_a_case():
    counted: Counter[str] = Counter()
    unnoticed(parse("injury and crp >= 600"), [({"injury": False}, "not raised")], counted)
    assert counted["refused by the loader"] > 0


def slips(condition: Condition) -> Iterator[Slip]:
    """Every version of the condition that is wrong in one place."""
    if not isinstance(condition, Not):
        yield Slip("negated", Not(condition))
    match condition:
        case Not(part):
            yield Slip("negation left out", part)
            yield from (replace(slip, condition=Not(slip.condition)) for slip in slips(part) if slip.words != "negated")
        case And(parts) | Or(parts):
            other = Or if isinstance(condition, And) else And
            yield Slip(f"{other.__name__} in place of {type(condition).__name__}", other(parts))
            yield from _brackets(condition, parts)
            yield from _in_parts(condition, parts)
        case AtLeast(count, parts):
            yield from (
                Slip(f"at least {n}", AtLeast(n, parts)) for n in (count - 1, count + 1) if 1 <= n <= len(parts)
            )
            yield from _in_parts(condition, parts)
        case _:
            yield from (Slip(f"{text(condition)} as {text(wrong)}", wrong) for wrong in misread(condition))


def _in_parts(condition: And | Or | AtLeast, parts: tuple[Condition, ...]) -> Iterator[Slip]:
    for place, part in enumerate(parts):
        others = parts[:place] + parts[place + 1 :]
        if len(others) >= (condition.count if isinstance(condition, AtLeast) else 1):
            yield Slip(f"{text(part)} left out", changed(condition, parts=others))
        for slip in slips(part):
            wrong = changed(condition, parts=(*parts[:place], slip.condition, *parts[place + 1 :]))
            yield Slip(f"{text(part)} negated" if slip.words == "negated" else slip.words, wrong)


def _brackets(condition: And | Or, parts: tuple[Condition, ...]) -> Iterator[Slip]:
    """`a and (b or c)` read as `a and b or c`, and `a or b and c` as `(a or b) and c`; to either side."""
    inner, outer = (Or, And) if isinstance(condition, And) else (And, Or)
    for place, part in enumerate(parts):
        if isinstance(part, inner):
            before, after = parts[:place], parts[place + 1 :]
            if before:
                first = inner((outer((*before, part.parts[0])), *part.parts[1:]))
                yield Slip(f"brackets before {text(part)}", outer((first, *after)) if after else first)
            if after:
                last = inner((*part.parts[:-1], outer((part.parts[-1], *after))))
                yield Slip(f"brackets after {text(part)}", outer((*before, last)) if before else last)


def misread(leaf: Leaf) -> Iterator[Leaf]:
    if isinstance(leaf, Compare):
        yield from (changed(leaf, op=op) for op in ("<", "<=", ">", ">=") if op != leaf.op)
        yield from (changed(leaf, value=value) for value in neighbours(leaf))
    if isinstance(leaf, Equals | Contains):
        yield from (changed(leaf, value=value) for value in ITEMS[leaf.item].choices if value != leaf.value)
    yield from (changed(leaf, item=id) for id in mistaken(leaf.item))


def mistaken(id: str) -> list[str]:
    """The items before and after it in the checklist that are answered alike and might be taken for it."""
    ids = list(ITEMS)
    beside = (ids[place] for place in (ids.index(id) - 1, ids.index(id) + 1) if 0 <= place < len(ids))
    return [one for one in beside if (ITEMS[one].kind, ITEMS[one].choices) == (ITEMS[id].kind, ITEMS[id].choices)]


def neighbours(leaf: Compare) -> set[float]:
    """A step up and down, as fine as the figure is written, and the nearest figures of other rules."""
    step = 10.0 ** -len(f"{leaf.value:g}".partition(".")[2])
    near = {round(leaf.value + step, 6), round(leaf.value - step, 6)}
    for low, high in pairwise(FIGURES[leaf.item]):
        near |= {high} if low == leaf.value else {low} if high == leaf.value else set()
    return near


def figures() -> dict[str, list[float]]:
    found: dict[str, set[float]] = {}
    for condition in CONDITIONS.values():
        for leaf in leaves(condition):
            if isinstance(leaf, Compare):
                found.setdefault(leaf.item, set()).add(leaf.value)
    return {item: sorted(values) for item, values in found.items()}


FIGURES = figures()


def text(condition: Condition) -> str:
    match condition:
        case Compare(item, op, value):
            return f"{item} {op} {value:g}"
        case Equals(item, value):
            return f"{item} == {value}"
        case Contains(item, value):
            return f"{value} in {item}"
        case Not(part):
            return f"not {text(part)}"
        case And(parts) | Or(parts) | AtLeast(parts=parts):
            return (
                f"{type(condition).__name__}({', '.join(text(part) for part in parts[:2])}{', …' * (len(parts) > 2)})"
            )
    return condition.item


def noticed(wrong: Condition, cases: list) -> bool:
    return any(SAYS[verdict(wrong, knowledge)] != expected for knowledge, expected in cases)


def refused(wrong: Condition) -> bool:
    return next(mistakes_in(wrong, CONTENT.items, opens=OPENS), None) is not None


def changes_nothing(condition: Condition, wrong: list[Slip]) -> list[bool]:
    """Proved over every set of answers: true, false and unknown are said of the same ones."""
    import z3

    answers = AnswerSet(z3, CONTENT.items, cuts([condition, *(slip.condition for slip in wrong)]))
    solver = z3.Solver()
    solver.add(answers.possible)
    true, false = answers.pair(condition)
    pairs = (answers.pair(slip.condition) for slip in wrong)
    return [solver.check(z3.Or(true != one.true, false != one.false)) == z3.unsat for one in pairs]


def unnoticed(condition: Condition, cases: list, counted: Counter[str]) -> list[Slip]:
    wrong = {slip.condition: slip for slip in slips(condition)}
    counted["planted"] += len(wrong)
    left = [slip for slip in wrong.values() if not noticed(slip.condition, cases)]
    counted["noticed by a case"] += len(wrong) - len(left)
    refusable = [slip for slip in left if refused(slip.condition)]
    counted["refused by the loader"] += len(refusable)
    left = [slip for slip in left if slip not in refusable]
    same = changes_nothing(condition, left) if left else []
    counted["proved to change nothing"] += sum(same)
    return [slip for slip, equal in zip(left, same, strict=True) if not equal]
