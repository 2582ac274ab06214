"""The shipped rules say of the shipped cases what the cases expect."""

from collections import Counter, defaultdict

import pytest

from ..prepared import shipped_cases, shipped_content

CONTENT = shipped_content()
ROWS = shipped_cases()


@pytest.mark.parametrize("rule", [rule.id for rule in CONTENT.rules])
def test_every_case_of_the_rule_gives_what_it_expects(rule):
    wrong = [
        f"{row.case.name}: {row.outcome(CONTENT)}, expected {row.case.expect}"
        for row in ROWS
        if row.case.rule == rule and row.outcome(CONTENT) != row.case.expect
    ]
    assert not wrong


@pytest.mark.parametrize("rule", [rule.id for rule in CONTENT.rules])
def test_every_rule_has_cases_that_fire_nearly_fire_and_cannot_tell(rule):
    found = Counter(row.case.expect for row in ROWS if row.case.rule == rule)
    assert found.keys() == {"raised", "not raised", "cannot tell"}


def test_cases_stand_in_the_file_of_the_same_name_as_their_rule():
    files = defaultdict(set)
    for row in ROWS:
        files[row.case.rule].add(row.file)
    assert {rule: found for rule, found in files.items() if len(found) != 1} == {}


def test_no_two_cases_of_a_rule_have_the_same_name():
    names = Counter((row.case.rule, row.case.name) for row in ROWS)
    assert [name for name, count in names.items() if count > 1] == []
