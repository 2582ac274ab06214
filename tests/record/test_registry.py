"""Patients added, changed, told apart, merged and parted: what was there before stays readable."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rapidfuzz.distance import JaroWinkler

from db.errors import MergedAlready
from db.store import Store
from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.patients import PatientRefused
from desktop.record.registry import Details, Registry, details_of, read_born
from desktop.record.similar import _at_most, similar

WALKER = Details(
    family="Walker",
    given="Susan",
    title="Ms",
    born="14/03/1964",
    sex="female",
    nhs_number="999 000 0042",
    hospital_number="RX 100 200",
    telephone="01632 960 001",
    address="1 Hedge Row\nBramble",
)


@pytest.fixture
def registry(practice_clinic: Clinic) -> Registry:
    return practice_clinic.registry


def test_all_that_was_typed_comes_back(registry: Registry) -> None:
    added = registry.add(WALKER)
    assert details_of(added) == WALKER
    assert (added.nhs_number, added.born) == ("9990000042", date(1964, 3, 14))


@pytest.mark.parametrize(
    ("text", "born", "why"),
    [
        ("12/3/1965", date(1965, 3, 12), ""),
        ("12.03.1965", date(1965, 3, 12), ""),
        ("12 Mar 1965", date(1965, 3, 12), ""),
        ("12031965", date(1965, 3, 12), ""),
        ("12/03/65", None, "year in full"),
        ("120365", None, "year in full"),
        ("31/02/1965", None, "not in the calendar"),
        ("63", None, "day, month and year"),
        ("😀", None, "day, month and year"),
        ("", None, ""),
    ],
)
def test_a_date_as_it_is_typed(text: str, born: date | None, why: str) -> None:
    found, told = read_born(text)
    assert found == born
    assert why in told
    assert bool(told) == bool(why)


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"family": "", "given": " "}, "family", "name"),
        ({"born": ""}, "born", "12-Mar-1965"),
        ({"born": "28/11/2026"}, "born", "future"),
        ({"nhs_number": "999 000 0043"}, "nhs_number", "check digit"),
        ({"hospital_number": "x" * 200}, "hospital_number", "120 characters"),
        ({"address": "\0"}, "address", "NUL"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_written(
    registry: Registry, store: Store, change: dict[str, str], field: str, word: str
) -> None:
    with pytest.raises(PatientRefused) as refused:
        registry.add(replace(WALKER, **change))  # type: ignore[arg-type]
    assert set(refused.value.mistakes) == {field}
    assert word in refused.value.mistakes[field]
    assert not store.patients.any()


def test_a_change_keeps_what_was_there_before(registry: Registry, store: Store) -> None:
    added = registry.add(WALKER)
    changed = registry.change(added.uid, replace(WALKER, family="Walker-Smith", telephone=""), "Married")
    assert (changed.family, changed.telephone) == ("Walker-Smith", "")
    (change,) = registry.history(added.uid)
    assert change.words == ("Family name: Walker → Walker-Smith", "Telephone: 01632 960 001 → none")
    assert (change.who, change.why) == ("Dr Rahman", "Married")
    registry.change(added.uid, details_of(changed))
    assert len(registry.history(added.uid)) == 1
    assert store.verify() is None


def person(family: str, given: str, born: date | None = None) -> Patient:
    return Patient(f"{family} {given}", family, given, born)


@pytest.mark.parametrize(
    ("family", "given", "born", "alike"),
    [
        ("Walker", "Susanne", None, True),
        ("Wálker", "Susan", None, True),
        ("Walker", "S", None, True),
        ("Walkers", "Susan", None, True),
        ("Susan", "Walker", None, True),
        ("Walker", "Peter", None, False),
        ("Patel", "Susan", None, False),
        ("Wallace", "Brian", date(1964, 3, 14), False),
        ("Wolker", "Peter", date(1964, 3, 14), True),
        ("Patel", "Susan", date(1964, 3, 14), True),
        ("", "", date(1964, 3, 14), False),
    ],
)
def test_who_could_be_taken_for_susan_walker(family: str, given: str, born: date | None, alike: bool) -> None:
    walker = person("Walker", "Susan", date(1964, 3, 14))
    assert bool(similar(walker, [walker, person(family, given, born)])) is alike


def test_the_warning_finds_them_in_the_store_before_and_after_adding(registry: Registry) -> None:
    susan = registry.add(WALKER)
    other = replace(WALKER, given="Susannah", nhs_number="", born="02/02/1980")
    assert registry.like_details(other) == (susan,)
    added = registry.add(other)
    assert registry.like(susan) == (added,)
    registry.add(replace(WALKER, family="Patel", given="Anil", nhs_number="", born="01/01/1950"))
    assert registry.like(susan) == (added,)


@pytest.fixture
def pair(registry: Registry, practice_clinic: Clinic) -> tuple[str, str]:
    """The same person twice, each with an encounter that was begun."""
    one = registry.add(replace(WALKER, telephone=""))
    two = registry.add(Details(family="Wlaker", given="Susan", born="14/03/1964", telephone="01632 960 002"))
    for patient in (one, two):
        practice_clinic.begin(patient.uid).answer("cancer_history", True)
    return one.uid, two.uid


def test_merging_loses_nothing_and_either_name_finds_them(
    pair: tuple[str, str], registry: Registry, practice_clinic: Clinic, store: Store
) -> None:
    one, two = pair
    kept = registry.merge(two, one, "Same address and birth date")
    assert kept.telephone == "01632 960 002"
    assert len(practice_clinic.encounters(one)) == 2
    assert {found.uid for text in ("Walker", "Wlaker", "") for found in practice_clinic.patients(text)} == {one}
    assert [draft.patient.uid for draft in practice_clinic.drafts()] == [one, one]
    assert registry.merged(one) == (registry.patient(two),)
    assert "Merged with another patient" in registry.history(two)[0].words
    assert {change.why for change in registry.history(one)} == {"Same address and birth date"}
    assert registry.like(kept) == ()
    assert store.verify() is None
    with pytest.raises(MergedAlready):
        registry.merge(two, one, "again")


def test_a_wrong_merge_is_parted_again(pair: tuple[str, str], registry: Registry, practice_clinic: Clinic) -> None:
    one, two = pair
    registry.merge(two, one, "Same birth date")
    registry.part(two, "They are sisters")
    assert [len(practice_clinic.encounters(uid)) for uid in pair] == [1, 1]
    assert len(practice_clinic.patients("Wlaker")) == 1
    assert registry.history(two)[0].words == ("Parted again",)


@pytest.mark.parametrize(("number", "why", "field"), [("999 000 0018", "same", "into"), ("", " ", "why")])
def test_a_merge_that_could_be_wrong_is_refused(registry: Registry, number: str, why: str, field: str) -> None:
    one = registry.add(WALKER)
    two = registry.add(replace(WALKER, nhs_number=number))
    with pytest.raises(PatientRefused) as refused:
        registry.merge(two.uid, one.uid, why)
    assert set(refused.value.mistakes) == {field}
    with pytest.raises(PatientRefused):
        registry.merge(one.uid, one.uid, "x")


def test_a_consultation_without_identifiers_is_given_to_a_patient_later(
    registry: Registry, practice_clinic: Clinic
) -> None:
    unknown = practice_clinic.begin_unidentified()
    unknown.answer("saddle_numbness", "new")
    assert (unknown.person.age, unknown.person.sex, unknown.patient.name) == (None, None, "Not identified yet")
    assert practice_clinic.patients() == ()
    susan = registry.add(WALKER)
    registry.merge(unknown.patient.uid, susan.uid, "She gave her name")
    resumed = practice_clinic.resume(unknown.encounter.uid)
    assert (resumed.patient.uid, resumed.assessment.person.sex) == (susan.uid, "female")


def test_or_becomes_a_patient_when_the_details_are_filled_in(registry: Registry, practice_clinic: Clinic) -> None:
    unknown = practice_clinic.begin_unidentified()
    registry.change(unknown.patient.uid, WALKER)
    resumed = practice_clinic.resume(unknown.encounter.uid)
    assert (resumed.patient.name, resumed.person.age) == ("WALKER, Susan", 62)


@pytest.mark.parametrize("changes", [60, pytest.param(1000, marks=pytest.mark.heavy)])
def test_a_thousand_changes_of_patient_carry_no_answer_over(
    registry: Registry, practice_clinic: Clinic, changes: int
) -> None:
    names = ("Larkspur", "Foxglove", "Hawthorn")
    added = [registry.add(Details(family=name, given="A", born="01/01/1960")) for name in names]
    open_ones = [practice_clinic.begin(patient.uid) for patient in added]
    open_ones[0].answer("cancer_history", True)
    uids = [one.encounter.uid for one in open_ones]
    for number in range(changes):
        consultation = practice_clinic.resume(uids[number % 3])
        assert consultation.patient.family == names[number % 3]
        assert dict(consultation.assessment.answers) == ({"cancer_history": True} if number % 3 == 0 else {})


@given(st.text("aeinrst", max_size=9), st.text("aeinrst", max_size=9))
def test_what_the_letters_allow_is_never_less_than_what_the_library_finds(one: str, other: str) -> None:
    assert _at_most(one, other) >= JaroWinkler.similarity(one, other) or one == other
