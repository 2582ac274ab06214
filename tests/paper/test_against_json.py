"""What was read back from the page, held against the same assessment as JSON: neither knows how the other is made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.clinical.export import assessment_json
from desktop.paper.basis import Basis
from desktop.paper.text import note_text

from .conftest import HEADING, LONDON, WALKER, Paper

NAMES = ("empty", "twelve", "negative", "emergency", "full", "contradiction")
WORDS = {"same-day": "same day"}


def squeezed(words: str) -> str:
    """Lines and hyphens fall where they fall; a sentence may begin with a capital or not."""
    return re.sub(r"[\s\u2010\u2011-]", "", words).lower()


def expected(told: Mapping[str, Any], content: Content) -> Iterator[str]:
    """Everything of the JSON that a reader has to find on the page."""
    for flag in told["flags"]:
        yield from (flag["title"], flag["id"], WORDS.get(flag["urgency"], flag["urgency"]))
    for rule in told["undecided"]:
        if rule["urgency"] == "emergency":
            yield from (rule["title"], rule["id"])
    for line in (*told["plan"]["immediate"], *told["plan"]["safety_net"], *told["plan"]["notes"]):
        yield line
    for line in (*told["plan"]["nothing"], *told["plan"]["withheld"]):
        yield line.get("why") or line["reason"]
    for line in told["plan"]["imaging"]:
        yield f"{line['modality']}, {line['region']}"
    for line in told["plan"]["referral"]:
        yield from (line["how"], line["to"])
    for line in (*told["plan"]["imaging"], *told["plan"]["referral"]):
        # A limit that runs from another result has no hour yet.
        if line.get("due") and line["within"].endswith("hours") and not line.get("then"):
            yield f"{datetime.fromisoformat(line['due']).astimezone(LONDON):%d-%b-%Y %H:%M}"
    yield from (test for bloods in told["plan"]["blood_tests"] for test in bloods["tests"])
    yield f"{told['safety_screen']['asked']} of {told['safety_screen']['of']} asked"
    yield from (content.items[id].label for id in told["safety_screen"]["missing"])


@pytest.fixture(scope="module")
def read_back(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], content: Content
) -> Callable[..., str]:
    def words(kind: str, name: str) -> str:
        if kind == "summary":
            return papers[name].body
        return note_text(Basis(content, encounters[name], LONDON, WALKER, HEADING))

    return words


@pytest.mark.parametrize("kind", ["summary", "note"])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_the_json_says(
    read_back: Callable[..., str], encounters: Mapping[str, Assessment], content: Content, name: str, kind: str
) -> None:
    told = json.loads(json.dumps(assessment_json(content, encounters[name])))
    there = squeezed(read_back(kind, name))
    assert [words for words in expected(told, content) if squeezed(words) not in there] == []


def test_a_page_of_somebody_else_does_not(
    read_back: Callable[..., str], encounters: Mapping[str, Assessment], content: Content
) -> None:
    told = json.loads(json.dumps(assessment_json(content, encounters["emergency"])))
    there = squeezed(read_back("summary", "negative"))
    assert len([words for words in expected(told, content) if squeezed(words) not in there]) > 10
