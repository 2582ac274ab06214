"""Each command and option that the manual names exists, and each that exists is in the manual."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from desktop.cli import main
from desktop.manual import FIRST, contents
from desktop.ui.settings_pages import PAGES as SETTINGS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
WORDS = re.compile(
    r"`((?:backstop|python3 run\.py)(?![^ `])[^`\n]*)`|^((?:backstop|python3 run\.py)(?![^ \n])[^\n#]*)", re.MULTILINE
)
OF_THE_LAUNCHER = {"test", "build", "--wheels"}


def said(page: Path) -> Iterator[str]:
    """What stands there as a command, without the signs for what may be left out."""
    for in_a_line, alone in WORDS.findall(page.read_text("utf-8")):
        yield re.sub(r"[\[\]…]|\\?\|", " ", in_a_line or alone)


def mistake(line: str) -> str:
    """Empty for a command that there is, with options that it takes."""
    words = shlex.split(line.removeprefix("backstop").removeprefix("python3 run.py"))
    if line.startswith("python3") and words and words[0] in OF_THE_LAUNCHER:
        return ""
    command: click.Command = main
    taken = {option for parameter in main.params for option in parameter.opts} | {"--help", "-h"}
    for word in words:
        if word.startswith("-") and len(word) > 1:
            if word not in taken:
                return f"{command.name} takes no {word}"
        elif isinstance(command, click.Group) and word in command.commands:
            command = command.commands[word]
            taken |= {option for parameter in command.params for option in parameter.opts}
        elif isinstance(command, click.Group) and word.islower():
            return f"there is no {command.name} {word}"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_of_a_page_exists(page: Path) -> None:
    assert [told for line in said(page) if (told := mistake(line))] == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("backstop selftest --whole", ""),
        ("backstop store verify --head 12", ""),
        ("backstop --overlay FOLDER rules check", ""),
        ("backstop selftest --everything", "selftest takes no --everything"),
        ("backstop store burn", "there is no store burn"),
        ("python3 run.py fly", "there is no main fly"),
    ],
)
def test_a_command_that_does_not_exist_is_noticed(line: str, told: str) -> None:
    assert mistake(line) == told


def every_command(group: click.Group, before: str = "backstop") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


@pytest.mark.parametrize("command", list(every_command(main)))
def test_each_command_is_in_the_manual(command: str) -> None:
    """The pages of docs are enough without the README."""
    lines = [line for page in PAGES if page.parent.name == "docs" for line in said(page)]
    assert any(f"{line} ".startswith(f"{command} ") for line in lines)


def test_each_page_stands_in_the_contents() -> None:
    """The program shows what the contents name, so a page that they don't name is not in the manual."""
    listed = {id for titles in contents().values() for id in titles}
    assert listed == {f"docs/{page.stem}" for page in PAGES if page.parent.name == "docs"} - {FIRST} | {"CONTRIBUTING"}


@pytest.mark.parametrize("sheet", PAGES, ids=lambda page: page.name)
def test_each_setting_that_a_page_names_exists(sheet: Path) -> None:
    """By its words on the screen."""
    there = {one.words for one in SETTINGS}
    assert set(re.findall(r"Settings → ([A-Z][A-Za-z ]*[a-z])", sheet.read_text("utf-8"))) <= there


def test_each_page_of_the_settings_is_in_the_manual() -> None:
    told = (ROOT / "docs/for-practice-managers.md").read_text("utf-8")
    assert [one.words for one in SETTINGS if f"**Settings → {one.words}** |" not in told] == []


@pytest.mark.parametrize("sheet", PAGES, ids=lambda page: page.name)
def test_each_variable_that_a_page_names_is_read(sheet: Path) -> None:
    """By the program, or by the tests."""
    files = [*(ROOT / "desktop").glob("*.py"), *(ROOT / "tests").rglob("*.py")]
    ours = "".join(path.read_text("utf-8") for path in files)
    assert [name for name in re.findall(r"`(BACKSTOP_\w+)", sheet.read_text("utf-8")) if f'"{name}"' not in ours] == []


@pytest.mark.parametrize("sheet", PAGES, ids=lambda page: page.name)
def test_each_script_that_a_page_names_exists(sheet: Path) -> None:
    told = sheet.read_text("utf-8")
    modules = [name.replace(".", "/") + ".py" for name in re.findall(r"\b(desktop\.shipping\.\w+)", told)]
    scripts = re.findall(r"(?:python|node) ((?:tests|docs)/[\w/.]+\.(?:py|mjs))", told)
    assert [name for name in (*modules, *scripts) if not (ROOT / name).is_file()] == []


def test_each_test_that_the_page_on_accessibility_names_exists() -> None:
    told = (ROOT / "docs/accessibility.md").read_text("utf-8")
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", told)
    assert len(named) > 15
    for file, test in named:
        assert f"def {test}" in (ROOT / "tests/desktop" / file).read_text("utf-8"), f"{file}::{test}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("for-gps", "it never says that something is safe"),
        ("for-gps", "lowers nothing here"),
        ("for-gps", "What it is not made for"),
        ("for-gps", "you are right to act on your own thought"),
        ("for-practice-managers", "Print the kit and lock it away"),
    ],
)
def test_what_the_hazard_log_rests_on_stands_in_the_manual(page: str, words: str) -> None:
    assert words in " ".join((ROOT / "docs" / f"{page}.md").read_text("utf-8").split())
