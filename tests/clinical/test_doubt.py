"""A question of the safety screen in doubt has a line of its own, first in the plan: what settles it now."""

from datetime import UTC, datetime

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import CouldNotExamine, Person, Unsure
from desktop.clinical.kept import Kept

from ..prepared import shipped_content

CONTENT = shipped_content()
SCREEN = [item.id for item in CONTENT.safety_screen.items]
AT = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)


def plan_of(**answers):
    return assess(CONTENT, Person(age=44, sex="female"), answers, AT).plan


def no_to(*left_out):
    return {
        item.id: False if item.kind == "yes-no" else "no"
        for item in CONTENT.safety_screen.items
        if item.id not in left_out
    }


@pytest.mark.parametrize("doubtful", SCREEN)
def test_each_question_of_the_safety_screen_in_doubt_is_to_be_settled_now(doubtful):
    first = plan_of(**no_to(doubtful), **{doubtful: Unsure()}).immediate[0]
    label = CONTENT.items[doubtful].label
    assert first.text.startswith(f"Not sure: {label[0].lower()}{label[1:]}.")
    assert first.first
    assert "now" in first.text


def test_doubts_of_one_kind_share_a_line_and_what_could_not_be_examined_is_in_doubt():
    plan = plan_of(bladder_change=Unsure(), saddle_numbness=CouldNotExamine("on the telephone"))
    lines = [line.text for line in plan.immediate if line.text.startswith("Not sure")]
    assert len(lines) == 1
    assert "bladder change, saddle numbness" in lines[0]


def test_what_is_not_asked_or_denied_is_no_doubt_and_an_emergency_waits_for_none():
    assert plan_of(**no_to()).immediate == ()
    assert plan_of(**no_to("bladder_change")).immediate == ()
    emergency = plan_of(saddle_numbness="new", bladder_change=Unsure())
    assert not any(line.text.startswith("Not sure") for line in emergency.immediate)


def test_a_doubt_does_not_go_into_the_plan_that_was_kept_for_the_answer_before():
    kept, person = Kept(), Person(age=44, sex="female")
    for answer, lines in ((Unsure(), 1), ("no", 0), (Unsure(), 1)):
        answers = no_to("bladder_change") | {"bladder_change": answer}
        assert len(assess(CONTENT, person, answers, AT, kept=kept).plan.immediate) == lines


def test_what_rests_on_judgement_says_so_where_no_card_carries_the_mark():
    unsigned = [one for one in CONTENT.modifiers if one.tag in ("judgement", "recall")]
    assert unsigned
    assert all(one.said.endswith("Needs clinical sign-off.") for one in unsigned)
    assert plan_of(**no_to()).notes[0].endswith("Needs clinical sign-off.")
