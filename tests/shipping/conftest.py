"""The frozen program is built once for all the heavy tests, by the command that everybody gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.shipping.build import ROOT


@pytest.fixture(scope="session")
def built() -> tuple[str, Path]:
    """What was said, and where it lies."""
    command = [sys.executable, "-m", "desktop.shipping.build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, ROOT / "build/dist/backstop"
