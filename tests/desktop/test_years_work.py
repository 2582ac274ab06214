"""The invented practice is written while the rooms are used; the status line says so, and then the rooms show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from db.store import Store
from desktop.clinical.content import Content
from desktop.record.demonstration_years import Step, Years, add_practice
from desktop.ui.label import Label
from desktop.ui.window import Window
from desktop.ui.years_work import YearsWork

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


@pytest.fixture
def work(make_window: Callable[..., Window], store: Store, content: Content) -> Iterator[YearsWork]:
    """Of the last four visits. Stopped before the store is closed: it would go on in the test that comes after."""

    def steps() -> Iterator[Step]:
        add_practice(store, NOW)
        years = Years(store, content, NOW)
        years.visits = years.visits[-4:]
        return years.write()

    work = YearsWork(make_window(), steps)
    yield work
    work.stop()


def test_rooms_can_be_used_at_once_and_show_it_when_it_is_there(qtbot: QtBot, work: YearsWork) -> None:
    window = work.window
    assert not window.clinic.patients()  # nothing was done before the window stood there
    work._timer.start(0)
    qtbot.waitUntil(lambda: "visit" in window.status._work.text(), timeout=5000)
    assert window.status._work.isVisible()
    qtbot.waitUntil(lambda: not work.running, timeout=20_000)
    assert not window.status._work.isVisible()
    assert len(window.clinic.patients()) == 20
    assert window.clinic.board.counts()[1] > 0
    window.show_room("patients")
    said = [label.text() for label in window.rooms.panel("patients").findChildren(Label)]
    assert "the first 20 by name" in said


def test_it_waits_while_somebody_types(qtbot: QtBot, work: YearsWork) -> None:
    work.go_on()
    work._touched = 0.0
    qtbot.keyClick(work.window, Qt.Key.Key_Tab)
    work.go_on()
    assert not work.window.clinic.patients()


def test_a_store_that_refuses_stops_it_and_it_is_told(work: YearsWork, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Iterator[Step]:
        raise DiskFull(Path("backstop.db"))

    work._make = refuse
    work.go_on()
    work._touched = 0.0
    with pytest.raises(DiskFull):
        work.go_on()
    assert not work.running
