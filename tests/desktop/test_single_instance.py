"""One window for one store, however it is started."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.single_instance import SingleInstance

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 10
STARTS = """
import sys, time
from PySide6.QtCore import QCoreApplication
from desktop.ui.single_instance import SingleInstance

application = QCoreApplication([])
begin, rounds, place = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
instances, firsts = [SingleInstance(f"{place}/{number}") for number in range(rounds)], ""
for number, instance in enumerate(instances):
    while time.time() < begin + number / 4:
        pass
    raised = instance.raise_first()
    firsts += "r" if raised else "f"
    if not raised:
        time.sleep(0.1)  # its window is not there yet
        instance.listen()
print(firsts, flush=True)
sys.stdin.readline()
"""


def start(place: Path, *, begin: float = 0.0, rounds: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", STARTS, str(begin), str(rounds), str(place)]
    environment, pipe = {**os.environ, "PYTHONPATH": str(ROOT)}, subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, cwd=place)


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_of_two_starts_at_the_same_moment_one_is_the_first(tmp_path: Path) -> None:
    """A workstation that is slow is pressed twice."""
    begin = time.time() + 2
    pair = [start(tmp_path, begin=begin, rounds=ROUNDS) for _ in range(2)]
    try:
        one, other = map(told, pair)
    finally:
        for process in pair:
            process.communicate("\n", timeout=30)
    assert [*map(set, zip(one, other, strict=True))] == [{"f", "r"}] * ROUNDS


def test_a_first_that_was_killed_keeps_nobody_away(tmp_path: Path) -> None:
    killed = start(tmp_path)
    assert told(killed) == "f"
    killed.kill()
    killed.communicate(timeout=30)
    after = start(tmp_path)
    assert told(after) == "f"
    after.communicate("\n", timeout=30)


def test_a_second_start_raises_the_first_by_the_first_s_own_clock(qtbot: QtBot, tmp_path: Path) -> None:
    """Nobody calls `listen` here: the program itself begins to, some time after it found that it is the first."""
    first = SingleInstance(f"{tmp_path}/0")
    assert not first.raise_first()
    with qtbot.waitSignal(first.raised, timeout=10_000):
        second = start(tmp_path)
    assert told(second) == "r"
    second.communicate("\n", timeout=30)


def test_a_first_that_does_not_answer_keeps_nobody_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ui.single_instance.PATIENCE", 0.2)
    hanging, second = SingleInstance(str(tmp_path)), SingleInstance(str(tmp_path))
    assert [hanging.raise_first(), second.raise_first()] == [False, False]


def test_a_lock_of_a_computer_of_another_name_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.single_instance.PATIENCE", 0.2)
    first = SingleInstance(str(tmp_path))
    lock = Path(tempfile.gettempdir(), f"{first.name}.lock")
    lock.write_text("1\nbackstop\nanother-computer\n\n\n", "ascii")
    assert not first.raise_first()
    assert lock.read_text("ascii").startswith(f"{os.getpid()}\n")
