"""Stores on a real disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.store import Store

from ..prepared import open_store

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder, KEY) as opened:
        yield opened


@pytest.fixture
def encounter(store: Store) -> str:
    """The uid of a draft of a patient whose uid is `p1`."""
    store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
    store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="Dr One", rule_set="1")
    return "e1"
