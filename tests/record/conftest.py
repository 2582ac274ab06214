from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.store import Store
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON, Patient
from desktop.record.patients import add_patient

from ..hand_clock import HandClock
from ..prepared import open_store, shipped_content

BEGAN = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "demonstration", KEY) as opened:
        yield opened


@pytest.fixture(scope="session")
def shipped() -> Content:
    return shipped_content()


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock(BEGAN)


@pytest.fixture
def practice_clinic(store: Store, shipped: Content, hand_clock: HandClock) -> Clinic:
    return Clinic(shipped, store, who="Dr Rahman", clock=hand_clock, zone=LONDON)


@pytest.fixture
def walker(store: Store) -> Patient:
    born = date(1964, 3, 14)
    return add_patient(store, family="Walker", given="Susan", born=born, sex="female", at=BEGAN)
