"""What to ask next: the fewest questions that could raise a rule, and the one that settles most."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from desktop.clinical.assessment import Assessment, Undecided
from desktop.clinical.checklist import Item, Range, Section
from desktop.clinical.condition import (
    And,
    AtLeast,
    Condition,
    Knowledge,
    Known,
    Not,
    Or,
    Verdict,
    reached,
    verdict,
)
from desktop.clinical.content import Content
from desktop.clinical.kept import Kept
from desktop.clinical.knowledge import know
from desktop.clinical.rules import Urgency

Way = int
"""Items to ask, a bit for each; the sooner one is asked, the higher its bit."""
Answers = int
"""Some of the answers that an item can have, a bit for each."""
Deciding = tuple[Answers, Answers]
"""Those that make a condition true, and those that make it false."""
MOST_KEPT = 64


def shortest(content: Content, assessment: Assessment, undecided: Undecided) -> tuple[str, ...]:
    """The smallest set of unanswered items that could make the rule true; ties go to the order of asking.

    Empty where only an answered item (unsure, a range) could still decide it.
    """
    knowledge = know(content, assessment.person, assessment.answers)
    askable = set(undecided.needs)
    search = _Fewest(knowledge, [id for id in content.items if id in askable])
    return search.items(min(search.ways(content.condition(undecided.rule.when), True), key=_cost, default=0))


class _Fewest:
    """Ways to bring a condition about: each shorter way displaces those that hold it. `askable` in their order."""

    def __init__(self, knowledge: Knowledge, askable: Sequence[str]) -> None:
        self.knowledge = knowledge
        self.bits: dict[str, Way] = {id: 1 << place for place, id in enumerate(reversed(askable))}

    def items(self, way: Way) -> tuple[str, ...]:
        return tuple(id for id in reversed(self.bits) if self.bits[id] & way)

    def ways(self, condition: Condition, truth: bool) -> list[Way]:
        result = verdict(condition, self.knowledge)
        if result is not None:
            return [0] if result is truth else []
        match condition:
            case Not(part):
                return self.ways(part, not truth)
            case And(parts):
                return self._all_of(parts, truth) if truth else self._any_of(parts, truth)
            case Or(parts):
                return self._any_of(parts, truth) if truth else self._all_of(parts, truth)
            case AtLeast(count, parts):
                return self._some_of(count if truth else len(parts) - count + 1, parts, truth)
        return [self.bits[condition.item]] if condition.item in self.bits else []

    def _any_of(self, parts: Iterable[Condition], truth: bool) -> list[Way]:
        return _kept(way for part in parts for way in self.ways(part, truth))

    def _all_of(self, parts: Iterable[Condition], truth: bool) -> list[Way]:
        found: list[Way] = [0]
        for part in parts:
            further = self.ways(part, truth)
            found = _kept(one | other for one in found for other in further)
        return found

    def _some_of(self, count: int, parts: Iterable[Condition], truth: bool) -> list[Way]:
        """`found[n]`: the ways to have n of the parts seen so far."""
        found: list[list[Way]] = [[0], *([] for _ in range(count))]
        for part in parts:
            further = self.ways(part, truth)
            for n in range(count, 0, -1):
                found[n] = _kept([*found[n], *(one | other for one in found[n - 1] for other in further)])
        return found[count]


def _kept(ways: Iterable[Way]) -> list[Way]:
    """Of two equally long neither holds the other."""
    kept: list[Way] = []
    for _, as_long in itertools.groupby(sorted(set(ways), key=_cost), int.bit_count):
        kept += [way for way in as_long if not any(shorter & way == shorter for shorter in kept)]
    return kept[:MOST_KEPT]


def _cost(way: Way) -> tuple[int, Way]:
    """The fewest questions; of as many those that are asked sooner."""
    return way.bit_count(), -way


class NextQuestion(Struct, frozen=True):
    """Of the `open` undecided rules of that `urgency`, some answer to it would decide `settles`."""

    item: str
    urgency: Urgency
    settles: int
    open: int

    @property
    def words(self) -> str:
        """`Its answer can settle 3 of 19 emergencies not yet ruled out.`"""
        if self.urgency is Urgency.emergency:
            one, more = "emergency", "emergencies"
        else:
            one, more = f"{self.urgency.word} flag", f"{self.urgency.word} flags"
        what = f"the one {one}" if self.open == 1 else f"{self.settles} of {self.open} {more}"
        return f"Its answer can settle {what} not yet ruled out."


def next_question(content: Content, assessment: Assessment, kept: Kept | None = None) -> NextQuestion | None:
    """The unanswered item that settles most of the undecided urgency, counting each of its answers alike.

    While the safety screen has gaps only its items compete: it decides every emergency. None: nothing is open.
    `kept` may hold what was found for other answers; it has been turned to these.
    """
    shown = [id for id in assessment.not_asked if id not in assessment.waiting]
    screen = [id for id in assessment.safety_screen.missing if id in shown]
    return _LookAhead(content, assessment, kept or Kept()).best([content.items[id] for id in screen or shown])


class _LookAhead:
    """Exact: every open rule is judged anew under every answer that an item it names can have."""

    def __init__(self, content: Content, assessment: Assessment, kept: Kept) -> None:
        self.kept = kept
        self.content, self.conditions = content, content.condition_of
        self.knowledge = know(content, assessment.person, assessment.answers)
        self.open = {one.rule.id: one.urgency for one in assessment.undecided}
        self.elsewhere = {item.id for section in content.sections if section.elsewhere for item in section.items}
        self.not_begun = {id for section in content.sections for id in _not_begun(section, assessment)}
        self.before: dict[int, Verdict] = {}
        self.answers: dict[str, list[Known]] = {}
        self.figures = _Figures(content, self.open)

    def best(self, candidates: list[Item]) -> NextQuestion | None:
        """By the rules settled, averaged over the answers: emergencies first, lower urgencies break the tie.

        Of two that settle rules of one urgency, what can be asked goes before an examination that nobody has begun,
        and both before a result.
        """
        settling = False
        for urgency in sorted(set(self.open.values()), reverse=True):
            scores = self._scores(urgency, {item.id for item in candidates})
            if scores:
                settling = True
                here = {id: score for id, score in scores.items() if id not in self.elsewhere}
                scores = {id: score for id, score in here.items() if id not in self.not_begun} or here or scores
                highest = max(scores.values())
                candidates = [item for item in candidates if scores.get(item.id) == highest]
            if settling and len(candidates) == 1:
                break
        return self.reason(candidates[0]) if settling else None

    def _scores(self, urgency: Urgency, candidates: set[str]) -> Mapping[str, float]:
        """Of those that settle any."""
        counts: dict[str, int] = {}
        for rule, level in self.open.items():
            if level is urgency and not self.conditions[rule].named.isdisjoint(candidates):
                for id, count in self._settling(rule).items():
                    counts[id] = counts.get(id, 0) + count
        return {id: count / len(self._answers(id)) for id, count in counts.items() if id in candidates}

    def _settling(self, rule: str) -> Mapping[str, int]:
        """The items of which some answers would decide the rule, and how many of them."""
        condition = self.conditions[rule]
        cuts = tuple(map(self.figures.__getitem__, self.content.numbers_in[rule]))
        return self.kept.get(("settling", rule, cuts), lambda: condition.named, lambda: self._counts(condition))

    def _counts(self, condition: Condition) -> Mapping[str, int]:
        if self._now(condition) is not None:
            return {id: len(self._answers(id)) for id in condition.named if id in self.content.items}
        return {id: (true | false).bit_count() for id, (true, false) in self._decided(condition).items()}

    def reason(self, item: Item) -> NextQuestion:
        """By the most urgent of the rules that it can settle."""
        naming = self.content.naming.get(item.id, ())
        can = [self.open[rule] for rule in naming if rule in self.open and item.id in self._settling(rule)]
        highest = max(can)
        return NextQuestion(item.id, highest, can.count(highest), list(self.open.values()).count(highest))

    def _decided(self, condition: Condition) -> Mapping[str, Deciding]:
        """By item the answers that decide an open condition. What is known already stays."""
        if len(condition.named) == 1:
            (item,) = condition.named
            # Nothing else is asked there, so it is the same whatever else is answered.
            key = "alone", id(condition), self.figures[item]
            return self.kept.get(key, tuple, lambda: self._alone(condition, item))
        if isinstance(condition, Not):
            return {item: (false, true) for item, (true, false) in self._decided(condition.part).items()}
        assert isinstance(condition, And | Or | AtLeast)
        return self._joined(condition)

    def _alone(self, condition: Condition, item: str) -> Mapping[str, Deciding]:
        said = [verdict(condition, {item: answer}) for answer in self._answers(item)]
        true, false = (sum(1 << place for place, one in enumerate(said) if one is wanted) for wanted in (True, False))
        return {item: (true, false)} if true | false else {}

    def _joined(self, condition: And | Or | AtLeast) -> Mapping[str, Deciding]:
        """From the parts that are open: true with as many of them as are still needed, false without too many."""
        now = [self._now(part) for part in condition.parts]
        needed = _needed(condition) - now.count(True)
        without = now.count(None) - needed + 1
        said: dict[str, list[Deciding]] = {}
        for part, known in zip(condition.parts, now, strict=True):
            if known is None:
                for id, one in self._decided(part).items():
                    said.setdefault(id, []).append(one)
        found = {id: _together(parts, needed, without) for id, parts in said.items()}
        return {id: one for id, one in found.items() if any(one)}

    def _now(self, condition: Condition) -> Verdict:
        """Each part is judged once, however many stand around it and ask."""
        key = id(condition)
        if key not in self.before:
            self.before[key] = self._judged(condition)
        return self.before[key]

    def _judged(self, condition: Condition) -> Verdict:
        if isinstance(condition, And | Or | AtLeast):
            now = [self._now(part) for part in condition.parts]
            return reached(_needed(condition), now.count(True), now.count(None))
        return verdict(condition, self.knowledge)

    def _answers(self, id: str) -> list[Known]:
        if id not in self.answers:
            item = self.content.items.get(id)
            self.answers[id] = list(_answers(item, self.figures[id])) if item is not None else []
        return self.answers[id]


class _Figures(dict[str, tuple[float, ...]]):
    """What open rules compare each number with, worked out when it is first asked for."""

    def __init__(self, content: Content, open_rules: Container[str]) -> None:
        super().__init__()
        self._comparing, self._open = content.comparing, open_rules

    def __missing__(self, id: str) -> tuple[float, ...]:
        compared = {figure for rule, figure in self._comparing.get(id, ()) if rule in self._open}
        self[id] = tuple(sorted(compared))
        return self[id]


def _not_begun(section: Section, assessment: Assessment) -> Iterable[str]:
    """A detail of what the patient said is asked with it, also where it stands among the findings."""
    if not section.examined or any(item.id in assessment.answers for item in section.items):
        return ()
    return (item.id for item in section.items if item.detail_of is None)


def _answers(item: Item, figures: tuple[float, ...]) -> Iterable[Known]:
    match item.kind:
        case "yes-no":
            return True, False
        case "choice":
            return item.choices
        case "multi":
            return frozenset(), *(frozenset({choice}) for choice in item.choices)
        case "number":
            return _pieces(item, figures)
    return ()


def _together(parts: Sequence[Deciding], needed: int, without: int) -> Deciding:
    """What they decide of a whole that is true with `needed` of them, and false without as many as `without`."""
    if len(parts) == 1:
        (true, false) = parts[0]
        return true if needed == 1 else 0, false if without == 1 else 0
    return _in_many(needed, [true for true, _ in parts]), _in_many(without, [false for _, false in parts])


def _in_many(count: int, sets: Sequence[Answers]) -> Answers:
    """The answers that are in at least so many of these sets."""
    found = [-1, *[0] * count]
    for one in sets:
        for n in range(count, 0, -1):
            found[n] |= found[n - 1] & one
    return found[count]


def _pieces(item: Item, figures: tuple[float, ...]) -> Iterator[Range]:
    """The range cut at every figure that an open rule compares it with: within a piece all answers say the same."""
    low, high = item.range or (float("-inf"), float("inf"))
    for start, end in itertools.pairwise([low, *figures, high]):
        yield Range(start, start)
        yield Range(start, end, low_open=True, high_open=True)
    yield Range(high, high)


def _needed(condition: And | Or | AtLeast) -> int:
    match condition:
        case And(parts):
            return len(parts)
        case AtLeast(count):
            return count
    return 1
