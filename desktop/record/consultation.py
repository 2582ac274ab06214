"""The encounter that is open now: an answer is written first, then assessed, then shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, cast
from zoneinfo import ZoneInfo

from db.store import Store
from db.stored import StoredAnswer
from desktop.clinical.answer import read_stored, write_answer
from desktop.clinical.assessment import Assessment, SafetyScreen, assess, coverage, raised_by
from desktop.clinical.checklist import Answer, Item, Person
from desktop.clinical.content import Content
from desktop.clinical.kept import Kept
from desktop.clinical.rules import Rule
from desktop.clinical.since import since_last_visit
from desktop.record.decisions import NOTE
from desktop.record.encounter import Encounter, Resumed, Saying
from desktop.record.last_visit import LastVisit
from desktop.record.notes import LONGEST, title_of
from desktop.record.writing import Writing

Clock = Callable[[], datetime]
Answers = Mapping[str, Answer]


class Consultation:
    """`unreadable` are stored answers that the present checklist cannot read: kept in the store, not counted.

    `said` tells of each answer who said it; `raised` of each flag since when it first stood. `rules` is the mark of
    the rule set that answers are assessed by. `writing` is what is written in free words.
    """

    def __init__(
        self,
        content: Content,
        store: Store,
        encounter: Encounter,
        *,
        who: str,
        clock: Clock,
        zone: ZoneInfo,
        name: str = "",
        rules: str = "",
        last_visit: LastVisit | None = None,
        need: Callable[[], None] = lambda: None,
    ) -> None:
        """`last_visit` is compared with what is answered now; its own answers never count as asked. `need` is called
        before anything is written, and raises NotAllowed where this person only looks at it."""
        self.content, self.encounter, self.patient = content, encounter, encounter.patient
        self.began_at, self.saved_at = encounter.began_at, encounter.changed_at
        self.who, self.name, self.zone, self.rules = who, name or who, zone, rules
        self._store, self._clock, self.last_visit, self.need = store, clock, last_visit, need
        stored = store.answers_of(encounter.uid)
        self._answers, self._patient_says, self.unreadable = _read(content, stored)
        self.said: dict[str, Saying] = {id: saying(one) for id, one in stored.items()}
        self.writing = Writing(store, encounter.uid, stored, self.said, who=who, clock=clock, need=need)
        self.last_item = _last_item(store, encounter.uid)
        self.resumed: Resumed | None = None
        self.raised, self.standing = _flags(store, encounter.uid)
        self._kept = Kept()
        self._assessment: Assessment | None = None
        if not self.raised:
            # From before the store kept it: since the encounter began, which is never too late.
            self.raised = {rule.id: self.began_at for rule in self.raised_rules()}

    def use(self, content: Content) -> None:
        """The same rules with other telephone numbers: nothing of it is stored."""
        self.content = content
        self._assessment = None

    @property
    def assessment(self) -> Assessment:
        """Made when it is first asked for, and then with each answer."""
        if self._assessment is None:
            self._assessment = self._assessed(self._answers, self._patient_says)
        return self._assessment

    @property
    def safety_screen(self) -> SafetyScreen:
        return coverage(self.content.safety_screen, self._known(self._answers, self._patient_says))

    def raised_rules(self) -> tuple[Rule, ...]:
        """Those of the assessment, without the rest of it: enough for a list."""
        known = self._known(self._answers, self._patient_says)
        says, kept = self._patient_says, self._kept
        return raised_by(self.content, self.person, known, self.began_at, patient_says=says, kept=kept)

    @property
    def unconfirmed(self) -> int:
        """How many answers only the patient has given."""
        return len(self._patient_says.keys() - self._known(self._answers, self._patient_says).keys())

    @property
    def person(self) -> Person:
        return Person(age=self.patient.age_at(self.began_at, self.zone), sex=self.patient.sex)

    @property
    def is_amendment(self) -> bool:
        return self.encounter.state == "amending"

    def given(self, item: str) -> Answer | None:
        """What a clinician has answered here; not what the record says by comparison."""
        return self._answers.get(item)

    @property
    def compared(self) -> Answers:
        """What the record says of today by comparing it with the last visit."""
        return self._compared(self._answers, self._patient_says)

    def answer(self, item: str, answer: Answer | None) -> Assessment:
        """None is back to *not asked*. Raises RecordError, and then nothing has changed."""
        return self._save_as(self.who, item, answer)

    def record_held(self) -> None:
        """What somebody was typing when the program stopped, in their name. What is too long stays held.

        What has no field any more is put below the note of the last section, where it can be read and shortened.
        """
        for one in self.writing.held():
            if not self._has_field(one.item):
                self.writing.move(one, self.content.sections[-1].id, self._label_of(one.item))
        for one in self.writing.held():
            if len(one.text) <= LONGEST and one.item.startswith(NOTE):
                self.writing.write(one.item.removeprefix(NOTE), one.text, who=one.who)
            elif len(one.text) <= LONGEST:
                self._save_as(one.who, one.item, one.text if one.text.strip() else None)

    def _has_field(self, id: str) -> bool:
        """Whether what was typed there can be gone back to: its question or its section may not be asked any more."""
        if id.startswith(NOTE):
            return id.removeprefix(NOTE) in {one.id for one in self.content.sections if not one.is_details}
        unasked = {*self.assessment.hidden, *self.assessment.waiting} - self.assessment.answers.keys()
        return id in self.content.items and self.content.items[id].kind == "text" and id not in unasked

    def _label_of(self, id: str) -> str:
        if id.startswith(NOTE):
            return title_of(self.content, id.removeprefix(NOTE))
        return self.content.items[id].label if id in self.content.items else id

    def hear(self, item: str, answer: Answer) -> bool:
        """What the patient says on a form: it may raise a flag and rules nothing out until a clinician confirms it.

        False where a clinician has answered already: then the form changes nothing.
        """
        if item in self._answers:
            return False
        self.give_back(item, answer)
        return True

    def if_said(self, item: str, answer: Answer) -> Assessment:
        """What it would be with this word of the patient's; nothing is written."""
        return self._assessed(self._answers, {**self._patient_says, item: answer})

    def take_back_heard(self, item: str) -> None:
        """The patient takes their own word back: not asked any more, unless a clinician has answered."""
        self.need()
        if item not in self._answers and item in self._patient_says:
            says = {id: answer for id, answer in self._patient_says.items() if id != item}
            self._save({item: None}, self._answers, says, "patient")

    def give_back(self, item: str, answer: Answer) -> None:
        """It is the patient's word alone (again), whatever a clinician had made of it."""
        answers = {id: given for id, given in self._answers.items() if id != item}
        self._save({item: answer}, answers, {**self._patient_says, item: answer}, "patient")

    def remember_place(self, item: str) -> None:
        """Which question has the focus, so that it has it again after whatever happens."""
        self.need()
        with self._store.all_or_nothing():
            self._store.reviews.remember_place(self.encounter.uid, item, self._clock())

    def re_date(self) -> Assessment:
        """Ages and durations count to now. Deadlines still run from when their flag was first raised."""
        self.need()
        at = self._clock()
        with self._all_or_nothing():
            self.began_at = at
            self._store.reviews.re_date(self.encounter.uid, who=self.who, at=at)
            self._settle(at, self._answers, self._patient_says)
        return self.assessment

    def settle(self) -> None:
        """Writes down which flags stand now, where that is not what stood when the encounter was last open."""
        if {flag.rule.id for flag in self.assessment.flags} != self.standing:
            self.need()
            with self._all_or_nothing():
                self._settle(self._clock(), self._answers, self._patient_says)

    def answer_none(self, items: Sequence[str]) -> Assessment:
        """*No* to all of them or to none; the trail says that they were answered in one go."""
        return self._answer_all({id: none_of(self.content.items[id]) for id in items}, "answered none of these")

    def take_back(self, items: Sequence[str]) -> Assessment:
        return self._answer_all(dict.fromkeys(items), "none of these taken back")

    def _answer_all(self, given: Mapping[str, Answer | None], told: str) -> Assessment:
        answers = {id: answer for id, answer in self._answers.items() if id not in given}
        answers |= {id: answer for id, answer in given.items() if answer is not None}
        says = {id: answer for id, answer in self._patient_says.items() if id not in given}
        return self._save(given, answers, says, "clinician", told)

    def today(self) -> date:
        return self._clock().astimezone(self.zone).date()

    def _save_as(self, who: str, item: str, answer: Answer | None) -> Assessment:
        answers = {id: given for id, given in self._answers.items() if id != item}
        if answer is not None:
            answers[item] = answer
        says = {id: given for id, given in self._patient_says.items() if id != item}
        return self._save({item: answer}, answers, says, "clinician", who=who)

    def _save(
        self,
        given: Mapping[str, Answer | None],
        answers: Answers,
        says: Answers,
        said_by: str,
        told: str = "",
        who: str = "",
    ) -> Assessment:
        """`told` goes to the trail beside the answers themselves."""
        self.need()
        at = self._clock()
        with self._all_or_nothing():
            self._write(given, said_by, told, at, who or self.who)
            self._settle(at, answers, says)
        self.saved_at, self.last_item = at, list(given)[-1]
        self._answers, self._patient_says = dict(answers), dict(says)
        for item, answer in given.items():
            self.said.pop(item, None)
            if answer is not None:
                self.said[item] = Saying("patient" if said_by == "patient" else "clinician", who or self.who, at)
        return self.assessment

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """In memory as on the disk: what was worked out for a write that failed is not what stands."""
        kept = self.began_at, self.raised, self.standing, self._assessment
        try:
            with self._store.all_or_nothing():
                yield
        except BaseException:
            self.began_at, self.raised, self.standing, self._assessment = kept
            raise

    def _write(self, given: Mapping[str, Answer | None], said_by: str, told: str, at: datetime, who: str) -> None:
        for item, answer in given.items():
            raw = None if answer is None else write_answer(answer)
            self._store.save_answer(self.encounter.uid, item, raw, who=who, at=at, said_by=said_by)
            if answer is None or isinstance(answer, str):
                self.writing.let_go(item)
        if told:
            which = {"encounter": self.encounter.uid, "items": sorted(given)}
            self._store.trail.append(who=self.who, at=at, what=told, which=which)

    def _settle(self, at: datetime, answers: Answers, says: Answers) -> None:
        """Tells the store which flags came and went, in the transaction that is open."""
        self._assessment = self._assessed(answers, says, at)
        now = frozenset(flag.rule.id for flag in self._assessment.flags)
        if now == self.standing:
            return
        self.raised = dict.fromkeys(sorted(now - self.standing), at) | dict(self.raised)
        for rule in sorted(now ^ self.standing):
            since = self.raised[rule] if rule in now else at
            self._store.reviews.flag(
                self.encounter.uid, rule, stands=rule in now, since=since, rules=self.rules, who=self.who, at=at
            )
        self.standing = now

    def _assessed(self, answers: Answers, says: Answers, newly: datetime | None = None) -> Assessment:
        """`newly` is since when a flag stands that has not stood before."""
        return assess(
            self.content,
            self.person,
            self._known(answers, says),
            self.began_at,
            raised=self.raised,
            newly=newly,
            patient_says=says,
            kept=self._kept,
        )

    def _known(self, answers: Answers, says: Answers) -> Answers:
        return {**self._compared(answers, says), **answers}

    def _compared(self, answers: Answers, says: Answers) -> Answers:
        """Beneath what clinician and patient say themselves."""
        last = self.last_visit
        if last is None or not last.comparable:
            return {}
        found = since_last_visit(self.content, self.person, last.answers, answers)
        return {id: answer for id, answer in found.items() if id not in answers and id not in says}


def none_of(item: Item) -> Answer:
    """*No* as this question says it."""
    return "no" if item.is_timed else False


def can_be_none(item: Item) -> bool:
    """What was not looked at can't be answered in one go with what was not there."""
    return (item.kind == "yes-no" or item.is_timed) and not item.examined


def saying(stored: StoredAnswer) -> Saying:
    return Saying(cast(Literal["clinician", "patient"], stored.said_by), stored.who, stored.at)


def _read(
    content: Content, stored: Mapping[str, StoredAnswer]
) -> tuple[dict[str, Answer], dict[str, Answer], tuple[str, ...]]:
    """What the clinician answered, what only the patient says, and what can't be read any more."""
    given = {id: one.value for id, one in stored.items() if not id.startswith(NOTE)}
    read = read_stored(content.items, given)
    says = {id: answer for id, answer in read.items() if stored[id].said_by == "patient"}
    answers = {id: answer for id, answer in read.items() if id not in says}
    return answers, says, tuple(id for id in given if id not in read)


def _flags(store: Store, encounter_uid: str) -> tuple[Mapping[str, datetime], frozenset[str]]:
    """Since when each flag first stood, and which stood last."""
    first: dict[str, datetime] = {}
    stands: dict[str, bool] = {}
    for flag in store.reviews.flags_of(encounter_uid):
        stands[flag.rule] = flag.stands
        if flag.stands:
            first.setdefault(flag.rule, flag.at)
    return MappingProxyType(first), frozenset(rule for rule, stood in stands.items() if stood)


def _last_item(store: Store, encounter_uid: str) -> str | None:
    given = [one.item for one in store.trail_of(encounter_uid) if not one.item.startswith(NOTE)]
    return given[-1] if given else None
