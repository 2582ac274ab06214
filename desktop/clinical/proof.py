"""What every theorem stands on: the content, the solver, and counterexamples in the fewest words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from desktop.clinical.checklist import Range
from desktop.clinical.condition import Condition, Knowledge, Known, parse
from desktop.clinical.content import Content
from desktop.clinical.formula import AnswerSet, Formula, cuts
from desktop.clinical.harm import Statements
from desktop.clinical.rules import Urgency
from desktop.clinical.words import answer_words

Counterexample = str | None
"""In words; None where the theorem is proved."""


class Proof:
    """`together`: of up to how many rules, or imaging lines, every combination is merged."""

    def __init__(self, content: Content, statements: Statements, z3: Any, together: int = 3) -> None:
        self.content, self.statements, self.z3, self.together = content, statements, z3, together
        self.conditions = dict(content.condition_of)
        self.sentinels = {one.name: parse(one.when) for one in statements.sentinel}
        self.places = cuts([*content.conditions.values(), *self.sentinels.values()])

    @cached_property
    def answers(self) -> AnswerSet:
        return AnswerSet(self.z3, self.content.items, self.places)

    def true(self, condition: Condition) -> Formula:
        return self.answers.true(condition)

    def raised(self, answers: AnswerSet, level: Urgency) -> Formula:
        """Some rule of this urgency or of a higher one is raised."""
        rules = (rule for rule in self.content.rules if rule.level >= level)
        return self.z3.Or(*(answers.true(self.conditions[rule.id]) for rule in rules))

    def solver(self, *known: Formula) -> Any:
        solver = self.z3.Solver()
        solver.add(*known)
        return solver

    def possible(self, solver: Any, *wanted: Formula) -> bool:
        return bool(solver.check(*wanted) == self.z3.sat)

    def model(self, solver: Any, wanted: Iterable[Formula], wishes: Iterable[Formula]) -> Model | None:
        """One that fulfils as many wishes as it can, the earlier ones first."""
        solver.push()
        solver.add(*wanted)
        found = None
        if self.possible(solver):
            held = self._fulfilled(solver, list(wishes))
            solver.check()
            found = Model(solver.model())
            solver.pop(held)
        solver.pop()
        return found

    def _fulfilled(self, solver: Any, wishes: Sequence[Formula]) -> int:
        """Many at once where they go together, halves where they don't; how often the solver was pushed."""
        solver.push()
        solver.add(*wishes)
        if self.possible(solver):
            return 1
        solver.pop()
        if len(wishes) == 1:
            return 0
        half = len(wishes) // 2
        return self._fulfilled(solver, wishes[:half]) + self._fulfilled(solver, wishes[half:])

    def example(self, solver: Any, *wanted: Formula) -> Counterexample:
        """The fewest answers for which all is true that is wanted, in words."""
        model = self.model(solver, wanted, self.fewest)
        return None if model is None else self.words(self.answers.read(model))

    @cached_property
    def fewest(self) -> list[Formula]:
        return list(self.few(self.answers))

    def few(self, answers: AnswerSet) -> Iterator[Formula]:
        """As little answered as possible, and what is answered known for certain."""
        yield from (one.unanswered for one in answers.of.values())
        yield from (self.z3.Or(one.unanswered, one.complete) for one in answers.of.values())

    def words(self, knowledge: Knowledge) -> str:
        """`Cancer history: yes; Age: 60`."""
        said = [f"{self.label(id)}: {self.answer_words(id, known)}" for id, known in knowledge.items()]
        return "; ".join(said) or "nothing answered"

    def label(self, id: str) -> str:
        return self.content.items[id].label if id in self.content.items else id.capitalize()

    def answer_words(self, id: str, known: Known) -> str:
        if known is None:
            return "not known"
        if isinstance(known, Range) and (known.low == known.high or id == "age"):
            return f"{known.low:g}" if known.low == known.high else f"{known.low:g} to {known.high:g}"
        return answer_words(self.content.items[id], known) if id in self.content.items else str(known)


class Model:
    """A model of the solver; an unknown that plays no part is false."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def __getitem__(self, unknown: Formula) -> bool:
        return bool(self.model.eval(unknown, model_completion=True))
