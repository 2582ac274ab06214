"""Which answer is more harmful than which, and what the other theorems speak about: data of `safety/theorems.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import field

from desktop.clinical.checklist import Answer, Item
from desktop.clinical.formula import AnswerSet, Choice, Formula, Multi, Number, Unknowns, YesNo
from desktop.clinical.model import Id, Model, Words, read
from desktop.clinical.wholeness import reached
from resources import FOLDER


class Harm(Model):
    """Numbers that harm upward or downward, choices from less to more harmful, and what is neither."""

    up: tuple[Id, ...] = ()
    down: tuple[Id, ...] = ()
    neutral: tuple[Id, ...] = ()
    choices: dict[Id, tuple[str, ...]] = field(default_factory=dict)
    harmless: dict[Id, tuple[str, ...]] = field(default_factory=dict)

    def covers(self, item: Item) -> bool:
        """Whether it is said which of its answers are harmful."""
        said = item.id in (*self.up, *self.down, *self.neutral, *self.choices)
        return said or item.kind in ("yes-no", "multi") or item.is_timed

    def less_harmful(self, item: Item) -> Mapping[str, frozenset[str]]:
        """For each choice all choices that are less harmful, however many steps away."""
        chains = self.choices.get(item.id, ("no < old < new",) if item.is_timed else ())
        below: dict[str, set[str]] = {}
        for less, more in (step for chain in chains for step in pairwise(chain.split(" < "))):
            below.setdefault(more, set()).add(less)
        return {value: frozenset(reached(value, below)) for value in item.choices}


class Sentinel(Model):
    name: Words
    when: Words


class Screen(Model):
    sections_left_out: tuple[Id, ...]
    indispensable: tuple[Id, ...]


class Statements(Model):
    """What the theorems are about."""

    harm: Harm
    screen: Screen
    sentinel: tuple[Sentinel, ...]


def load_statements(folder: Path = FOLDER) -> Statements:
    return read(Statements, tomllib.loads((folder / "safety" / "theorems.toml").read_text(encoding="utf-8")))


def worsened(harm: Harm, checklist: Mapping[str, Item], before: AnswerSet, after: AnswerSet) -> Formula:
    """`after` differs from `before` only in more harmful answers, where no, old, unsure or nothing was answered."""
    z3 = before.z3
    return z3.And(*(_step(z3, harm, checklist.get(id), before.of[id], after.of[id]) for id in before.of))


def more_harmful(harm: Harm, item: Item, then: Answer, now: Answer) -> bool | None:
    """Whether `now` is; False: less. None where neither is, or nobody has said which."""
    if item.id in harm.neutral:
        return None
    if isinstance(then, str) and isinstance(now, str):
        less = harm.less_harmful(item)
        return True if then in less.get(now, ()) else False if now in less.get(then, ()) else None
    if isinstance(then, bool) and isinstance(now, bool):
        return now
    if isinstance(then, frozenset) and isinstance(now, frozenset):
        harmless = set(harm.harmless.get(item.id, ()))
        return _one_way(then - harmless < now - harmless, now - harmless < then - harmless)
    if isinstance(then, int | float) and isinstance(now, int | float):
        rises, falls = (now > then, now < then)[:: -1 if item.id in harm.down else 1]
        return _one_way(rises, falls) if item.id in (*harm.up, *harm.down) else None
    return None


def _one_way(more: bool, less: bool) -> bool | None:
    return True if more else False if less else None


def same(z3: Any, before: Unknowns, after: Unknowns) -> Formula:
    return z3.And(*(one == other for one, other in zip(before.unknowns, after.unknowns, strict=True)))


def _step(z3: Any, harm: Harm, item: Item | None, before: Unknowns, after: Unknowns) -> Formula:
    """A fact of the patient (no item) and a neutral item stay as they are."""
    if item is None or item.id in harm.neutral:
        return same(z3, before, after)
    return z3.Or(same(z3, before, after), z3.And(*_worse(z3, harm, item, before, after)))


def _worse(z3: Any, harm: Harm, item: Item, before: Unknowns, after: Unknowns) -> Iterator[Formula]:
    match before, after:
        case YesNo(), YesNo():
            yield after.yes
        case Choice(), Choice():
            yield _worse_choice(z3, harm, item, before, after)
        case Multi(), Multi():
            yield after.known
            for value in item.choices:
                was, now = before.chosen[value], after.chosen[value]
                kept = was == now if value in harm.harmless.get(item.id, ()) else z3.Implies(was, now)
                yield z3.Or(before.unanswered, kept)
        case Number(), Number():
            yield from _worse_number(z3, harm, item, before, after)


def _worse_choice(z3: Any, harm: Harm, item: Item, before: Choice, after: Choice) -> Formula:
    """From nothing known to any answer, or from one answer to a more harmful one."""
    less = harm.less_harmful(item)
    steps = [
        z3.And(after.chosen[value], z3.Or(before.unanswered, *(before.chosen[one] for one in less[value])))
        for value in item.choices
    ]
    return z3.Or(*steps)


def _worse_number(z3: Any, harm: Harm, item: Item, before: Number, after: Number) -> Iterator[Formula]:
    """An answer; the least harmful figure that is possible then is no less harmful than the one before."""
    yield z3.Not(after.unanswered)
    for place in before.places:
        if item.id in harm.up:
            yield z3.Implies(before.low[place], after.low[place])
        elif item.id in harm.down:
            yield z3.Implies(after.high[place], before.high[place])
        else:
            yield z3.BoolVal(False)
