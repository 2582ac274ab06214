"""What is kept from one set of answers to the next is what would be found afresh, whatever changed between them."""

import gc
import weakref
from datetime import UTC, datetime
from random import Random

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.causes import load_causes
from desktop.clinical.checklist import CouldNotExamine, Person, Range, Unsure
from desktop.clinical.content import load
from desktop.clinical.differential import differential
from desktop.clinical.kept import Kept
from desktop.clinical.question import next_question

from ..prepared import shipped_content

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 10, 50, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped():
    return shipped_content()


def some_answer(item, chance):
    low, high = item.range or (0, 10)
    number = chance.choice((low, high, round(chance.uniform(low, high)), Range(low, (low + high) / 2)))
    kinds = {
        "yes-no": lambda: chance.random() < 0.5,
        "choice": lambda: chance.choice(list(item.choices)),
        "multi": lambda: frozenset(chance.sample(list(item.choices), 1)),
        "number": lambda: number,
        "date": AT.date,
        "text": lambda: "as usual",
    }
    rare = chance.random()
    return Unsure() if rare < 0.1 else CouldNotExamine("pain") if rare < 0.15 else kinds[item.kind]()


def walk(content, seed, steps):
    """One patient, answers given, changed and taken back; now and then somebody else, or the patient speaks."""
    chance = Random(seed)
    person, answers, says = Person(63, "female"), {}, {}
    items = list(content.items.values())
    for _ in range(steps):
        item = chance.choice(items)
        match chance.random():
            case low if low < 0.15:
                answers.pop(chance.choice(sorted(answers)) if answers else "", None)
            case low if low < 0.22:
                says[item.id] = some_answer(item, chance)
            case low if low < 0.25:
                person = Person(chance.choice((None, 17, 44, 80)), chance.choice((None, "male", "female", "other")))
            case _:
                answers[item.id] = some_answer(item, chance)
        yield person, dict(answers), dict(says)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kept_or_afresh_the_same_is_said(shipped, seed):
    causes, kept, of_causes = load_causes(shipped), Kept(), Kept()
    for person, answers, says in walk(shipped, seed, 40):
        told = {"raised": {"R01": AT}, "newly": LATER, "patient_says": says}
        assessment = assess(shipped, person, answers, AT, kept=kept, **told)
        assert assessment == assess(shipped, person, answers, AT, **told)
        assert next_question(shipped, assessment, kept) == next_question(shipped, assessment)
        readings = differential(shipped, causes, person, answers, of_causes)
        assert readings == differential(shipped, causes, person, answers)


def test_what_names_a_changed_answer_is_let_go_of(shipped):
    """The twin: with answers that it was not turned to, it would say what was true before."""
    kept, person = Kept(), Person(63, "female")
    assess(shipped, person, {"cancer_history": "no"}, AT, kept=kept)
    rule, other = shipped.rules[0].id, shipped.rules[-1].id
    names = shipped.condition_of[rule].named - shipped.condition_of[other].named
    assert "afresh" not in kept.each("verdict", dict, lambda _: "afresh").values()
    kept.turn_to(shipped, person, {"cancer_history": "no", next(iter(names)): "another"})
    verdicts = kept.each("verdict", dict, lambda _: "afresh")
    assert verdicts[rule] == "afresh" != verdicts[other]
    assert list(verdicts) == [rule.id for rule in shipped.rules]


@pytest.mark.parametrize(("before", "after"), [(True, 1), (0, False), (1, 1.0)])
def test_an_answer_of_another_kind_is_another_answer(shipped, before, after):
    kept, person = Kept(), Person(63, "female")
    kept.turn_to(shipped, person, {"a": before})
    kept.get("what rests on it", lambda: ["a"], lambda: "before")
    kept.turn_to(shipped, person, {"a": after})
    assert kept.get("what rests on it", lambda: ["a"], lambda: "after") == "after"


def test_other_content_or_another_person_keeps_nothing(shipped):
    kept, other = Kept(), load()
    turns = [(Person(63, "female"), shipped), (Person(64, "female"), shipped), (Person(64, "female"), other)]
    for place, (person, content) in enumerate(turns):
        kept.turn_to(content, person, {})
        assert kept.get("what rests on nothing", list, lambda place=place: place) == place


def test_what_was_kept_goes_with_the_consultation(shipped):
    """At once: in a circle it would wait for the collector, 150 KB for each encounter."""
    kept = Kept()
    assess(shipped, Person(63, "female"), {"cancer_history": True}, AT, kept=kept)
    gone = weakref.ref(kept)
    gc.disable()
    try:
        del kept
        assert gone() is None
    finally:
        gc.enable()
