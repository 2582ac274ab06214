"""What to ask next: the fewest questions that could raise a rule, and the one that settles most."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from desktop.clinical.assessment import Assessment, Undecided
from desktop.clinical.checklist import Item, Range
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

Questions = frozenset[str]
Asked = tuple[str, tuple[float, ...]]
"""An item, and at which figures its range is cut."""
Tally = tuple[int, int, int, tuple[Condition, ...]]
"""How many parts it needs, how many are true and how many open, and these."""
MOST_KEPT = 64


def shortest(content: Content, assessment: Assessment, undecided: Undecided) -> tuple[str, ...]:
    """The smallest set of unanswered items that could make the rule true; ties go to the order of asking.

    Empty where only an answered item (unsure, a range) could still decide it.
    """
    knowledge = know(content, assessment.person, assessment.answers)
    askable = set(undecided.needs)
    search = _Fewest(knowledge, askable, {id: place for place, id in enumerate(content.items)})
    found = search.ways(content.condition(undecided.rule.when), True)
    fewest: Questions = min(found, key=search.cost, default=frozenset())
    return tuple(sorted(fewest, key=search.order.__getitem__))


class _Fewest:
    """Ways to bring a condition about, as sets of items to ask: each shorter way displaces those that hold it."""

    def __init__(self, knowledge: Knowledge, askable: set[str], order: Mapping[str, int]) -> None:
        self.knowledge, self.askable, self.order = knowledge, askable, order

    def cost(self, way: Questions) -> tuple[int, list[int]]:
        return len(way), sorted(self.order[id] for id in way)

    def ways(self, condition: Condition, truth: bool) -> list[Questions]:
        result = verdict(condition, self.knowledge)
        if result is not None:
            return [frozenset()] if result is truth else []
        match condition:
            case Not(part):
                return self.ways(part, not truth)
            case And(parts):
                return self._all_of(parts, truth) if truth else self._any_of(parts, truth)
            case Or(parts):
                return self._any_of(parts, truth) if truth else self._all_of(parts, truth)
            case AtLeast(count, parts):
                return self._some_of(count if truth else len(parts) - count + 1, parts, truth)
        return [frozenset({condition.item})] if condition.item in self.askable else []

    def _any_of(self, parts: Iterable[Condition], truth: bool) -> list[Questions]:
        return self._kept(way for part in parts for way in self.ways(part, truth))

    def _all_of(self, parts: Iterable[Condition], truth: bool) -> list[Questions]:
        found: list[Questions] = [frozenset()]
        for part in parts:
            further = self.ways(part, truth)
            found = self._kept(one | other for one in found for other in further)
        return found

    def _some_of(self, count: int, parts: Iterable[Condition], truth: bool) -> list[Questions]:
        """`found[n]`: the ways to have n of the parts seen so far."""
        found: list[list[Questions]] = [[frozenset()], *([] for _ in range(count))]
        for part in parts:
            further = self.ways(part, truth)
            for n in range(count, 0, -1):
                found[n] = self._kept([*found[n], *(one | other for one in found[n - 1] for other in further)])
        return found[count]

    def _kept(self, ways: Iterable[Questions]) -> list[Questions]:
        kept: list[Questions] = []
        for way in sorted(set(ways), key=self.cost):
            if len(kept) == MOST_KEPT:
                break
            if not any(shorter <= way for shorter in kept):
                kept.append(way)
        return kept


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
    """Exact: every open rule that names the item is judged anew under every answer the item can have."""

    def __init__(self, content: Content, assessment: Assessment, kept: Kept) -> None:
        self.kept = kept
        self.content, self.conditions = content, content.condition_of
        self.knowledge = dict(know(content, assessment.person, assessment.answers))
        self.open = {one.rule.id: one.urgency for one in assessment.undecided}
        self.elsewhere = {item.id for section in content.sections if section.elsewhere for item in section.items}
        self.before: dict[int, Verdict] = {}
        self.tallies: dict[int, Tally] = {}
        self.settled: dict[str, dict[Asked, int]] = {}
        self.figures: dict[str, tuple[float, ...]] = {}

    def best(self, candidates: list[Item]) -> NextQuestion | None:
        """By the rules settled, averaged over the answers: emergencies first, lower urgencies break the tie.

        Of two that settle rules of one urgency the one that can be asked or examined now goes before a result.
        """
        settling = False
        for urgency in sorted(set(self.open.values()), reverse=True):
            found = {item.id: self._kept_score(urgency, item) for item in candidates}
            scores = {id: score for id, score in found.items() if score}
            if scores:
                settling = True
                scores = {id: score for id, score in scores.items() if id not in self.elsewhere} or scores
                highest = max(scores.values())
                candidates = [item for item in candidates if scores.get(item.id) == highest]
            if settling and len(candidates) == 1:
                break
        return self.reason(candidates[0]) if settling else None

    def _kept_score(self, urgency: Urgency, item: Item) -> float:
        """It rests on what any rule names that names the item."""
        return self.kept.get(
            ("score", item.id, urgency),
            lambda: {name for rule in self.content.naming.get(item.id, ()) for name in self.conditions[rule].named},
            lambda: self._score(urgency, item),
        )

    def _score(self, urgency: Urgency, item: Item) -> float:
        count = sum(self._settled(item, rule) for rule in self._naming(item) if self.open[rule] is urgency)
        return count / len(self._answers(item)) if count else 0.0

    def _naming(self, item: Item) -> list[str]:
        """The open rules that name it; the others it can't settle."""
        return [rule for rule in self.content.naming.get(item.id, ()) if rule in self.open]

    def _settled(self, item: Item, rule: str) -> int:
        """How many of the answers would decide the rule."""
        condition = self.conditions[rule]
        if rule not in self.settled:
            self.settled[rule] = self.kept.get(("settled", rule), lambda: condition.named, dict)
        found, asked = self.settled[rule], (item.id, self._cut_at(item))
        if asked not in found:
            found[asked] = sum(self._settles(item.id, answer, condition) for answer in self._answers(item))
        return found[asked]

    def reason(self, item: Item) -> NextQuestion:
        """By the most urgent of the rules that it can settle."""
        can = [self.open[rule] for rule in self._naming(item) if self._settled(item, rule)]
        highest = max(can)
        return NextQuestion(item.id, highest, can.count(highest), list(self.open.values()).count(highest))

    def _settles(self, id: str, answer: Known, condition: Condition) -> bool:
        if self._now(condition) is not None:
            return True
        return id in condition.named and self._under(condition, id, answer) is not None

    def _under(self, condition: Condition, id: str, answer: Known) -> Verdict:
        """The verdict if the item had this answer, of a condition that is open and names it. What is known already
        stays; parts that don't name it too."""
        match condition:
            case And() | Or() | AtLeast():
                needed, true, unknown, parts = self._tally(condition)
                for part in parts:
                    if id in part.named and (after := self._under(part, id, answer)) is not None:
                        true += after
                        unknown -= 1
                return reached(needed, true, unknown)
            case Not(part):
                inner = self._under(part, id, answer)
                return None if inner is None else not inner
        return condition.says(answer)

    def _tally(self, condition: And | Or | AtLeast) -> Tally:
        """Counted once: the parts that are decided are not looked at again."""
        key = id(condition)
        if key not in self.tallies:
            now = [self._now(part) for part in condition.parts]
            parts = tuple(part for part, known in zip(condition.parts, now, strict=True) if known is None)
            self.tallies[key] = (_needed(condition), now.count(True), len(parts), parts)
        return self.tallies[key]

    def _now(self, condition: Condition) -> Verdict:
        key = id(condition)
        if key not in self.before:
            self.before[key] = verdict(condition, self.knowledge)
        return self.before[key]

    def _cut_at(self, item: Item) -> tuple[float, ...]:
        """What open rules compare the number with."""
        if item.kind != "number":
            return ()
        if item.id not in self.figures:
            named = (self.conditions[rule].figures for rule in self._naming(item))
            self.figures[item.id] = tuple(sorted({figure for one in named for id, figure in one if id == item.id}))
        return self.figures[item.id]

    def _answers(self, item: Item) -> list[Known]:
        match item.kind:
            case "yes-no":
                return [True, False]
            case "choice":
                return list(item.choices)
            case "multi":
                return [frozenset(), *(frozenset({choice}) for choice in item.choices)]
            case "number":
                return list(_pieces(item, self._cut_at(item)))
        return []


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
