"""Adding and finding patients."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from db.store import Store
from desktop.clinical.dates import date_in
from desktop.record import patients
from desktop.record.patients import PatientRefused, add_patient, find_patients

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
LARKSPUR = {"family": "Larkspur", "given": "Marigold", "born": date(1965, 3, 12), "at": AT}


def mistakes(store: Store, **change: object) -> dict[str, str]:
    with pytest.raises(PatientRefused) as refused:
        add_patient(store, **LARKSPUR | change)  # type: ignore[arg-type]
    assert str(refused.value) == " ".join(refused.value.mistakes.values())
    assert not store.patients.any()
    return refused.value.mistakes


def test_a_patient_comes_back_as_given(store: Store) -> None:
    given = LARKSPUR | {"title": "Mrs", "sex": "female", "nhs_number": " 999 000 0018 "}
    added = add_patient(store, **given)  # type: ignore[arg-type]
    assert patients.patient(store, added.uid) == added
    assert (added.name, added.nhs_number, added.sex) == ("LARKSPUR, Marigold", "9990000018", "female")


@pytest.mark.parametrize("name", ["O’Brien", "Nguyễn", "محمد", "李", " Two  Spaces ", "\u202eabc", "😀", "İ"])
def test_any_name_stays_as_it_is(store: Store, name: str) -> None:
    added = add_patient(store, **LARKSPUR | {"family": name, "given": name})  # type: ignore[arg-type]
    assert (added.family, added.given) == (name, name)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("family", "Lark\0spur", "NUL"),
        ("given", "Mari\ud800gold", "surrogate"),
        ("title", "\0", "NUL"),
        ("born", date(2026, 11, 24), "future"),
        ("born", date(1900, 1, 1), "125 years"),
        ("nhs_number", "9990000019", "check digit"),
        ("nhs_number", "999000001", "ten digits"),
        ("nhs_number", "none", "ten digits"),
        ("nhs_number", "٩٩٩٠٠٠٠٠١٨", "ten digits"),
    ],
)
def test_what_is_refused_and_why(store: Store, field: str, value: object, word: str) -> None:
    told = mistakes(store, **{field: value})
    assert set(told) == {field}
    assert word in told[field]


def test_all_mistakes_are_told_at_once(store: Store) -> None:
    told = mistakes(store, family=" ", given="", born=date(2027, 1, 1), nhs_number="1")
    assert set(told) == {"family", "born", "nhs_number"}


def test_someone_may_be_born_today_where_the_practice_is(store: Store) -> None:
    just_past_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    add_patient(store, **LARKSPUR | {"born": date(2026, 7, 1), "at": just_past_midnight})  # type: ignore[arg-type]


def test_a_number_that_belongs_to_someone_else_names_them(store: Store) -> None:
    numbered = LARKSPUR | {"nhs_number": "9990000018"}
    add_patient(store, uid="p1", **numbered)  # type: ignore[arg-type]
    with pytest.raises(PatientRefused, match="already belongs to LARKSPUR, Marigold"):
        add_patient(store, uid="p2", **numbered)  # type: ignore[arg-type]
    again = add_patient(store, uid="p1", **numbered)  # type: ignore[arg-type]
    assert find_patients(store, "") == [again]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12-Mar-1965", True),
        ("12/03/1965", True),
        ("12 march 1965", True),
        ("1965-03-12", True),
        ("13/03/1965", False),
        ("lark", True),
        ("999 000 0018", True),
        ("1965", False),
        ("", True),
    ],
)
def test_finding(store: Store, text: str, found: bool) -> None:
    added = add_patient(store, **LARKSPUR | {"nhs_number": "9990000018"})  # type: ignore[arg-type]
    assert find_patients(store, text) == ([added] if found else [])


@pytest.mark.parametrize("text", ["31-Feb-1965", "12/13/1965", "12-Foo-1965", "12-03-65", "0/0/0000", "١٢/٠٣/١٩٦٥"])
def test_not_a_date(text: str) -> None:
    assert date_in(text) is None


def test_drafts_and_encounters_come_with_their_patient(store: Store) -> None:
    added = add_patient(store, **LARKSPUR)  # type: ignore[arg-type]
    store.begin_encounter("e1", patient_uid=added.uid, at=AT, clinician="Dr One", rule_set="1")
    store.save_answer("e1", "limb_weakness", "new", who="Dr One", at=AT)
    (draft,) = patients.drafts(store)
    assert patients.encounters(store, added.uid) == [draft]
    assert (draft.patient, draft.answers, draft.began_at) == (added, {"limb_weakness": "new"}, AT)
