"""Theorems (f), (g) and (h), about the merged plan.

What they need of conditions is proved by the solver over every set of answers. The merging is held against them by
running it: for (f) on every one, two and three rules together, for (g) and (h) on every one, two and three imaging
lines that rules may ask for, whatever the answers that raise them. In (g) lines alike in scan, limit and indication
count once; up to two lines meet every state of the safety questions, and three lines one state each, in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations

from desktop.clinical.condition import Is, Knowledge, Known
from desktop.clinical.content import Content
from desktop.clinical.limits import LATEST, length
from desktop.clinical.merging import merge
from desktop.clinical.plan import Imaging, Plan
from desktop.clinical.proof import Counterexample, Proof
from desktop.clinical.rules import ImagingLine, Modifier, ReferralLine, Rule, Urgency
from desktop.clinical.wholeness import reached

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""Any time will do: limits are compared with each other."""
CANCER = Is("cancer_history")


def contact_in_time(proof: Proof) -> Counterexample:
    """(f) By the solver: each rule's own line stands whenever the rule is raised. By running: it survives merging."""
    for rule in proof.content.rules:
        found = _own_contact(proof, rule) or _badly_taken_in(proof.content, rule)
        if found is not None:
            return found
    for raised in _together([_contacts_only(rule) for rule in proof.content.rules], proof.together):
        plan = merge(proof.content, raised, {}, frozenset(), AT)
        for rule in raised:
            if not _spoken_for(rule, raised, plan):
                return f"{rule.id} ({rule.flag}) has no contact in time in the plan with {_ids(raised)}"
    return None


def _own_contact(proof: Proof, rule: Rule) -> Counterexample:
    lines = [line for line in rule.plan if isinstance(line, ReferralLine) and _in_time(line.within, rule)]
    if any(line.when is None for line in lines):
        return None
    absent = [proof.z3.Not(proof.true(proof.content.condition(line.when))) for line in lines if line.when]
    solver = proof.solver(proof.answers.possible, *absent)
    found = proof.example(solver, proof.true(proof.conditions[rule.id]))
    return None if found is None else f"{rule.id} ({rule.flag}) has no contact within {LATEST[rule.urgency]}: {found}"


def _in_time(within: str, rule: Rule) -> bool:
    return length(within) <= length(LATEST[rule.urgency])


def _badly_taken_in(content: Content, rule: Rule) -> Counterexample:
    """A larger rule speaks for a smaller one: it may not be less urgent, nor taken in by it in turn."""
    taken = {one.id: set(one.takes_in) for one in content.rules}
    for id in rule.takes_in:
        smaller = content.rule_of[id]
        if smaller.level > rule.level:
            return f"{rule.id} takes in {id}, which is more urgent"
        if rule.id in reached(id, taken):
            return f"{rule.id} and {id} take each other in: nobody speaks for them"
    return None


def _spoken_for(rule: Rule, raised: Sequence[Rule], plan: Plan) -> bool:
    """By itself, by a larger rule that takes it in, by the emergency beside what may wait for weeks, or by what is
    urgent beside what is routine."""
    in_time = {id for line in plan.referral if _in_time(line.within, rule) for id in line.rules}
    return rule.id in in_time or not in_time.isdisjoint(_speakers(rule, raised))


def _speakers(rule: Rule, raised: Sequence[Rule]) -> set[str]:
    found = [rule]
    for smaller in found:
        found += [one for one in raised if one not in found and one.speaks_for(smaller)]
    if rule.level < Urgency.same_day:
        found += [one for one in raised if one.level is Urgency.emergency]
    if rule.level is Urgency.routine:
        found += [one for one in raised if one.level >= Urgency.urgent]
    return {one.id for one in found}


def mri_beside_hindrance(proof: Proof) -> Counterexample:
    """(g) By the solver: each hindrance alone makes the modifier hold. By running: the lines and limits stay."""
    modifiers = [modifier for modifier in proof.content.modifiers if modifier.applies_to == "mri"]
    if len(modifiers) != 1:
        return f"{len(modifiers)} modifiers speak of MRI safety, not one"
    return _unnoticed_hindrance(proof, modifiers[0]) or _badly_hindered(proof.content, modifiers[0], proof.together)


def _unnoticed_hindrance(proof: Proof, modifier: Modifier) -> Counterexample:
    assert modifier.when is not None
    holds = proof.true(proof.content.condition(modifier.when))
    hindered = [proof.true(Is(one.item)) for one in modifier.hindrances]
    for one, formula in zip(modifier.hindrances, hindered, strict=True):
        if proof.possible(proof.solver(proof.answers.possible, formula, proof.z3.Not(holds))):
            return f"{proof.label(one.item)}: {modifier.id} does not notice it"
    found = proof.example(proof.solver(proof.answers.possible, holds, proof.z3.Not(proof.z3.Or(*hindered))))
    return None if found is None else f"{modifier.id} holds without a hindrance that it names: {found}"


def _badly_hindered(content: Content, modifier: Modifier, together: int) -> Counterexample:
    items = [one.item for one in modifier.hindrances]
    none: Knowledge = dict.fromkeys(items, False)
    alone: list[Knowledge] = [{**none, item: True} for item in items]
    unasked: list[Knowledge] = [{id: False for id in items if id != item} for item in items]
    states: list[Knowledge] = [*alone, *unasked, dict.fromkeys(items, True), {}]
    lines = list(_distinct(_imaging_lines(content, lift=True)))
    for count, raised in enumerate(_together(lines, together)):
        plain = merge(content, raised, none, frozenset(), AT)
        for knowledge in states if len(raised) < 3 else [states[count % len(states)]]:
            plan = merge(content, raised, knowledge, frozenset(), AT)
            wrong = _hindered_wrongly(modifier, knowledge, plain, plan)
            if wrong is not None:
                return f"{wrong}, in the plan of {_ids(raised)}"
    return None


def _hindered_wrongly(modifier: Modifier, knowledge: Knowledge, plain: Plan, plan: Plan) -> str | None:
    if [_limit(line) for line in plan.imaging] != [_limit(line) for line in plain.imaging]:
        return "a hindrance changes a line or its limit"
    for line in plan.imaging:
        if "MRI" in line.modality:
            missing = list(_missing(modifier, knowledge, line))
            if missing:
                return f"{line.modality} of the {line.region} stands without “{missing[0]}”"
    return None


def _limit(line: Imaging) -> tuple[object, ...]:
    return line.modality, line.region, line.within, line.timing, line.due, line.then


def _missing(modifier: Modifier, knowledge: Knowledge, line: Imaging) -> Iterator[str]:
    hindrances = [one for one in modifier.hindrances if knowledge.get(one.item) is True]
    yield from (one.advice for one in hindrances if one.advice not in line.safety)
    if hindrances:
        wanted = [modifier.alternatives[one] for one in line.indications]
        yield from (text for text in wanted or ["an alternative"] if text not in line.alternatives)
    unasked = any(knowledge.get(one.item) is None for one in modifier.hindrances)
    if unasked and not any(text.startswith(modifier.not_asked) for text in line.safety):
        yield modifier.not_asked


def xray_only_for_fracture(proof: Proof) -> Counterexample:
    """(h) By the solver: its line stands only with cancer answered no. By running: it yields to a scan of the spine."""
    for rule in proof.content.rules:
        for line in rule.plan:
            if isinstance(line, ImagingLine) and _spinal_xray(line):
                found = _wrong_xray(proof, rule, line)
                if found is not None:
                    return found
    return _kept_xray(proof.content, proof.together)


def _spinal_xray(line: ImagingLine | Imaging) -> bool:
    return line.modality == "X-ray" and "spine" in line.region


def _wrong_xray(proof: Proof, rule: Rule, line: ImagingLine) -> Counterexample:
    if line.purpose != "fracture":
        return f"the purpose of the spinal X-ray of {rule.id} is not fracture"
    stands = [proof.true(proof.content.condition(line.when))] if line.when else []
    unsure = proof.z3.Not(proof.answers.false(CANCER))
    found = proof.example(proof.solver(proof.answers.possible, unsure, *stands, proof.true(proof.conditions[rule.id])))
    return None if found is None else f"{rule.id} asks for a spinal X-ray with {found}"


def _kept_xray(content: Content, together: int) -> Counterexample:
    states: list[tuple[Known, Knowledge]] = [(one, {"cancer_history": one}) for one in (False, True, None)]
    lines = list(_imaging_lines(content, lift=False))
    for raised in _together(lines, together):
        asked = [line for rule in raised for line in rule.plan if isinstance(line, ImagingLine)]
        if not any(_spinal_xray(line) for line in asked):
            continue
        for cancer, knowledge in states:
            plan = merge(content, raised, knowledge, frozenset(), AT)
            if any(map(_spinal_xray, plan.imaging)) and (cancer is not False or any(map(_scans, asked))):
                return f"a spinal X-ray stands beside a scan, or without cancer answered no: {_ids(raised)}"
    return None


def _scans(line: ImagingLine) -> bool:
    """Asks now, not after another result, for MRI or CT of the spine."""
    return line.then is None and "spine" in line.region and ("MRI" in line.modality or "CT" in line.modality)


def _imaging_lines(content: Content, *, lift: bool) -> Iterator[Rule]:
    """Each imaging line on its own, as if its rule asked for nothing else; conditions of all but X-rays are lifted."""
    for rule in content.rules:
        for line in rule.plan:
            if isinstance(line, ImagingLine):
                keeps = not lift and line.modality == "X-ray"
                yield rule.but(plan=(line if keeps else line.but(when=None),))


def _distinct(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Of lines that ask for the same scan, within the same limit and for the same indication, one stands for all."""
    seen = set()
    for rule in rules:
        for line in rule.plan:
            assert isinstance(line, ImagingLine)
            key = (line.modality, line.region, line.within, line.indication, line.contrast, line.then is None)
            if key not in seen:
                seen.add(key)
                yield rule


def _contacts_only(rule: Rule) -> Rule:
    """With the lines that stand whenever it is raised; where only lines with a `when` are in time, one of them does."""
    lines = [line for line in rule.plan if isinstance(line, ReferralLine)]
    always = [line for line in lines if line.when is None]
    if not any(_in_time(line.within, rule) for line in always):
        always += [line.but(when=None) for line in lines if _in_time(line.within, rule)]
    return rule.but(plan=tuple(always))


def _together(rules: Sequence[Rule], most: int) -> Iterator[list[Rule]]:
    """Every one of them, every two, and so on; of the same rule's lines one rule is made."""
    for count in range(1, most + 1):
        for chosen in combinations(rules, count):
            yield _joined(chosen)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    found: dict[str, Rule] = {}
    for rule in rules:
        held = found.get(rule.id)
        found[rule.id] = rule if held is None else held.but(plan=held.plan + rule.plan)
    return list(found.values())


def _ids(rules: Iterable[Rule]) -> str:
    return ", ".join(rule.id for rule in rules)
