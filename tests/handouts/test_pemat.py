"""The PEMAT-P form is whole, each rating has its reason, and the tests it leans on exist and run."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest

from resources import FOLDER

ROOT = Path(__file__).resolve().parents[2]
FORM = tomllib.loads((FOLDER / "safety" / "pemat.toml").read_text(encoding="utf-8"))
ITEMS: list[dict[str, Any]] = FORM["item"]
UNDERSTANDABILITY = [*range(1, 13), *range(15, 20)]
ACTIONABILITY = [*range(20, 27)]
AIM = 0.9


def score(about: str) -> float:
    ratings = [item["rating"] for item in ITEMS if item["about"] == about]
    return ratings.count("agree") / (len(ratings) - ratings.count("not applicable"))


def test_every_item_of_the_form_is_rated_once_with_a_reason() -> None:
    assert [item["number"] for item in ITEMS if item["about"] == "understandability"] == UNDERSTANDABILITY
    assert [item["number"] for item in ITEMS if item["about"] == "actionability"] == ACTIONABILITY
    assert {item["rating"] for item in ITEMS} <= {"agree", "disagree", "not applicable"}
    assert [item["number"] for item in ITEMS if not item["why"]] == []


def test_the_scores_reach_our_aim() -> None:
    """The usual cut is 70 %. As rated by the authors: two raters who did not write it are wanting."""
    assert round(score("understandability"), 2) == 0.94
    assert round(score("actionability"), 2) == 1.0
    assert min(score("understandability"), score("actionability")) >= AIM


@pytest.mark.parametrize("item", [item for item in ITEMS if "tests" in item], ids=lambda item: item["number"])
def test_the_tests_of_an_item_exist(item: dict[str, Any]) -> None:
    for named in item["tests"]:
        file, _, name = named.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
