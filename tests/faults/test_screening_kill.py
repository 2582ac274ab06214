"""Looking through past encounters, killed with SIGKILL in the middle: the next run goes on, and finds each once."""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from jobs import Tell
from test_kills import killed

from db.store import Store
from desktop.clinical.content import Content
from desktop.record import rescreen
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON

from ..prepared import shipped_content

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork"), pytest.mark.timeout(0)]
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
MANY = 300


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped_content()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Encounters from before it was kept what was raised, so that each of them is found."""
    monkeypatch.setattr(rescreen, "BATCH", 10)
    with Store.open(tmp_path / "store", KEY) as store, store.all_or_nothing():
        store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
        for number in range(MANY):
            uid = f"e{number}"
            store.begin_encounter(uid, patient_uid="p1", at=AT, clinician="Dr One", rule_set="1")
            store.save_answer(uid, "cancer_history", True, who="Dr One", at=AT)
    return tmp_path / "store"


def look(folder: Path, content: Content, tell: Tell, *, slowly: bool = False) -> None:
    with Store.open(folder, KEY) as store:
        rescreening = Clinic(content, store, who="Dr One", clock=lambda: AT, zone=LONDON).rescreening
        screening = rescreening.begin()
        for _, batch in rescreening.batches(screening):
            rescreening.keep(screening, batch)
            tell(f"kept {batch.looked_at}")
            time.sleep(0.01 if slowly else 0)
        rescreening.end(screening, "finished")


def test_killed_in_the_middle_it_goes_on_and_finds_each_encounter_once(
    folder: Path, content: Content, chance: random.Random
) -> None:
    told: list[str] = []
    for _ in range(20):  # until one falls before the last piece, whatever the machine does
        told = killed(partial(look, folder, content, slowly=True), chance.uniform(0, 0.2), in_its_words=True)
        with Store.open(folder, KEY) as store:
            held = store.screenings.all()
        if held and 0 < held[0].looked_at < MANY:
            break
    assert held[0].state == "begun"
    assert held[0].looked_at >= int(told[-1].split()[1]), "what it said it kept is kept"
    went_on: list[str] = []
    look(folder, content, went_on.append)
    assert int(went_on[0].split()[1]) == held[0].looked_at + 10
    with Store.open(folder, KEY) as store:
        (done,) = store.screenings.all()
        found = [one.encounter for one in store.screenings.findings(done.uid)]
        assert (done.state, done.looked_at) == ("finished", MANY)
        assert sorted(found) == sorted(f"e{number}" for number in range(MANY))
        assert store.verify() is None
