"""Merging the plans of all raised rules into one: the strictest limit wins, and each line keeps its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from desktop.clinical.condition import Knowledge, open_items, verdict
from desktop.clinical.content import Content
from desktop.clinical.limits import due, length
from desktop.clinical.rules import (
    BloodsLine,
    ImagingLine,
    ImmediateLine,
    Indication,
    Line,
    Modifier,
    NothingLine,
    ReferralLine,
    Rule,
    SafetyNetLine,
    Urgency,
)
from desktop.clinical.words import lower_first

LUMBAR = frozenset({"lumbar spine"})
COVERS: Mapping[str, frozenset[str]] = {
    "whole spine": frozenset(
        {
            "whole spine",
            "spine",
            "cervical spine",
            "thoracic spine",
            "lumbar spine",
            "lumbosacral spine",
            "thoracolumbar spine",
            "thoracic and lumbar spine",
        }
    ),
    "lumbosacral spine": LUMBAR,
    "thoracolumbar spine": LUMBAR,
}


@dataclass(frozen=True)
class Immediate:
    text: str
    rules: tuple[str, ...]
    first: bool = False


@dataclass(frozen=True)
class Imaging:
    """`within` None: somebody else sets the limit, `timing` says who. `then`: waits for another result."""

    modality: str
    region: str
    within: str | None
    timing: str
    due: datetime | None
    arranged_by: str
    why: str
    purpose: str
    then: str | None
    contrast: bool
    indications: tuple[Indication, ...]
    rules: tuple[str, ...]
    safety: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def spinal(self) -> bool:
        return "spine" in self.region


@dataclass(frozen=True)
class Bloods:
    tests: tuple[str, ...]
    within: str | None
    timing: str
    due: datetime | None
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Referral:
    contact: str
    to: str
    how: str
    within: str
    due: datetime
    note: str
    why: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class SafetyNet:
    text: str
    card: str | None
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """Why no imaging, or why no bloods."""

    kind: str
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Withheld:
    """Imaging that does not stand, and what it waits for or what took its place."""

    modality: str
    region: str
    reason: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    immediate: tuple[Immediate, ...] = ()
    imaging: tuple[Imaging, ...] = ()
    bloods: tuple[Bloods, ...] = ()
    referral: tuple[Referral, ...] = ()
    safety_net: tuple[SafetyNet, ...] = ()
    nothing: tuple[Nothing, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notes: tuple[str, ...] = ()


Asked = TypeVar("Asked")
Made = TypeVar("Made", Immediate, SafetyNet, Nothing)


def merge(
    content: Content,
    raised: Iterable[Rule],
    knowledge: Knowledge,
    hidden: frozenset[str],
    at: datetime,
    since: Mapping[str, datetime] = MappingProxyType({}),
) -> Plan:
    """The same plan whatever the order of `raised`; deadlines count in elapsed hours from when a rule was first
    raised (`since`), or from `at`. Of a merged line the earliest deadline holds."""
    rules = sorted(raised, key=lambda rule: (-rule.level, content.order[rule.id]))
    return _Merge(content, rules, knowledge, hidden, at, since).plan()


class _Merge:
    def __init__(
        self,
        content: Content,
        rules: Sequence[Rule],
        knowledge: Knowledge,
        hidden: frozenset[str],
        at: datetime,
        since: Mapping[str, datetime],
    ) -> None:
        self.content, self.rules, self.knowledge, self.hidden = content, rules, knowledge, hidden
        self.at, self.since = at, since
        self.urgency = max((rule.level for rule in rules), default=Urgency.none)
        self.withheld: list[Withheld] = []
        self.silent = {rule.id for rule in rules if self._spoken_for(rule)}
        self.standing = [(rule, line) for rule in rules for line in rule.plan if self._stands(rule, line)]

    def plan(self) -> Plan:
        imaging, bloods = self._imaging(), self._bloods()
        return Plan(
            immediate=self._immediate(),
            imaging=tuple(self._with_safety(line) for line in imaging),
            bloods=bloods,
            referral=self._referral(),
            safety_net=_each_once(
                SafetyNet(line.text, line.card, (rule.id,)) for rule, line in self._lines(SafetyNetLine)
            ),
            nothing=self._nothing(imaging, bloods),
            withheld=tuple(line for line in self.withheld if not any(_covers(held, line) for held in imaging)),
            notes=tuple(self._notes(bloods)),
        )

    def _waits(self, rule: Rule) -> bool:
        """While an emergency stands, the advice of a flag that may wait for weeks would only get in the way."""
        return self.urgency is Urgency.emergency and rule.level < Urgency.same_day

    def _spoken_for(self, rule: Rule) -> bool:
        """What a taken-in rule would say and whom it would ask is said by the larger one: two voices confuse.

        Its imaging and bloods are merged all the same. The advice of a remainder rule stays up to *soon*.
        """
        if rule.remainder:
            return self.urgency > Urgency.soon
        return self._waits(rule) or self._is_taken_in(rule)

    def _is_taken_in(self, rule: Rule) -> bool:
        return any(larger.speaks_for(rule) for larger in self.rules)

    def _stands(self, rule: Rule, line: Line) -> bool:
        if rule.id in self.silent and not isinstance(line, ImagingLine | BloodsLine):
            return False
        if line.when is None:
            return True
        condition = self.content.condition(line.when)
        stands = verdict(condition, self.knowledge)
        if stands is None:
            self._withhold(rule, line, f"depends on: {self._labels(open_items(condition, self.knowledge))}")
        elif not stands and _is_xray(line):
            self._withhold(rule, line, "not with a cancer history: an X-ray neither shows nor excludes metastasis")
        return stands is True

    def _withhold(self, rule: Rule, line: Line, reason: str) -> None:
        if isinstance(line, ImagingLine) and line.then is None:
            self.withheld.append(Withheld(line.modality, line.region, reason, (rule.id,)))

    def _lines(self, kind: type[Asked]) -> Iterator[tuple[Rule, Asked]]:
        return ((rule, line) for rule, line in self.standing if isinstance(line, kind))

    def _immediate(self) -> tuple[Immediate, ...]:
        lines = _each_once(Immediate(line.text, (rule.id,), line.first) for rule, line in self._lines(ImmediateLine))
        return tuple(sorted(lines, key=lambda line: not line.first))

    def _imaging(self) -> list[Imaging]:
        asked = [self._imaging_line(rule, line) for rule, line in self._lines(ImagingLine)]
        now = self._merged_regions([line for line in asked if line.then is None])
        return _without_xray(now, self.withheld) + _later(asked, now)

    def _merged_regions(self, lines: list[Imaging]) -> list[Imaging]:
        """The larger region takes in the smaller one, and takes over the stricter limit and who keeps it."""
        merged: list[Imaging] = []
        for line in sorted(lines, key=lambda line: (-len(COVERS.get(line.region, ())), -len(line.modality))):
            larger = next((held for held in merged if _covers(held, line)), None)
            if larger is None:
                merged.append(line)
            else:
                merged[merged.index(larger)] = self._absorbed(larger, line)
        return sorted(merged, key=lambda line: length(line.within))

    def _absorbed(self, larger: Imaging, smaller: Imaging) -> Imaging:
        """Where a team sets the time as it advises, the more urgent rule's line says who arranges it."""
        owner = _stricter_line(larger, smaller)
        if None in (larger.within, smaller.within) and self._level(larger) != self._level(smaller):
            owner = max(larger, smaller, key=self._level)
        return _taken_in(larger, smaller, owner)

    def _level(self, line: Imaging) -> Urgency:
        return max(rule.level for rule in self.rules if rule.id in line.rules)

    def _imaging_line(self, rule: Rule, line: ImagingLine) -> Imaging:
        return Imaging(
            modality=line.modality,
            region=line.region,
            within=line.within,
            timing=line.timing,
            due=self._due(rule, line.within),
            arranged_by=line.arranged_by,
            why=rule.flag,
            purpose=line.purpose,
            then=line.then,
            contrast=line.contrast,
            indications=(line.indication,),
            rules=(rule.id,),
        )

    def _due(self, rule: Rule, within: str | None) -> datetime | None:
        return due(self.since.get(rule.id, self.at), within)

    def _with_safety(self, line: Imaging) -> Imaging:
        safety, alternatives = [], []
        for modifier in self.content.modifiers:
            if modifier.applies_to == "mri" and "MRI" in line.modality:
                safety += self._hindrances(modifier)
                if verdict(self.content.condition(modifier.when), self.knowledge):
                    alternatives = [modifier.alternatives[one] for one in line.indications]
            if modifier.applies_to == "contrast" and line.contrast and self._holds(modifier):
                safety.append(modifier.text)
        return replace(line, safety=tuple(safety), alternatives=tuple(dict.fromkeys(alternatives)))

    def _hindrances(self, modifier: Modifier) -> list[str]:
        known = {one.item: self.knowledge.get(one.item) for one in modifier.hindrances}
        advice = [one.advice for one in modifier.hindrances if known[one.item] is True]
        unasked = [item for item, answer in known.items() if answer is None and item not in self.hidden]
        return advice + ([f"{modifier.not_asked}: {self._labels(unasked)}"] if unasked else [])

    def _labels(self, ids: Iterable[str]) -> str:
        """A patient's age and sex are not items of the checklist: they are named as they are."""
        items = self.content.items
        return ", ".join(lower_first(items[id].label) if id in items else id for id in ids)

    def _holds(self, modifier: Modifier) -> bool:
        return verdict(self.content.condition(modifier.when), self.knowledge) is True

    def _bloods(self) -> tuple[Bloods, ...]:
        strictest: dict[str, BloodsLine] = {}
        rules: dict[str, list[str]] = {}
        ends: dict[str, datetime | None] = {}
        for rule, line in self._lines(BloodsLine):
            for test in self.content.tests(line.tests):
                rules.setdefault(test, []).append(rule.id)
                ends[test] = _earlier(ends.get(test), self._due(rule, line.within))
                if test not in strictest or length(line.within) < length(strictest[test].within):
                    strictest[test] = line
        groups: dict[tuple[str | None, str], list[str]] = {}
        for test, line in strictest.items():
            groups.setdefault((line.within, line.timing), []).append(test)
        found = [
            Bloods(tuple(tests), within, timing, _first(ends, tests, within), _union(rules[test] for test in tests))
            for (within, timing), tests in groups.items()
        ]
        return tuple(sorted(found, key=lambda line: length(line.within)))

    def _referral(self) -> tuple[Referral, ...]:
        """One call to each service; what the practice does itself stays apart, task by task."""
        strictest: dict[tuple[str, ...], Referral] = {}
        for rule, line in self._lines(ReferralLine):
            asked = self._referral_line(rule, line)
            key = (line.to, line.how, line.note) if self.content.contacts[line.to].own else (line.to,)
            held = strictest.get(key)
            strictest[key] = asked if held is None else _stricter(held, asked)
        return tuple(sorted(strictest.values(), key=lambda line: length(line.within)))

    def _referral_line(self, rule: Rule, line: ReferralLine) -> Referral:
        ends = self._due(rule, line.within)
        assert ends is not None
        name = self.content.contacts[line.to].name
        return Referral(line.to, name, line.how, line.within, ends, line.note, rule.flag, (rule.id,))

    def _nothing(self, imaging: Sequence[Imaging], bloods: Sequence[Bloods]) -> tuple[Nothing, ...]:
        """Dropped above routine (decisions §3.1), and wherever a line of that kind stands after all."""
        if self.urgency > Urgency.routine:
            return ()
        dropped = {"no-imaging": bool(imaging), "no-bloods": bool(bloods)}
        lines = (Nothing(line.kind, line.text, (rule.id,)) for rule, line in self._lines(NothingLine))
        return _each_once(line for line in lines if not dropped[line.kind])

    def _notes(self, bloods: Sequence[Bloods]) -> Iterator[str]:
        if self.urgency is Urgency.emergency and bloods:
            yield "Nothing may delay the transfer: take bloods here only if they cost no time."
        if waiting := [rule.flag for rule in self.rules if self._waits(rule) and not self._is_taken_in(rule)]:
            yield f"To be dealt with once the emergency is settled: {'; '.join(waiting)}."
        for modifier in self.content.modifiers:
            applies = (modifier.applies_to == "plan" and self.rules) or (
                modifier.applies_to == "urgent plan" and self.urgency >= Urgency.same_day
            )
            if applies and self._holds(modifier):
                yield modifier.text


def _each_once(lines: Iterable[Made]) -> tuple[Made, ...]:
    """One line for each text, with all the rules that asked for it."""
    found: dict[str, Made] = {}
    for line in lines:
        held = found.get(line.text)
        found[line.text] = line if held is None else replace(held, rules=_union((held.rules, line.rules)))
    return tuple(found.values())


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))


def _is_xray(line: Line | Imaging) -> bool:
    return isinstance(line, ImagingLine | Imaging) and line.modality == "X-ray"


def _stricter(held: Referral, asked: Referral) -> Referral:
    first, second = (asked, held) if length(asked.within) < length(held.within) else (held, asked)
    rules = _union((first.rules, second.rules))
    return replace(first, why=_joined(first.why, second.why), rules=rules, due=min(first.due, second.due))


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min(filter(None, (first, second)), default=None)


def _first(ends: Mapping[str, datetime | None], tests: Iterable[str], within: str | None) -> datetime | None:
    return None if within is None else min(filter(None, (ends[test] for test in tests)), default=None)


def _joined(first: str, second: str) -> str:
    return "; ".join(dict.fromkeys([*first.split("; "), *second.split("; ")]))


def _covers(larger: Imaging, smaller: Imaging | Withheld) -> bool:
    same = larger.modality == smaller.modality or smaller.modality in larger.modality.split(" and ")
    return same and (larger.region == smaller.region or smaller.region in COVERS.get(larger.region, ()))


def _stricter_line(first: Imaging, second: Imaging) -> Imaging:
    return second if length(second.within) < length(first.within) else first


def _taken_in(larger: Imaging, smaller: Imaging, owner: Imaging) -> Imaging:
    """The strictest limit holds whoever arranges it."""
    limit = _stricter_line(larger, smaller)
    return replace(
        larger,
        within=limit.within,
        due=None if limit.within is None else _earlier(larger.due, smaller.due),
        timing=owner.timing,
        arranged_by=owner.arranged_by,
        why=_joined(larger.why, smaller.why),
        purpose=larger.purpose or smaller.purpose,
        contrast=larger.contrast or smaller.contrast,
        indications=tuple(dict.fromkeys(larger.indications + smaller.indications)),
        rules=_union((larger.rules, smaller.rules)),
    )


def _without_xray(lines: list[Imaging], withheld: list[Withheld]) -> list[Imaging]:
    """MRI or CT of the spine takes in an X-ray of the spine; the reason is shown."""
    if not _is_scanned(lines):
        return lines
    for line in lines:
        if line.spinal and _is_xray(line):
            reason = "MRI or CT of the spine is asked for"
            withheld.append(Withheld(line.modality, line.region, reason, line.rules))
    return [line for line in lines if not (line.spinal and _is_xray(line))]


def _is_scanned(lines: list[Imaging]) -> bool:
    return any(line.spinal and ("MRI" in line.modality or "CT" in line.modality) for line in lines)


def _later(asked: list[Imaging], now: list[Imaging]) -> list[Imaging]:
    """Lines that wait for another result, each once, and not where the spine is scanned now."""
    waiting = [line for line in asked if line.then and not (line.spinal and _is_scanned(now))]
    found: dict[tuple[str, str, str | None], Imaging] = {}
    for line in waiting:
        key = (line.modality, line.region, line.then)
        found[key] = _taken_in(found[key], line, _stricter_line(found[key], line)) if key in found else line
    return list(found.values())
