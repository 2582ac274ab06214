"""A small rule set of its own, so that these tests say how the engine works, whatever the shipped rules say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.clinical.content import Content, load

CHECKLIST = """
[section]
id = "safety_screen"
title = "Safety screen"
order = 1
safety_screen = true

[[item]]
id = "weakness"
label = "Weakness"
ask = "Weak?"
kind = "choice"
why = "It matters."
choices = { no = "No", new = "New: two weeks", old = "Old: longer" }
yes_means = "new"

[[item]]
id = "cancer"
label = "Cancer"
ask = "Cancer?"
kind = "yes-no"
why = "It matters."

[[item]]
id = "foot_drop"
label = "Foot drop"
ask = "Foot drop?"
kind = "yes-no"
why = "It matters."
asked_when = 'weakness != "no"'
detail_of = "weakness"

[[item]]
id = "site"
label = "Site"
ask = "Where?"
kind = "multi"
why = "It matters."
choices = { thoracic = "Upper back", lumbar = "Low back" }

[[item]]
id = "crp"
label = "CRP"
ask = "CRP"
kind = "number"
why = "It matters."
unit = "mg/L"
other_units = ["mg/dL"]
range = [0, 600]
[[item.reference]]
word = "raised"
bound = ">= 10"

[[item]]
id = "haemoglobin"
label = "Haemoglobin"
ask = "Haemoglobin"
kind = "number"
why = "It matters."
unit = "g/L"
range = [30, 250]
[[item.reference]]
word = "low"
bound = "< 130"
when = 'sex == "male"'
[[item.reference]]
word = "low"
bound = "< 120"

[[item]]
id = "scan_date"
label = "Date of the scan"
ask = "When?"
kind = "date"
why = "It matters."
not_future = true
asked_when = "site is answered"

[[item]]
id = "remark"
label = "Remark"
ask = "Remark"
kind = "text"
why = "It matters."
"""

FRAME = """
[[pathway]]
id = "uk"
title = "Test"
rule_set = "Test 1"
dated = 2026-11-23

[[contact]]
id = "gp"
own = true
name = "GP"

[[contact]]
id = "hospital"
name = "Hospital"
"""

CITATION = """
[[citation]]
id = "source"
short = "A source"
title = "A source"
body = "Somebody"
version = "2026"
checked = 2026-11-22
read = "seen"
"""

REFERRAL = '[[rule.plan]]\nkind = "referral"\nto = "{to}"\nhow = "telephone"\nwithin = "{within}"\n'


def rule_text(id: str, urgency: str, when: str, *plan: str, **keys: str) -> str:
    within = {"emergency": "now", "same-day": "24 hours"}.get(urgency, "2 weeks")
    more = "".join(f"{key} = {value}\n" for key, value in keys.items())
    lines = "".join(f"[[rule.plan]]\n{line}\n" for line in plan)
    referral = REFERRAL.format(to="hospital" if within == "now" else "gp", within=within)
    return (
        f'[[rule]]\nid = "{id}"\nflag = "Flag {id}"\nurgency = "{urgency}"\nwhen = """{when}"""\n'
        f'cites = ["source"]\ntag = "seen"\nreviewed = 2026-11-22\n{more}{referral}{lines}\n'
    )


@pytest.fixture
def make_rule() -> Callable[..., str]:
    return rule_text


@pytest.fixture
def make_content(tmp_path: Path) -> Callable[..., Content]:
    """Loads the small checklist with the given rule file text (rules, terms, panels, modifiers)."""

    def make(rules: str) -> Content:
        files = {
            "checklist/screen.toml": CHECKLIST,
            "pathways/uk.toml": FRAME,
            "citations/source.toml": CITATION,
            "rules/rules.toml": rules,
        }
        for name, text in files.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load(tmp_path / "content")

    return make
