"""Screening says of stored answers what `assess` says, rule by rule."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.clinical.answer import AnswerError, read_answer, write_answer
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person
from desktop.clinical.condition import parse
from desktop.clinical.screening import Screening

from ..prepared import shipped_content
from .test_theorems import random_sets

CONTENT = shipped_content()
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
RULES = {rule.id: rule for rule in CONTENT.rules}


def as_stored(answers):
    return {id: write_answer(answer) for id, answer in answers.items()}


def by_assessment(content, person, stored):
    answers = {}
    for id, raw in stored.items():
        try:
            answers[id] = read_answer(content.items[id], raw, AT.date())
        except (KeyError, AnswerError):
            continue
    return {flag.rule.id for flag in assess(content, person, answers, AT).flags}


def differences(content, screening, sets):
    return [
        (set(said) ^ expected, person, stored)
        for person, stored in sets
        if set(said := screening.raised(person, json.dumps(stored)))
        != (expected := by_assessment(content, person, stored))
    ]


def test_screening_and_assessment_agree_on_random_sets_of_answers():
    sets = [(person, as_stored(answers)) for person, answers in random_sets(1_000)]
    assert differences(CONTENT, Screening(CONTENT, AT.date()), sets) == []


@pytest.mark.heavy
@pytest.mark.timeout(300)
def test_screening_and_assessment_agree_on_20_000_random_sets_of_answers():
    sets = [(person, as_stored(answers)) for person, answers in random_sets(20_000)]
    assert differences(CONTENT, Screening(CONTENT, AT.date()), sets) == []


def test_a_screening_under_other_rules_is_told_from_theirs():
    """The comparison above can fail: one rule raised a year of age earlier is noticed."""
    when = "age >= 17"
    changed = RULES["R53"].but(when=when)
    rules = tuple(changed if rule.id == "R53" else rule for rule in CONTENT.rules)
    other = replace(CONTENT, rules=rules, conditions={**CONTENT.conditions, when: parse(when)})
    sets = [(person, as_stored(answers)) for person, answers in random_sets(50)]
    assert differences(CONTENT, Screening(other, AT.date()), sets) != []


@pytest.mark.parametrize(
    "when",
    [
        "not (cancer_history and night_sweats)",
        "not at_least(2, cancer_history, night_sweats, weight_loss)",
        "at_least(2, cancer_history and weight_loss, cancer_history, not night_sweats)",
        'not (limb_weakness == "no" or not fatigue)',
        "40 <= age < 60 or not (cancer_history or fatigue)",
        "not 40 <= age < 60",
    ],
)
def test_every_shape_of_condition_is_read_as_the_engine_reads_it(when):
    rule = RULES["R53"].but(id="R99", when=when)
    content = replace(CONTENT, rules=(rule,), conditions={**CONTENT.conditions, when: parse(when)})
    chance = random.Random(7)
    values = {
        "cancer_history": (True, False, None),
        "night_sweats": (True, False, None),
        "fatigue": (True, False, None),
    }
    values |= {"weight_loss": (True, False, {"unsure": True}), "limb_weakness": ("no", "new", True, False, None)}
    sets = []
    for _ in range(300):
        drawn = {id: chance.choice(of) for id, of in values.items()}
        stored = {id: raw for id, raw in drawn.items() if raw is not None}
        sets.append((Person(chance.choice((None, 39, 40, 59, 60)), None), stored))
    assert differences(content, Screening(content, AT.date()), sets) == []


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        ("cancer_history", 1),
        ("cancer_history", "yes"),
        ("limb_weakness", 1),
        ("an_item_of_older_rules", True),
        ("temperature", True),
        ("temperature", 400),
        ("night_pain", {"could_not_examine": "asleep"}),
    ],
)
def test_what_cannot_be_read_decides_nothing(item, raw):
    """Also after the readable answer that Python takes for the same key (True and 1)."""
    screening, person = Screening(CONTENT, AT.date()), Person(70, "female")
    readable = {"cancer_history": True, "limb_weakness": True, "temperature": 1}
    screening.raised(person, json.dumps(readable))
    assert (
        set(screening.raised(person, json.dumps({item: raw}))) == by_assessment(CONTENT, person, {item: raw}) == set()
    )


@pytest.mark.parametrize("name", ["older, ", 'older", "injury', ", ", "", 'a\\", "b'])
def test_no_name_of_an_item_hides_the_answers_behind_it(name):
    """A store of other rules may hold any name: cut at the wrong place, all of it is read instead."""
    screening, person = Screening(CONTENT, AT.date()), Person(70, "female")
    answers = {"cancer_history": True, name: True, "night_pain": True, "weight_loss": True}
    assert set(screening.raised(person, json.dumps(answers))) == by_assessment(CONTENT, person, answers) != set()
    assert screening.raised(person, "{}") == ()


def test_a_million_different_reasons_are_not_kept():
    screening = Screening(CONTENT, AT.date())
    screening.raised(Person(50), json.dumps({"night_pain": {"could_not_examine": "first"}}))
    kept = len(screening._pieces)
    for number in range(100):
        stored = {"night_pain": {"could_not_examine": f"reason {number}"}, "clinical_impression": f"note {number}"}
        screening.raised(Person(50), json.dumps(stored))
    assert len(screening._pieces) == kept
