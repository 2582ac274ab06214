"""Which rules a set of stored answers raises, and nothing else: made for looking through a million encounters.

The same verdicts as `assess`, some hundred times sooner. Every leaf of every condition, and every denied leaf,
has a bit. What an answer makes certain is worked out once for each different answer; a rule is then a few comparisons
of whole sets of bits. Only *certainly true* is asked for, so unknown needs no third value here: a denied part is
turned inward (de Morgan) until only leaves are denied.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from operator import or_

from desktop.clinical.answer import AnswerError, Json, read_answer
from desktop.clinical.checklist import PATIENT_FACTS, Answer, Item, Person
from desktop.clinical.condition import And, AtLeast, Condition, Known, Leaf, Not, Or
from desktop.clinical.content import Content
from desktop.clinical.knowledge import know

Truths = int
"""A set of bits: the leaves, and the denied leaves, that are certainly true."""
Test = Callable[[Truths], bool]

NEXT = ', "'
"""Between two answers of the store's JSON; inside a text it can't stand, where a quotation mark has a backslash."""
KEPT = 50_000

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
        self._people: dict[Person, Truths] = {}
        self._of_patient: dict[object, Truths] = {}
        self._pieces: dict[str, Truths] = {"": 0}
        conditions = {rule.id: content.condition(rule.when) for rule in content.rules}
        self._rules = [(id, self._test(condition, True)) for id, condition in conditions.items()]
        self._gates = [self._gate(condition, True).bits for condition in conditions.values()]
        self._width = len(self._bits)

    def raised(self, person: Person, stored: str) -> tuple[str, ...]:
        """The ids of the rules that are true, in the order of the rule files; unreadable answers decide nothing.

        `stored` is the JSON of the answers. It is not parsed but cut where a next answer may begin: nearly every piece
        has been met before.
        """
        pieces = stored[2:-1].split(NEXT)
        met = [*map(self._pieces.get, pieces)]
        if None in met:
            met = [*self._of_pieces(person, pieces, stored)]
        truths = reduce(or_, met, self._of_person(person))
        open_gates, found = truths >> self._width, []
        while open_gates:
            lowest = open_gates & -open_gates
            id, test = self._rules[lowest.bit_length() - 1]
            if test(truths):
                found.append(id)
            open_gates ^= lowest
        return tuple(found)

    def _of_person(self, person: Person) -> Truths:
        met = self._people.get(person)
        if met is None:
            facts = know(self._content, person, {})
            met = self._people[person] = self._with_gates(self._certain((id, facts.get(id)) for id in PATIENT_FACTS))
        return met

    def _of_pieces(self, person: Person, pieces: Iterable[str], stored: str) -> Iterator[Truths]:
        """A piece that is no whole answer goes on in the next: the cut was inside a list or a table."""
        whole = ""
        for piece in pieces:
            whole = f"{whole}{NEXT}{piece}" if whole else piece
            met = self._pieces.get(whole)
            if met is None:
                try:
                    given = json.loads(f'{{"{whole}}}')
                except ValueError:
                    continue
                met = self._learnt(person, whole, given)
            yield met
            whole = ""
        if whole:  # cut where no answer begins, or no JSON at all, which is said
            yield from (self._of_answer(person, id, raw) for id, raw in json.loads(stored).items())

    def _learnt(self, person: Person, piece: str, given: Mapping[str, Json]) -> Truths:
        """Kept for the next encounter, but for words and tables: they hardly come twice, and many weigh."""
        met = 0
        for id, raw in given.items():
            met |= self._of_answer(person, id, raw)
        if all(self._comes_again(id, raw) for id, raw in given.items()) and len(self._pieces) < KEPT:
            self._pieces[piece] = met
        return met

    def _of_answer(self, person: Person, id: str, raw: Json) -> Truths:
        if id not in self._leaves_of or id not in self._content.items:
            return 0
        if not self._is_of_patient(id, raw):
            return self._with_gates(self._worked_out(person, id, raw))
        key = (id, raw, person)
        met = self._of_patient.get(key)
        if met is None:
            met = self._of_patient[key] = self._with_gates(self._worked_out(person, id, raw))
        return met

    def _comes_again(self, id: str, raw: Json) -> bool:
        item = self._content.items.get(id)
        named = item is not None and item.kind not in ("text", "date")
        return not isinstance(raw, dict) and (named or isinstance(raw, bool)) and not self._is_of_patient(id, raw)

    def _is_of_patient(self, id: str, raw: Json) -> bool:
        """A word for a number, such as *raised*, may mean another figure for another patient."""
        item = self._content.items.get(id)
        return isinstance(raw, str) and item is not None and bool(item.reference)

    def _with_gates(self, truths: Truths) -> Truths:
        """Above the bits of the leaves one for each rule whose gate these open."""
        return truths | sum(1 << self._width + place for place, gate in enumerate(self._gates) if truths & gate)

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
                return Gate(reduce(or_, (gate.bits for gate in gates), 0), sum(gate.weight for gate in gates))
        likely = not wanted or condition.item in PATIENT_FACTS
        return Gate(self._bit(condition, wanted), COMMON if likely else 1)


def _all(mask: Truths, tests: list[Test], truths: Truths) -> bool:
    return truths & mask == mask and all(test(truths) for test in tests)


def _any(mask: Truths, tests: list[Test], truths: Truths) -> bool:
    return truths & mask != 0 or any(test(truths) for test in tests)


def _enough(needed: int, tests: list[Test], truths: Truths) -> bool:
    return sum([test(truths) for test in tests]) >= needed
