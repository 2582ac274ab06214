"""Digits as other keyboards give them: with Shift in France, from the keypad, and signs that only look like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.flag_decision_card import FlagDecisionCard
from desktop.ui.window import Window

from . import accessible_walk as walk

SHIFT, KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
DIGITS = {"with Shift": SHIFT, "from the keypad": KEYPAD}
HIP = "power_hip_flexion_left"


@pytest.fixture
def window(window: Window) -> Window:
    walk.settle()
    return window


def press(sign: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, modifier, sign))
    walk.settle()


def choice(window: Window) -> Callable[[], object]:
    window.consultation.go_to("pain_course")
    return lambda: window.model.assessment.answers.get("pain_course")


def several(window: Window) -> Callable[[], object]:
    window.consultation.go_to("pain_site")
    return lambda: window.model.assessment.answers.get("pain_site")


def cell(window: Window) -> Callable[[], object]:
    window.consultation.go_to(HIP)
    return lambda: window.model.assessment.answers.get(HIP)


def why_not_examined(window: Window) -> Callable[[], object]:
    window.consultation.go_to(HIP)
    press("x")
    return lambda: window.model.assessment.answers.get(HIP)


def why_set_aside(window: Window) -> Callable[[], object]:
    window.model.answer("bladder_change", "new")
    window.desk.open_review()
    window.rooms.panel("review").model.write_impression("strain")  # type: ignore[attr-defined]
    walk.settle()
    card = next(one for one in window.findChildren(FlagDecisionCard) if one.isVisible())
    card.open_override()
    walk.settle()
    return lambda: card.reasons.chosen or None


PLACES = [choice, several, cell, why_not_examined, why_set_aside]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("modifier", DIGITS.values(), ids=DIGITS)
def test_a_digit_is_one_however_it_is_typed(
    window: Window, place: Callable[[Window], Callable[[], object]], modifier: Qt.KeyboardModifier
) -> None:
    given = place(window)
    assert given() is None
    press("2", modifier)
    assert given() is not None


@pytest.mark.parametrize("place", PLACES)
def test_what_only_looks_like_a_digit_is_none(window: Window, place: Callable[[Window], Callable[[], object]]) -> None:
    """The ² left of the French 1, and a circled one: Python calls both a digit, and neither is a number."""
    given = place(window)
    for sign in "²①":
        press(sign)
        assert given() is None
