"""What the patient says on a form raises flags at once, and rules nothing out until a clinician confirms it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.consultation import Consultation
from desktop.record.encounter import Patient

AT = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


@pytest.fixture
def consultation(practice_clinic: Clinic, walker: Patient) -> Consultation:
    return practice_clinic.begin(walker.uid)


def test_it_raises_and_says_whose_word_it_is(consultation: Consultation) -> None:
    consultation.hear("saddle_numbness", "new")
    (flag,) = [one for one in consultation.assessment.flags if one.urgency.word == "emergency"]
    assert "the patient says" in " ".join(flag.because)
    assert "saddle_numbness" in consultation.assessment.safety_screen.missing
    assert consultation.said["saddle_numbness"].by == "patient"


def test_confirming_makes_it_the_clinicians_and_a_later_form_changes_nothing(
    consultation: Consultation, practice_clinic: Clinic
) -> None:
    consultation.hear("saddle_numbness", "new")
    consultation.answer("saddle_numbness", "no")
    assert consultation.assessment.urgency.word == "none"
    assert not consultation.hear("saddle_numbness", "new")
    again = practice_clinic.resume(consultation.encounter.uid)
    assert (again.said["saddle_numbness"].by, dict(again.assessment.patient_says)) == ("clinician", {})


def test_it_is_still_the_patients_after_a_restart(consultation: Consultation, practice_clinic: Clinic) -> None:
    consultation.hear("saddle_numbness", "new")
    again = practice_clinic.resume(consultation.encounter.uid)
    assert again.assessment == consultation.assessment
    assert dict(again.assessment.patient_says) == {"saddle_numbness": "new"}


def test_a_form_full_of_no_leaves_everything_as_if_nothing_had_been_said(shipped: Content) -> None:
    blank = assess(shipped, Person(62, "female"), {}, AT)
    denied: dict[str, Answer] = {item.id: "no" if item.is_timed else False for item in shipped.safety_screen.items}
    heard = assess(shipped, Person(62, "female"), {}, AT, patient_says=denied)
    assert (heard.flags, heard.undecided, heard.ruled_out, heard.safety_screen) == (
        blank.flags,
        blank.undecided,
        blank.ruled_out,
        blank.safety_screen,
    )


def test_no_answer_of_the_patients_ever_rules_a_rule_out(shipped: Content) -> None:
    """Every choice of every question, alone: what is ruled out stays what it was; flags only come."""
    person = Person(62, "female")
    blank = assess(shipped, person, {}, AT)
    for item in shipped.items.values():
        every: list[Answer] = [True, False] if item.kind == "yes-no" else list(item.choices)
        if item.kind == "multi":
            every = [frozenset({one}) for one in item.choices]
        if item.kind == "number" and item.range:
            every = [float(item.range[0]), float(item.range[1])]
        for answer in every if item.kind != "text" else []:
            heard = assess(shipped, person, {}, AT, patient_says={item.id: answer})
            assert set(heard.ruled_out) <= set(blank.ruled_out), item.id
            assert {flag.rule.id for flag in blank.flags} <= {flag.rule.id for flag in heard.flags}, item.id
