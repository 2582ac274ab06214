"""A practice may add and sharpen; it cannot take away or loosen."""

from datetime import UTC, datetime

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person
from desktop.clinical.content import load
from desktop.clinical.mistakes import ContentError

AT = datetime(2026, 11, 23, tzinfo=UTC)
OWN_RULE = """
[[rule]]
id = "L01"
flag = "Fever with a pacemaker"
urgency = "urgent"
when = "fever_or_unwell and mri_implant"
cites = ["nice-ng59"]
tag = "judgement"
reviewed = 2026-11-22
[[rule.plan]]
kind = "referral"
to = "gp"
how = "review"
within = "1 week"
"""


@pytest.fixture
def lay(tmp_path):
    def laid(text):
        (tmp_path / "practice.toml").write_text(text, encoding="utf-8")
        return load(overlay=tmp_path)

    return laid


@pytest.fixture
def mistakes(lay):
    def found(text):
        with pytest.raises(ContentError) as error:
            lay(text)
        return [(one.entry, one.key, one.message) for one in error.value.mistakes]

    return found


def rule(content, id):
    return content.rules[content.order[id]]


def test_a_rule_of_the_practices_own_is_raised_like_ours(lay):
    content = lay(OWN_RULE)
    result = assess(content, Person(), {"fever_or_unwell": True, "mri_implant": True}, AT)
    assert "L01" in [flag.rule.id for flag in result.flags]
    assert result.rule_set == "UK 2026.11 with practice overlay"


def test_a_practice_may_review_its_rules_later_than_ours(lay):
    content = lay(OWN_RULE.replace("reviewed = 2026-11-22", "reviewed = 2027-02-01"))
    assert rule(content, "L01").reviewed > content.pathway.dated


def test_an_urgency_may_be_raised_where_a_contact_keeps_up(lay):
    text = (
        '[[change]]\nrule = "R30"\nwhy = "Our clinic is quick."\nurgency = "urgent"\n'
        '[[change.shorten]]\nkind = "referral"\nwithin = "2 weeks"\n'
    )
    content = lay(text)
    assert rule(content, "R30").urgency == "urgent"
    assert "R30" not in rule(content, "R29").takes_in


def test_a_limit_may_be_shortened_and_a_line_added(lay):
    text = (
        '[[change]]\nrule = "R13"\nwhy = "Same-week laboratory."\n'
        '[[change.shorten]]\nkind = "bloods"\nwithin = "1 week"\n'
        '[[change.plan]]\nkind = "safety-net"\ntext = "Our nurse rings with the result."\n'
    )
    changed, shipped = rule(lay(text), "R13"), rule(load(), "R13")
    assert {line.within for line in changed.plan if line.kind == "bloods"} == {"1 week"}
    assert changed.plan[-1].text == "Our nurse rings with the result."
    assert (changed.when, len(changed.plan)) == (shipped.when, len(shipped.plan) + 1)


def test_a_contact_is_filled_in_or_added(lay):
    text = (
        '[[contact]]\nid = "mscc_coordinator"\ntelephone = "01632 960 114"\n'
        '[[contact]]\nid = "village_nurse"\nname = "Nurse"\n'
    )
    content = lay(text)
    assert content.contacts["mscc_coordinator"].telephone == "01632 960 114"
    assert content.contacts["mscc_coordinator"].name == load().contacts["mscc_coordinator"].name
    assert content.contacts["village_nurse"].name == "Nurse"


@pytest.mark.parametrize(
    ("text", "entry", "key", "said"),
    [
        ('[[change]]\nrule = "R01"\nwhy = "x"\nurgency = "routine"\n', "R01", "urgency", "may only raise"),
        ('[[change]]\nrule = "R13"\nwhy = "x"\nurgency = "emergency"\n', "R13", "plan", "within the limit"),
        ('[[change]]\nrule = "R99"\nwhy = "x"\n', "R99", "rule", "no shipped rule"),
        ('[[change]]\nrule = "R01"\nwhy = "x"\nwhen = "injury"\n', "", "when", "is not a key"),
        ('[[change]]\nrule = "R01"\n', "", "why", "is missing"),
        (
            '[[change]]\nrule = "R13"\nwhy = "x"\n[[change.shorten]]\nkind = "bloods"\nwithin = "12 weeks"\n',
            "R13",
            "shorten.within",
            "longer than",
        ),
        (
            '[[change]]\nrule = "R13"\nwhy = "x"\n[[change.shorten]]\nkind = "imaging"\nwithin = "now"\n',
            "R13",
            "shorten",
            "has no imaging",
        ),
        (OWN_RULE.replace("L01", "R01"), "R01", "id", "must begin with L"),
        (OWN_RULE.replace("mri_implant", "mri_implnt"), "L01", "when", "did you mean"),
        ('[[term]]\nid = "ces_new"\nwhen = "injury"\nmeans = "x"\n', "", "term", "is not a table"),
        ('[[contact]]\nid = "village_nurse"\n', "village_nurse", "name", "is missing"),
    ],
)
def test_what_would_take_away_or_cannot_be_read_is_refused(mistakes, text, entry, key, said):
    assert any(one[:2] == (entry, key) and said in one[2] for one in mistakes(text)), mistakes(text)
