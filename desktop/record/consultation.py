"""The encounter that is open now: an answer is written first, then assessed, then shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from db.store import Store
from desktop.clinical.answer import AnswerError, read_answer, write_answer
from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import Content
from desktop.record.encounter import Encounter

Clock = Callable[[], datetime]


class Consultation:
    """`unreadable` are stored answers that the present checklist cannot read: kept in the store, not counted."""

    def __init__(
        self, content: Content, store: Store, encounter: Encounter, *, who: str, clock: Clock, zone: ZoneInfo
    ) -> None:
        self.content = content
        self.encounter = encounter
        self.patient = encounter.patient
        self.began_at = encounter.began_at
        self.saved_at = encounter.changed_at
        self.who, self.zone = who, zone
        self._store, self._clock = store, clock
        self._answers, self.unreadable = _read(content, encounter.answers, clock().astimezone(zone))
        self.last_item = _last_item(store, encounter.uid)
        self.assessment = self._assessed()

    @property
    def person(self) -> Person:
        return Person(age=self.patient.age_at(self.began_at, self.zone), sex=self.patient.sex)

    def answer(self, item: str, answer: Answer | None) -> Assessment:
        """None is back to *not asked*. Raises RecordError, and then nothing has changed."""
        at = self._clock()
        raw = None if answer is None else write_answer(answer)
        self._store.save_answer(self.encounter.uid, item, raw, who=self.who, at=at)
        self.saved_at, self.last_item = at, item
        self._answers = {id: given for id, given in self._answers.items() if id != item}
        if answer is not None:
            self._answers[item] = answer
        self.assessment = self._assessed()
        return self.assessment

    def _assessed(self) -> Assessment:
        return assess(self.content, self.person, self._answers, self.began_at)


def _read(content: Content, stored: Mapping[str, object], now: datetime) -> tuple[dict[str, Answer], tuple[str, ...]]:
    answers: dict[str, Answer] = {}
    unreadable = []
    for id, raw in stored.items():
        try:
            answers[id] = read_answer(content.items[id], raw, now.date())
        except (KeyError, AnswerError):
            unreadable.append(id)
    return answers, tuple(unreadable)


def _last_item(store: Store, encounter_uid: str) -> str | None:
    trail = store.trail_of(encounter_uid)
    return trail[-1].item if trail else None
