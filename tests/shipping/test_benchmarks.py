"""A ratio that is a fifth worse than the kept one fails the benchmark command; the figures themselves are no test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)
    module = import_module("all")
    (tmp_path / "ratios.toml").write_text('[ratio]\n"save at 1000" = 2.0\n"start at 1000" = 3.0\n')
    monkeypatch.setattr(module, "KEPT", tmp_path / "ratios.toml")
    yield module
    for name in set(sys.modules) - before:
        if str(FOLDER) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        ([(2.0, 3.0)], 0),
        ([(2.39, 3.59)], 0),
        ([(2.41, 3.0), (2.41, 3.0)], 1),
        ([(2.0, 3.61), (2.0, 3.61)], 1),
        # The second time tells: the machine was busy.
        ([(9.0, 3.0), (2.0, 3.0)], 0),
        # What was right the first time is not judged by the second.
        ([(9.0, 3.0), (2.0, 9.0)], 0),
    ],
)
def test_a_ratio_a_fifth_worse_fails_when_it_is_so_twice(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, runs: list[tuple[float, float]], code: int
) -> None:
    found = [
        [command.Found(name, "encounters", 1000, ours, 1.0) for name, ours in zip(("save", "start"), run, strict=True)]
        for run in runs
    ]
    monkeypatch.setattr(command, "measured", lambda most, only: iter(found.pop(0)))
    assert command.main(1000, "", keep=False) == code
    assert found == []


def test_a_size_that_was_never_kept_fails_nothing(command: ModuleType) -> None:
    assert command.worse([command.Found("save", "encounters", 10, 99.0, 1.0)], {"save at 1000": 2.0}) == []


def test_what_grows_with_the_content_is_compared_all_the_same(command: ModuleType) -> None:
    found = command.Found("assessment", "rules", 113, 9.0, 1.0, step=1)
    assert command.worse([found], {"assessment at 1": 7.0}) == [found]
