"""The hazard log is whole and its tests exist; nothing hangs loose between rules, sources, cases, words and hazards."""

import ast
import shutil
from functools import cache
from pathlib import Path

import pytest

from desktop.clinical.hazards import load_hazards, risk
from desktop.clinical.mistakes import ContentError
from desktop.clinical.trace import citing_files, documents, gaps, worked_cases
from resources import FOLDER

from ..prepared import shipped_cases, shipped_content

ROOT = Path(__file__).resolve().parents[2]
CONTENT = shipped_content()
HAZARDS = load_hazards(CONTENT)


@cache
def running_tests() -> set[str]:
    """By file and name; those that ordinary runs leave out, or that are expected to fail, show nothing."""
    return {
        f"{path.relative_to(ROOT).as_posix()}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not set_aside(node)
    }


def set_aside(node: ast.FunctionDef) -> bool:
    marks = {ast.unparse(mark).partition("(")[0] for mark in node.decorator_list}
    return bool(marks & {"pytest.mark.heavy", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"})


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
def test_every_test_that_a_control_names_exists_and_runs(hazard):
    named = {test for control in hazard.control for test in control.tests}
    assert named - running_tests() == set()


def test_there_are_hazards_enough_and_every_kind_of_control():
    assert len(HAZARDS) >= 25
    assert {control.kind for hazard in HAZARDS for control in hazard.control} == {"design", "test", "training", "paper"}


def test_hazards_are_numbered_without_holes():
    """One that no longer matters is closed, never taken out."""
    assert [hazard.id for hazard in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]


@pytest.mark.parametrize(
    ("likelihood", "severity", "expected"),
    [
        ("very low", "minor", 1),
        ("very low", "catastrophic", 3),
        ("medium", "considerable", 3),
        ("high", "significant", 3),
        ("very high", "major", 5),
    ],
)
def test_risk_by_the_matrix(likelihood, severity, expected):
    assert risk(likelihood, severity) == expected


@pytest.mark.parametrize(
    ("old", "new", "entry", "said"),
    [
        ('id = "H02"', 'id = "H01"', "H01", "is used twice in the hazards"),
        ('id = "H12"', 'id = "H99"', "H99", "is named by no rule"),
        ('id = "H12"', 'id = "H99"', "", "there is no “H12”"),
        ('kind = "design"', 'kind = "hope"', "H01", "should be one of"),
        ('residual_likelihood = "low"', 'residual_likelihood = "very high"', "H01", "residual risk is higher"),
        ("accepted =", "# accepted =", "H01", "needs a line “accepted”"),
        ('text = "The cord', 'awaits = "later"\n  text = "The cord', "H01", "one of the two"),
        ("tests/clinical/test_theorems.py::", "theorems ", "H01", "is not written as it has to be"),
        ('severity = "major"', 'severity = "major"\nsoftware_wide = true', "H01", "names it"),
        ('status = "no clinical safety officer has signed"', 'status = "signed"', "H01", "should be one of"),
    ],
)
def test_a_mistake_in_the_log_is_refused(tmp_path, old, new, entry, said):
    shutil.copytree(FOLDER / "safety", tmp_path / "safety")
    file = tmp_path / "safety" / "hazards.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load_hazards(CONTENT, tmp_path)
    assert [mistake for mistake in refused.value.mistakes if mistake.entry == entry and said in mistake.message]


def test_nothing_hangs_loose():
    assert list(gaps(CONTENT, shipped_cases(), worked_cases(ROOT / "tests" / "cases"), citing_files())) == []


def test_what_hangs_loose_is_found():
    """Without cases, worked cases and readers of the sources, every rule and every source is named."""
    found = set(gaps(CONTENT, (), {}, {}))
    assert {"R01 lacks a case", "R01 lacks a worked case", "citation nice-ng234 is named nowhere"} <= found


def test_the_committed_sheets_are_those_of_the_content():
    made = documents(ROOT)
    assert [path.name for path in made] == ["trace.md", "hazards.md"]
    stale = [path.name for path, text in made.items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "write them anew with `backstop rules trace`"
