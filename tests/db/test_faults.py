"""Processes that die, disks that fill, files that rot: nothing that was saved is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db import driver
from db.errors import DiskFault, DiskFull, StoreBusy, StoreError, StoreInUse
from db.store import FILE, Store

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
WRITER = Path(__file__).with_name("writer.py")


@contextmanager
def writer(folder: Path, way: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(WRITER), str(folder), way]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


def lost_by_a_kill(folder: Path, way: str, chance: random.Random) -> set[int]:
    """What a writer had acknowledged when it was killed and the store does not have."""
    with writer(folder, way) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("\n" * 500)
        process.stdin.flush()
        told = [process.stdout.readline() for _ in range(chance.randint(1, 20))]
        time.sleep(chance.random() * 0.004)
        process.kill()
        told += process.stdout.readlines()
    with Store.open(folder, KEY) as store:
        return {int(line) for line in told if line.endswith("\n")} - {row.value for row in store.trail_of("e1")}


@pytest.fixture
def closed(folder: Path, store: Store, encounter: str) -> Path:
    store.close()
    return folder


def test_twenty_kills_lose_nothing_that_was_acknowledged(closed: Path) -> None:
    chance = random.Random(20261123)
    assert [lost_by_a_kill(closed, "honest", chance) for _ in range(20)] == [set()] * 20
    with Store.open(closed, KEY) as store:
        kept = {item: answer.value for item, answer in store.answers_of("e1").items()}
        assert store.encounter("e1").answers == kept
        assert len(kept) > 20
        assert list(store._database.utils.query("PRAGMA cipher_integrity_check")) == []
        assert list(store._database.utils.query("PRAGMA integrity_check")) == [{"integrity_check": "ok"}]


def test_the_check_finds_a_writer_that_acknowledges_too_early(closed: Path) -> None:
    chance = random.Random(20261123)
    assert any(lost_by_a_kill(closed, "early", chance) for _ in range(20))


def test_a_second_process_is_refused_and_the_lock_dies_with_its_holder(folder: Path) -> None:
    with writer(folder, "hold") as process:
        with pytest.raises(StoreInUse, match="already open in another Backstop"):
            Store.open(folder, KEY)
        process.kill()
        process.wait()
    Store.open(folder, KEY).close()


def test_a_second_opening_in_the_same_process_is_refused_too(folder: Path, store: Store) -> None:
    with pytest.raises(StoreInUse):
        Store.open(folder, KEY)


def save_until_refused(store: Store) -> tuple[StoreError, int]:
    for number in range(1000):
        try:
            store.save_answer("e1", f"item_{number}", "x" * 1000, who="Dr One", at=AT)
        except StoreError as refused:
            return refused, number
    raise AssertionError("the disk never filled")


@contextmanager
def few_pages(store: Store) -> Iterator[None]:
    pages = next(store._database.utils.query("PRAGMA page_count"))["page_count"]
    store._database.execute(f"PRAGMA max_page_count = {pages + 8}")
    yield
    store._database.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def small_files(store: Store) -> Iterator[None]:
    resource = pytest.importorskip("resource", reason="Windows has no limit on the size of a file")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = store._path.with_name(FILE + "-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal + 100_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(("limit", "kind"), [(few_pages, DiskFull), (small_files, DiskFault)])
def test_a_full_disk_is_told_and_afterwards_the_same_store_goes_on(  # type: ignore[no-untyped-def]
    folder: Path, store: Store, encounter: str, limit, kind: type[StoreError]
) -> None:
    with limit(store):
        refused, saved = save_until_refused(store)
        assert type(refused) is kind
        assert len(store.trail_of("e1")) == len(store.encounter("e1").answers) == saved > 0
    store.save_answer("e1", f"item_{saved}", "again", who="Dr One", at=AT)
    store.close()
    with Store.open(folder, KEY) as again:
        assert len(again.trail_of("e1")) == len(again.encounter("e1").answers) == saved + 1


def test_a_full_disk_undoes_all_of_a_write_that_is_one(store: Store, encounter: str) -> None:
    def save_many() -> None:
        with store.all_or_nothing():
            for number in range(1000):
                store.save_answer("e1", f"item_{number}", "x" * 1000, who="Dr One", at=AT)

    with few_pages(store), pytest.raises(DiskFull):
        save_many()
    assert store.trail_of("e1") == []


def test_another_program_that_holds_the_file_is_told(folder: Path, store: Store, encounter: str) -> None:
    other = driver.open_database(folder / FILE, KEY)
    store._database.execute("PRAGMA busy_timeout = 1")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        store.save_answer("e1", "injury", True, who="Dr One", at=AT)
    other.rollback()
    store.save_answer("e1", "injury", True, who="Dr One", at=AT)
    other.close()


def everything(store: Store) -> list[object]:
    found = store.patients.find("lark") + store.patients.born_on(date(1965, 3, 12))
    return [found, store.encounters_of("p1"), store.drafts(), store.trail_of("e1")]


def test_a_rotten_byte_is_never_shown_as_true(closed: Path) -> None:
    """One byte in each page: what is read is right, or the store says that it is damaged."""
    with Store.open(closed, KEY) as store:
        right = everything(store)
    path = closed / FILE
    sound = path.read_bytes()
    told = 0
    for page in range(0, len(sound), 4096):
        path.write_bytes(sound[: page + 100] + bytes([sound[page + 100] ^ 1]) + sound[page + 101 :])
        try:
            with Store.open(closed, KEY) as store:
                assert everything(store) == right
        except StoreError:
            told += 1
    assert told > 5
