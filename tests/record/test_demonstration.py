"""The invented patients: numbers that can't be anybody's, answers the checklist knows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import nhs_number
import pytest

from db.store import Store
from desktop.clinical.answer import read_answer
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person
from desktop.clinical.content import Content, load
from desktop.record.demonstration import CLINICIAN, born, make_demonstration
from desktop.record.encounter import Encounter, Patient
from desktop.record.patients import drafts, find_patients

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
URGENCIES = {
    "Larkspur": "emergency",
    "Foxglove": "emergency",
    "Celandine": "emergency",
    "Bracken": "same-day",
    "Nightshade": "same-day",
    "Pimpernel": "same-day",
    "Thistle": "soon",
    "Sorrel-Willoughby": "soon",
    "Cowslip": "soon",
    "Hawthorn": "routine",
    "Bluebell": "none",
}


def everyone(store: Store) -> list[Patient]:
    return find_patients(store, "", limit=99)


def test_every_number_is_valid_and_never_issued(store: Store) -> None:
    make_demonstration(store, AT)
    numbers = [patient.nhs_number for patient in everyone(store) if patient.nhs_number]
    assert len(numbers) >= 12
    assert [number for number in numbers if not nhs_number.is_valid(number, nhs_number.REGION_SYNTHETIC)] == []


def test_every_draft_is_recent_and_none_lies_in_the_future(store: Store) -> None:
    make_demonstration(store, AT)
    begun = [draft.began_at for draft in drafts(store)]
    assert len(begun) == len(URGENCIES)
    assert min(begun) > AT - timedelta(days=3)
    assert max(draft.changed_at for draft in drafts(store)) <= AT


def test_its_trail_is_whole_and_no_clock_went_back_in_it(store: Store) -> None:
    make_demonstration(store, AT)
    assert store.verify() is None
    assert {entry.clock_back for entry in store.trail.entries()} == {0}
    assert {entry.who for entry in store.trail.entries()} == {CLINICIAN}


def test_a_store_with_patients_is_left_alone(store: Store) -> None:
    make_demonstration(store, AT)
    before = everyone(store), drafts(store)
    make_demonstration(store, AT + timedelta(days=400))
    assert (everyone(store), drafts(store)) == before


def test_all_or_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "begin_encounter", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_demonstration(store, AT)
    assert not store.patients.any()


@pytest.mark.parametrize("age", [0, 27, 61, 100])
def test_an_age_holds_on_whatever_day_the_demonstration_is_made(age: int) -> None:
    days = [datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(800)]
    for birthday in (1, 60, 364):
        wrong = [day for day in days if someone(born(age, birthday, day)).age_at(day) != age]
        assert wrong == []


def someone(born: date) -> Patient:
    return Patient(uid="p1", family="Larkspur", given="Marigold", born=born)


def test_each_draft_shows_what_it_was_invented_for(store: Store) -> None:
    make_demonstration(store, AT)
    loaded = load()
    shown = {draft.patient.family: urgency_of(loaded, draft) for draft in drafts(store)}
    assert shown == URGENCIES


def urgency_of(content: Content, encounter: Encounter) -> str:
    today, patient = encounter.began_at.date(), encounter.patient
    answers = {item: read_answer(content.items[item], raw, today) for item, raw in encounter.answers.items()}
    person = Person(age=patient.age_at(encounter.began_at), sex=patient.sex)
    return assess(content, person, answers, encounter.began_at).urgency.word
