"""Wrong passwords in a row: the delay grows, survives a restart, and never keeps anybody out for good."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.entrance import create
from db.errors import TooSoon
from db.passwords import new_code
from db.slots import Cost
from db.tries import TRIES, forget, note_wrong, refuse_too_soon, tries_of, wait_words

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tries") / "store"
    create(folder, user="anna", name="", password="a plain pass phrase", code=new_code(), at=AT, cost=CHEAP).close()
    return folder


@pytest.fixture
def store(made_once: Path, folder: Path) -> Path:
    return Path(shutil.copytree(made_once, folder))


def wrong(folder: Path, user: str, times: int, at: datetime = AT) -> timedelta:
    for _ in range(times):
        note_wrong(folder, user, at)
    known = tries_of(folder, user)
    return known.left(at) if known else timedelta(0)


@pytest.mark.parametrize(
    ("times", "seconds"), [(0, 0), (1, 0), (4, 0), (5, 5), (6, 10), (7, 20), (10, 160), (11, 300), (60, 300)]
)
def test_the_delay_grows_from_the_fifth_and_stays_short_of_a_lock_out(store: Path, times: int, seconds: int) -> None:
    assert wrong(store, "anna", times).total_seconds() == seconds


def test_it_is_waited_and_then_tried_again(store: Path) -> None:
    wrong(store, "anna", 5)
    with pytest.raises(TooSoon, match=r"possible in 5 s.*Nobody is locked out for good"):
        refuse_too_soon(store, "anna", AT)
    refuse_too_soon(store, "anna", AT + timedelta(seconds=5))


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3000)])
def test_a_clock_set_back_never_waits_longer_than_the_longest(store: Path, back: timedelta) -> None:
    wrong(store, "anna", 9)
    known = tries_of(store, "anna")
    assert known is not None
    assert known.left(AT - back) == timedelta(minutes=5)


def test_one_name_does_not_delay_another(store: Path) -> None:
    wrong(store, "nobody", 9)
    refuse_too_soon(store, "anna", AT)
    with pytest.raises(TooSoon):
        refuse_too_soon(store, "somebody else", AT)


def test_what_was_typed_as_a_name_is_not_written_down(store: Path) -> None:
    """It may have been the password."""
    wrong(store, "correct horse battery", 2)
    wrong(store, "anna", 2)
    told = (store / TRIES).read_text("utf-8")
    assert "anna" in told
    assert "horse" not in told


def test_the_right_password_clears_it_and_says_how_many_there_were(store: Path) -> None:
    wrong(store, "anna", 7)
    assert forget(store, "anna") == 7
    assert forget(store, "anna") == 0
    assert tries_of(store, "anna") is None


def test_a_disk_that_refuses_keeps_nobody_out(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong(store, "anna", 7)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert forget(store, "anna") == 7


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"anna": 3}', b'{"anna": ["x", "y"]}', b"\xff\xfe\x00"])
def test_a_damaged_file_keeps_nobody_out(store: Path, damage: bytes) -> None:
    (store / TRIES).write_bytes(damage)
    refuse_too_soon(store, "anna", AT)
    assert wrong(store, "anna", 1) == timedelta(0)


@pytest.mark.parametrize(("left", "words"), [(0.2, "1 s"), (5, "5 s"), (90, "90 s"), (91, "2 min"), (300, "5 min")])
def test_the_words(left: float, words: str) -> None:
    assert wait_words(timedelta(seconds=left)) == words
