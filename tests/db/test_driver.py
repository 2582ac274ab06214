"""The door: which files it opens, which it refuses, and that a refused file stays as it was."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db import driver
from db.errors import (
    ForeignStore,
    IncompleteStore,
    NewerStore,
    OtherShape,
    PlainFile,
    StoreError,
    UnopenedStore,
    UnreadableStore,
    UnsafeFolder,
)
from db.store import FILE, Store

KEY = bytes(range(32))


def test_sqlite_utils_catches_the_exceptions_of_the_encrypted_driver(store: Store) -> None:
    from sqlite_utils.utils import OperationalError

    assert OperationalError is dbapi2.OperationalError


def run(*lines: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    return subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=root, capture_output=True, text=True)


def test_a_driver_that_came_too_late_is_refused(folder: Path) -> None:
    opened = f"Store.open(Path({str(folder)!r}), bytes(32))"
    late = run("import sqlite_utils", "from pathlib import Path", "from db.store import Store", opened)
    assert late.stderr.splitlines()[-1].startswith("RuntimeError: sqlite-utils was imported before db.driver")


def test_importing_the_store_leaves_sqlite_utils_for_later() -> None:
    told = run("import sys, db.store", "print(sorted({'sqlite_utils', 'click', 'PySide6'} & set(sys.modules)))")
    assert told.stdout == "[]\n"


def test_a_store_that_is_as_it_has_to_be_is_opened_without_sqlite_utils(folder: Path, store: Store) -> None:
    store.close()
    opened = f"Store.open(Path({str(folder)!r}), bytes(range(32)))"
    told = run("import sys", "from pathlib import Path", "from db.store import Store", opened, "print(*sys.modules)")
    assert "sqlcipher3" in told.stdout.split(), told.stderr
    assert "sqlite_utils" not in told.stdout.split()


def test_nothing_readable_lies_on_the_disk(folder: Path, store: Store, encounter: str) -> None:
    on_disk = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {FILE, FILE + "-wal"} <= set(on_disk)
    assert not on_disk[FILE].startswith(b"SQLite format 3")
    assert [name for name, data in on_disk.items() if b"Larkspur" in data or b"CREATE TABLE" in data] == []


def test_what_the_connection_promises(store: Store) -> None:
    pragmas = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout", "recursive_triggers"]
    told = {name: store._database.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    assert told == wanted | {"recursive_triggers": 1}


def test_a_disk_that_cannot_promise_to_keep_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(folder, KEY).close()
    monkeypatch.setattr(driver, "AFTER_THE_KEY", ("synchronous = NORMAL", "foreign_keys = ON"))
    with pytest.raises(UnsafeFolder):
        Store.open(folder, KEY)


@pytest.mark.parametrize("key", [b"", b"short", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_our_fault(folder: Path, key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Store.open(folder, key)
    assert not (folder / FILE).exists()


def plain(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE patients (name)")


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(8192))


def text(path: Path) -> None:
    path.write_text("Dear doctor", encoding="utf-8")


def empty(path: Path) -> None:
    path.touch()


def cut_short(path: Path) -> None:
    Store.open(path.parent, KEY).close()
    path.write_bytes(path.read_bytes()[:3000])


def other_key(path: Path) -> None:
    Store.open(path.parent, bytes(32)).close()


def _with(path: Path, change: str) -> None:
    with Store.open(path.parent, KEY) as store:
        store._database.execute(change)


def newer(path: Path) -> None:
    made = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('backstop', 'm999', '2030')"
    _with(path, made)


def foreign(path: Path) -> None:
    _with(path, "PRAGMA application_id = 7")


def without_a_trigger(path: Path) -> None:
    _with(path, "DROP TRIGGER answers_refuse_update")


def with_a_table_more(path: Path) -> None:
    _with(path, "CREATE TABLE more (x)")


def with_a_column_more(path: Path) -> None:
    _with(path, "ALTER TABLE patients ADD COLUMN more TEXT")


REFUSED = {
    plain: PlainFile,
    noise: UnreadableStore,
    text: UnreadableStore,
    empty: UnreadableStore,
    cut_short: UnreadableStore,
    other_key: UnreadableStore,
    newer: NewerStore,
    foreign: ForeignStore,
    without_a_trigger: OtherShape,
    with_a_table_more: OtherShape,
    with_a_column_more: OtherShape,
}


@pytest.mark.parametrize(("make", "kind"), REFUSED.items(), ids=[make.__name__ for make in REFUSED])
def test_a_file_that_is_not_ours_is_refused_and_untouched(
    folder: Path, make: Callable[[Path], None], kind: type[StoreError]
) -> None:
    folder.mkdir()
    make(folder / FILE)
    before = (folder / FILE).read_bytes()
    for _ in range(2):
        with pytest.raises(kind) as told:
            Store.open(folder, KEY)
        assert str(folder / FILE) in str(told.value)
    assert (folder / FILE).read_bytes() == before
    assert {path.name for path in folder.iterdir()} <= {FILE, "backstop.lock"}


def test_a_folder_in_the_place_of_the_file_is_refused(folder: Path) -> None:
    (folder / FILE).mkdir(parents=True)
    with pytest.raises(UnopenedStore):
        Store.open(folder, KEY)


def test_a_store_whose_making_was_cut_off_is_made_anew(folder: Path) -> None:
    folder.mkdir()
    (folder / f"{FILE}.making").write_bytes(b"half")
    (folder / f"{FILE}.making-wal").write_bytes(b"half")
    with Store.open(folder, KEY) as store:
        assert not store.patients.any()
    assert sorted(os.listdir(folder)) == [FILE, "backstop.lock"]


def test_the_latest_changes_of_a_missing_store_are_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / f"{FILE}-wal").write_bytes(b"the latest changes")
    with pytest.raises(IncompleteStore):
        Store.open(folder, KEY)
    assert (folder / f"{FILE}-wal").read_bytes() == b"the latest changes"
    assert not (folder / FILE).exists()
