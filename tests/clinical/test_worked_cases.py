"""The case files of tests/cases, each from its file through the engine: flags, urgency and plan."""

import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.case import read_case
from desktop.clinical.export import assessment_json

from ..prepared import shipped_content

FOLDER = Path(__file__).parents[1] / "cases"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
CONTENT = shipped_content()


def assessed(name):
    raw = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    case = read_case(CONTENT, raw, now=datetime(2026, 11, 22, tzinfo=UTC), zone=ZoneInfo("Europe/London"))
    return assessment_json(CONTENT, assess(CONTENT, case.person, case.answers, case.at))


def test_every_case_file_has_an_expectation():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_file_gives_its_urgency_and_flags(name):
    expected, got = EXPECTED[name], assessed(name)
    raised = {flag["id"] for flag in got["flags"]}
    undecided = {rule["id"] for rule in got["undecided"]}
    assert got["urgency"] == expected["urgency"]
    assert set(expected["raised"]) <= raised
    assert not set(expected.get("not_raised", [])) & raised
    assert set(expected.get("undecided", [])) <= undecided


@pytest.mark.parametrize("name", [name for name in EXPECTED if "plan" in EXPECTED[name]])
def test_a_case_file_gives_its_plan(name):
    plan = json.dumps(assessed(name)["plan"], ensure_ascii=False)
    missing = [line for line in EXPECTED[name]["plan"] if not re.search(line, plan)]
    wrong = [line for line in EXPECTED[name].get("not_in_plan", []) if re.search(line, plan)]
    assert (missing, wrong) == ([], [])
