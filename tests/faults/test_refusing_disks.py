"""The n-th write, sync or shortening of a file fails, for every n: once, or from then on."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from jobs import JOBS, an_encounter

pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None or sys.platform != "linux", reason="strace is missing"),
    pytest.mark.timeout(0),
]
CALLS = ("pwrite64", "fdatasync,fsync", "ftruncate")
FAULTS = [*product(CALLS, ("EIO", "ENOSPC"), (False, True))]
JOB = JOBS["save again"]


def run(folder: Path, calls: str, error: str, n: int, *, forever: bool) -> tuple[list[str], bool]:
    """What it said, and whether a call failed at all."""
    trace = folder.with_name("trace")
    when = f"{n}+" if forever else str(n)
    command = ["strace", "-f", "-e", f"trace={calls}", "-o", str(trace)]
    jobs = str(Path(__file__).with_name("jobs.py"))
    done = subprocess.run(
        [*command, "-e", f"inject={calls}:error={error}:when={when}", sys.executable, jobs, "save again", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stderr == "", done.stderr
    assert done.returncode == 0
    return done.stdout.split("\n")[:-1], "(INJECTED)" in trace.read_text()


def check_fault(tmp_path: Path, calls: str, error: str, n: int, *, forever: bool) -> tuple[list[str], bool]:
    folder = tmp_path / "store"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tmp_path / "prepared", folder)
    told, failed = run(folder, calls, error, n, forever=forever)
    JOB.check(folder, told)
    return told, failed


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    an_encounter(tmp_path / "prepared")
    return tmp_path


def test_some_of_them(prepared: Path, chance: random.Random) -> None:
    for calls, error, forever in chance.sample(FAULTS, 2):
        check_fault(prepared, calls, error, chance.randint(1, 25), forever=forever)


@pytest.mark.heavy
@pytest.mark.parametrize(("calls", "error", "forever"), FAULTS)
def test_every_one(prepared: Path, calls: str, error: str, forever: bool, tell_figures) -> None:  # type: ignore[no-untyped-def]
    """Until nothing is left to fail."""
    n, refusals = 0, Counter[str]()
    while True:
        told, failed = check_fault(prepared, calls, error, n + 1, forever=forever)
        if not failed:
            break
        n += 1
        refusals.update(line for line in told if line.startswith("refused"))
    tell_figures(faults=n, **{name.replace(" ", "_"): count for name, count in refusals.items()})
    assert n > 0 or calls == "ftruncate"


def test_twin_without_a_fault_is_refused_nothing(prepared: Path) -> None:
    told, failed = check_fault(prepared, "pwrite64", "EIO", 60_000, forever=False)
    assert not failed
    assert [line for line in told if line.startswith("refused")] == []
    assert len(told) == 6


def test_twin_that_says_it_saved_whatever_the_disk_said_is_caught(prepared: Path) -> None:
    told, failed = check_fault(prepared, "pwrite64", "EIO", 1, forever=True)
    assert failed
    assert [line for line in told if not line.startswith("refused")] == []
    with pytest.raises(AssertionError):
        JOB.check(prepared / "store", [*told, "answer 0"])
