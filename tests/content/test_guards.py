"""Decisions §4.1: what one feature alone must not do. An adult, the safety screen all *no*, and one thing more.

Each is tried at several ages, for both sexes, with nothing else asked and with everything else asked and harmless.
"""

from itertools import product

import pytest

from desktop.clinical.checklist import Person
from desktop.clinical.condition import verdict
from desktop.clinical.knowledge import is_hidden, know
from desktop.clinical.rules import Urgency

from ..prepared import shipped_content

CONTENT = shipped_content()
SCREEN = {
    item.id: "no" if item.kind == "choice" else False
    for item in CONTENT.items.values()
    if item in CONTENT.safety_screen.items
}
NORMAL = {
    "pain_course": "new",
    "pain_duration_weeks": 2,
    "pain_site": frozenset({"lumbar"}),
    "pain_score": 4,
    "onset_age": 40,
    "leg_pain_extent": "none",
    "abdominal_aorta": "normal",
    "start_back_risk": "low",
    "temperature": 36.7,
    "heart_rate": 70,
    "respiratory_rate": 14,
    "systolic_bp": 130,
    "height_loss_cm": 0,
    "haemoglobin": 140,
    "adjusted_calcium": 2.3,
    "egfr": 85,
    "crp": 3,
    "esr": 8,
    "plasma_viscosity": 1.6,
    "psa": 1,
    "white_cells": 7,
    "roland_morris_total": 4,
    "imaging_finding": frozenset({"nothing_serious"}),
    "can_get_help": True,
}
ADULTS = (18, 39, 49, 55, 64, 80)

# Feature, answers, and the ages of the guard where it names any.
ROUTINE = [
    ("age 50", {}, (50,)),
    ("age 60", {}, (60,)),
    ("age 70", {}, (70,)),
    ("night pain that disturbs", {"night_pain": "disturbs"}, ADULTS),
    ("night pain that forces up", {"night_pain": "forces_up"}, ADULTS),
    ("thoracic pain", {"pain_site": frozenset({"thoracic"})}, ADULTS),
    ("neck pain", {"pain_site": frozenset({"cervical"})}, ADULTS),
    ("a high pain score", {"pain_score": 10}, ADULTS),
    ("progressive", {"progressive": True}, ADULTS),
    ("severe and unremitting", {"severe_unremitting": True, "constant_pain": True}, ADULTS),
    ("band-like", {"band_like": True}, ADULTS),
    ("first episode", {"first_episode": True}, ADULTS),
    ("no better at 6 weeks", {"no_improvement": True, "pain_duration_weeks": 6}, (18, 39, 49, 59)),
    ("worse on straining", {"straining_pain": True}, ADULTS),
    ("mechanical", {"mechanical_pain": True}, ADULTS),
    ("constant", {"constant_pain": True}, ADULTS),
    ("root pain of 5 weeks", {"radicular_pain": True, "pain_duration_weeks": 5}, ADULTS),
    ("straight leg raise", {"slr_left": True}, ADULTS),
    ("crossed leg raise", {"crossed_slr": True}, ADULTS),
    ("a reduced reflex", {"reflex_ankle_left": "reduced"}, ADULTS),
    ("claudication eased by sitting", {"claudication": True, "eased_by_sitting": True}, ADULTS),
    ("buttock pain", {"buttock_pain": True}, ADULTS),
    ("diabetes", {"diabetes": True}, ADULTS),
    ("steroids", {"steroid_use": True}, ADULTS),
    ("osteoporosis", {"osteoporosis": True}, ADULTS),
    ("ever injected drugs", {"iv_drug_use": True}, ADULTS),
    ("tuberculosis risk", {"tb_risk": True}, ADULTS),
    ("smoking", {"ever_smoked": True}, ADULTS),
    ("vascular risk", {"vascular_risk": True}, ADULTS),
    ("anticoagulant", {"anticoagulant": True}, ADULTS),
    ("tired", {"fatigue": True}, ADULTS),
    ("night sweats", {"night_sweats": True}, ADULTS),
    ("belly pain", {"abdominal_pain": True}, ADULTS),
    ("a low injury", {"injury": True, "injury_energy": "low", "injury_recent": True}, (18, 39, 49, 64)),
    ("a minor strain", {"minor_strain_onset": True}, (18, 39, 49, 64, 74)),
    ("spinal tenderness", {"spinal_tenderness": True}, (18, 39, 49, 64)),
    ("sudden onset", {"sudden_severe_pain": True, "pain_tearing": False, "arm_bp_difference": 5}, (18, 39, 49)),
    ("HLA-B27", {"hla_b27": True, "onset_age": 18, "pain_duration_weeks": 39}, (18, 39, 49)),
]
SOON = [
    ("numbness only", {"limb_numbness": "new"}, ADULTS),
    ("numbness of a root", {"radicular_pain": True, "limb_numbness": "new", "sensory_loss_dermatomal": True}, ADULTS),
    ("old weakness, reported", {"limb_weakness": "old"}, ADULTS),
    ("old sexual change", {"sexual_change": "old"}, ADULTS),
    ("old unsteadiness", {"gait_unsteady": "old"}, ADULTS),
    ("six weeks at 60 and over", {"pain_duration_weeks": 6}, (60, 80)),
    ("fragility pattern", {"steroid_use": True, "minor_strain_onset": True}, ADULTS),
    ("fragility pattern by tenderness", {"osteoporosis": True, "spinal_tenderness": True}, ADULTS),
    ("prostate symptoms", {"prostate_symptoms": True}, ADULTS),
    ("a marker mildly raised", {"crp": 14, "inflammation_unexplained": True, "inflammation_persistent": False}, ADULTS),
    ("calcium 2.6, well", {"adjusted_calcium": 2.6}, ADULTS),
    ("calcium 2.99, well", {"adjusted_calcium": 2.99}, ADULTS),
    ("prominent aorta", {"abdominal_aorta": "prominent"}, ADULTS),
]
URGENT = [
    ("new pain in both legs", {"bilateral_leg_symptoms": "new", "bilateral_numbness": False}, ADULTS),
    ("steady bladder change", {"bladder_change": "old", "bladder_features": frozenset({"hesitancy"})}, ADULTS),
    ("steady bowel change", {"bowel_change": "old"}, ADULTS),
    ("steady saddle change", {"saddle_numbness": "old"}, ADULTS),
    ("new weakness, not measured", {"limb_weakness": "new", "weakness_sides": "one_leg"}, ADULTS),
    ("power 4 of 5", {"power_ankle_dorsiflexion_left": 4}, ADULTS),
    ("an upgoing plantar", {"plantars_upgoing": True}, ADULTS),
    ("clonus", {"clonus": True}, ADULTS),
    ("Hoffmann", {"hoffmann": True}, ADULTS),
    ("another cord sign", {"other_cord_sign": True}, ADULTS),
    ("weight loss", {"weight_loss": True, "weight_loss_percent": 8}, ADULTS),
    ("infection risk, unremitting", {"iv_drug_use": True, "severe_unremitting": True}, ADULTS),
    ("infection risk, forced up", {"immunosuppressed": True, "night_pain": "forces_up"}, ADULTS),
    ("infection risk, point pain", {"recent_infection": True, "spinal_tenderness": True}, ADULTS),
]
GUARDS = [
    pytest.param(answers, ages, highest, id=f"{name}: {highest.word} at most")
    for guards, highest in ((ROUTINE, Urgency.routine), (SOON, Urgency.soon), (URGENT, Urgency.urgent))
    for name, answers, ages in guards
]


def harmless(item):
    """The answer that says nothing is wrong."""
    if item.id in NORMAL:
        return NORMAL[item.id]
    match item.kind:
        case "yes-no":
            return False
        case "choice":
            return "no" if "no" in item.choices else "normal" if "normal" in item.choices else None
        case "multi":
            return frozenset()
        case "number" if item.id.startswith("power_"):
            return 5
    return None


def all_else(person, answers):
    """Everything else that is shown, answered harmlessly, whatever opens it first."""
    found = SCREEN | answers
    for item in CONTENT.items.values():
        answer = harmless(item)
        if item.id not in found and answer is not None and not is_hidden(CONTENT, item, know(CONTENT, person, found)):
            found[item.id] = answer
    return found


def raised(person, answers):
    knowledge = know(CONTENT, person, answers)
    return {rule.id: rule.level for rule in CONTENT.rules if verdict(CONTENT.condition(rule.when), knowledge)}


def above(highest, answers, ages):
    """The rules that go too far, and for whom."""
    for age, sex in product(ages, ("female", "male")):
        person = Person(age=age, sex=sex)
        for asked in ("nothing else asked", "all else harmless"):
            given = all_else(person, answers) if asked == "all else harmless" else SCREEN | answers
            yield from (
                (rule, level.word, age, sex, asked) for rule, level in raised(person, given).items() if level > highest
            )


@pytest.mark.parametrize(("answers", "ages", "highest"), GUARDS)
def test_one_feature_alone_is_not_triaged_too_high(answers, ages, highest):
    assert list(above(highest, answers, ages)) == []


@pytest.mark.parametrize("age", [*range(16, 100, 4)])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_harmless_answers_to_everything_raise_routine_flags_only(age, sex):
    person = Person(age=age, sex=sex)
    assert raised(person, all_else(person, {})) == {"R44": Urgency.routine}


def test_a_feature_that_counts_for_more_would_be_found():
    found = {rule for rule, *_ in above(Urgency.routine, {"limb_weakness": "new"}, (40,))}
    assert found == {"R38", "R38a"}


def test_the_features_are_items_with_answers_of_theirs():
    named = {id for _, answers, _ in (*ROUTINE, *SOON, *URGENT) for id in answers}
    assert named | NORMAL.keys() <= CONTENT.items.keys()
