"""The safety case says what the hazard log says, and of each test what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.clinical.content import load
from desktop.clinical.hazards import load_hazards
from desktop.shipping.safety_case import FILE, read_results, run_words, safety_case

CONTENT = load()
HAZARDS = load_hazards(CONTENT)
CASE = '<testcase classname="tests.content.test_trace" name="{name}">{inside}</testcase>'


def without_results(sheet: str) -> list[str]:
    return [line for line in sheet.splitlines() if "Evidence: " not in line and not line.startswith("- Tests, ")]


def test_every_hazard_is_in_the_sheet() -> None:
    """If not: `python -m desktop.shipping.safety_case`."""
    sheet = FILE.read_text("utf-8")
    assert [hazard.id for hazard in HAZARDS if f"### {hazard.id} " not in sheet] == []


@pytest.mark.heavy
def test_sheet_is_that_of_the_log() -> None:
    """Before a release, to the letter; between them the log moves on."""
    assert without_results(FILE.read_text("utf-8")) == without_results(safety_case(CONTENT, HAZARDS, {}))


def test_nothing_is_claimed_that_nobody_has_said() -> None:
    sheet = FILE.read_text("utf-8")
    for said in ("No clinical safety officer has signed", "Not UKCA-marked", "Not for use with real patients"):
        assert said in sheet


@pytest.mark.parametrize(
    ("cases", "became"),
    [
        (("", ""), "passed"),
        (("", "<failure/>"), "failed"),
        (("<error/>", ""), "failed"),
        (("<skipped/>", ""), "skipped"),
        (("<skipped/>", "<failure/>"), "failed"),
        (("<skipped/>", '<skipped type="pytest.xfail"/>'), "known to fail"),
        (('<skipped type="pytest.xfail"/>', "<failure/>"), "failed"),
    ],
)
def test_the_worst_case_of_a_test_counts(cases: tuple[str, str], became: str, tmp_path: Path) -> None:
    told = "".join(CASE.format(name=f"test_it[{number}]", inside=inside) for number, inside in enumerate(cases))
    (tmp_path / "results.xml").write_text(f"<testsuites><testsuite>{told}</testsuite></testsuites>")
    assert read_results([str(tmp_path / "results.xml")]) == {"tests/content/test_trace.py::test_it": became}


def test_the_run_is_told_by_day_and_number_and_never_by_machine(tmp_path: Path) -> None:
    told = CASE.format(name="test_it[1]", inside="") + CASE.format(name="test_it[2]", inside="<skipped/>")
    head = '<testsuite timestamp="2026-11-28T13:20:00" hostname="surgery-3">'
    (tmp_path / "results.xml").write_text(f"<testsuites>{head}{told}</testsuite></testsuites>")
    sheet = safety_case(CONTENT, HAZARDS, {}, run_words([str(tmp_path / "results.xml")]))
    assert "- Tests, those run on 2026-11-28: 1 passed, 1 skipped." in sheet
    assert "surgery-3" not in sheet


def test_a_later_file_says_how_a_test_ended_that_was_run_again(tmp_path: Path) -> None:
    for name, inside in (("first.xml", "<failure/>"), ("again.xml", "")):
        told = CASE.format(name="test_it[1]", inside=inside)
        (tmp_path / name).write_text(f"<testsuites><testsuite>{told}</testsuite></testsuites>")
    files = [str(tmp_path / name) for name in ("first.xml", "again.xml")]
    assert read_results(files) == {"tests/content/test_trace.py::test_it": "passed"}
    assert read_results(files[::-1]) == {"tests/content/test_trace.py::test_it": "failed"}


def test_a_failed_and_a_missing_test_show() -> None:
    first, second = HAZARDS[0].control[0].tests[:2]
    sheet = safety_case(CONTENT, HAZARDS, {first: "failed"})
    assert "Evidence: 2 tests: 1 failed, 1 not run." in sheet
    assert second
