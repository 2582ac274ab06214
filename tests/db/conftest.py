"""Stores on a real disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.store import Store

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "store"
    Store.open(folder, KEY).close()
    return folder


@pytest.fixture
def store(folder: Path, empty_store: Path) -> Iterator[Store]:
    """Copied, because making one takes longer than most tests."""
    shutil.copytree(empty_store, folder, dirs_exist_ok=True)
    with Store.open(folder, KEY) as opened:
        yield opened


@pytest.fixture
def encounter(store: Store) -> str:
    """The uid of a draft of a patient whose uid is `p1`."""
    store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
    store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="Dr One", rule_set="1")
    return "e1"
