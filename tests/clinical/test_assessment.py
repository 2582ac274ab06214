"""What the engine says about a set of answers, on a small rule set of its own."""

from datetime import UTC, date, datetime

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import CouldNotExamine, Person, Range, Said, Unsure
from desktop.clinical.rules import Urgency

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


def flags(assessment):
    return [flag.rule.id for flag in assessment.flags]


@pytest.fixture
def say(make_content, make_rule):
    content = make_content(
        make_rule("R01", "emergency", 'cancer and weakness != "no"', takes_in='["R02"]')
        + make_rule("R02", "urgent", 'weakness == "new" or foot_drop and weakness != "no"')
        + make_rule("R03", "soon", "crp >= 20 and cancer")
        + make_rule("R04", "routine", 'not cancer and weakness == "no"', remainder="true")
    )
    return lambda **answers: assess(content, Person(), answers, AT)


def test_nothing_asked_raises_nothing_and_leaves_everything_open_most_urgent_first(say):
    nothing = say()
    assert (nothing.urgency, nothing.flags, nothing.ruled_out, nothing.complete) == (Urgency.none, (), (), False)
    assert [one.rule.id for one in nothing.undecided] == ["R01", "R02", "R03", "R04"]
    assert nothing.undecided[0].needs == ("cancer", "weakness")


def test_a_flag_says_because_of_what_and_on_whose_authority(say):
    flag = say(cancer=True, weakness="new").flags[0]
    assert flag.because == ("Cancer: yes", "Weakness: new")
    assert flag.sources == ("A source (2026), checked 22\u2011Nov\u20112026",)


def test_a_larger_flag_takes_in_a_smaller_one_and_both_stay_raised(say):
    both = say(cancer=True, weakness="new")
    assert flags(both) == ["R01", "R02"]
    assert [flag.folded_into for flag in both.flags] == [(), ("R01",)]
    assert [flag.rule.id for flag in both.open_flags] == ["R01"]


def test_no_rules_out_and_not_asked_does_not(say):
    assert say(cancer=False).ruled_out == ("R01", "R03")
    assert "R02" in [one.rule.id for one in say(cancer=False).undecided]


@pytest.mark.parametrize("answer", [Unsure(), CouldNotExamine("in a cast")])
def test_unsure_is_unknown_to_the_rules_and_shown_as_what_it_is(say, answer):
    unsure = say(cancer=answer, weakness="new")
    first = unsure.undecided[0]
    assert (first.rule.id, first.needs, first.left_open) == ("R01", (), ("cancer",))
    assert "cancer" not in unsure.not_asked
    assert (unsure.unsure, unsure.could_not_examine) in [(("cancer",), ()), ((), ("cancer",))]


def test_a_remainder_rule_needs_real_noes(say):
    assert flags(say(cancer=False, weakness="no")) == ["R04"]
    assert flags(say(cancer=False, weakness=Unsure())) == []
    assert flags(say(cancer=False)) == []


def test_hidden_items_are_neither_asked_nor_missing_but_their_answers_count(say):
    hidden = say(weakness="no")
    assert "foot_drop" in hidden.hidden
    assert "foot_drop" not in hidden.not_asked
    kept = say(weakness="no", foot_drop=True)
    assert kept.answers["foot_drop"] is True
    assert [(one.item, one.against) for one in kept.contradictions] == [("foot_drop", ("weakness",))]


def test_a_detail_waits_for_the_question_that_opens_it_and_unsure_opens_it(say):
    assert "foot_drop" in say().waiting
    assert "foot_drop" not in say(weakness=Unsure()).waiting
    assert "foot_drop" not in say(weakness="new").waiting


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (20, True),
        (19.9, False),
        (Range(100, 600), True),
        (Range(0, 4), False),
        (Range(10, 100), None),
        (Said("raised"), None),
        (Said("normal"), False),
    ],
)
def test_a_number_known_in_part_decides_only_where_the_whole_range_agrees(say, answer, raised):
    result = say(cancer=True, weakness="no", crp=answer)
    undecided = {one.rule.id: one.left_open for one in result.undecided}
    assert {True: "R03" in flags(result), False: "R03" in result.ruled_out, None: undecided.get("R03") == ("crp",)}[
        raised
    ]


@pytest.mark.parametrize(
    ("sex", "said", "figure", "raised"),
    [
        ("male", "low", 130, True),
        ("female", "low", 120, True),
        ("female", "low", 119, None),
        (None, "low", 120, None),
        (None, "low", 130, True),
        ("male", "normal", 130, False),
        (None, "normal", 130, None),
        (None, "normal", 120, False),
    ],
)
def test_a_word_means_the_widest_range_it_can_have_for_this_patient(make_content, make_rule, sex, said, figure, raised):
    content = make_content(make_rule("R01", "urgent", f"haemoglobin < {figure}"))
    result = assess(content, Person(sex=sex), {"haemoglobin": Said(said)}, AT)
    assert {True: flags(result) == ["R01"], False: result.ruled_out == ("R01",), None: bool(result.undecided)}[raised]


def test_the_safety_screen_counts_unsure_as_asked_and_never_as_clear(say):
    screen = say(cancer=Unsure(), weakness="no").safety_screen
    assert (screen.asked, screen.of, screen.unsure) == (2, 8, ("cancer",))
    assert "crp" in screen.missing


def test_age_and_sex_are_facts_and_unknown_where_not_given(make_content, make_rule):
    content = make_content(make_rule("R01", "urgent", "age >= 60 and cancer"))
    assert assess(content, Person(age=60), {"cancer": True}, AT).flags[0].because == ("Age 60", "Cancer: yes")
    open_rule = assess(content, Person(), {"cancer": True}, AT).undecided[0]
    assert (open_rule.rule.id, open_rule.needs) == ("R01", ())


def test_a_plan_line_that_waits_for_an_unknown_age_or_sex_is_left_out(make_content, make_rule):
    line = 'kind = "imaging"\nmodality = "MRI"\nregion = "lumbar spine"\narranged_by = "GP"\nwhen = "{}"'
    content = make_content(make_rule("R01", "urgent", "cancer", line.format("age >= 60"), line.format("sex == 'male'")))
    plan = assess(content, Person(), {"cancer": True}, AT).plan
    assert plan.imaging == ()
    assert [line.reason for line in plan.withheld] == ["depends on: age", "depends on: sex"]


def test_dates_and_texts_decide_nothing_and_are_kept(say):
    result = say(scan_date=date(2026, 1, 1), remark="hello")
    assert result.urgency is Urgency.none
    assert result.answers["remark"] == "hello"


def test_an_assessment_cannot_be_changed(say):
    with pytest.raises(TypeError):
        say().answers["cancer"] = True
