"""What holds over every set of answers, proved by a solver from the parsed conditions that the engine runs.

(a) to (e) are proved as they stand. (f), (g) and (h) speak of the merged plan, which is Python: what they need of
conditions is proved too, and the merging is held against them on all combinations, in `plan_theorems.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from desktop.clinical.checklist import Item
from desktop.clinical.completions import completions
from desktop.clinical.condition import (
    And,
    AtLeast,
    Compare,
    Condition,
    Contains,
    Equals,
    Known,
    Leaf,
    Not,
    Or,
    items,
    leaves,
)
from desktop.clinical.content import Content
from desktop.clinical.formula import AnswerSet, Choice, Formula, YesNo, load_solver
from desktop.clinical.harm import Statements, same, worsened
from desktop.clinical.plan_theorems import contact_in_time, mri_beside_hindrance, xray_only_for_fracture
from desktop.clinical.proof import Counterexample, Proof
from desktop.clinical.rules import Rule, SpokenLine, Urgency


@dataclass(frozen=True)
class Result:
    """`words` begin with `proved` or with `counterexample`."""

    id: str
    name: str
    proved: bool
    words: str


def prove(content: Content, statements: Statements, *, together: int = 3) -> Iterator[Result]:
    """One result for each theorem, as soon as it is there. Raises SolverMissing."""
    proof = Proof(content, statements, load_solver(), together)
    for id, (name, theorem) in THEOREMS.items():
        found = theorem(proof)
        words = f"proved ({id}) {name}{_how(proof, id)}" if found is None else f"counterexample ({id}) {name}: {found}"
        yield Result(id, name, found is None, words)


def _how(proof: Proof, id: str) -> str:
    """What is not said by the solver alone."""
    match id:
        case "d":
            return " (ten as decided, and fever or unwell: with new numbness it is an emergency, R02f and R21)"
        case "f":
            return f" (conditions by the solver; merging by running it with every {proof.together} rules or fewer)"
        case "g" | "h":
            return f" (conditions by the solver; merging by running it with every {proof.together} scans or fewer)"
    return ""


def every_part_matters(proof: Proof) -> Counterexample:
    """(a) Forcing a single leaf true or false changes the result for somebody who has answered everything."""
    answers = proof.answers
    for rule in proof.content.rules:
        condition = proof.conditions[rule.id]
        complete = [answers.possible_for(condition), *(answers.of[id].complete for id in items(condition))]
        if not proof.possible(proof.solver(*complete, answers.true(condition))):
            return f"{rule.id} ({rule.flag}) can never be raised"
        idle = _idle(proof, condition, complete)
        if idle is not None:
            return f"{rule.id} ({rule.flag}): “{leaf_text(idle)}” never matters"
    return None


def _idle(proof: Proof, condition: Condition, complete: list[Formula]) -> Leaf | None:
    """A leaf that may be replaced by true, or by false, without anybody noticing."""
    z3, answers, parts = proof.z3, proof.answers, list(leaves(condition))
    forced = [z3.Bool(f"leaf {place}") for place in range(len(parts))]
    kept = [z3.Bool(f"kept {place}") for place in range(len(parts))]
    solver = proof.solver(*complete, _with_leaves(z3, condition, iter(forced)) != answers.true(condition))
    for held, value, leaf in zip(kept, forced, parts, strict=True):
        solver.add(z3.Implies(held, value == answers.true(leaf)))
    for place, leaf in enumerate(parts):
        others = kept[:place] + kept[place + 1 :]
        if not all(proof.possible(solver, *others, value) for value in (forced[place], z3.Not(forced[place]))):
            return leaf
    return None


def _with_leaves(z3: Any, condition: Condition, forced: Iterator[Formula]) -> Formula:
    """The condition with its leaves, from left to right, replaced."""
    match condition:
        case Not(part):
            return z3.Not(_with_leaves(z3, part, forced))
        case And(parts):
            return z3.And(*[_with_leaves(z3, part, forced) for part in parts])
        case Or(parts):
            return z3.Or(*[_with_leaves(z3, part, forced) for part in parts])
        case AtLeast(count, parts):
            return z3.AtLeast(*[_with_leaves(z3, part, forced) for part in parts], count)
    return next(forced)


def harm_only_adds(proof: Proof) -> Counterexample:
    """(b) For each rule first: a rule that is lost may hide behind a more urgent one. Then for the urgency."""
    harm, checklist = proof.statements.harm, _checklist_of_rules(proof)
    unsaid = [id for id, item in checklist.items() if not harm.covers(item)]
    if unsaid:
        return f"nothing is said of which answers to {', '.join(unsaid)} are harmful"
    before, after = (AnswerSet(proof.z3, checklist, proof.places, name) for name in ("before ", "after "))
    step = worsened(harm, checklist, before, after)
    solver = proof.solver(before.possible, after.possible, step)
    for rule in proof.content.rules:
        found = _taken_back(proof, solver, before, after, rule)
        if found is not None:
            return found
    return _lowered(proof, solver, before, after)


def _checklist_of_rules(proof: Proof) -> Mapping[str, Item]:
    named = {leaf.item for condition in proof.conditions.values() for leaf in leaves(condition)}
    return {id: item for id, item in proof.content.items.items() if id in named}


def _taken_back(proof: Proof, solver: Any, before: AnswerSet, after: AnswerSet, rule: Rule) -> Counterexample:
    """What is proved of one rule is given to the solver for the next ones."""
    if rule.remainder:
        return None
    condition = proof.conditions[rule.id]
    stays = after.true(condition)
    change = _change(proof, solver, before, after, before.true(condition), proof.z3.Not(stays))
    if change is not None:
        return f"{rule.id} ({rule.flag}) is taken back: {change}"
    solver.add(proof.z3.Implies(before.true(condition), stays))
    return None


def _lowered(proof: Proof, solver: Any, before: AnswerSet, after: AnswerSet) -> Counterexample:
    for level in sorted(Urgency, reverse=True)[:-1]:
        lost = (proof.raised(before, level), proof.z3.Not(proof.raised(after, level)))
        change = _change(proof, solver, before, after, *lost)
        if change is not None:
            return f"the urgency falls from {level.word}: {change}"
    return None


def _change(proof: Proof, solver: Any, before: AnswerSet, after: AnswerSet, *lost: Formula) -> Counterexample:
    """The smallest worsening that does it, with the fewest answers around it."""
    equal = (same(proof.z3, before.of[id], after.of[id]) for id in before.of)
    model = proof.model(solver, lost, chain(equal, proof.few(before), proof.few(after)))
    if model is None:
        return None
    was, now = before.read(model), after.read(model)
    turned = [id for id in now if now[id] != was.get(id)]
    steps = (f"{proof.label(id)} turns from {_turn(proof, id, was.get(id), now[id])}" for id in turned)
    return f"{', '.join(steps)}, with {proof.words({id: was[id] for id in was if id not in turned})}"


def _turn(proof: Proof, id: str, was: Known, now: Known) -> str:
    return f"{proof.answer_words(id, was)} to {proof.answer_words(id, now)}"


def sentinels_are_emergencies(proof: Proof) -> Counterexample:
    """(c)"""
    none = proof.z3.Not(proof.raised(proof.answers, Urgency.emergency))
    solver = proof.solver(proof.answers.possible, none)
    for name, condition in proof.sentinels.items():
        found = proof.example(solver, proof.true(condition))
        if found is not None:
            return f"{name}: no emergency with {found}"
    return None


def screen_is_complete(proof: Proof) -> Counterexample:
    """(d) Whatever else is answered, outside the sections that are left out."""
    answers, screen = proof.answers, [item.id for item in proof.content.safety_screen.items]
    left_out = [answers.of[id].unanswered for id in _items_of(proof, proof.statements.screen.sections_left_out)]
    emergency = proof.raised(answers, Urgency.emergency)
    solver = proof.solver(answers.possible, emergency, *left_out)
    found = proof.example(solver, *(said_no(answers, id) for id in screen))
    if found is not None:
        return f"the screen is clear and yet an emergency is raised: {found}"
    for needless in proof.statements.screen.indispensable:
        others = (said_no(answers, id) for id in screen if id != needless)
        if not proof.possible(solver, *others):
            return f"{proof.label(needless)} may be left out: without it no history raises an emergency either"
    return None


def _items_of(proof: Proof, sections: tuple[str, ...]) -> list[str]:
    found = [item.id for section in proof.content.sections if section.id in sections for item in section.items]
    return [id for id in found if id in proof.answers.of]


def said_no(answers: AnswerSet, id: str) -> Formula:
    match answers.of[id]:
        case YesNo() as one:
            return one.no
        case Choice() as one:
            return one.chosen["no"]
    raise TypeError(f"“{id}” has no answer no")


def unknown_is_exact(proof: Proof) -> Counterexample:
    """(e) A condition that is not certainly true is false at some completion, and the other way round."""
    for name, condition in _conditions(proof):
        found = inexact(proof, condition)
        if found is not None:
            return f"{name} is called unknown although it is decided: {found}"
    return None


def inexact(proof: Proof, condition: Condition) -> Counterexample:
    """Answers for which every completion agrees and the engine says unknown all the same."""
    z3, answers = proof.z3, proof.answers
    true, false = answers.pair(condition)
    solver = proof.solver(answers.possible_for(condition), z3.Not(true), z3.Not(false))
    for outcome in (True, False):
        always = [
            z3.Implies(allowed, holds if outcome else z3.Not(holds))
            for allowed, holds in completions(answers, condition, highest=not outcome)
        ]
        found = proof.example(solver, *always)
        if found is not None:
            return found
    return None


def _conditions(proof: Proof) -> Iterator[tuple[str, Condition]]:
    for rule in proof.content.rules:
        yield rule.id, proof.conditions[rule.id]
        for line in rule.plan:
            for text in (line.when, line.unless if isinstance(line, SpokenLine) else None):
                if text is not None:
                    yield f"a plan line of {rule.id}", proof.content.condition(text)
    for modifier in proof.content.modifiers:
        for text in filter(None, (modifier.when, modifier.unless)):
            yield modifier.id, proof.content.condition(text)


def leaf_text(leaf: Leaf) -> str:
    match leaf:
        case Equals(item, value):
            return f'{item} == "{value}"'
        case Contains(item, value):
            return f'"{value}" in {item}'
        case Compare(item, op, figure):
            return f"{item} {op} {figure:g}"
    return leaf.item


THEOREMS: dict[str, tuple[str, Callable[[Proof], Counterexample]]] = {
    "a": ("every rule can be raised, and each part of its condition matters", every_part_matters),
    "b": ("a more harmful answer never lowers the urgency and takes back no rule but the remainder", harm_only_adds),
    "c": ("every sentinel set is an emergency, whatever else is answered", sentinels_are_emergencies),
    "d": ("with the safety screen clear no history raises an emergency, and the eleven are needed", screen_is_complete),
    "e": ("unknown is said exactly where the open answers could still decide either way", unknown_is_exact),
    "f": ("every flag has a contact in the plan, no later than its urgency", contact_in_time),
    "g": ("beside a hindered MRI stands its alternative, and its limit stays", mri_beside_hindrance),
    "h": ("a spinal X-ray stands only for fracture, with cancer answered no and no scan asked", xray_only_for_fracture),
}
