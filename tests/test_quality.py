"""The checks of the code itself, so that the one test command is the only one to know."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("desktop", "db", "resources")

CHECKS = {
    "style": ["-m", "ruff", "check", "--quiet"],
    "types": ["-m", "mypy", "--no-error-summary"],
    "layers": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
}


def source_files() -> list[Path]:
    return [
        ROOT / "run.py",
        *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))),
    ]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.timeout(600)
def test_check(check: str) -> None:
    done = subprocess.run([sys.executable, *CHECKS[check]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "desktop/clinical").rglob("*.py")), ids=lambda path: path.name)
def test_engine_reads_no_clock(path: Path) -> None:
    """Time is an argument; import-linter cannot see `datetime.now()`."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    names = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
    clocks = ("datetime.now", "datetime.utcnow", "date.today")
    assert [name for name in names if name.endswith(clocks)] == []


def test_uneven_margins_go_by_the_side_of_the_language() -> None:
    """Qt leaves them as they are from the right: write `set_margins(layout, start, top, end, bottom)` of ui/sides."""
    files = [path for path in sorted((ROOT / "desktop/ui").glob("*.py")) if path.name != "sides.py"]
    assert [f"{path.name}: {ast.unparse(call)}" for path in files for call in uneven_margins(path)] == []


def uneven_margins(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".setContentsMargins"):
            sides = [ast.unparse(side) for side in node.args]
            if len(sides) == 4 and sides[0] != sides[2]:
                yield node


WITHOUT_QT = {"backup_cli.py", "rights_cli.py", "store_cli.py"}
"""Commands on a terminal, where nobody sets a locale."""


def test_no_name_of_a_month_is_the_machines() -> None:
    """Qt sets the locale of the machine: in German May would be written Mai, and Dec could not be read."""
    files = [path for path in source_files() if path.name not in WITHOUT_QT]
    local = re.compile(r"strptime\(|%-?[aAbBcxXp]\b")
    lines = [(path.name, line) for path in files for line in path.read_text("utf-8").splitlines()]
    assert [told for told in lines if local.search(told[1])] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_ours(package: str) -> None:
    """Some packages on the index install a top-level `tests` or `resources` of their own."""
    assert Path(str(__import__(package).__file__)).parent == ROOT / package


def test_package_and_lock_ask_for_the_same() -> None:
    """What pip installs for `backstop` is what run.in pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {name_of(line) for line in project["dependencies"]} == {
        name_of(line)
        for line in (ROOT / "requirements/run.in").read_text("utf-8").splitlines()
        if not line.startswith("#")
    }


def name_of(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower()


@pytest.mark.parametrize("kind", ["test", "build"])
def test_locks_agree(kind: str) -> None:
    """The tests run on the very versions that are shipped."""
    assert pins("run") <= pins(kind)


def pins(kind: str) -> set[str]:
    return set(re.findall(r"^[\w.-]+==\S+", (ROOT / f"requirements/{kind}.txt").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", source_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_stays_readable(path: Path) -> None:
    """150 lines are usual and 400 need a reason; here a module is so long that it must be two."""
    assert len(path.read_text("utf-8").splitlines()) <= 500
