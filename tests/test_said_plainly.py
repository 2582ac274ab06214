"""What an icon says is understood without the command line, and as the command line understands it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from db.errors import StoreError
from desktop import app, cli, start


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = []

    def open_application(**given: Any) -> int:
        calls.append({"overlay": None, **given})
        return 0

    monkeypatch.setattr(app, "open_application", open_application)
    for name in start.HEARD:
        monkeypatch.delenv(name, raising=False)
    return calls


@pytest.mark.parametrize("said", [[], ["--demo"], ["--store", "{}"], ["--demo", "--store", "{}"]])
def test_it_is_what_the_command_line_says(
    said: list[str], opened: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = [word.format(tmp_path) for word in said]
    monkeypatch.setattr(sys, "argv", ["backstop", *arguments])
    assert start.plainly_said(arguments, {}) is not None
    with pytest.raises(SystemExit, match="0"):
        start.main()
    CliRunner().invoke(cli.main, arguments)
    assert len(opened) == 2
    assert opened[0] == opened[1]


@pytest.mark.parametrize(
    "said",
    [["--help"], ["checklist"], ["--dmo"], ["--store", "no such folder"], ["--demo", "--overlay", "."], ["--store"]],
)
def test_all_else_is_left_to_the_command_line(said: list[str]) -> None:
    assert start.plainly_said(said, {}) is None


@pytest.mark.parametrize("name", start.HEARD)
def test_a_variable_is_left_to_the_command_line(name: str) -> None:
    assert start.plainly_said([], {name: "x"}) is None


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (StoreError("x"), 2, "backstop: The store x"),
        (ValueError("x"), 1, "backstop: a fault of Backstop’s own (ValueError: x). Nothing that was saved is lost."),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    error: Exception, code: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: Any) -> int:
        raise error

    monkeypatch.setattr(app, "open_application", fails)
    monkeypatch.setattr(sys, "argv", ["backstop", "--demo"])
    for name in start.HEARD:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match=str(code)):
        start.main()
    told = capsys.readouterr().err
    assert told.startswith(words)
    assert told.count("\n") == 1
