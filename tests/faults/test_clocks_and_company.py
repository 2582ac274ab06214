"""A clock that is set back, the night the clocks change, several processes at once, a store taken away while open."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jobs import AT, an_encounter, whole

from db.errors import StoreError, StoreInUse, StoreTakenAway
from db.store import FILE, Store
from desktop.record.demonstration import KEY

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    an_encounter(tmp_path / "store")
    return tmp_path / "store"


NIGHTS = {
    "clocks go forward": datetime(2027, 3, 28, 0, 59, 50, tzinfo=UTC),
    "clocks go back": datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC),
    "2038": datetime(2038, 1, 19, 3, 14, 0, tzinfo=UTC),
    "29 February": datetime(2028, 2, 29, 23, 59, 50, tzinfo=UTC),
}


@pytest.mark.parametrize("at", NIGHTS.values(), ids=NIGHTS)
def test_the_order_is_that_of_giving_whatever_the_clock_said(folder: Path, at: datetime) -> None:
    with Store.open(folder, KEY) as store:
        moments = [(at + timedelta(seconds=5 * number)).astimezone(LONDON) for number in range(6)]
        moments += [at - timedelta(days=1), at - timedelta(days=1, seconds=-1)]
        for number, moment in enumerate(moments):
            store.save_answer("e1", "injury", f"{number}", who="Dr One", at=moment)
        assert [answer.value for answer in store.trail_of("e1")] == [f"{number}" for number in range(8)]
        assert [answer.at for answer in store.trail_of("e1")] == [moment.astimezone(UTC) for moment in moments]
        assert [entry.clock_back for entry in store.trail.entries()][-8:] == [int(at < AT), 0, 0, 0, 0, 0, 1, 0]
        whole(store)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_four_processes_take_turns_and_lose_nothing(folder: Path) -> None:
    children = []
    for process in range(4):
        child = os.fork()
        if child == 0:
            try:
                save_in_turns(folder, process)
            finally:
                os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    with Store.open(folder, KEY) as store:
        assert len({answer.value for answer in store.trail_of("e1")}) == 4 * 5
        whole(store)


def save_in_turns(folder: Path, process: int) -> None:
    number = 0
    while number < 5:
        try:
            with Store.open(folder, KEY) as store:
                store.save_answer("e1", "injury", f"{process} {number}", who="Dr One", at=AT)
                number += 1
        except StoreInUse:
            time.sleep(0.001)


def exchanged(path: Path) -> None:
    shutil.copy(path, path.with_name("other"))
    os.replace(path.with_name("other"), path)


AWAY: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "moved": lambda path: path.rename(path.with_name("moved.db")),
    "its folder moved": lambda path: path.parent.rename(path.parent.with_name("moved")),
    "exchanged for a copy": exchanged,
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses to take an open file away")
@pytest.mark.parametrize("away", AWAY.values(), ids=AWAY)
def test_a_store_taken_away_acknowledges_nothing_more(folder: Path, away: Callable[[Path], object]) -> None:
    """The system would let us write on to a file that has no name any more."""
    store = Store.open(folder, KEY)
    store.save_answer("e1", "injury", True, who="Dr One", at=AT)
    away(folder / FILE)
    with pytest.raises(StoreTakenAway) as told:
        store.save_answer("e1", "injury", False, who="Dr One", at=AT)
    assert all((told.value.title, told.value.safe, told.value.todo))
    assert [answer.value for answer in store.trail_of("e1")] == [True]
    store.close()


def test_a_file_that_may_no_longer_be_written_is_told(folder: Path) -> None:
    with Store.open(folder, KEY) as store:
        store._database.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError):
            store.save_answer("e1", "injury", True, who="Dr One", at=AT)
