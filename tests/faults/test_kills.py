"""Processes killed with SIGKILL at any moment of saving, updating, backing up, restoring and changing the key."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from jobs import JOBS, Job, Tell, an_encounter, save, saved

from db.store import FILE, Store
from desktop.record.demonstration import KEY

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork"),
    pytest.mark.timeout(0),
]
SHORT = {"save": 60, "migrate": 10, "back up": 10, "restore": 10, "change the key": 10}
LONG = {"save": 600, "migrate": 100, "back up": 100, "restore": 100, "change the key": 100}
MANY = [
    *((name, count) for name, count in SHORT.items()),
    *(pytest.param(name, count, marks=pytest.mark.heavy) for name, count in LONG.items()),
]


def killed(work: Callable[[Tell], None], after: float, *, in_its_words: bool = False) -> list[str]:
    """What it had said when it was killed, `after` it began, or after its first word; a line that was cut off was not
    said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(lambda line: void(os.write(writing, f"{line}\n".encode())))
        finally:
            os._exit(0)
    os.close(writing)
    if in_its_words:
        select.select([reading], [], [])
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return [line.decode().strip() for line in told if line.endswith(b"\n")]


def void(_: object) -> None:
    """A pipe takes as many bytes as it is given."""


def length_of(job: Job, folder: Path) -> float:
    job.prepare(folder)
    begun = time.perf_counter()
    job.work(folder, void)
    return time.perf_counter() - begun


@pytest.mark.parametrize(("name", "many"), MANY)
def test_kills_lose_nothing(name: str, many: int, tmp_path: Path, chance: random.Random, tell_figures) -> None:  # type: ignore[no-untyped-def]
    job = JOBS[name]
    length = 0.15 if name == "save" else length_of(job, tmp_path / "timed")
    job.prepare(tmp_path / "prepared")
    said = 0
    for number in range(many):
        folder = tmp_path / f"store {number // 40 if name == 'save' else number}"
        if not folder.exists():
            shutil.copytree(tmp_path / "prepared", folder)
        told = killed(partial(job.work, folder), chance.uniform(0, length * 1.1))
        job.check(folder, told)
        said += len(told)
        if name != "save":
            shutil.rmtree(folder)
    tell_figures(kills=many, acknowledged=said, lost=0)
    assert said > 0 or many < 50  # on a busy machine two kills may both come before the first word


def test_twin_that_acknowledges_first_loses(tmp_path: Path, chance: random.Random) -> None:
    an_encounter(tmp_path / "store")
    lost = 0
    for _ in range(60):
        told = killed(partial(save, tmp_path / "store", early=True), chance.uniform(0, 0.02), in_its_words=True)
        try:
            saved(tmp_path / "store", told)
        except AssertionError as error:
            assert "lost" in str(error)  # noqa: PT017
            lost += 1
            break
    assert lost


def test_twin_that_restores_by_copying_over_the_store_breaks_it(tmp_path: Path, chance: random.Random) -> None:
    """Why a restore is one renaming: a copy that stops half way is neither the old store nor the new one."""
    an_encounter(tmp_path / "store")
    with Store.open(tmp_path / "store", KEY) as store:
        for number in range(40):
            store.save_answer("e1", f"item_{number}", "x" * 20_000, who="Dr One", at=store.encounter("e1").began_at)
    shutil.copytree(tmp_path / "store", tmp_path / "backup")
    broken = 0
    for _ in range(30):
        killed(partial(copy_slowly, tmp_path / "backup" / FILE, tmp_path / "store" / FILE), chance.uniform(0, 0.05))
        try:
            saved(tmp_path / "store", [])
        except Exception:  # any way of being broken will do
            broken += 1
            break
    assert broken


def copy_slowly(path: Path, to: Path, tell: Tell) -> None:
    data = path.read_bytes()
    with to.open("wb") as file:
        for start in range(0, len(data), 4096):
            file.write(data[start : start + 4096])
            file.flush()
            time.sleep(0.0005)
