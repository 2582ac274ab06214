"""The tour in the real window: a minute, by keyboard, heard, left at any moment; and what is told on a first start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import __version__
from desktop.record.clinic import Clinic
from desktop.ui.notice_strip import NoticeStrip
from desktop.ui.preferences import Preferences
from desktop.ui.self_test import SelfTest
from desktop.ui.tour import steps
from desktop.ui.window import Window
from desktop.workstation import Workstation, read_workstation, write_workstation

from .conftest import NOW

WORDS_IN_A_MINUTE = 150
"""Slow reading."""


@pytest.fixture
def make(qtbot: QtBot, clinic: Clinic, self_test: SelfTest, tmp_path: Path) -> Callable[[], Window]:
    """As on a real workstation, which remembers."""

    def make() -> Window:
        window = Window(clinic, self_test=self_test, preferences=Preferences(tmp_path / "config"), now=lambda: NOW)
        qtbot.addWidget(window)
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return make


def strip(window: Window) -> NoticeStrip:
    return window.notices.strip


def labels(window: Window) -> list[str]:
    return [button.text() for button in strip(window).buttons]


def test_a_first_start_offers_it_and_takes_no_focus(make: Callable[[], Window], tmp_path: Path) -> None:
    window = make()
    assert labels(window) == ["Start the tour", "Not now"]
    assert not strip(window).isAncestorOf(window.focusWidget())
    strip(window).buttons[1].click()
    assert not strip(window).isVisible()
    assert read_workstation(tmp_path / "config").toured
    assert not strip(make()).isVisible()


def test_the_offer_takes_no_room_from_a_consultation(make: Callable[[], Window], demonstration: None) -> None:
    window = make()
    window.open_encounter(window.clinic.drafts()[0].encounter_uid)
    assert not strip(window).isVisible()
    window.show_room("today")
    assert strip(window).isVisible()


def test_what_was_chosen_before_is_kept(make: Callable[[], Window], tmp_path: Path) -> None:
    write_workstation(tmp_path / "config", Workstation(text_size=120, version="0.0.1", toured=True))
    window = make()
    assert labels(window) == ["What is new", "Put away"]
    strip(window).buttons[0].click()
    assert window.rooms.current == "manual"
    assert window.manual.id == "docs/new"
    assert read_workstation(tmp_path / "config") == Workstation(text_size=120, version=__version__, toured=True)
    assert not strip(make()).isVisible()


def test_it_takes_a_minute() -> None:
    assert sum(len(step.words.split()) for step in steps()) <= WORDS_IN_A_MINUTE


def test_by_enter_alone_through_every_room_it_speaks_of(
    make: Callable[[], Window], demonstration: None, qtbot: QtBot
) -> None:
    window = make()
    window.all_actions.run("tour")
    seen = []
    for step in steps():
        qtbot.waitUntil(lambda: window.notices.outline.isVisible())
        assert step.words in strip(window).accessibleName()
        seen.append(window.rooms.current)
        assert strip(window).buttons[0].hasFocus()
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert seen == [step.room for step in steps()]
    assert not strip(window).isVisible()
    assert not window.notices.outline.isVisible()


def test_escape_ends_it_and_the_room_has_the_focus(
    make: Callable[[], Window], demonstration: None, qtbot: QtBot
) -> None:
    window = make()
    window.notices.begin()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not strip(window).isVisible()
    assert window.today.isAncestorOf(window.focusWidget())


def test_one_can_work_meanwhile(make: Callable[[], Window], demonstration: None, qtbot: QtBot) -> None:
    """The frame lets clicks through, other rooms open, keys answer: nothing is modal."""
    window = make()
    window.notices.begin()
    window.show_room("library")
    assert window.rooms.current == "library"
    window.open_encounter(window.clinic.drafts()[0].encounter_uid)
    assert window.model is not None
    before = window.model.consultation.assessment
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_U)
    assert window.model.consultation.assessment is not before
    assert strip(window).isVisible()
    assert QApplication.activeModalWidget() is None


def test_each_step_is_announced(make: Callable[[], Window], demonstration: None, heard: list[str]) -> None:
    window = make()
    window.notices.begin()
    strip(window).buttons[0].click()
    assert [words.split(". ")[0] for words in heard if " of 6" in words] == ["1 of 6", "2 of 6"]


def test_no_real_consultation_is_opened_for_it(make: Callable[[], Window], demonstration: None, clinic: Clinic) -> None:
    clinic.demo = False
    window = make()
    window.notices.begin()
    for _ in steps():
        strip(window).buttons[0].click()
    assert window.model is None


def test_another_theme_leaves_it_where_it_was(make: Callable[[], Window], demonstration: None, qtbot: QtBot) -> None:
    window = make()
    window.notices.begin()
    strip(window).buttons[0].click()
    window.preferences.change(theme="dark")
    qtbot.waitUntil(lambda: strip(window).accessibleName().startswith("2 of 6"))
