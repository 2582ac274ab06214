"""How often and with which seed. The short form runs with every test run; the long one is

python3 run.py test -m heavy tests/faults
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for jobs.py and power.py, which the processes started here run too

SEED = int(os.environ.get("BACKSTOP_SEED", "20261128"))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Another seed: BACKSTOP_SEED=7 python3 run.py test -m heavy tests/faults"""
    return random.Random(f"{SEED} {request.node.name}")


def pytest_report_header() -> str:
    return f"seed of the faults: {SEED}"


@pytest.fixture
def tell_figures(request: pytest.FixtureRequest, record_property):  # type: ignore[no-untyped-def]
    """For docs/reliability.md: shown at the end of a long run."""

    def tell(**figures: object) -> None:
        told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())
        record_property("figures", told)
        request.config.stash.setdefault(FIGURES, []).append(f"{request.node.name}: {told}")

    return tell


FIGURES = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter, config) -> None:  # type: ignore[no-untyped-def]
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(line)
