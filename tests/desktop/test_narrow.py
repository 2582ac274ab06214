"""The narrowest window at the largest text: who it is, what is urgent and what can be done stay in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.record.encounter import LONDON, Patient
from desktop.ui.column import Column
from desktop.ui.deadline_delegate import SIDE, WHAT
from desktop.ui.examination_grid import ExaminationGrid
from desktop.ui.followup_list import FollowUpList
from desktop.ui.label import Label
from desktop.ui.patient_banner import PatientBanner
from desktop.ui.reason_strip import ReasonStrip
from desktop.ui.theme import load_theme
from desktop.ui.window import Window


@pytest.fixture
def small(make_window: Callable[..., Window]) -> Window:
    return make_window(theme=load_theme(scale=2.0), size=(1024, 768))


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def test_name_and_chips_of_the_patient_are_whole(small: Window, patient: Patient) -> None:
    small.begin(patient.uid)
    settle()
    banner = next(one for one in small.findChildren(PatientBanner) if one.isVisible())
    parts = [one for kind in (QLabel, QAbstractButton) for one in banner.findChildren(kind) if one.isVisible()]
    assert len(parts) > 6
    assert [one.text() for one in parts if not is_whole(one, banner)] == []


def test_an_unfinished_emergency_stands_before_the_patients(small: Window) -> None:
    settle()
    today = small.today
    assert below(today, today._drafts) < below(today, today._patients)
    today.search.setText("a")
    settle()
    assert below(today, today._patients) < below(today, today._drafts), "what was searched for comes first"


@pytest.mark.parametrize("room", ["today", "patients", "follow-up", "review"])
def test_nothing_is_cut_off_at_the_side(small: Window, patient: Patient, room: str) -> None:
    if room == "review":
        small.begin(patient.uid)
        small.desk.open_review()
        assert small.desk.review is not None
        small.desk.review.write_impression("")
    else:
        small.show_room(room)
    settle()
    columns = [one for one in small.findChildren(Column) if one.isVisible()]
    assert columns
    assert [one.accessibleName() for one in columns if one.widget().width() > one.viewport().width() + 1] == []


def test_how_much_of_the_safety_screen_was_asked_is_in_sight_beside_any_section(
    small: Window, patient: Patient
) -> None:
    small.begin(patient.uid)
    assert small.consultation is not None
    small.consultation.questions.show_section("examination")
    settle()
    told = [label for label in small.findChildren(Label) if label.text() == "Safety screen 0 of 13"]
    assert [label.isVisible() for label in told].count(True) == 1
    assert all(label.visibleRegion().boundingRect() == label.rect() for label in told if label.isVisible())


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [380, 420, 500, 520, 620, 680, 760, 900])
def test_no_word_of_what_must_happen_is_cut(qtbot: QtBot, qapp: QApplication, width: int, scale: float) -> None:
    """The patient stands above it, where there is no room for a column of names."""
    theme = load_theme(scale=scale)
    board = FollowUpList(theme, LONDON)
    qtbot.addWidget(board)
    board.show_all([])
    board.resize(theme.px(width), theme.px(300))
    board.show()
    settle()
    longest = QFontMetrics(theme.font("body")).horizontalAdvance("electrophoresis,")
    assert board.columnWidth(WHAT) - theme.px(SIDE + 4) >= longest


def test_the_cell_in_hand_is_in_sight(make_window: Callable[..., Window], patient: Patient) -> None:
    """WCAG 2.4.11: at 200 % a strip above came after the cell had been scrolled into sight, and hid half of it."""
    window = make_window(theme=load_theme(scale=2.0))
    window.begin(patient.uid)
    window.consultation.go_to("power_hip_flexion_left")
    settle()
    grid = next(grid for grid in window.findChildren(ExaminationGrid) if grid.isVisible())
    viewport = window.consultation.questions.column.viewport()
    cell = grid.visualRect(grid.currentIndex())
    place = QRect(grid.viewport().mapTo(viewport, cell.topLeft()), cell.size())
    assert viewport.rect().contains(place)


def test_the_reasons_of_an_override_are_in_sight(make_window: Callable[..., Window], patient: Patient) -> None:
    """At 200 % they opened, and took the keys, below the fold."""
    window = make_window(theme=load_theme(scale=2.0))
    window.begin(patient.uid)
    assert window.model is not None
    window.model.answer("fever_or_unwell", True)
    window.desk.open_review()
    assert window.desk.review is not None
    window.desk.review.write_impression("")
    settle()
    next(iter(window.rooms.panel("review").cards.values())).open_override()
    settle()
    reasons = QApplication.focusWidget()
    assert isinstance(reasons, ReasonStrip)
    shown = reasons.visibleRegion().boundingRect()
    assert shown.height() > reasons.height() // 2


def is_whole(one: QWidget, within: QWidget) -> bool:
    place = QRect(one.mapTo(within, QPoint(0, 0)), one.size())
    return within.rect().contains(place) and one.width() >= one.minimumSizeHint().width()


def below(within: QWidget, one: QWidget) -> int:
    return one.mapTo(within, QPoint(0, 0)).y()
