"""Power cuts at every kind of moment: what was acknowledged is on the disk, and nothing is half done."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest
from jobs import JOBS
from power import files_under, moments, traced, write_image

pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None or sys.platform != "linux", reason="strace is missing"),
    pytest.mark.timeout(0),
]
SHORT = {"save": 24, "back up": 8, "restore": 10, "change the key": 8, "migrate": 8}
LONG = {"save": 800, "back up": 400, "restore": 400, "change the key": 300, "migrate": 300}
MANY = [
    *((name, count) for name, count in SHORT.items()),
    *(pytest.param(name, count, marks=pytest.mark.heavy) for name, count in LONG.items()),
]


def faults(name: str, tmp_path: Path, many: int, chance: random.Random, way: str = "") -> tuple[int, list[str]]:
    """How many images were opened, and what was wrong with those that were wrong."""
    folder = tmp_path / "store"
    JOBS[name].prepare(folder)
    before = files_under(folder)
    traced(name, folder, tmp_path / "trace", way)
    every = max(1, 2 * sum(1 for _ in moments(tmp_path / "trace", folder, before)) // many)
    first = chance.randrange(every)
    wrong, opened = [], 0
    for number, (disk, said, call) in enumerate(moments(tmp_path / "trace", folder, before)):
        if number % every != first:
            continue
        for part in (None, chance):
            write_image(disk.image(part), folder, tmp_path / "image")
            opened += 1
            try:
                JOBS[name].check(tmp_path / "image", list(said))
            except Exception as error:
                wrong.append(f"{number} after {call}, {'a part' if part else 'nothing'} unsynced kept: {error!r}")
    return opened, wrong


@pytest.mark.parametrize(("name", "many"), MANY)
def test_power_cuts_lose_nothing(name: str, many: int, tmp_path: Path, chance: random.Random, tell_figures) -> None:  # type: ignore[no-untyped-def]
    opened, wrong = faults(name, tmp_path, many, chance)
    tell_figures(images=opened, wrong=len(wrong))
    assert wrong == []
    assert opened > many // 3


def test_twin_that_does_not_sync_each_commit_loses(tmp_path: Path, chance: random.Random) -> None:
    """`synchronous = NORMAL`, the setting commonly recommended."""
    _, wrong = faults("save", tmp_path, 30, chance, way="normal")
    assert any("lost" in each for each in wrong)
