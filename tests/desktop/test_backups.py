"""Backups in the window: made by themselves without holding it up, restored in three clicks, checked with progress."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from desktop.record.backups import Backups, GivenUp
from desktop.ui import backups_page
from desktop.ui.background import Background
from desktop.ui.backup_keeper import BackupKeeper
from desktop.ui.backups_page import BackupsPage
from desktop.ui.slowly import Slowly


@pytest.fixture
def page(window) -> BackupsPage:  # type: ignore[no-untyped-def]
    window.show_settings("backups")
    return window.findChild(BackupsPage)


def test_one_is_made_by_itself_and_shown(window, page, qtbot) -> None:  # type: ignore[no-untyped-def]
    with qtbot.waitSignal(window.keeper.work.idle, timeout=20_000):
        window.keeper.look()
    qtbot.waitUntil(lambda: page.restore.list.count() == 1)
    assert "It was opened and checked" in page.last.text()
    assert not window.clinic.backups.due()


def test_three_clicks_put_one_back(window, page, qtbot) -> None:  # type: ignore[no-untyped-def]
    before = len(window.clinic.drafts())
    with qtbot.waitSignal(window.keeper.work.idle, timeout=20_000):
        page.now.click()
    window.begin(window.clinic.patients("")[0].uid)
    assert len(window.clinic.drafts()) == before + 1
    window.show_settings("backups")
    qtbot.waitUntil(lambda: page.restore.list.count() == 1)
    page.restore.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: not page.restore.restore.isHidden(), timeout=20_000)
    assert "Sound: every page was read" in page.restore.says.text()
    assert "Last encounters" in page.restore.says.text()
    page.restore.restore.click()
    assert "kept aside" in page.restore.sure.text()
    with qtbot.waitSignal(window.keeper.restored, timeout=20_000):
        page.restore.go.click()
    assert len(window.clinic.drafts()) == before
    assert window.model is None
    assert window.rooms.current == "today"


def test_a_stick_that_is_away_is_said_once(window, page, qtbot, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(backups_page, "choose_folder", lambda parent, title: stick)
    with qtbot.waitSignal(window.keeper.work.idle, timeout=20_000):
        page.choose.click()
    qtbot.waitUntil(lambda: "has the latest backup" in page.place.text(), timeout=20_000)
    for inside in (stick / "Backstop backups").iterdir():
        inside.rename(tmp_path / inside.name)
    (stick / "Backstop backups").rmdir()
    troubles: list[object] = []
    window.keeper.trouble.connect(troubles.append)
    for _ in range(2):
        with qtbot.waitSignal(window.keeper.work.idle, timeout=20_000):
            window.keeper.back_up()
    assert len(troubles) == 1
    assert "not there" in page.place.text()
    assert not page.errors.isHidden()


def test_the_check_shows_what_it_found(window, page, qtbot) -> None:  # type: ignore[no-untyped-def]
    with qtbot.waitSignal(page.check.work.idle, timeout=20_000):
        page.check.check.click()
    qtbot.waitUntil(lambda: "Everything is as it was written" in page.check.said.text())


def test_the_window_is_never_held_up_and_closing_it_stops_the_work(qapp, qtbot) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QObject

    parent = QObject()
    work = Background(parent)
    begun, ended = threading.Event(), threading.Event()

    def go_on(progress) -> None:  # type: ignore[no-untyped-def]
        begun.set()
        try:
            while True:
                progress(1, 2)
                time.sleep(0.001)
        except GivenUp:
            ended.set()
            raise

    assert work.start(go_on), "it would not come back if it waited for the work, which has no end"
    assert not work.start(go_on)
    assert begun.wait(60)
    assert not ended.is_set()
    work.stop()
    assert ended.is_set()
    assert not work.busy


def test_work_that_breaks_is_told_and_the_next_can_begin(window, qtbot, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Otherwise no backup would be made until the program is started again, and nobody would know."""
    hooked: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: hooked.append(arguments.exc_type))
    keeper = BackupKeeper(window.clinic.backups, window, every=60_000)
    monkeypatch.setattr(Backups, "maker", lambda self, why: lambda progress: 1 / 0)
    asked: list[object] = []
    with qtbot.waitSignals([keeper.trouble, keeper.work.idle], timeout=20_000):
        keeper.before_import(window, asked.append)
    assert hooked == [ZeroDivisionError]
    assert [str(error).partition(".")[0] for error in asked] == [
        "Work in the background stopped at a fault of Backstop’s own"
    ]
    monkeypatch.setattr(Backups, "maker", lambda self, why: lambda progress: None)
    with qtbot.waitSignal(keeper.work.idle, timeout=20_000):
        keeper.back_up()
    assert len(asked) == 1, "what was asked for earlier is not done later"


def test_a_card_that_goes_while_a_password_is_stretched_leaves_no_busy_cursor(qapp, qtbot) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    card, let_go = QObject(), threading.Event()
    Slowly(card).start(lambda: let_go.wait(20))
    assert QApplication.overrideCursor() is not None
    card.deleteLater()
    qtbot.waitUntil(lambda: QApplication.overrideCursor() is None, timeout=5_000)
    let_go.set()


def test_a_minute_later_it_looks_again(window, qtbot, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    made: list[str] = []
    monkeypatch.setattr(Backups, "maker", lambda self, why: lambda progress: made.append(why))
    keeper = BackupKeeper(window.clinic.backups, window, every=10)
    qtbot.waitUntil(lambda: made != [], timeout=5_000)
    keeper._timer.stop()
    keeper.work.stop()
    assert set(made) == {"regular"}
