"""An emergency opened again in the smallest window: what is said about resuming takes room from the questions alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.plan_row import PlanRow
from desktop.ui.resumed_strip import ResumedStrip
from desktop.ui.window import Window

from .test_assessment_column import settle


@pytest.fixture
def window(make_window: Callable[..., Window], demonstration: None) -> Window:
    window = make_window()
    draft = next(one for one in window.clinic.drafts() if one.urgency_word == "emergency")
    window.open_encounter(draft.encounter_uid)
    settle()
    return window


def strip_of(window: Window) -> ResumedStrip:
    return next(one for one in window.findChildren(ResumedStrip) if one.isVisible())


def top(window: Window, widget: QWidget) -> int:
    return widget.mapTo(window, QPoint()).y()


def test_the_columns_beside_the_questions_keep_their_height(window: Window) -> None:
    strip, panel = strip_of(window), window.consultation
    sections, assessment = panel.sections, panel.assessment  # type: ignore[union-attr]
    before = sections.height(), assessment.height()
    assert panel.middle.height() < sections.height() == assessment.height()  # type: ignore[union-attr]
    strip.close_button.click()
    settle()
    assert (sections.height(), assessment.height()) == before
    assert panel.middle.height() == sections.height()  # type: ignore[union-attr]


def test_the_first_line_of_the_plan_is_in_sight_whole_and_the_next_begins(window: Window) -> None:
    first, second, *_ = sorted(
        (row for row in window.findChildren(PlanRow) if row.isVisible()), key=lambda row: top(window, row)
    )
    assert top(window, first) + first.height() <= top(window, second) < top(window, window.status)


@pytest.mark.parametrize("height", [900, 768, 660, 560])
def test_help_is_shown_by_the_paragraph_or_not_at_all(window: Window, height: int) -> None:
    """Its head says which key has it; a sliver of two lines to scroll in helps nobody."""
    window.resize(1366, height)
    settle()
    sections = window.consultation.sections  # type: ignore[union-attr]
    room, shown = sections._column.height(), sections._why.isVisible()
    line = sections._why.fontMetrics().lineSpacing()
    assert shown is (room >= 5 * line)
    assert sections.list.verticalScrollBar().maximum() == 0 or not shown


def test_in_one_column_it_stands_over_everything(window: Window, qapp: QApplication) -> None:
    window.resize(800, 768)
    settle()
    strip = strip_of(window)
    assert strip.width() == window.consultation.width()  # type: ignore[union-attr]
    window.consultation.tabs.choose(1)  # type: ignore[union-attr]
    settle()
    assert window.consultation.assessment.width() == strip.width()  # type: ignore[union-attr]
    window.resize(1366, 768)
    settle()
    assert strip.width() == window.consultation.middle.width()  # type: ignore[union-attr]
