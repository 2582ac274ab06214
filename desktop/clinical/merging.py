"""Merging the plans of all raised rules into one: the strictest limit wins, and each line keeps its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from msgspec.structs import replace

from desktop.clinical.condition import Knowledge, open_items, verdict
from desktop.clinical.content import Content
from desktop.clinical.destinations import by_ambulance, one_each
from desktop.clinical.limits import due, length
from desktop.clinical.plan import Bloods, Imaging, Immediate, Nothing, Plan, Referral, SafetyNet, Withheld
from desktop.clinical.rules import (
    BloodsLine,
    ImagingLine,
    ImmediateLine,
    Line,
    Modifier,
    NothingLine,
    ReferralLine,
    Rule,
    SafetyNetLine,
    SpokenLine,
    Urgency,
)
from desktop.clinical.scans import (
    COVERS,
    covers,
    earlier,
    is_scanned,
    is_xray,
    joined,
    later_scans,
    stricter_scan,
    taken_in,
    union,
    without_xray,
)
from desktop.clinical.words import lower_first

Asked = TypeVar("Asked")
Made = TypeVar("Made", Immediate, SafetyNet, Nothing)
DEPENDS = "depends on: "
HINDRANCE_UNSIGNED = "What to do about it, and which other scan: needs clinical sign-off."


def merge(
    content: Content,
    raised: Iterable[Rule],
    knowledge: Knowledge,
    hidden: frozenset[str],
    at: datetime,
    since: Mapping[str, datetime] = MappingProxyType({}),
    doubt: frozenset[str] = frozenset(),
) -> Plan:
    """The same plan whatever the order of `raised`; deadlines count in elapsed hours from when a rule was first
    raised (`since`), or from `at`. Of a merged line the earliest deadline holds. `doubt`: items answered “not sure”."""
    rules = sorted(raised, key=lambda rule: (-rule.level, content.order[rule.id]))
    return _Merge(content, rules, knowledge, hidden, at, since, doubt).plan()


def named_in_plan(content: Content, rules: Iterable[Rule]) -> set[str]:
    """What the merged plan rests on beside the rules themselves."""
    lines = [line for rule in rules for line in rule.plan]
    said = [line for line in lines if isinstance(line, SpokenLine)]
    texts = {line.when for line in lines} | {line.unless for line in said}
    texts |= {text for modifier in content.modifiers for text in (modifier.when, modifier.unless)}
    texts |= {name for line in said for name in line.while_open or ()}
    hindrances = {one.item for modifier in content.modifiers for one in modifier.hindrances}
    return hindrances.union(*(content.condition(text).named for text in texts if text))


class _Merge:
    def __init__(
        self,
        content: Content,
        rules: Sequence[Rule],
        knowledge: Knowledge,
        hidden: frozenset[str],
        at: datetime,
        since: Mapping[str, datetime],
        doubt: frozenset[str],
    ) -> None:
        self.content, self.rules, self.knowledge, self.hidden = content, rules, knowledge, hidden
        self.at, self.since, self.doubt = at, since, doubt
        self.urgency = max((rule.level for rule in rules), default=Urgency.none)
        self.withheld: list[Withheld] = []
        self.for_want_of: dict[str, list[str]] = {}
        self.silent = {rule.id for rule in rules if self._spoken_for(rule)}
        self.standing = [(rule, line) for rule in rules for line in rule.plan if self._stands(rule, line)]

    def plan(self) -> Plan:
        imaging, bloods, referral = self._imaging(), self._bloods(), self._referral()
        return Plan(
            immediate=self._immediate(ambulance=by_ambulance(referral)),
            imaging=tuple(self._with_safety(line) for line in imaging),
            bloods=bloods,
            referral=referral,
            safety_net=_each_once(
                SafetyNet(line.text, line.card, (rule.id,)) for rule, line in self._lines(SafetyNetLine)
            ),
            nothing=self._nothing(imaging, bloods),
            withheld=tuple(line for line in self.withheld if not self._is_met(line, imaging)),
            notes=tuple(self._notes(bloods)),
        )

    def _is_met(self, line: Withheld, imaging: list[Imaging]) -> bool:
        """By a larger scan that stands; nor is an X-ray that waits for an answer worth a word beside an MRI or CT."""
        open_xray = is_xray(line) and "spine" in line.region and line.reason.startswith(DEPENDS)
        return any(covers(held, line) for held in imaging) or (open_xray and is_scanned(imaging))

    def _waits(self, rule: Rule) -> bool:
        """While an emergency stands, the advice of a flag that may wait for weeks would only get in the way; so would
        a routine review beside anything urgent, unless it says what to do at once."""
        if self.urgency is Urgency.emergency:
            return rule.level < Urgency.same_day
        return self.urgency >= Urgency.urgent and rule.level is Urgency.routine and not rule.is_at_once

    def _spoken_for(self, rule: Rule) -> bool:
        """What a taken-in rule would say and whom it would ask is said by the larger one: two voices confuse.

        Its imaging and bloods are merged all the same. The advice of a remainder rule stays up to *soon*, unless a
        raised rule names it among those it takes in.
        """
        if rule.remainder:
            return self.urgency > Urgency.soon or any(rule.id in larger.takes_in for larger in self.rules)
        return self._waits(rule) or self._is_taken_in(rule)

    def _is_taken_in(self, rule: Rule) -> bool:
        return any(larger.speaks_for(rule) for larger in self.rules)

    def _stands(self, rule: Rule, line: Line) -> bool:
        if rule.id in self.silent and not isinstance(line, ImagingLine | BloodsLine):
            return False
        if isinstance(line, BloodsLine) and self._gets_in_the_way(rule.level):
            return False
        if isinstance(line, SpokenLine) and not self._is_said(line):
            return False
        if line.when is None:
            return True
        condition = self.content.condition(line.when)
        stands = verdict(condition, self.knowledge)
        if stands is None:
            self._withhold(rule, line, f"{DEPENDS}{self._labels(open_items(condition, self.knowledge))}")
            self._miss(line, open_items(condition, self.knowledge))
        elif not stands and is_xray(line):
            self._withhold(rule, line, "not with a cancer history: an X-ray neither shows nor excludes metastasis")
        return stands is True

    def _is_said(self, line: SpokenLine) -> bool:
        """Unsure, and an examination that could not be made, leave a question open; one that is not asked closes it."""
        if line.while_open and not any(map(self._is_open, self.content.named(line.while_open))):
            return False
        return line.unless is None or verdict(self.content.condition(line.unless), self.knowledge) is not True

    def _is_open(self, item: str) -> bool:
        return self.knowledge.get(item) is None and item not in self.hidden

    def _miss(self, line: Line, wanting: Iterable[str]) -> None:
        """Bloods that hang on the patient's age or sex alone are named: nobody is asked for these in a row."""
        if isinstance(line, BloodsLine) and not set(wanting) - {"age", "sex"}:
            facts = " and ".join(sorted(wanting))
            self.for_want_of.setdefault(facts, []).extend(self.content.tests(line.tests))

    def _withhold(self, rule: Rule, line: Line, reason: str) -> None:
        if isinstance(line, ImagingLine) and line.then is None and not self._gets_in_the_way(rule.level):
            self.withheld.append(Withheld(line.modality, line.region, reason, (rule.id,)))

    def _lines(self, kind: type[Asked]) -> Iterator[tuple[Rule, Asked]]:
        return ((rule, line) for rule, line in self.standing if isinstance(line, kind))

    def _immediate(self, *, ambulance: bool) -> tuple[Immediate, ...]:
        said = [(rule, line) for rule, line in self._lines(ImmediateLine) if not (ambulance and line.sends)]
        return (*self._doubts(), *_each_once(_one_call(sorted(said, key=lambda one: not one[1].first))))

    def _doubts(self) -> Iterator[Immediate]:
        """A doubt is settled while the patient is here; in an emergency nobody waits for it."""
        for modifier in self.content.modifiers:
            doubtful = [id for id in modifier.in_doubt if id in self.doubt]
            if doubtful and self.urgency < Urgency.emergency and self._holds(modifier):
                yield Immediate(f"Not sure: {self._labels(doubtful)}. {modifier.said}", (modifier.id,), first=True)

    def _imaging(self) -> list[Imaging]:
        asked = [self._imaging_line(rule, line) for rule, line in self._lines(ImagingLine)]
        now = self._merged_regions([line for line in asked if line.then is None])
        scans = [line for line in without_xray(now, self.withheld) if not self._gets_in_the_way(self._level(line))]
        return [line for line in scans if not self._is_theirs(line, scans)] + later_scans(asked, now)

    def _is_theirs(self, line: Imaging, scans: list[Imaging]) -> bool:
        """Whether who scans the spine now, for an emergency, decides of this scan too: a team was to advise on it."""
        as_advised = line.spinal and line.within is None and line.timing.startswith("as ")
        return (
            as_advised
            and self._level(line) < self.urgency is Urgency.emergency
            and any(
                held.modality == line.modality and held.spinal and self._level(held) is Urgency.emergency
                for held in scans
            )
        )

    def _gets_in_the_way(self, level: Urgency) -> bool:
        """Whether a scan or a test that may wait for weeks stands beside an emergency."""
        return self.urgency is Urgency.emergency and level < Urgency.same_day

    def _merged_regions(self, lines: list[Imaging]) -> list[Imaging]:
        """The larger region takes in the smaller one, and takes over the stricter limit and who keeps it."""
        merged: list[Imaging] = []
        for line in sorted(lines, key=lambda line: (-len(COVERS.get(line.region, ())), -len(line.modality))):
            larger = next((held for held in merged if covers(held, line)), None)
            if larger is None:
                merged.append(line)
            else:
                merged[merged.index(larger)] = self._absorbed(larger, line)
        return sorted(merged, key=lambda line: length(line.within))

    def _absorbed(self, larger: Imaging, smaller: Imaging) -> Imaging:
        """Where a team sets the time as it advises, the more urgent rule's line says who arranges it."""
        owner = stricter_scan(larger, smaller)
        if None in (larger.within, smaller.within) and self._level(larger) != self._level(smaller):
            owner = max(larger, smaller, key=self._level)
        merged = taken_in(larger, smaller, owner)
        if owner.within is None and merged.within is not None and owner.timing.startswith("as "):
            return replace(merged, timing=f"at the latest; sooner {owner.timing}")
        return merged

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
                if self._holds(modifier):
                    alternatives = [modifier.alternatives[one] for one in line.indications]
            if modifier.applies_to == "contrast" and line.contrast and self._holds(modifier):
                safety.append(modifier.said)
        return replace(line, safety=tuple(safety), alternatives=tuple(dict.fromkeys(alternatives)))

    def _hindrances(self, modifier: Modifier) -> list[str]:
        known = {one.item: self.knowledge.get(one.item) for one in modifier.hindrances}
        advice = [one.advice for one in modifier.hindrances if known[one.item] is True]
        if advice and modifier.needs_sign_off:
            advice.append(HINDRANCE_UNSIGNED)
        unasked = [item for item, answer in known.items() if answer is None and item not in self.hidden]
        return advice + ([f"{modifier.not_asked}: {self._labels(unasked)}"] if unasked else [])

    def _labels(self, ids: Iterable[str]) -> str:
        """A patient's age and sex are not items of the checklist: they are named as they are."""
        items = self.content.items
        return ", ".join(lower_first(items[id].label) if id in items else id for id in ids)

    def _holds(self, modifier: Modifier) -> bool:
        if modifier.unless is not None and verdict(self.content.condition(modifier.unless), self.knowledge) is True:
            return False
        return modifier.when is None or verdict(self.content.condition(modifier.when), self.knowledge) is True

    def _bloods(self) -> tuple[Bloods, ...]:
        strictest: dict[str, BloodsLine] = {}
        rules: dict[str, list[str]] = {}
        ends: dict[str, datetime | None] = {}
        for rule, line in self._lines(BloodsLine):
            for test in self.content.tests(line.tests):
                rules.setdefault(test, []).append(rule.id)
                ends[test] = earlier(ends.get(test), self._due(rule, line.within))
                if test not in strictest or length(line.within) < length(strictest[test].within):
                    strictest[test] = line
        groups: dict[tuple[str | None, str], list[str]] = {}
        for test, line in strictest.items():
            groups.setdefault((line.within, line.timing), []).append(test)
        found = [
            Bloods(tuple(tests), within, timing, _first(ends, tests, within), union(rules[test] for test in tests))
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
        places = one_each(list(strictest.values()), self.content.contacts)
        return tuple(sorted(places, key=lambda line: length(line.within)))

    def _referral_line(self, rule: Rule, line: ReferralLine) -> Referral:
        ends = self._due(rule, line.within)
        assert ends is not None
        whom = self.content.contacts[line.to]
        return Referral(
            *(line.to, whom.name, line.how, line.within, ends, line.note, rule.flag, (rule.id,)),
            *(whom.telephone, whom.hours, whom.how, whom.own),
        )

    def _nothing(self, imaging: Sequence[Imaging], bloods: Sequence[Bloods]) -> tuple[Nothing, ...]:
        """Dropped above routine (decisions §3.1), and wherever a line of that kind stands after all. Beside a flag that
        is *soon* and asks for bloods alone, plain pain still needs no scan, and that is said."""
        if self.urgency > Urgency.soon:
            return ()
        above = self.urgency > Urgency.routine
        dropped = {"no-imaging": bool(imaging or self.withheld), "no-bloods": bool(bloods) or above}
        return _each_once(
            Nothing(line.kind, line.text, (rule.id,))
            for rule, line in self._lines(NothingLine)
            if not dropped[line.kind] and (rule.remainder or not above)
        )

    def _notes(self, bloods: Sequence[Bloods]) -> Iterator[str]:
        for facts, tests in self.for_want_of.items():
            yield f"Depends on {facts}, not recorded: {', '.join(dict.fromkeys(tests))}."
        if self.urgency is Urgency.emergency and bloods:
            yield "Nothing may delay the transfer: take bloods here only if they cost no time."
        if waiting := [rule.flag for rule in self.rules if self._waits(rule) and not self._is_taken_in(rule)]:
            first = "the emergency" if self.urgency is Urgency.emergency else "what is more urgent"
            yield f"To be dealt with once {first} is settled: {'; '.join(waiting)}."
        for modifier in self.content.modifiers:
            if self._applies(modifier) and self._holds(modifier):
                yield modifier.said

    def _applies(self, modifier: Modifier) -> bool:
        match modifier.applies_to:
            case "plan":
                return bool(self.rules)
            case "no flag":
                return not self.rules and not self.content.items.keys().isdisjoint(self.knowledge)
            case "urgent plan":
                return self.urgency >= Urgency.same_day
        return False


def _one_call(said: Iterable[tuple[Rule, ImmediateLine]]) -> Iterator[Immediate]:
    """The first line that rings 999 is said whole; what follows goes into the same call."""
    call: str | None = None
    for rule, line in said:
        text = line.again if line.again and call not in (None, line.text) else line.text
        call = call or (line.text if line.again else None)
        yield Immediate(text, (rule.id,), line.first)


def _each_once(lines: Iterable[Made]) -> tuple[Made, ...]:
    """One line for each text, with all the rules that asked for it."""
    found: dict[str, Made] = {}
    for line in lines:
        held = found.get(line.text)
        found[line.text] = line if held is None else replace(held, rules=union((held.rules, line.rules)))
    return tuple(found.values())


def _stricter(held: Referral, asked: Referral) -> Referral:
    first, second = (asked, held) if length(asked.within) < length(held.within) else (held, asked)
    rules = union((first.rules, second.rules))
    return replace(first, why=joined(first.why, second.why), rules=rules, due=min(first.due, second.due))


def _first(ends: Mapping[str, datetime | None], tests: Iterable[str], within: str | None) -> datetime | None:
    return None if within is None else min(filter(None, (ends[test] for test in tests)), default=None)
