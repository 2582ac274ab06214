"""A weak movement or a reduced reflex names its root; what was not examined names nothing."""

from __future__ import annotations

import re

import pytest

from desktop.clinical.checklist import Answer, CouldNotExamine, Range, Said, Unsure
from desktop.clinical.levels import LevelTable, findings, is_weak, level_words, load_levels

from ..prepared import shipped_content

DORSIFLEXION_LEFT = "power_ankle_dorsiflexion_left"
BIG_TOE_LEFT = "power_toe_extension_left"


@pytest.fixture(scope="module")
def table() -> LevelTable:
    return load_levels()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, ""),
        ({DORSIFLEXION_LEFT: 5.0}, ""),
        ({DORSIFLEXION_LEFT: Unsure()}, ""),
        ({DORSIFLEXION_LEFT: CouldNotExamine("plaster cast")}, ""),
        ({"reflex_knee_left": "normal"}, ""),
        ({DORSIFLEXION_LEFT: 4.0}, "Weak ankle dorsiflexion (4/5) left: L4."),
        ({DORSIFLEXION_LEFT: 0}, "Weak ankle dorsiflexion (0/5) left: L4."),
        ({DORSIFLEXION_LEFT: Said("reduced")}, "Weak ankle dorsiflexion left: L4."),
        ({"power_finger_abduction_right": 3.0}, "Weak finger abduction (3/5) right: T1."),
        ({"reflex_knee_left": "reduced"}, "Reduced knee reflex left: L3 or L4."),
        ({"reflex_ankle_right": "absent"}, "Absent ankle reflex right: S1."),
        (
            {DORSIFLEXION_LEFT: 4.0, "reflex_knee_left": "reduced"},
            "Weak ankle dorsiflexion (4/5) and reduced knee reflex left: L4.",
        ),
        (
            {DORSIFLEXION_LEFT: 4.0, BIG_TOE_LEFT: 4.0},
            "Weak ankle dorsiflexion (4/5) and weak big toe extension (4/5) left: L4 and L5."
            " Several roots, or both sides, need a full examination.",
        ),
        (
            {DORSIFLEXION_LEFT: 4.0, "reflex_knee_right": "absent"},
            "Absent knee reflex right: L3 or L4. Weak ankle dorsiflexion (4/5) left: L4."
            " Several roots, or both sides, need a full examination.",
        ),
        ({"reflex_knee_left": "brisk"}, "Brisk reflexes with weakness point to the cord, not to a root."),
    ],
)
def test_words(table: LevelTable, answers: dict[str, Answer], words: str) -> None:
    assert level_words(table, answers) == words


@pytest.mark.parametrize(
    ("answer", "weak"),
    [
        (None, False),
        (True, False),
        (5, False),
        (4.0, True),
        (0.0, True),
        (Range(0, 3), True),
        (Range(3, 5), False),
        (Range(0, 5, high_open=True), True),
        (Said("normal"), False),
    ],
)
def test_weak_is_four_or_less(answer: Answer | None, weak: bool) -> None:
    assert is_weak(answer) is weak


def test_every_cell_is_a_question_of_the_checklist_with_the_same_root(table: LevelTable) -> None:
    items = shipped_content().items
    power_and_reflexes = {id for id in items if id.startswith(("power_", "reflex_"))}
    assert set(table.items()) == power_and_reflexes
    for movement in table.movement:
        assert re.findall(r"\((\w+)\)", items[movement.item("left")].label) == [movement.level]
    for reflex in table.reflex:
        assert all(level in items[reflex.item("right")].label for level in reflex.levels)


def test_right_stands_before_left(table: LevelTable) -> None:
    both: dict[str, Answer] = {movement.item(side): 4.0 for movement in table.movement for side in ("left", "right")}
    assert [one.side for one in findings(table, both)] == ["right", "left"]
