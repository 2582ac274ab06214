"""One patient's answers as the causes read them: what is known, what can still be asked, and each answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from desktop.clinical.causes import Causes
from desktop.clinical.checklist import PATIENT_FACTS, Answer, Person
from desktop.clinical.condition import Knowledge, Leaf, Verdict, verdict
from desktop.clinical.condition_reader import FLAG_ABOVE_ROUTINE
from desktop.clinical.content import Content
from desktop.clinical.kept import Kept
from desktop.clinical.knowledge import is_hidden, is_waiting, know
from desktop.clinical.rules import Rule, Urgency
from desktop.clinical.words import answer_words, leaf_words

NOT_ASKED = "not asked"


class PatientView:
    def __init__(
        self,
        content: Content,
        causes: Causes,
        person: Person,
        answers: Mapping[str, Answer],
        kept: Kept | None = None,
    ) -> None:
        self.content, self.causes, self.person, self.answers = content, causes, person, answers
        self.known = know(content, person, answers)
        self.kept = kept or Kept()
        self.kept.turn_to(content, person, answers)
        self.shown: dict[str, bool] = {}
        self.words: dict[str, str] = {}

    @cached_property
    def above_routine(self) -> list[tuple[Rule, Verdict]]:
        """The rules above routine and what they say; the same rules and conditions as in `assess`."""
        rules, conditions = self.content.rule_of, self.content.condition_of
        holds = self.kept.each("holds", self._named, lambda id: verdict(conditions[id], self.known))
        return [(rules[id], verdict) for id, verdict in holds.items()]

    def _named(self) -> Mapping[str, frozenset[str]]:
        rules = self.content.rules
        return {one.id: self.content.condition_of[one.id].named for one in rules if one.level > Urgency.routine}

    @cached_property
    def knowledge(self) -> Knowledge:
        """What is known, with whether a flag above routine is raised: no only when every such rule is decided."""
        verdicts = [holds for _, holds in self.above_routine]
        flag = True if True in verdicts else None if None in verdicts else False
        return {**self.known, FLAG_ABOVE_ROUTINE.id: flag}

    def verdict(self, when: str) -> Verdict:
        return verdict(self.causes.conditions[when], self.knowledge)

    def can_be_asked(self, id: str) -> bool:
        """Not answered, and its own question stands on the screen; age and sex can be filled in."""
        return id not in self.answers and self.is_shown(id)

    def is_shown(self, id: str) -> bool:
        """Neither hidden by another answer nor waiting for one."""
        if id not in self.shown:
            self.shown[id] = id in PATIENT_FACTS or (id in self.content.items and self._is_open(id))
        return self.shown[id]

    def _is_open(self, id: str) -> bool:
        item = self.content.items[id]
        hidden = is_hidden(self.content, item, self.known)
        return not hidden and not is_waiting(self.content, item, self.known, self.answers)

    def said(self, id: str) -> str:
        """`Weight loss: not asked`."""
        if id not in self.words:
            self.words[id] = f"{self.label(id)}: {self.answer(id)}"
        return self.words[id]

    def label(self, id: str) -> str:
        return id.capitalize() if id in PATIENT_FACTS else self.content.items[id].label

    def answer(self, id: str) -> str:
        if id in PATIENT_FACTS:
            fact = self.person.age if id == "age" else self.person.sex
            return "not known" if fact is None else str(fact)
        return answer_words(self.content.items[id], self.answers[id]) if id in self.answers else NOT_ASKED

    def leaf(self, leaf: Leaf) -> str:
        """What the patient says to one piece of a condition that is decided."""
        if leaf.item == FLAG_ABOVE_ROUTINE.id:
            return self.flags
        return leaf_words(self.content, self.person, self.answers, leaf)

    @cached_property
    def flags(self) -> str:
        raised = [rule for rule, holds in self.above_routine if holds]
        alone = [rule.flag for rule in raised if not any(larger.speaks_for(rule) for larger in raised)]
        return f"Raised: {'; '.join(alone)}" if alone else "No flag above routine is raised, and none is left open"
