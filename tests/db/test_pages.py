"""A store in use is looked through page by page, with what lies beside the file; and it can be stopped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.backup import reading
from db.errors import CheckFailed, StoreError
from db.pages import refuse_unsound
from db.store import FILE, Store
from desktop.record.demonstration import KEY

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path, KEY) as store:
        for number in range(200):
            store.patients.add(f"p{number}", family=f"Larkspur{number}", given="M" * 60, born=date(1965, 3, 12), at=AT)
    return tmp_path


def page_of(store: Store, index: str) -> int:
    """Of an index that the trail knows nothing of."""
    (row,) = store._database.utils.query("SELECT rootpage FROM sqlite_master WHERE name = ?", [index])
    return int(row["rootpage"])


def damage(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE + 100] ^= 1
    path.write_bytes(data)


def check(folder: Path) -> None:
    with reading(folder / FILE, KEY) as database:
        refuse_unsound(database, lambda: None)


def test_a_store_that_somebody_writes_to_is_sound(folder: Path) -> None:
    """With changes that are not in the file yet, which the check of the cipher would find fault with."""
    with Store.open(folder, KEY) as store:
        store.patients.add("new", family="Foxglove", given="M", born=date(1965, 3, 12), at=AT)
        check(folder)


def test_an_index_with_a_damaged_page_is_found(folder: Path) -> None:
    with Store.open(folder, KEY) as store:
        page = page_of(store, "patients_by_name")
    damage(folder / FILE, page)
    with pytest.raises((CheckFailed, StoreError)):
        check(folder)


def test_twin_the_trail_alone_does_not_see_it(folder: Path) -> None:
    """The rows are as they were told: only whoever searches by name would meet the page."""
    with Store.open(folder, KEY) as store:
        page = page_of(store, "patients_by_name")
    damage(folder / FILE, page)
    with Store.open(folder, KEY) as store:
        assert store.verify() is None


def test_an_index_that_lacks_a_row_is_found(folder: Path) -> None:
    with Store.open(folder, KEY) as store:
        store._database.execute("PRAGMA writable_schema = ON")
        store._database.execute("DELETE FROM sqlite_master WHERE name = 'patients_by_name'")
    with pytest.raises(CheckFailed, match="its pages"):
        check(folder)


def test_it_can_be_stopped(folder: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with reading(folder / FILE, KEY) as database:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("db.pages.STEPS", 10)
            with pytest.raises(KeyboardInterrupt):
                refuse_unsound(database, stop)
        refuse_unsound(database, lambda: None)
