"""What stands on a patient's sheet: the emergency signs always, comfort only where everything was asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

import pytest

from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Answer, Person, Unsure
from desktop.clinical.content import Content
from desktop.clinical.handouts import Handouts
from desktop.clinical.patient_sheet import PatientSheet, patient_sheet
from desktop.clinical.rules import Urgency

from .conftest import AT, LONDON, Sheets, screen_with

CAUDA_EQUINA = ({"ces_saddle"}, {"ces_pee"}, {"ces_leak"}, {"ces_poo"}, {"ces_sex"}, {"ces_legs", "ces_legs_worse"})
CORD = ({"cord_limb"}, {"cord_walk"}, {"band"}, {"cough"}, {"say_cancer"})
COMFORT = {"moving", "warmth", "work", "leg_eases", "back_eases", "no_scan_why", "no_scan_again"}


def lacking(sheets: Iterable[tuple[Assessment, PatientSheet]]) -> set[str]:
    """The emergency signs that are missing where they must stand."""
    found: set[str] = set()
    for assessment, sheet in sheets:
        there = {line.id for line in sheet.lines}
        cord = CORD if assessment.answers.get("cancer_history") is not False else ()
        found |= {" or ".join(sorted(sign)) for sign in (*CAUDA_EQUINA, *cord) if not sign & there}
    return found


def test_the_emergency_signs_stand_complete_on_every_sheet(sheets: Sheets) -> None:
    assert lacking(sheets) == set()


@pytest.mark.parametrize("sign", ["ces_poo", "ces_sex", "cord_walk", "say_cancer"])
def test_a_sign_that_is_left_out_is_noticed(
    handouts: Handouts, content: Content, assessments: tuple[Assessment, ...], sign: str
) -> None:
    """The twin of the test above: it must fail when a line is taken away."""
    poorer = dataclasses.replace(handouts, lines=tuple(line for line in handouts.lines if line.id != sign))
    sheets = ((one, patient_sheet(poorer, content, one, LONDON)) for one in assessments[-50:])
    assert lacking(sheets) == {sign}


def test_every_rule_is_raised_by_one_of_the_sheets(assessments: tuple[Assessment, ...], content: Content) -> None:
    raised = {flag.rule.id for assessment in assessments for flag in assessment.flags}
    assert [rule.id for rule in content.rules if rule.id not in raised] == []


def test_every_line_stands_on_one_of_the_sheets(variants: Mapping[str, PatientSheet], handouts: Handouts) -> None:
    """None is an orphan: each is brought by some answers."""
    on_paper = {line.id for sheet in variants.values() for line in sheet.lines}
    body = {"emergency", "same-day", "pain", "no-scan", "next", "lead", "title", "emergency-head", "emergency-close"}
    alone = ("no_plan", "go_now")  # Only with a practice's own rules, and with nothing raised at all.
    assert {line.id for line in handouts.lines if line.part in body} - on_paper <= set(alone)


def test_comfort_only_where_the_whole_screen_was_answered(sheets: Sheets) -> None:
    for assessment, sheet in sheets:
        if {line.id for line in sheet.lines} & COMFORT:
            assert assessment.complete
            assert assessment.urgency <= Urgency.soon


def test_whoever_is_sent_now_reads_that_first(sheets: Sheets) -> None:
    for assessment, sheet in sheets:
        lead = [line.id for line in sheet.lead if line.id.startswith("go_")]
        assert len(lead) == (assessment.urgency is Urgency.emergency)


def test_when_we_meet_again_is_never_left_open(variants: Mapping[str, PatientSheet]) -> None:
    for sheet in variants.values():
        assert sheet.sections[-1].head.id == "next_head"
        assert sheet.sections[-1].lines


def test_nothing_asked_warns_of_everything(content: Content, sheet_of: Callable[..., PatientSheet]) -> None:
    lines = {line.id for line in sheet_of(assess(content, Person(), {}, AT)).lines}
    assert {"cord_limb", "cord_walk", "very_ill", "say_cancer", "no_plan"} <= lines
    assert not lines & COMFORT


@pytest.mark.parametrize("answer", [True, Unsure(), None])
def test_cord_signs_unless_cancer_was_denied(
    content: Content, sheet_of: Callable[..., PatientSheet], answer: Answer | None
) -> None:
    answers = {"cancer_history": answer} if answer is not None else {}
    assert "cord_walk" in {line.id for line in sheet_of(assess(content, Person(50), answers, AT)).lines}


@pytest.mark.parametrize(
    ("given", "there", "not_there"),
    [
        ({}, {"weaker", "unsteady"}, {"cord_walk", "say_cancer", "band"}),
        (
            {"radicular_pain": True, "pain_duration_weeks": 3.0},
            {"title_leg", "leg_eases", "no_scan_why"},
            {"see_1_week"},
        ),
        ({"pain_duration_weeks": 3.0, "radicular_pain": False}, {"back_eases", "not_better"}, {"leg_eases"}),
        ({"bladder_change": "old"}, {"emergency_head_worse"}, {"emergency_head", "moving"}),
        ({"bilateral_leg_symptoms": "old"}, {"ces_legs_worse"}, {"ces_legs"}),
        ({"saddle_numbness": "new"}, {"go_ae", "home_again"}, {"stay_near", "emergency_head_worse"}),
        ({"cancer_history": True, "limb_weakness": "new"}, {"go_call", "lie", "cord_limb"}, {"weaker", "bloods"}),
        ({"cancer_history": True, "progressive": True}, {"stay_near", "spare_back", "cough"}, {"go_now", "lie"}),
        ({"acutely_ill": True}, {"go_999"}, {"go_ae", "go_call"}),
        ({"anticoagulant": True}, {"no_ibuprofen_blood"}, {"no_ibuprofen"}),
        ({"steroid_use": True}, {"steroids"}, {"no_ibuprofen"}),
        ({"can_get_help": False}, {"help_home"}, set()),
        ({"fever_or_unwell": True}, {"very_ill", "skin"}, {"back_eases"}),
    ],
)
def test_answers_bring_their_lines(
    content: Content, sheet_of: Callable[..., PatientSheet], given: dict[str, Answer], there: set[str],
    not_there: set[str],
) -> None:  # fmt: skip
    lines = {line.id for line in sheet_of(assess(content, Person(40, "male"), screen_with(content) | given, AT)).lines}
    assert (there - lines, not_there & lines) == (set(), set())


def test_days_are_those_of_the_practice(content: Content, handouts: Handouts) -> None:
    given: dict[str, Answer] = {"cancer_history": True}
    sheet = patient_sheet(handouts, content, assess(content, Person(60), given | {"pain_course": "new"}, AT), LONDON)
    assert "Mon\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}Nov" in {
        piece.text for line in sheet.lines for piece in line.pieces if piece.filled
    }


def test_the_front_of_the_card_has_at_most_sixty_words(variants: Mapping[str, PatientSheet]) -> None:
    assert max(map(words_on_the_front, variants.values())) <= 60


def words_on_the_front(sheet: PatientSheet) -> int:
    lines = (sheet.card.head, *sheet.card.signs, sheet.card.close)
    return sum(len(line.words.split()) for line in lines)


def test_the_card_has_every_emergency_sign(variants: Mapping[str, PatientSheet]) -> None:
    needed = {"ces_saddle_card", "ces_pee_card", "ces_poo_card", "ces_sex_card"}
    for sheet in variants.values():
        there = {line.id for line in sheet.card.signs}
        assert needed <= there
        assert there & {"ces_legs_card", "ces_legs_worse_card"}
        assert {"cord_limb_card", "cord_walk_card"} <= there or "cord_walk" not in {line.id for line in sheet.lines}
