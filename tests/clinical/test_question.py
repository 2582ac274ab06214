"""What to ask next: never more questions than needed, and first the one that settles most."""

from datetime import UTC, datetime
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.clinical.assessment import assess
from desktop.clinical.change import change_if
from desktop.clinical.checklist import Person, Range, Unsure
from desktop.clinical.condition import parse, verdict
from desktop.clinical.knowledge import know
from desktop.clinical.question import _cost, _Fewest, next_question, shortest

from ..prepared import shipped_content

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
ITEMS = "abcdef"


@pytest.fixture(scope="module")
def shipped():
    return shipped_content()


def fewest(text, known):
    search = _Fewest(known, [one for one in ITEMS if one not in known])
    found = search.ways(parse(text), True)
    return search.items(min(found, key=_cost)) if found else None


CONDITIONS = st.recursive(
    st.sampled_from(ITEMS),
    lambda part: st.one_of(
        st.tuples(part, part).map(lambda two: f"({two[0]} and {two[1]})"),
        st.tuples(part, part).map(lambda two: f"({two[0]} or {two[1]})"),
        st.tuples(part, part, part).map(lambda three: f"at_least(2, {', '.join(three)})"),
    ),
    max_leaves=9,
)


@settings(max_examples=200, deadline=None)
@given(CONDITIONS, st.dictionaries(st.sampled_from(ITEMS), st.booleans(), max_size=3))
def test_no_smaller_set_of_questions_could_raise_it(text, known):
    """Held against trying every set of questions, the smallest first."""
    condition, free = parse(text), [one for one in ITEMS if one not in known]
    smallest = next(
        (
            size
            for size in range(len(free) + 1)
            for asked in combinations(free, size)
            if verdict(condition, known | dict.fromkeys(asked, True)) is True
        ),
        None,
    )
    found = fewest(text, known)
    assert (None if found is None else len(found)) == smallest


def test_a_tie_goes_to_what_is_asked_first():
    assert fewest("f or b or d", {}) == ("b",)


def test_the_shortest_way_to_each_shipped_rule_really_raises_it(shipped):
    """Some answers to just these items make the rule true."""
    nothing = assess(shipped, Person(age=63, sex="male"), {}, AT)
    for undecided in nothing.undecided:
        asked = shortest(shipped, nothing, undecided)
        assert asked, undecided.rule.id
        assert set(asked) <= set(undecided.needs)
        assert _raisable(shipped, nothing, undecided, asked), undecided.rule.id


def _raisable(content, assessment, undecided, asked):
    condition, known = content.condition(undecided.rule.when), know(content, assessment.person, {})
    choices = [list(_extremes(content.items[id])) for id in asked]
    return any(verdict(condition, {**known, **dict(zip(asked, values, strict=True))}) for values in product(*choices))


def _extremes(item):
    """Conditions have one direction, so that the ends of a range stand for all of it."""
    match item.kind:
        case "yes-no":
            yield from (True, False)
        case "choice":
            yield from item.choices
        case "multi":
            yield from (frozenset(), frozenset(item.choices))
        case "number":
            yield from (Range(end, end) for end in item.range)


def test_unsure_leaves_nothing_to_ask_but_stays_open(shipped):
    result = assess(shipped, Person(), {"acutely_ill": Unsure()}, AT)
    acutely_ill = next(one for one in result.undecided if one.rule.id == "R51")
    assert (shortest(shipped, result, acutely_ill), acutely_ill.left_open) == ((), ("acutely_ill",))


def test_the_safety_screen_is_asked_first_and_every_answer_brings_the_next(shipped):
    answers, asked = {}, []
    while (question := next_question(shipped, assess(shipped, Person(age=40, sex="male"), answers, AT))) is not None:
        item = shipped.items[question.item]
        asked.append(item.id)
        answers[item.id] = _harmless(item)
        assert len(asked) <= len(shipped.items)
    screen = {item.id for item in shipped.safety_screen.items}
    assert set(asked[:13]) == screen
    left = assess(shipped, Person(age=40, sex="male"), answers, AT)
    assert not [one.rule.id for one in left.undecided if one.needs and one.urgency.word == "emergency"]


def test_what_can_be_asked_in_the_room_goes_before_a_result(shipped):
    """Seen as a GP: with an all-negative screen `F2` led to what imaging had shown, before the temperature."""
    answers = {item.id: _harmless(item) for item in shipped.safety_screen.items}
    elsewhere = {item.id for section in shipped.sections if section.elsewhere for item in section.items}
    asked = []
    while (question := next_question(shipped, assess(shipped, Person(62, "female"), answers, AT))) is not None:
        asked.append((question.urgency.word, question.item in elsewhere))
        answers[question.item] = _harmless(shipped.items[question.item])
    emergencies = [result for word, result in asked if word == "emergency"]
    first = emergencies.index(True)
    assert first >= 5
    assert not any(result for _, result in asked[:first])
    assert True in emergencies, "a result that alone can settle an emergency still goes before what settles less"
    assert asked[emergencies.index(True) + 1 :]


def test_a_history_goes_before_an_examination_that_nobody_has_begun(shipped):
    """Seen as a GP: once the screen was answered `F2` led to the blood pressure, the patient still in the chair."""
    screen = {item.id: _harmless(item) for item in shipped.safety_screen.items}
    examined = {item.id for section in shipped.sections if section.examined for item in section.items}

    def first(**answers):
        return next_question(shipped, assess(shipped, Person(50, "male"), screen | answers, AT)).item

    assert first() not in examined
    assert first(temperature=36.8) in examined, "begun: what settles most goes first again"
    assert first(chest_pain=True) == "chest_pain_now", "a detail of what the patient said is asked with it"


def _harmless(item):
    match item.kind:
        case "yes-no":
            return False
        case "choice":
            return "no" if "no" in item.choices else next(iter(item.choices))
        case "multi":
            return frozenset()
    return Range(*item.range) if item.id.startswith("x") else _middle(item)


def _middle(item):
    if item.id.startswith("power_"):
        return 5
    healthy = {"temperature": 37, "systolic_bp": 130, "heart_rate": 70, "respiratory_rate": 14, "egfr": 90}
    healthy |= {"haemoglobin": 140, "adjusted_calcium": 2.3, "plasma_viscosity": 1.6, "pain_duration_weeks": 1}
    return healthy.get(item.id, item.range[0])


def test_a_question_says_what_it_can_settle(shipped):
    question = next_question(shipped, assess(shipped, Person(age=40, sex="male"), {}, AT))
    assert question.words.startswith("Its answer can settle ")
    assert question.urgency.word == "emergency"
    assert 0 < question.settles <= question.open


def test_what_would_change(make_content, make_rule):
    content = make_content(
        make_rule("R01", "emergency", 'cancer and weakness != "no"') + make_rule("R03", "soon", "crp >= 20 and cancer")
    )
    now = assess(content, Person(), {"cancer": True, "weakness": "no", "crp": 30}, AT)
    change = change_if(content, now, "weakness", "new")
    assert (change.before.word, change.after.word) == ("soon", "emergency")
    assert [rule.id for rule in change.raised] == ["R01"]
    assert change.lines_added == ("Hospital, telephone, now",)
    gone = change_if(content, now, "cancer", None)
    assert ([rule.id for rule in gone.dropped], gone.lines_gone) == (["R03"], ("GP, telephone, within 2 weeks",))


def test_what_the_patient_said_stands_whatever_would_change(make_content, make_rule):
    """Otherwise every change seemed to take the patient's emergency away."""
    content = make_content(
        make_rule("R01", "emergency", 'weakness != "no"') + make_rule("R03", "soon", "crp >= 20 and cancer")
    )
    now = assess(content, Person(), {"crp": 30}, AT, patient_says={"weakness": "new"})
    change = change_if(content, now, "cancer", True)
    assert (change.before.word, change.after.word, change.dropped) == ("emergency", "emergency", ())
    assert [rule.id for rule in change.raised] == ["R03"]
    denied = change_if(content, now, "weakness", "no")
    assert ([rule.id for rule in denied.dropped], denied.after.word) == (["R01"], "none")
