"""The standard screens are made as pictures, and two runs give the same bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SIZES = ("1366x768", "1920x1080")
SCRIPT = Path(__file__).resolve().parents[1] / "screens.py"


@pytest.mark.timeout(300)
def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """In a process each, as whoever compares two releases does it."""
    for run in ("one", "two"):
        out = tmp_path / run
        done = subprocess.run(
            [sys.executable, str(SCRIPT), str(out), "sign-in", "trail-1366x768-light"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    made = sorted(path.name for path in (tmp_path / "one").glob("*.png"))
    assert made == sorted(
        [
            *(f"sign-in-{size}-{theme}.png" for size in SIZES for theme in ("light", "dark", "contrast")),
            "trail-1366x768-light.png",  # it shows ids
        ]
    )
    for name in made:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
