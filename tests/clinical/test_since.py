"""What the record says has become worse since the last visit, and what it leaves open."""

from datetime import UTC, datetime

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person, Range, Said, Unsure
from desktop.clinical.since import since_last_visit

from ..prepared import shipped_content

CONTENT = shipped_content()
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
KNEE, FOOT = "power_knee_extension_left", "power_ankle_dorsiflexion_right"
NO = dict.fromkeys(("bladder_change", "bowel_change", "saddle_numbness", "sexual_change"), "no")


@pytest.mark.parametrize(
    ("then", "now", "less"),
    [
        ({KNEE: 5}, {KNEE: 4}, True),
        ({KNEE: 4, FOOT: 5}, {KNEE: 5, FOOT: 4}, True),
        ({KNEE: 5, FOOT: 5}, {KNEE: 4}, True),
        ({KNEE: 4}, {KNEE: 4}, False),
        ({KNEE: 4}, {KNEE: 5}, False),
        ({KNEE: 4}, {KNEE: 4, FOOT: 2}, False),
        ({KNEE: 5, FOOT: 5}, {KNEE: 5}, None),
        ({KNEE: 5}, {}, None),
        ({}, {KNEE: 3}, None),
        ({KNEE: Said("normal")}, {KNEE: Said("reduced")}, True),
        ({KNEE: Said("reduced")}, {KNEE: 3}, None),
        ({KNEE: Range(3, 4)}, {KNEE: 2}, True),
        ({KNEE: Unsure()}, {KNEE: 2}, None),
    ],
)
def test_power_is_compared_movement_by_movement(then, now, less):
    assert since_last_visit(CONTENT, Person(50), then, now).get("weaker_since") is less


@pytest.mark.parametrize(
    ("then", "now", "began"),
    [
        (NO, NO | {"bladder_change": "old"}, True),
        (NO, NO | {"saddle_numbness": "new"}, True),
        (NO, {"sexual_change": "old"}, True),
        (NO, NO, False),
        (NO | {"bladder_change": "old"}, NO | {"bladder_change": "new"}, False),
        ({}, NO, False),
        ({}, NO | {"bladder_change": "old"}, None),
        (NO, {"bladder_change": "no"}, None),
        (NO, NO | {"bladder_change": Unsure()}, None),
    ],
)
def test_a_change_that_was_denied_began_since(then, now, began):
    assert since_last_visit(CONTENT, Person(50), then, now).get("cauda_since") is began


def test_the_comparison_raises_its_rule_and_counts_as_nothing_else():
    today = {FOOT: 4}
    compared = since_last_visit(CONTENT, Person(50), {FOOT: 5, **NO}, today)
    found = assess(CONTENT, Person(50), compared | today, AT)
    assert "R57" in {flag.rule.id for flag in found.flags}
    assert "bladder_change" in found.not_asked
    assert found.safety_screen.asked == 0


def test_what_the_clinician_answers_stands():
    today = {FOOT: 4, "weaker_since": False}
    found = assess(CONTENT, Person(50), since_last_visit(CONTENT, Person(50), {FOOT: 5}, today) | today, AT)
    assert "R57" not in {flag.rule.id for flag in found.flags}
