"""A case as other programs hand it over: a patient's facts and answers in JSON, read or refused as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from desktop.clinical.answer import AnswerError, Json, read_answer
from desktop.clinical.checklist import Answer, Item, Person, Sex
from desktop.clinical.content import Content

CASE_KEYS = ("patient", "answers", "at")
PATIENT_KEYS = ("age", "born", "sex")
OLDEST = 120
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Far enough from the ends of the calendar for every zone and every deadline."""


class CaseError(ValueError):
    """Everything that is wrong with a case, one line each."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(mistakes))


@dataclass(frozen=True)
class Case:
    person: Person
    answers: Mapping[str, Answer]
    at: datetime


def read_case(content: Content, raw: Json, *, now: datetime, zone: ZoneInfo) -> Case:
    """`now` counts where the case has no `at`. A date without a zone is the practice's. Raises CaseError."""
    reader = _CaseReader(content, now, zone)
    case = reader.case(raw)
    if reader.mistakes:
        raise CaseError(reader.mistakes)
    return case


class _CaseReader:
    def __init__(self, content: Content, now: datetime, zone: ZoneInfo) -> None:
        self.content, self.now, self.zone = content, now, zone
        self.mistakes: list[str] = []

    def case(self, raw: Json) -> Case:
        if raw is None:
            self.mistakes.append("the case must be a JSON object")
        table = self._table(raw, "the case", CASE_KEYS)
        at = self._at(table.get("at"))
        patient = self._table(table.get("patient"), "patient", PATIENT_KEYS)
        answers = self._table(table.get("answers"), "answers")
        person = Person(age=self._age(patient, at.astimezone(self.zone).date()), sex=self._sex(patient.get("sex")))
        return Case(person, dict(self._answers(answers, at.astimezone(self.zone).date())), at)

    def _table(self, raw: Json, name: str, keys: tuple[str, ...] = ()) -> Mapping[str, object]:
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            self.mistakes.append(f"{name} must be a JSON object")
            return {}
        for key in raw:
            if keys and key not in keys:
                self.mistakes.append(f"{name} has no “{key}”{_near(key, keys)}")
        return raw

    def _at(self, raw: Json) -> datetime:
        if raw is None:
            return self.now
        try:
            at = datetime.fromisoformat(raw) if isinstance(raw, str) else None
        except ValueError:
            at = None
        if at is None:
            self.mistakes.append(f"at: “{raw}” is not a time; write it as 2026-11-22T10:40+00:00")
            return self.now
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            self.mistakes.append(f"at: no encounter was in the year {at.year}; write it as 2026-11-22T10:40+00:00")
            return self.now
        return at if at.tzinfo else at.replace(tzinfo=self.zone)

    def _age(self, patient: Mapping[str, object], today: date) -> int | None:
        age, born = patient.get("age"), patient.get("born")
        if age is not None and born is not None:
            self.mistakes.append("patient: give age or born, not both")
        if born is not None:
            return self._age_of(born, today)
        if age is None:
            return None
        if isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= OLDEST:
            self.mistakes.append(f"patient: age “{age}” must be a whole number from 0 to {OLDEST}")
            return None
        return age

    def _age_of(self, born: object, today: date) -> int | None:
        try:
            day = date.fromisoformat(born) if isinstance(born, str) else None
        except ValueError:
            day = None
        if day is None:
            self.mistakes.append(f"patient: born “{born}” is not a date; write it as 1964-03-14")
            return None
        years = age_on(day, today)
        if not 0 <= years <= OLDEST:
            where = "in the future" if day > today else f"more than {OLDEST} years ago"
            self.mistakes.append(f"patient: born {day.isoformat()} is {where}")
            return None
        return years

    def _sex(self, raw: object) -> Sex | None:
        match raw:
            case None | "female" | "male" | "other":
                return raw
        self.mistakes.append(f"patient: sex “{raw}” must be female, male or other, or be left out")
        return None

    def _answers(self, raw: Mapping[str, object], today: date) -> Iterator[tuple[str, Answer]]:
        former = {item.formerly.id: item for item in self.content.items.values() if item.formerly}
        for id, value in raw.items():
            item = self.content.items.get(id) or former.get(id)
            if item is None:
                known = [*self.content.items, *former]
                self.mistakes.append(f"answers: no item is called “{id}”{_near(id, known)}")
            elif value is not None:
                yield from self._answer(id, item, value, today)

    def _answer(self, id: str, item: Item, value: object, today: date) -> Iterator[tuple[str, Answer]]:
        if item.formerly and id == item.formerly.id and isinstance(value, bool):
            value = item.formerly.yes if value else item.formerly.no
        try:
            yield item.id, read_answer(item, value, today)
        except AnswerError as error:
            self.mistakes.append(f"{id}: {error}")


def age_on(day_of_birth: date, today: date) -> int:
    """In whole years; somebody born on 29 February is a year older on 1 March."""
    before_birthday = (today.month, today.day) < (day_of_birth.month, day_of_birth.day)
    return today.year - day_of_birth.year - before_birthday


def _near(name: str, known: tuple[str, ...] | list[str]) -> str:
    near = get_close_matches(str(name), known, n=1)
    return f"; did you mean “{near[0]}”?" if near else f"; it may be {', '.join(known)}" if len(known) < 8 else ""
