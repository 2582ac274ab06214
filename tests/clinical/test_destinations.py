"""Several names of one place in a plan: one door, the fastest way there, and nothing said of it lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.case import read_case
from desktop.clinical.content import Content
from desktop.clinical.merging import merge

from ..prepared import shipped_content

CONTENT = shipped_content()
DOORS = {"emergency_department", "emergency_department_mri", "major_trauma"}
SCREEN = ("acutely_ill", "cancer_history", "fever_or_unwell", "known_aneurysm")
BLADDER = {"bladder_change": "new", "bladder_features": ["retention"]}
LEGS = {"limb_weakness": "new", "weakness_sides": "both_legs"}
BLOW = {"injury": True, "injury_recent": True, "injury_energy": "low"}
CRASH = BLOW | {"injury_energy": "high"}
TORN = {"sudden_severe_pain": True, "pain_tearing": True}
EVERYBODY = [
    ("bladder alone", BLADDER, "emergency_department_mri", "telephone, letter in hand"),
    ("bladder after a blow", BLADDER | BLOW, "major_trauma", "999"),
    ("weak legs after a crash", LEGS | CRASH, "major_trauma", "999"),
    ("weak legs, tearing pain", LEGS | TORN, "emergency_department_mri", "999"),
    ("tearing pain alone", TORN, "emergency_department", "999"),
]


def planned(answers: dict[str, object], content: Content = CONTENT):
    raw = {"patient": {"age": 46, "sex": "male"}, "answers": dict.fromkeys(SCREEN, False) | answers}
    read = read_case(content, raw, now=datetime(2026, 11, 28, tzinfo=UTC), zone=UTC)
    return assess(content, read.person, read.answers, read.at).plan


@pytest.mark.parametrize(("name", "answers", "door", "how"), EVERYBODY, ids=[one[0] for one in EVERYBODY])
def test_an_emergency_goes_to_one_door(name, answers, door, how):
    doors = [line for line in planned(answers).referral if line.contact in DOORS]
    assert [(line.contact, line.how) for line in doors] == [(door, how)]


def test_the_one_call_keeps_what_each_flag_wants_said():
    (door,) = (line for line in planned(BLADDER | BLOW).referral if line.contact in DOORS)
    assert {"R08", "R09", "R24c"} <= set(door.rules)
    assert "what is weak or numb" in door.note
    assert "cauda equina" in door.note


def test_nobody_is_sent_with_a_letter_whom_an_ambulance_fetches():
    sent = "letter in hand"
    assert any(sent in line.text for line in planned(BLADDER).immediate)
    assert not any(sent in line.text for line in planned(BLADDER | BLOW).immediate)
    assert any("24-hour MRI" in line.to for line in planned(BLADDER).referral)


def test_without_the_names_of_one_place_there_would_be_two_doors():
    """The twin that has to fail: contacts that know nothing of each other."""
    apart = {id: contact.but(includes=()) for id, contact in CONTENT.contacts.items()}
    plan = planned(BLADDER | BLOW, replace(CONTENT, contacts=apart))
    assert len([line for line in plan.referral if line.contact in DOORS]) == 2


def test_what_the_practice_does_itself_stays_apart():
    rules = [rule for rule in CONTENT.rules if rule.id in {"R49i", "R53"}]
    plan = merge(CONTENT, rules, {}, frozenset(), datetime(2026, 11, 28, tzinfo=UTC))
    assert len([line for line in plan.referral if line.own]) == 2


def rings(answers: dict[str, object]) -> list[bool]:
    return ["In the same 999 call" in line.text for line in planned(answers).immediate if "999" in line.text]


def test_999_is_rung_once_and_the_rest_is_said_in_the_same_call():
    assert rings(TORN) == [False]
    assert rings(TORN | CRASH) == [False, True]
