"""Which rules a set of stored answers raises, and nothing else: made for looking through a million encounters.

The same verdicts as `assess`, about a hundred times sooner. Every leaf of every condition, and every denied leaf,
has a bit. What an answer makes certain is looked up once for each different answer; a rule is then a few comparisons
of whole sets of bits. Only *certainly true* is asked for, so unknown needs no third value here: a denied part is
turned inward (de Morgan) until only leaves are denied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from desktop.clinical.answer import AnswerError, Json, read_answer
from desktop.clinical.checklist import PATIENT_FACTS, Answer, Item, Person
from desktop.clinical.condition import And, AtLeast, Condition, Known, Leaf, Not, Or
from desktop.clinical.content import Content
from desktop.clinical.knowledge import know

Truths = int
"""A set of bits: the leaves, and the denied leaves, that are certainly true."""
Test = Callable[[Truths], bool]

COMMON = 20
"""How much likelier a *no* or a fact of the patient is than a *yes*; only speed rests on it."""


@dataclass(frozen=True)
class Gate:
    """Bits of which at least one is set whenever the rule is raised; a light gate seldom opens."""

    bits: Truths
    weight: int


class Screening:
    """`today` is when the looking through happens: no stored answer may lie after it."""

    def __init__(self, content: Content, today: date) -> None:
        self._content, self._today = content, today
        self._bits: dict[tuple[Leaf, bool], Truths] = {}
        self._leaves_of: dict[str, list[Leaf]] = {}
        self._met: dict[object, Truths] = {}
        conditions = {rule.id: content.condition(rule.when) for rule in content.rules}
        self._rules = [
            (id, self._gate(condition, True).bits, self._test(condition, True)) for id, condition in conditions.items()
        ]
        self._yes = {id: self._worked_out(Person(), id, True) for id in self._leaves_of if id in content.items}
        self._no = {id: self._worked_out(Person(), id, False) for id in self._yes}

    def raised(self, person: Person, answers: Mapping[str, Json]) -> tuple[str, ...]:
        """The ids of the rules that are true, in the order of the rule files; unreadable answers decide nothing."""
        truths = self._of_person(person)
        yes, no = self._yes, self._no
        for id, raw in answers.items():
            if raw is False:
                truths |= no.get(id, 0)
            elif raw is True:  # told from 1, which is the same key and another answer
                truths |= yes.get(id, 0)
            elif id in yes:
                truths |= self._of_value(person, id, raw)
        return tuple([id for id, gate, test in self._rules if truths & gate and test(truths)])

    def _of_person(self, person: Person) -> Truths:
        met = self._met.get(person)
        if met is None:
            facts = know(self._content, person, {})
            met = self._met[person] = self._certain((id, facts.get(id)) for id in PATIENT_FACTS)
        return met

    def _of_value(self, person: Person, id: str, raw: Json) -> Truths:
        """Kept for the next encounter, but for tables: a reason hardly comes twice, and a million of them weigh."""
        if isinstance(raw, dict):
            return self._worked_out(person, id, raw)
        # A word for a number, such as *raised*, may mean another figure for another patient.
        of_patient = isinstance(raw, str) and bool(self._content.items[id].reference)
        key = (id, tuple(raw) if isinstance(raw, list) else raw, person if of_patient else None)
        met = self._met.get(key)
        if met is None:
            met = self._met[key] = self._worked_out(person, id, raw)
        return met

    def _worked_out(self, person: Person, id: str, raw: Json) -> Truths:
        answer = self._read(self._content.items[id], raw)
        return 0 if answer is None else self._certain([(id, know(self._content, person, {id: answer})[id])])

    def _read(self, item: Item, raw: Json) -> Answer | None:
        try:
            return read_answer(item, raw, self._today)
        except AnswerError:
            return None

    def _certain(self, known: Iterable[tuple[str, Known]]) -> Truths:
        truths = 0
        for id, amount in known:
            for leaf in self._leaves_of.get(id, ()):
                verdict = leaf.says(amount)
                if verdict is not None:
                    truths |= self._bits.get((leaf, verdict), 0)
        return truths

    def _bit(self, leaf: Leaf, wanted: bool) -> Truths:
        held = self._bits.get((leaf, wanted))
        if held is None:
            held = self._bits[leaf, wanted] = 1 << len(self._bits)
            places = self._leaves_of.setdefault(leaf.item, [])
            if leaf not in places:
                places.append(leaf)
        return held

    def _test(self, condition: Condition, wanted: bool) -> Test:
        """Whether the condition is certainly true (or, not `wanted`, certainly false)."""
        match condition:
            case Not(part):
                return self._test(part, not wanted)
            case AtLeast(count, parts):
                needed = count if wanted else len(parts) - count + 1
                return partial(_enough, needed, [self._test(part, wanted) for part in parts])
            case And(parts) | Or(parts):
                mask, tests = self._joined(parts, wanted)
                return partial(_all if isinstance(condition, And) is wanted else _any, mask, tests)
        return partial(_any, self._bit(condition, wanted), [])

    def _joined(self, parts: tuple[Condition, ...], wanted: bool) -> tuple[Truths, list[Test]]:
        """The leaves among the parts as one set of bits, and the tests of the others."""
        mask, tests = 0, []
        for part in parts:
            turned = isinstance(part, Not)
            inner = part.part if isinstance(part, Not) else part
            if isinstance(inner, And | Or | AtLeast | Not):
                tests.append(self._test(part, wanted))
            else:
                mask |= self._bit(inner, wanted is not turned)
        return mask, tests

    def _gate(self, condition: Condition, wanted: bool) -> Gate:
        match condition:
            case Not(part):
                return self._gate(part, not wanted)
            case And(parts) | Or(parts) | AtLeast(parts=parts):
                gates = [self._gate(part, wanted) for part in parts]
                if isinstance(condition, And) is wanted and not isinstance(condition, AtLeast):
                    return min(gates, key=lambda gate: gate.weight)
                return Gate(_union(gate.bits for gate in gates), sum(gate.weight for gate in gates))
        likely = not wanted or condition.item in PATIENT_FACTS
        return Gate(self._bit(condition, wanted), COMMON if likely else 1)


def _union(sets: Iterable[Truths]) -> Truths:
    found = 0
    for one in sets:
        found |= one
    return found


def _all(mask: Truths, tests: list[Test], truths: Truths) -> bool:
    return truths & mask == mask and all(test(truths) for test in tests)


def _any(mask: Truths, tests: list[Test], truths: Truths) -> bool:
    return truths & mask != 0 or any(test(truths) for test in tests)


def _enough(needed: int, tests: list[Test], truths: Truths) -> bool:
    return sum([test(truths) for test in tests]) >= needed
