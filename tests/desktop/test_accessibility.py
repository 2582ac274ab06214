"""Keyboard and screen reader in every room, in the process itself; the real tree is in test_accessibility_tree.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.record.encounter import Patient
from desktop.ui.answer_row import AnswerRow
from desktop.ui.column import Column
from desktop.ui.nav_list import ID
from desktop.ui.options import Options
from desktop.ui.rooms import ROOMS
from desktop.ui.theme import load_theme
from desktop.ui.window import Window

from . import accessible_walk as walk

PLACES = [room.id for room in ROOMS]
PAGES = ["appearance", "practice", "directory", "backups", "about"]


@pytest.fixture
def window(make_window: Callable[..., Window], demonstration: None) -> Window:
    """The most urgent of the invented patients, resumed."""
    window = make_window()
    draft = next(one for one in window.clinic.drafts() if one.patient.family == "Larkspur")
    window.open_encounter(draft.encounter_uid)
    walk.settle()
    return window


def go_to(window: Window, place: str) -> None:
    if place == "review":
        window.desk.open_review()
    elif place == "flags":
        window.desk.open_review()
        walk.settle()
        window.rooms.panel("review").impression.go_on.click()  # type: ignore[attr-defined]
    elif place in PAGES:
        window.show_settings(place)
    else:
        window.show_room(place)
    walk.settle()


@pytest.mark.parametrize("place", [*PLACES, *PAGES])
def test_names_sizes_and_the_way_of_tab(window: Window, place: str) -> None:
    go_to(window, place)
    assert window.isActiveWindow(), "something flashed up as a window and took the keyboard"
    assert walk.unnamed(window) == set()
    assert walk.too_small(window) == {}
    stops = walk.round_of_tab(window, looking=False)
    assert walk.not_reached(window, stops) == set()
    assert list(walk.turned_back(stops)) == []


def test_tab_goes_from_the_search_to_who_was_found(window: Window, qtbot: QtBot) -> None:
    """The rows are made anew, those of what was left unfinished first."""
    window.show_room("today")
    walk.settle()
    for typed in ("", "yarr"):
        window.today.search.setText(typed)
        walk.settle()
        window.today.search.setFocus()
        walk.press(window, Qt.Key.Key_Tab)
        assert window.today._patients.isAncestorOf(QApplication.focusWidget())


LOOKED_AT = ["today", "consultation", "review", "flags"]
LATER = ["patients", "follow-up", "audit", "library", *PAGES]


@pytest.mark.parametrize("place", [*LOOKED_AT, *(pytest.param(one, marks=pytest.mark.heavy) for one in LATER)])
def test_focus_is_seen_where_it_goes(window: Window, place: str) -> None:
    go_to(window, place)
    stops = walk.round_of_tab(window)
    assert len(stops) > 3
    assert {words for words in walk.unseen(stops) if "ExaminationGrid" not in words} == set()


def test_the_walk_finds_what_is_wrong(window: Window) -> None:
    """The known-bad twin: small, without a name, and no sign of the focus."""

    class Blind(QPushButton):
        def paintEvent(self, event: object) -> None:
            return None

    blind = Blind(window)
    blind.setGeometry(600, 5, 20, 20)
    blind.show()
    assert any("Blind" in words for words in walk.unnamed(window))
    assert any("Blind" in words for words in walk.too_small(window))
    blind.setFocus()
    stops = walk.round_of_tab(window, most=1)
    assert any("Blind" in words for words in walk.unseen(stops))


def test_a_new_flag_is_announced_and_the_focus_stays(
    make_window: Callable[..., Window], patient: Patient, heard: list[str]
) -> None:
    window = make_window()
    window.begin(patient.uid)
    assert window.model is not None
    before = QApplication.focusWidget()
    window.model.answer("cancer_history", True)
    window.model.answer("limb_weakness", "new")
    assert any(words.startswith("Emergency") for words in heard)
    assert QApplication.focusWidget() is before


def test_what_a_screen_reader_presses_is_recorded(make_window: Callable[..., Window], patient: Patient) -> None:
    """Its *toggle* goes past every click: a *Yes* was shown that nobody had written down."""
    window = make_window()
    window.begin(patient.uid)
    QApplication.processEvents()
    assert window.model is not None
    toggle(rows_by_id(window)["cancer_history"].buttons[True])
    assert window.model.assessment.answers["cancer_history"] is True
    assert rows_by_id(window)["cancer_history"].buttons[True].isChecked()
    toggle(rows_by_id(window)["cancer_history"].buttons[True])
    assert "cancer_history" not in window.model.assessment.answers
    assert not rows_by_id(window)["cancer_history"].buttons[True].isChecked()


def test_an_option_toggled_by_a_screen_reader_is_chosen(qtbot: QtBot) -> None:
    options = Options(load_theme(), "Copies", {"1": "1", "2": "2"}, "1")
    qtbot.addWidget(options)
    with qtbot.waitSignal(options.chosen) as chosen:
        toggle(options.buttons["2"])
    assert chosen.args == ["2"]
    assert [button.isChecked() for button in options.buttons.values()] == [False, True]


def rows_by_id(window: Window) -> dict[str, AnswerRow]:
    return {row.item.id: row for row in window.findChildren(AnswerRow) if row.isVisible()}


def toggle(button: QAbstractButton) -> None:
    face = QAccessible.queryAccessibleInterface(button)
    assert face is not None
    action = face.actionInterface()
    assert action is not None
    assert "Toggle" in action.actionNames()
    action.doAction("Toggle")
    for _ in range(3):
        QApplication.processEvents()


def test_a_line_of_a_list_pressed_by_a_screen_reader_is_chosen(window: Window) -> None:
    """Qt selects it then, which shows a room on the rail as the one that is open, and opened nothing."""
    rail = QAccessible.queryAccessibleInterface(window.rail.list)
    for place in range(rail.childCount()):
        index = window.rail.list.entries.index(place, 0)
        if index.data(ID) != window.rooms.current:
            rail.child(place).actionInterface().doAction("Toggle")
            assert window.rooms.current == index.data(ID)


def test_arrows_over_a_list_choose_nothing(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Down)
    assert window.rooms.current == "consultation"


def test_a_question_is_a_group(window: Window) -> None:
    window.show_room("consultation")
    rows = [row for row in window.findChildren(AnswerRow) if row.isVisible()]
    assert {walk.role_of(row) for row in rows} == {QAccessible.Role.Grouping}


def test_a_scroll_area_asked_for_a_child_that_is_not_there(qapp: QApplication, qtbot: object) -> None:
    """Qt's own face of it ends the process; a screen reader asks so where a room was left meanwhile."""
    column = Column(load_theme(), "Questions")
    column.add(QWidget())
    face = QAccessible.queryAccessibleInterface(column)
    assert face.childCount() > 0
    assert face.child(face.childCount() + 1) is None
    assert face.text(QAccessible.Text.Name) == "Questions"


def test_a_page_of_the_settings_pressed_from_inside_another_leaves_the_focus_at_the_list(window: Window) -> None:
    """Where a reader presses the list by the tree the focus stays in the page, which then is hidden with it."""
    window.show_settings("backups")
    walk.settle()
    panel: Any = window.rooms.panel("settings")
    walk.focusable(panel.column)[0].setFocus()
    panel.show_page("about")
    assert QApplication.focusWidget() is panel.list
    assert panel.column.accessibleName() == "About"
