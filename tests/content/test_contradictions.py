"""Answers that cannot all be right are pointed out with words, kept as given, and never settled towards *no*."""

from datetime import UTC, date, datetime

import pytest

from desktop.clinical.answer import read_answer
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person
from desktop.clinical.content import load
from desktop.clinical.export import assessment_json
from desktop.clinical.mistakes import ContentError
from desktop.clinical.rules import Urgency

from ..prepared import shipped_content

CONTENT = shipped_content()
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FILE = "checklist/contradictions.toml"
LEFT, RIGHT = "power_ankle_dorsiflexion_left", "power_ankle_dorsiflexion_right"
UNMEASURED = {"unsure": True}

# item, against, who, answers; then answers so near that nothing is wrong with them
TABLE = [
    ("age", (), {"age": 12}, {}),
    ("pregnant", ("sex",), {"sex": "male", "age": 30}, {"pregnant": True}),
    ("pregnant", ("age",), {"sex": "female", "age": 56}, {"pregnant": True}),
    ("prostate_symptoms", ("sex",), {"sex": "female"}, {"prostate_symptoms": True}),
    ("raised_psa_unexplained", ("sex",), {"sex": "female"}, {"raised_psa_unexplained": True}),
    ("prostate_feels_malignant", ("sex",), {"sex": "female"}, {"prostate_feels_malignant": True}),
    ("psa", ("sex",), {"sex": "female"}, {"psa": 30}),
    ("onset_age", ("age",), {"age": 40}, {"onset_age": 41, "pain_duration_weeks": 20}),
    ("pain_duration_weeks", ("age",), {"age": 19}, {"pain_duration_weeks": 1041}),
    ("pain_duration_weeks", ("age",), {"age": 39}, {"pain_duration_weeks": 2081}),
    ("pain_duration_weeks", ("age",), {"age": 59}, {"pain_duration_weeks": 3121}),
    ("pain_course", ("pain_duration_weeks",), {}, {"pain_course": "new", "pain_duration_weeks": 53}),
    ("pain_course", ("pain_duration_weeks",), {}, {"pain_course": "unchanged", "pain_duration_weeks": 52}),
    (
        "injury_recent",
        ("pain_duration_weeks",),
        {},
        {"injury": True, "injury_recent": True, "pain_duration_weeks": 104},
    ),
    (
        "cauda_since",
        ("bladder_change", "bowel_change", "saddle_numbness", "sexual_change"),
        {},
        {"seen_before": True, "cauda_since": True, "bladder_change": "no", "bowel_change": "no"}
        | {"saddle_numbness": "no", "sexual_change": "no"},
    ),
    ("injury_recent", ("pain_course",), {}, {"injury": True, "injury_recent": True, "pain_course": "unchanged"}),
    ("no_improvement", ("pain_duration_weeks",), {}, {"no_improvement": True, "pain_duration_weeks": 5}),
    ("limb_weakness", ("weakness_worsening",), {}, {"limb_weakness": "old", "weakness_worsening": True}),
    ("gait_unsteady", ("deficit_rapid",), {}, {"gait_unsteady": "old", "deficit_rapid": True}),
    ("limb_weakness", (LEFT,), {}, {"limb_weakness": "no", LEFT: 2, RIGHT: 5}),
    ("foot_drop", (LEFT, RIGHT), {}, {"limb_weakness": "new", "foot_drop": True, LEFT: 5, RIGHT: 5}),
    ("foot_drop", (LEFT,), {}, {"limb_weakness": "new", "foot_drop": True, LEFT: 5}),
    ("foot_drop", (RIGHT,), {}, {"limb_weakness": "new", "foot_drop": True, RIGHT: 5, LEFT: UNMEASURED}),
    (
        "weakness_sides",
        (LEFT, "power_hip_flexion_right"),
        {},
        {"limb_weakness": "new", "weakness_sides": "one_leg", LEFT: 4, "power_hip_flexion_right": 4},
    ),
    ("weakness_sides", (RIGHT,), {}, {"limb_weakness": "new", "weakness_sides": "one_arm", RIGHT: 4}),
    (
        "bilateral_leg_symptoms",
        ("radicular_side",),
        {},
        {"bilateral_leg_symptoms": "no", "radicular_pain": True, "radicular_side": "both"},
    ),
    ("progressive", ("pain_course",), {}, {"progressive": True, "pain_course": "unchanged"}),
    (
        "saddle_numbness",
        ("perianal_sensation_reduced",),
        {},
        {"saddle_numbness": "no", "perianal_sensation_reduced": True},
    ),
    ("other_cord_sign", ("reflex_knee_left",), {}, {"other_cord_sign": False, "reflex_knee_left": "brisk"}),
    (
        "bilateral_leg_symptoms",
        ("numbness_sides",),
        {},
        {"bilateral_leg_symptoms": "no", "limb_numbness": "new", "numbness_sides": "both_legs"},
    ),
    ("fever_or_unwell", ("temperature",), {}, {"fever_or_unwell": False, "temperature": 38}),
    ("pvr_ml", ("bladder_change",), {}, {"pvr_ml": 200, "bladder_change": "no"}),
    ("sudden_severe_pain", ("minor_strain_onset",), {}, {"sudden_severe_pain": True, "minor_strain_onset": True}),
    ("severe_unremitting", ("constant_pain",), {}, {"severe_unremitting": True, "constant_pain": False}),
    (
        "cancer_status",
        ("cancer_type",),
        {},
        {"cancer_history": True, "cancer_status": "over_5_years", "cancer_type": ["under_investigation"]},
    ),
    (
        "cancer_spread",
        ("imaging_finding",),
        {},
        {"cancer_history": True, "cancer_spread": "no", "imaging_finding": ["metastasis_or_tumour"]},
    ),
    ("imaging_finding", (), {}, {"imaging_finding": ["nothing_serious", "cord_compression"]}),
]
FITTING = [
    ({"age": 16}, {}),
    ({"sex": "female", "age": 30}, {"pregnant": True}),
    ({"sex": "male", "age": 30}, {"pregnant": False}),
    ({"age": 30}, {"pregnant": True}),
    ({"sex": "male"}, {"prostate_symptoms": True, "psa": 3}),
    ({"sex": "female"}, {"prostate_symptoms": False}),
    ({"age": 40}, {"onset_age": 40, "pain_duration_weeks": 20}),
    ({}, {"onset_age": 41, "pain_duration_weeks": 20}),
    ({"age": 60}, {"pain_duration_weeks": 2000}),
    ({}, {"pain_course": "new", "pain_duration_weeks": 52}),
    ({}, {"pain_course": "unchanged", "pain_duration_weeks": 53}),
    ({}, {"injury": True, "injury_recent": True, "pain_duration_weeks": 2, "pain_course": "new"}),
    ({}, {"no_improvement": True, "pain_duration_weeks": 6}),
    ({}, {"limb_weakness": "new", "weakness_worsening": True, "foot_drop": True, LEFT: 2, RIGHT: 5}),
    ({}, {"limb_weakness": "no", "foot_drop": False, LEFT: 4, RIGHT: 5}),
    ({}, {"fever_or_unwell": False, "temperature": 37.9}),
    ({}, {"bladder_change": "new", "pvr_ml": 400}),
    ({}, {"progressive": True, "pain_course": "changed", "saddle_numbness": "new", "perianal_sensation_reduced": True}),
    ({}, {"other_cord_sign": True, "reflex_knee_left": "brisk", "reflex_ankle_right": "brisk"}),
    ({}, {"other_cord_sign": False, "reflex_knee_left": "normal"}),
    ({}, {"imaging_finding": ["disc_herniation", "stenosis"]}),
    ({}, {"imaging_finding": ["nothing_serious"]}),
]


def assessed(who, answers):
    given = {id: read_answer(CONTENT.items[id], raw, date(2026, 11, 24)) for id, raw in answers.items()}
    return assess(CONTENT, Person(**who), given, AT)


def pointed_out(who, answers):
    return [(one.item, one.against) for one in assessed(who, answers).contradictions]


@pytest.mark.parametrize(("item", "against", "who", "answers"), TABLE)
def test_it_is_pointed_out_once_with_words_and_kept(item, against, who, answers):
    result = assessed(who, answers)
    assert [(one.item, one.against) for one in result.contradictions] == [(item, against)]
    (written,) = assessment_json(CONTENT, result)["contradictions"]
    assert written["words"] in {misfit.words for misfit in CONTENT.misfits}
    assert result.answers.keys() == answers.keys()


@pytest.mark.parametrize(("who", "answers"), FITTING)
def test_answers_that_fit_are_left_alone(who, answers):
    assert pointed_out(who, answers) == []


def test_every_contradiction_of_the_file_is_in_the_table():
    shown = {assessed(who, answers).contradictions[0].words for _, _, who, answers in TABLE}
    assert {misfit.words for misfit in CONTENT.misfits} == shown


def test_a_harmful_answer_counts_although_another_speaks_against_it():
    assert assessed({}, {"limb_weakness": "no", LEFT: 2, RIGHT: 2}).urgency is Urgency.emergency
    assert assessed({}, {"imaging_finding": ["nothing_serious", "cord_compression"]}).urgency is Urgency.emergency
    assert assessed({}, {"fever_or_unwell": False, "temperature": 39}).urgency is Urgency.same_day


def test_a_detail_beside_a_no_is_pointed_out_without_words_of_its_own():
    (one,) = assessed({}, {"limb_weakness": "no", "foot_drop": True}).contradictions
    assert (one.item, one.against, one.words) == ("foot_drop", ("limb_weakness",), "")


def test_two_things_wrong_with_one_answer_are_both_said():
    assert set(pointed_out({}, {"limb_weakness": "no", "foot_drop": True, LEFT: 5, RIGHT: 5})) == {
        ("foot_drop", ("limb_weakness",)),
        ("foot_drop", (LEFT, RIGHT)),
    }


def test_a_child_is_pointed_out_beside_what_else_does_not_fit():
    assert pointed_out({"sex": "female", "age": 10}, {"pregnant": True}) == [("age", ()), ("pregnant", ("age",))]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('item = "pregnant"', 'item = "pregnat"', "no item is called “pregnat”"),
        ('when = "age < 16"', 'when = "agee < 16"', "did you mean “age”"),
        ('more_than = "age"', 'more_than = "agee"', "no item is called “agee”"),
        ('more_than = "age"', 'more_than = "age"\nwhen = "injury"', "either `when` or `more_than`"),
        ('more_than = "age"\n', "", "either `when` or `more_than`"),
        ('item = "pregnant"', 'item = "pregnant"\nurgency = "soon"', "is not a key"),
        ("[[contradiction]]", "[[contradictions]]", "is not a table of this file"),
    ],
)
def test_a_mistake_in_the_file_is_refused(plant, old, new, said):
    with pytest.raises(ContentError, match=FILE) as error:
        load(plant(FILE, old, new))
    assert said in str(error.value)
