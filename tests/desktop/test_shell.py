"""Rooms, actions, settings, theme and text size: what holds the window together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.roles import Act
from desktop.ui import window as window_module
from desktop.ui.action import Action
from desktop.ui.preferences import Preferences
from desktop.ui.room import Room, RoomPanel
from desktop.ui.style import current_theme
from desktop.ui.window import Window
from desktop.workstation import FILE, Workstation, read_workstation, write_workstation


def rooms(window: Window) -> list[str]:
    return [window.rail.list.entries.item(row).text() for row in range(window.rail.list.entries.rowCount())]


def test_rail_has_no_empty_room(make_window: Callable[..., Window], patient: Patient) -> None:
    window = make_window()
    assert "Consultation" not in rooms(window)
    window.begin(patient.uid)
    assert rooms(window)[:2] == ["Today", "Consultation"]
    assert rooms(window)[-1] == "Settings"


def test_room_that_nobody_may_enter_is_not_on_the_rail(
    make_window: Callable[..., Window], clinic: Clinic, patient: Patient
) -> None:
    clinic.may = lambda act: act is not Act.ANSWER
    window = make_window()
    window.begin(patient.uid)
    assert "Consultation" not in rooms(window)
    assert window.rooms.current == "today"
    assert "room consultation" not in {action.id for action in window.all_actions.available()}


def test_rail_carries_a_number_in_words_too(
    make_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Room("late", "Late", "clock", lambda window: RoomPanel(), count=lambda window: 3, counted="{count} overdue")
    monkeypatch.setattr(window_module, "ROOMS", (*window_module.ROOMS, late))
    window = make_window()
    index = window.rail.list.entries.index(window.rail.list.entries.rowCount() - 1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Late, 3 overdue"


def test_panels_are_made_when_first_entered(make_window: Callable[..., Window]) -> None:
    window = make_window()
    assert window.rooms.held("settings") is None
    window.show_room("settings")
    assert window.rooms.held("settings") is not None


def test_action_waits_until_it_may(window: Window) -> None:
    done: list[str] = []
    window.all_actions.add(
        window, [Action("never", "Never", lambda: done.append("never"), needs=None, available=lambda: False)]
    )
    assert not window.all_actions.run("never")
    assert done == []


def test_shortcut_acts_only_where_its_panel_is_seen(window: Window, qtbot: QtBot) -> None:
    ids = {action.id for action in window.all_actions.available()}
    assert {"undo", "next-best", "room settings"} <= ids
    window.show_room("settings")
    assert "undo" not in {action.id for action in window.all_actions.available()}


@pytest.mark.parametrize("room", ["today", "settings"])
def test_rooms_have_keys(window: Window, qtbot: QtBot, room: str) -> None:
    """By their place among all rooms, whether or not each of them is open."""
    number = [one.id for one in window_module.ROOMS if not one.within].index(room) + 1
    qtbot.keyClick(window.focusWidget() or window, str(number), Qt.KeyboardModifier.ControlModifier)
    assert window.rooms.current == room


def test_no_two_actions_share_a_key(window: Window) -> None:
    keys = [action.key for action in window.all_actions.available() if action.key]
    assert len(keys) == len(set(keys))


def test_text_size_changes_at_once_and_nothing_is_lost(window: Window, qtbot: QtBot) -> None:
    assert window.model is not None
    qtbot.keyClick(QApplication.focusWidget(), "n")
    before, scale = window.model.in_hand, window.theme.scale
    window.all_actions.run("larger")
    assert window.theme.scale == pytest.approx(scale + 0.1)
    assert window.model.in_hand == before
    assert window.rooms.current == "consultation"
    assert current_theme().scale == window.theme.scale
    window.model.undo()
    assert not window.model.assessment.answers


def test_typed_search_survives_another_theme(make_window: Callable[..., Window], patient: Patient) -> None:
    window = make_window()
    window.today.search.setText("walk")
    window.preferences.change(theme="dark")
    assert window.today.search.text() == "walk"
    assert window.theme.name == "dark"


def test_single_keys_can_be_switched_off(window: Window, qtbot: QtBot) -> None:
    assert window.model is not None
    window.preferences.change(single_keys=False)
    qtbot.keyClick(QApplication.focusWidget(), "y")
    assert not window.model.assessment.answers
    window.preferences.change(single_keys=True)
    qtbot.keyClick(QApplication.focusWidget(), "n")
    assert len(window.model.assessment.answers) == 1


def test_without_single_keys_tab_and_space_answer(window: Window, qtbot: QtBot) -> None:
    """Nobody without a mouse could have answered: the buttons were no stops of Tab."""
    window.preferences.change(single_keys=False)
    assert window.model is not None
    window.consultation.go_to("bladder_change")
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName().startswith("New: ")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.model.assessment.answers["bladder_change"] == "new"
    window.consultation.go_to("bladder_change")
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    while not QApplication.focusWidget().accessibleName().startswith("Hesitancy"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.model.assessment.answers["bladder_features"] == {"hesitancy"}
    window.consultation.go_to("power_hip_flexion_left")
    qtbot.keyClick(QApplication.focusWidget(), "4")
    assert window.model.assessment.answers["power_hip_flexion_left"] == 4


def test_without_single_keys_a_reason_is_given_by_tab(window: Window, qtbot: QtBot) -> None:
    window.preferences.change(single_keys=False)
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    window.desk.open_review()
    panel = window.rooms.panel("review")
    panel.impression.go_on.click()
    card = next(iter(panel.cards.values()))
    card.open_override()
    reason = next(iter(card.reasons.buttons.values()))
    for _ in range(40):
        if QApplication.focusWidget() is reason:
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is reason


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("{", Workstation()),
        ("[]", Workstation()),
        ('{"theme": "pink", "text_size": 900, "single_keys": "no"}', Workstation(text_size=200)),
        ('{"theme": "dark", "recent": ["undo", 3]}', Workstation(theme="dark", recent=("undo",))),
    ],
)
def test_damaged_settings_are_left_at_their_defaults(tmp_path: Path, told: str, read: Workstation) -> None:
    (tmp_path / FILE).write_text(told, "utf-8")
    assert read_workstation(tmp_path) == read


def test_settings_come_back(tmp_path: Path, qapp: QApplication) -> None:
    Preferences(tmp_path).change(theme="contrast", text_size=150)
    assert Preferences(tmp_path).now == Workstation(theme="contrast", text_size=150)


def test_recent_actions_keep_ids_only(tmp_path: Path, qapp: QApplication) -> None:
    preferences = Preferences(tmp_path)
    for id in ("undo", "redo", "undo"):
        preferences.remember(id)
    assert json.loads((tmp_path / FILE).read_text("utf-8"))["recent"] == ["undo", "redo"]


def test_settings_that_cannot_be_written_still_hold(tmp_path: Path, qapp: QApplication) -> None:
    write_workstation(tmp_path, Workstation())
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", "utf-8")
    preferences = Preferences(in_the_way)
    preferences.change(theme="dark")
    assert preferences.now.theme == "dark"
