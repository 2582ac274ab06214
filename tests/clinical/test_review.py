"""The rules in words: for the clinician who signs, and for the GP who asks why."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person
from desktop.clinical.condition import parse
from desktop.clinical.explain import explain_text
from desktop.clinical.logic_words import outline
from desktop.clinical.review import review_markdown
from desktop.clinical.selftest import failures, fingerprint
from resources import FOLDER

from ..prepared import shipped_cases, shipped_content

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped():
    return shipped_content()


def test_what_changes_a_plan_stands_on_the_sheet_too(shipped):
    sheet = review_markdown(shipped)
    assert [
        one.id for one in shipped.modifiers if f"## {one.id} {one.name}" not in sheet or one.text not in sheet
    ] == []


def test_the_committed_sheet_is_the_sheet_of_the_rules(shipped):
    """Written anew by `backstop rules review --output docs/rules.md`."""
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == review_markdown(shipped)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("cancer", [(0, "Cancer: yes")]),
        ("not cancer", [(0, "Cancer: no")]),
        ('weakness != "no"', [(0, "Weakness: new or old")]),
        ('not (cancer or weakness == "no")', [(0, "all of:"), (1, "Cancer: no"), (1, "Weakness: new or old")]),
        ("cancer or (foot_drop or crp >= 20)", [(0, "any of:"), (1, "Cancer: yes"), (1, "Foot drop: yes")]),
        ("at_least(2, cancer, foot_drop, crp > 20)", [(0, "at least 2 of:"), (1, "Cancer: yes")]),
        ("crp < 20", [(0, "CRP: under 20\N{NO-BREAK SPACE}mg/L")]),
        ('"thoracic" in site', [(0, "Site includes upper back")]),
        ("40 <= age < 60", [(0, "age 40 or more and under 60")]),
        ('sex == "male"', [(0, "male")]),
        ("crp >= 20 or haemoglobin >= 20", [(0, "any of:"), (1, "CRP, Haemoglobin: 20\N{NO-BREAK SPACE}g/L or more")]),
    ],
)
def test_a_condition_in_words(make_content, make_rule, text, lines):
    content = make_content(make_rule("R01", "urgent", "cancer"))
    found = [(line.depth, line.words) for line in outline(content, parse(text))]
    assert found[: len(lines)] == lines


def test_explaining_marks_each_part_and_says_what_to_ask(make_content, make_rule):
    content = make_content(make_rule("R01", "urgent", "cancer and foot_drop") + make_rule("R02", "soon", "cancer"))
    text = explain_text(content, assess(content, Person(), {"cancer": True, "weakness": "new"}, AT))
    assert "R02 Flag R02: raised, soon\n  yes Cancer: yes" in text
    assert "fewest questions that could raise it: Foot drop" in text
    assert "  yes   Cancer: yes\n  ?     Foot drop: yes" in text
    assert "Ask next: Foot drop?" in text


def test_the_self_test_passes_and_notices_a_changed_rule(shipped):
    from dataclasses import replace

    rows = shipped_cases()
    assert failures(shipped, rows) == ()
    rule = shipped.rules[0]
    bent = shipped.conditions | {rule.when: parse("cancer_history")}
    assert any(rule.id in line for line in failures(replace(shipped, conditions=bent), rows))


def test_the_fingerprint_changes_with_a_content_file(tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.toml").write_text("a = 1")
    before = fingerprint(tmp_path)
    (folder / "a.toml").write_text("a = 2")
    assert fingerprint(tmp_path) != before
    assert fingerprint(FOLDER) == fingerprint(FOLDER)


def test_what_a_line_of_the_plan_hangs_on_is_said_in_words(shipped):
    provisos = re.findall(r"\((?:only when|unless|while not all) .*\)$", review_markdown(shipped), re.MULTILINE)
    assert len(provisos) > 100
    assert [said for said in provisos if re.search(r"[a-z]_[a-z]|==|!=|<=|>=", said)] == []
