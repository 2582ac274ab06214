"""Everything the engine says about one set of answers: `assess` makes it, screen and paper draw it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Misfit, Person, Range, Section, Unsure
from desktop.clinical.condition import Condition, Known, Leaf, Verdict, items, open_items, support, verdict
from desktop.clinical.content import Content
from desktop.clinical.kept import Kept, reach
from desktop.clinical.knowledge import is_hidden, is_waiting, know
from desktop.clinical.merging import merge, named_in_plan
from desktop.clinical.plan import Plan, Referral
from desktop.clinical.rules import Rule, Urgency
from desktop.clinical.words import leaf_words


class Flag(Struct, frozen=True):
    """A rule that is true. `folded_into` names the raised rules that take it in: shown inside them."""

    rule: Rule
    because: tuple[str, ...]
    rests_on: tuple[str, ...]
    sources: tuple[str, ...]
    folded_into: tuple[str, ...] = ()

    @property
    def urgency(self) -> Urgency:
        return self.rule.level


class Undecided(Struct, frozen=True):
    """A rule still unknown: `needs` are unanswered items, `left_open` answered ones that did not decide it."""

    rule: Rule
    needs: tuple[str, ...]
    left_open: tuple[str, ...]

    @property
    def urgency(self) -> Urgency:
        return self.rule.level


class SafetyScreen(Struct, frozen=True):
    """Unsure counts as asked, never as no: the screen can be complete and still not clear."""

    asked: int
    of: int
    missing: tuple[str, ...]
    unsure: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


class Contradiction(Struct, frozen=True):
    """Answers that do not fit together. Kept as given, never settled towards *no*; a person resolves them.

    `words` say what to look at again; they are empty where `item` is not asked at all beside the other answers.
    """

    item: str
    against: tuple[str, ...]
    words: str = ""

    def covers(self, other: Contradiction) -> bool:
        """Whether it says of the same answer the same, and more."""
        return self.item == other.item and set(self.against) <= set(other.against)


class Assessment(Struct, frozen=True):
    """`urgency` is the highest raised; `none` means no flag raised by what was asked, never low risk.

    `hidden` items are not asked because of another answer; `waiting` ones until another question is answered.
    `patient_says` are answers that nobody has confirmed: they may raise a flag, and rule nothing out.
    """

    rule_set: str
    at: datetime
    person: Person
    answers: Mapping[str, Answer]
    urgency: Urgency
    flags: tuple[Flag, ...]
    undecided: tuple[Undecided, ...]
    ruled_out: tuple[str, ...]
    plan: Plan
    not_asked: tuple[str, ...]
    unsure: tuple[str, ...]
    could_not_examine: tuple[str, ...]
    hidden: frozenset[str]
    waiting: frozenset[str]
    safety_screen: SafetyScreen
    contradictions: tuple[Contradiction, ...]
    patient_says: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def complete(self) -> bool:
        """Whether every item of the safety screen has an answer, unsure included."""
        return self.safety_screen.complete

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        """Those shown on their own: not folded into a larger one."""
        return tuple(flag for flag in self.flags if not flag.folded_into)

    @property
    def first_contact(self) -> Referral | None:
        """Whom to reach first for the most urgent flags: 999 before anybody else, then who has the shortest limit."""
        top = {flag.rule.id for flag in self.flags if flag.urgency is self.urgency}
        asked = [line for line in self.plan.referral if top & set(line.rules)]
        by_999 = [line for line in asked if line.how.startswith("999")]
        return next(iter(by_999 or asked or self.plan.referral), None)


def assess(
    content: Content,
    person: Person,
    answers: Mapping[str, Answer],
    at: datetime,
    *,
    raised: Mapping[str, datetime] = MappingProxyType({}),
    newly: datetime | None = None,
    patient_says: Mapping[str, Answer] = MappingProxyType({}),
    kept: Kept | None = None,
) -> Assessment:
    """`at` is when the encounter began, with a zone; ages, durations and deadlines count from it.

    `raised` says since when a flag stands, by rule: then its deadlines count from there, and those of other flags from
    `newly`. `patient_says` are answers that nobody has confirmed yet. With `kept`, which may hold what was found for
    other answers, only the rules that name a changed answer are judged anew; the assessment is the same without.
    """
    since = raised if newly is None else {**dict.fromkeys(content.order, newly), **raised}
    return _Assessor(content, person, answers, at, since, patient_says, kept or Kept()).assessment()


class Told(Struct, frozen=True):
    """An answer that only the patient has given: not equal to the same answer from a clinician."""

    answer: Answer


def raised_by(
    content: Content,
    person: Person,
    answers: Mapping[str, Answer],
    at: datetime,
    *,
    patient_says: Mapping[str, Answer] = MappingProxyType({}),
    kept: Kept | None = None,
) -> tuple[Rule, ...]:
    """The rules that `assess` raises, and nothing else: for a list of encounters."""
    return tuple(_Assessor(content, person, answers, at, {}, patient_says, kept or Kept()).raised)


class _Assessor:
    def __init__(
        self,
        content: Content,
        person: Person,
        answers: Mapping[str, Answer],
        at: datetime,
        since: Mapping[str, datetime],
        patient_says: Mapping[str, Answer],
        kept: Kept,
    ) -> None:
        self.content, self.person, self.answers, self.at, self.since = content, person, answers, at, since
        self.patient_says = {id: answer for id, answer in patient_says.items() if id not in answers}
        self.knowledge = know(content, person, answers)
        # With what the patient says for harm: it can raise a flag. What is false is false without it.
        self.told = {id: answer for id, answer in self.patient_says.items() if not _denies(answer)}
        self.heard = know(content, person, self.told | dict(answers)) if self.told else self.knowledge
        # Of a condition that names nothing known, each part is unknown, and so is all of it.
        self.known = {id for id, known in self.heard.items() if known is not None}
        self.kept = kept
        kept.turn_to(content, person, {**{id: Told(answer) for id, answer in self.told.items()}, **answers})
        rules = content.rule_of
        self.verdicts = kept.each("verdict", self._named_by_rules, lambda id: self._verdict(rules[id]))
        self.raised = [rule for rule in content.rules if self.verdicts[rule.id] is True]

    def assessment(self) -> Assessment:
        ids = self.content.items
        places = self.kept.each("place", self._named_by_items, lambda id: self._place(ids[id]))
        self.hidden = frozenset(id for id, place in places.items() if place == "hidden")
        self.waiting = frozenset(id for id, place in places.items() if place == "waiting")
        return Assessment(
            rule_set=self.content.rule_set,
            at=self.at,
            person=self.person,
            answers=MappingProxyType(dict(self.answers)),
            urgency=max((rule.level for rule in self.raised), default=Urgency.none),
            flags=tuple(sorted(map(self._kept_flag, self.raised), key=lambda flag: -flag.urgency)),
            undecided=self._undecided(),
            ruled_out=tuple(id for id, result in self.verdicts.items() if result is False),
            plan=self._kept_plan(),
            not_asked=tuple(id for id in ids if id not in self.answers and id not in self.hidden),
            unsure=self._answered_with(Unsure),
            could_not_examine=self._answered_with(CouldNotExamine),
            hidden=self.hidden,
            waiting=self.waiting,
            safety_screen=coverage(self.content.safety_screen, self.answers),
            contradictions=self._contradictions(),
            patient_says=MappingProxyType(self.patient_says),
        )

    def _named_by_rules(self) -> Mapping[str, Iterable[str]]:
        return {id: condition.named for id, condition in self.content.condition_of.items()}

    def _named_by_items(self) -> Mapping[str, Iterable[str]]:
        asked = {item.id: item.asked_when for item in self.content.items.values()}
        return {id: self.content.condition(when).named for id, when in asked.items() if when}

    def _named_by_urgency(self) -> Mapping[str, Iterable[str]]:
        return {rule.id: self.content.condition(rule.when).named for rule in self.content.by_urgency}

    def _answered_with(self, kind: type[Answer]) -> tuple[str, ...]:
        found = {id for id, answer in self.answers.items() if isinstance(answer, kind)}
        return tuple(id for id in self.content.items if id in found) if found else ()

    def _kept_plan(self) -> Plan:
        """It rests on the rules that are raised, on what their lines and the modifiers name, and on whether anything
        is answered at all."""
        raised = tuple((rule.id, self.since.get(rule.id)) for rule in self.raised)
        blank = self.content.items.keys().isdisjoint(self.heard)
        doubt = frozenset((*self._answered_with(Unsure), *self._answered_with(CouldNotExamine)))
        return self.kept.get(
            ("plan", self.at, raised, blank, doubt),
            lambda: reach(self.content, named_in_plan(self.content, self.raised)),
            lambda: merge(self.content, self.raised, self.heard, self.hidden, self.at, self.since, doubt),
        )

    def _place(self, item: Item) -> str:
        if is_hidden(self.content, item, self.knowledge):
            return "hidden"
        return "waiting" if is_waiting(self.content, item, self.knowledge, self.answers) else "asked"

    def _verdict(self, rule: Rule) -> Verdict:
        condition = self.content.condition(rule.when)
        if self.known.isdisjoint(condition.named):
            return None
        if self.told and not rule.remainder and verdict(condition, self.heard) is True:
            return True
        return verdict(condition, self.knowledge)

    def _kept_flag(self, rule: Rule) -> Flag:
        named = self.content.condition(rule.when).named
        flag = self.kept.get(("flag", rule.id), lambda: named, lambda: self._flag(rule))
        larger = tuple(one.id for one in self.raised if one.id in self.content.spoken_for_by[rule.id])
        return replace(flag, folded_into=larger) if larger else flag

    def _flag(self, rule: Rule) -> Flag:
        rests = support(self.content.condition(rule.when), self.heard)
        return Flag(
            rule=rule,
            because=tuple(dict.fromkeys(self._reasons(rule, rests))),
            rests_on=tuple(dict.fromkeys(leaf.item for leaf in rests)),
            sources=tuple(self.content.source_words(cite) for cite in rule.cites),
        )

    def _reasons(self, rule: Rule, rests: tuple[Leaf, ...]) -> Iterator[str]:
        """A remainder rule rests on every *no* of the safety screen: said once, not thirteen times."""
        screen = {item.id for item in self.content.safety_screen.items} if rule.remainder else set()
        if screen:
            yield f"Safety screen: all {len(screen)} answered no"
        for leaf in rests:
            if leaf.item not in screen:
                words = leaf_words(self.content, self.person, self.told | dict(self.answers), leaf)
                yield f"{words} (the patient says)" if leaf.item in self.told else words

    def _undecided(self) -> tuple[Undecided, ...]:
        rules = self.content.rule_of
        found = self.kept.each(
            "open",
            self._named_by_urgency,
            lambda id: self._still_open(rules[id]),
            widened=partial(reach, self.content),
        )
        return tuple(filter(None, found.values()))

    def _still_open(self, rule: Rule) -> Undecided | None:
        if self.verdicts[rule.id] is not None:
            return None
        deciding = self._deciding(self.content.condition(rule.when))
        return Undecided(
            rule=rule,
            needs=tuple(
                id for id in deciding if id in self.content.items and id not in self.answers and id not in self.hidden
            ),
            left_open=tuple(id for id in deciding if id in self.answers),
        )

    def _deciding(self, condition: Condition) -> tuple[str, ...]:
        return items(condition) if self.known.isdisjoint(condition.named) else open_items(condition, self.knowledge)

    def _contradictions(self) -> tuple[Contradiction, ...]:
        named = [one for misfit in self.content.misfits for one in self._misfitting(misfit)]
        return (*named, *(one for one in self._out_of_place() if not any(other.covers(one) for other in named)))

    def _misfitting(self, misfit: Misfit) -> Iterator[Contradiction]:
        if self.knowledge.get(misfit.item) is None:
            return
        if misfit.more_than is not None:
            if _is_above(self.knowledge.get(misfit.item), self.knowledge.get(misfit.more_than)):
                yield Contradiction(misfit.item, (misfit.more_than,), misfit.words)
        elif misfit.when is not None and verdict(self.content.condition(misfit.when), self.knowledge):
            rests = (leaf.item for leaf in support(self.content.condition(misfit.when), self.knowledge))
            known = (id for id in dict.fromkeys(rests) if id != misfit.item and self.knowledge.get(id) is not None)
            yield Contradiction(misfit.item, tuple(known), misfit.words)

    def _out_of_place(self) -> Iterator[Contradiction]:
        """Answers to questions that another answer closes; a *no* there contradicts nothing."""
        for id, answer in self.answers.items():
            when = self.content.items[id].asked_when
            if id in self.hidden and when and not _denies(answer):
                yield Contradiction(id, items(self.content.condition(when)))


def _is_above(number: Known, other: Known) -> bool:
    return isinstance(number, Range) and isinstance(other, Range) and number.low > other.high


def _denies(answer: Answer) -> bool:
    return isinstance(answer, Unsure | CouldNotExamine) or answer is False or answer in ("no", frozenset())


def coverage(section: Section, answers: Mapping[str, Answer]) -> SafetyScreen:
    ids = [item.id for item in section.items]
    missing = tuple(id for id in ids if id not in answers)
    unsure = tuple(id for id in ids if isinstance(answers.get(id), Unsure | CouldNotExamine))
    return SafetyScreen(asked=len(ids) - len(missing), of=len(ids), missing=missing, unsure=unsure)
