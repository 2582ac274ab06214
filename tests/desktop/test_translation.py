"""Every word of the screen goes through Qt's translation; another language, longer or from the right, fits."""

from __future__ import annotations

import ast
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import translations  # noqa: E402

UI, RECORD = ROOT / "desktop/ui", ROOT / "desktop/record"
CALLS = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}


def test_lupdate_finds_every_word(tmp_path: Path) -> None:
    """It passes over what stands in an f-string, and plurals outside `self.tr`: then nobody could translate them."""
    file = translations.update("xx", tmp_path)
    found = {message.findtext("source") for message in ET.parse(file).iter("message")}
    plural = {m.findtext("source") for m in ET.parse(file).iter("message") if m.get("numerus") == "yes"}
    wanted = {words for path in sorted(UI.glob("*.py")) for words in translated(path)}
    wanted |= translations.said_by_the_record() | translations.told_by_the_store()
    assert wanted - found == set()
    assert {words for words in wanted if "%n" in words} - plural == set()


def test_english_plurals_are_up_to_date(tmp_path: Path) -> None:
    """If not: `python tests/translations.py`."""
    made = translations.update(translations.ENGLISH, tmp_path)
    for name in (made.name, made.with_suffix(".qm").name):
        assert (tmp_path / name).read_bytes() == (translations.FOLDER / name).read_bytes(), name


# Names that are the same in every language, keys of the keyboard, markup, a filter of files, and what is printed.
UNREAD = re.compile(
    r"Fusion|Backstop|AnswerRow|ExaminationPanel|Source Sans 3|DejaVu Sans|Python|Window|When|Plan|"
    r"Roots?|Encounter|Space|Enter|Return|Delete|"
    r"Lock|ActiveChanged|PrepareForSleep|"  # signals of D-Bus
    r"((Ctrl|Shift|Alt)\+)+.*|Ctrl|Esc|Del|.*[<>;{].*|\w+ \(\*\.\w+\)",
    re.DOTALL,
)


REFUSES = re.compile(r"Refused$|^NotATable$")


@pytest.mark.parametrize("path", sorted(RECORD.glob("*.py")), ids=lambda path: path.name)
def test_what_the_record_refuses_is_said_in_translated_words(path: Path) -> None:
    """Beside its field, or below the table it was read from."""
    raised = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Raise)]
    refused = [one.exc for one in raised if isinstance(one.exc, ast.Call) and REFUSES.search(name_of(one.exc.func))]
    inside = {id(node) for call in refused for one in calls(call, "say") for node in ast.walk(one)}
    words = [node for call in refused for node in ast.walk(call) if isinstance(node, ast.Constant | ast.JoinedStr)]
    assert [ast.unparse(one) for one in words if id(one) not in inside and " " in ast.unparse(one)] == []


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    return (one for one in ast.walk(tree) if isinstance(one, ast.Call) and name_of(one.func) == name)


@pytest.mark.parametrize("path", sorted(UI.glob("*.py")), ids=lambda path: path.name)
def test_no_word_is_left_untranslated(path: Path) -> None:
    """A literal that begins like a sentence and goes to the screen without `tr`; what begins small is for the run
    in another language to find (test_pseudo_locale)."""
    assert [words for words in untranslated(path) if not UNREAD.fullmatch(words.strip())] == []


def test_the_search_for_untranslated_words_finds_one(tmp_path: Path) -> None:
    (tmp_path / "panel.py").write_text('def lay_out(self):\n    self.setText("Not translated")\n', "utf-8")
    assert list(untranslated(tmp_path / "panel.py")) == ["Not translated"]


def translated(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        place = CALLS.get(name_of(node.func)) if isinstance(node, ast.Call) else None
        if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
            yield str(node.args[place].value)


def untranslated(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    passed_over = {id(node) for call in calls_of_no_concern(tree) for node in ast.walk(call)} | docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield from re.findall(r"(?s)^\s*[“‘]?[A-Z][a-z’]{2,}.*$", node.value)


NOT_SHOWN = {"AttributeError", "RuntimeError", "AssertionError", "Literal", "TypeVar", "NamedTuple", "Tag", "info"}


def calls_of_no_concern(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in {*CALLS, *NOT_SHOWN}:
            yield from node.args
        elif isinstance(node, ast.Subscript) and name_of(node.value) in NOT_SHOWN:
            yield node


def docstrings(tree: ast.AST) -> set[int]:
    """And the strings below a constant that explain it."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
