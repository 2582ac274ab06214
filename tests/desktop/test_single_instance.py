"""One window for one store, however it is started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 20
STARTS = """
import sys, time
from PySide6.QtCore import QCoreApplication
from desktop.ui.single_instance import SingleInstance

application = QCoreApplication([])
begin, rounds, place = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
instances, firsts = [SingleInstance(f"{place}/{number}") for number in range(rounds)], ""
for number, instance in enumerate(instances):
    while time.time() < begin + number / 10:
        pass
    firsts += "r" if instance.raise_first() else "f"
print(firsts, flush=True)
sys.stdin.readline()
"""


def test_of_two_starts_at_the_same_moment_one_is_the_first(tmp_path: Path) -> None:
    """A workstation that is slow is pressed twice. Without a turn, both found nobody in half of the rounds."""
    command = [sys.executable, "-c", STARTS, str(time.time() + 2), str(ROUNDS), str(tmp_path)]
    environment, pipe = {**os.environ, "PYTHONPATH": str(ROOT)}, subprocess.PIPE
    pair = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, cwd=tmp_path) for _ in range(2)
    ]
    try:
        one, other = (process.stdout.readline().strip() for process in pair if process.stdout is not None)
    finally:
        for process in pair:
            process.communicate("\n", timeout=30)
    assert [*map(set, zip(one, other, strict=True))] == [{"f", "r"}] * ROUNDS
