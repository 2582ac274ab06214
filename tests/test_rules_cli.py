"""The commands for the clinician who maintains the rules."""

import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main
from desktop.clinical.case_table import load_cases
from desktop.clinical.content import load
from desktop.clinical.handouts import load_handouts
from desktop.clinical.hazards import load_hazards
from desktop.input import BadInput, all_loaded
from resources import FOLDER

CASE = Path(__file__).parent / "cases" / "worked-17.json"


def backstop(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_check_counts_what_it_checked():
    done = backstop("rules", "check")
    assert done.exit_code == 0
    assert "no mistake found" in done.stdout


def test_mistakes_of_several_kinds_of_file_come_at_once(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "resources")
    for name, old, new in (
        ("safety/hazards.toml", 'id = "H07"', 'id = "H97"'),
        ("handouts/02-emergency.toml", '"R49d"', '"R99"'),
        ("cases/calcium.toml", 'rule = "R34"', 'rule = "R99"'),
    ):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    content = load()
    with pytest.raises(BadInput) as error:
        all_loaded(*(partial(one, content, folder) for one in (load_hazards, load_handouts, load_cases)))
    said = str(error.value)
    assert all(one in said for one in ("safety/hazards.toml:", "handouts/02-emergency.toml:", "cases/calcium.toml:"))


def test_review_prints_or_writes_the_sheet(tmp_path):
    sheet = backstop("rules", "review").stdout
    assert backstop("rules", "review", "--output", tmp_path / "rules.md").exit_code == 0
    assert (tmp_path / "rules.md").read_text(encoding="utf-8") == sheet
    assert "## R01 " in sheet


def test_a_sheet_that_cannot_be_written_is_no_fault_of_the_program(tmp_path):
    refused = backstop("rules", "review", "--output", tmp_path / "missing" / "rules.md")
    assert refused.exit_code == 2
    assert "was not written" in refused.stderr


def test_explain_says_why_and_what_is_missing():
    text = backstop("rules", "explain", CASE).stdout
    assert "R01b" in text
    assert "R01 Suspected metastatic cord compression: undecided, emergency" in text


def test_trace_writes_both_sheets(tmp_path):
    shutil.copytree(CASE.parent, tmp_path / "tests" / "cases")
    (tmp_path / "docs").mkdir()
    assert backstop("rules", "trace", "--checkout", tmp_path).exit_code == 0
    for name in ("trace.md", "hazards.md"):
        written = (tmp_path / "docs" / name).read_text(encoding="utf-8")
        assert written == (CASE.parents[2] / "docs" / name).read_text(encoding="utf-8")


def test_trace_elsewhere_says_what_is_missing(tmp_path):
    done = backstop("rules", "trace", "--checkout", tmp_path)
    assert done.exit_code == 2
    assert "is not a folder with the program" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_selftest_runs_every_case():
    done = backstop("selftest")
    assert done.exit_code == 0
    assert "cases give what they expect" in done.stdout


def test_prove_without_the_solver_says_how_to_add_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "z3", None)
    done = backstop("rules", "prove")
    assert done.exit_code == 2
    assert "z3-solver" in done.stderr


@pytest.mark.parametrize("command", ["check", "review", "trace", "explain", "prove"])
def test_every_command_has_help(command):
    assert backstop("rules", command, "--help").exit_code == 0
