"""What a start to a blank consultation loads, and nothing else: papers, notes and other rooms come when asked for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

STARTED = Path(__file__).parent / "benchmarks" / "started.py"
ALLOWED = {
    "PySide6",
    "shiboken6",
    "shibokensupport",
    "signature_bootstrap",
    "msgspec",
    "sqlcipher3",
    "pysqlite3",
    "platformdirs",
    "nhs_number",
    "tzdata",
    "db",
    "desktop",
    "resources",
}
"""Unlocking, which brings cryptography, is another moment, and so is making a store, which brings sqlite-utils. What
tells similar names apart comes only where letters are the same."""
OURS_LATE = (
    "PySide6.QtNetwork",
    "_hashlib",
    "desktop.cli",
    "desktop.clinical.checks",
    "desktop.clinical.exactness",
    "desktop.clinical.tables",
    "db.changing",
    "desktop.paper",
    "desktop.reading",
    "desktop.clinical.causes",
    "desktop.clinical.evidence",
    "desktop.clinical.library",
    "desktop.clinical.waiting_room",
    "desktop.clinical.theorems",
    "desktop.clinical.handouts",
    "desktop.clinical.letters",
    "desktop.record.audit",
    "desktop.record.rescreening",
    "desktop.record.review",
    "desktop.record.signed",
    "desktop.record.subject_access",
    "db.custody",
    "db.entrance",
    "db.screenings",
    "db.verify",
    "desktop.ui.body_map_panel",
    "desktop.ui.command_palette",
    "desktop.ui.demonstration_form",
    "desktop.ui.waiting_form",
    "desktop.record.waiting",
    "logging.handlers",
    "subprocess",
    "tomllib",
    "desktop.ui.could_be_panel",
    "desktop.ui.documents_panel",
    "desktop.ui.examination_panel",
    "desktop.ui.help_dialog",
    "desktop.ui.library_panel",
    "desktop.ui.note_panel",
    "desktop.ui.review_panel",
    "desktop.ui.settings_panel",
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], list[str]]:
    """The modules, and the files whose source was read."""
    folder = tmp_path_factory.mktemp("start")
    homes = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(STARTED), str(folder / "store")]
    for _ in range(2):  # the first one makes the store, and keeps the content ready
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    told = json.loads(done.stdout)
    return set(told["modules"]), told["read"]


@pytest.fixture
def loaded(started: tuple[set[str], list[str]]) -> set[str]:
    return started[0]


def test_a_start_loads_only_the_libraries_that_it_needs(loaded: set[str]) -> None:
    places = {name.partition(".")[0] for name in loaded}
    theirs = {name for name in places if _is_installed(name)}
    assert theirs - ALLOWED == set()


@pytest.mark.parametrize("name", OURS_LATE)
def test_what_a_blank_consultation_does_without_comes_later(loaded: set[str], name: str) -> None:
    assert name not in loaded


def test_no_source_is_read_for_a_feature_of_pyside_that_nobody_uses(started: tuple[set[str], list[str]]) -> None:
    assert [name for name in started[1] if "desktop" in name or "sqlcipher" in name] == []


def test_what_it_needs_is_seen(loaded: set[str]) -> None:
    """The twin: a start that loads nothing would prove nothing."""
    assert {"desktop.ui.consultation_panel", "sqlcipher3", "msgspec"} <= loaded


def _is_installed(name: str) -> bool:
    """Debian's Python has a `sitecustomize` of its own."""
    return name not in {*sys.stdlib_module_names, "sitecustomize"} and not name.startswith("_")


TEXT_BOX = """
import sys
import PySide6.QtWidgets
from desktop.ui.application import make_application
from desktop.ui.style import current_theme
from desktop.ui.text_box import TextBox
application = make_application()
box = TextBox(current_theme(), "Note")
box.show()
application.processEvents()
if sys.argv[1:]:
    PySide6.QtWidgets.QPlainTextEdit().viewport()
print(*(name for name, made in vars(PySide6.QtWidgets).items() if isinstance(made, type)))
"""


@pytest.mark.parametrize("twin", [(), ("Qt's own viewport",)])
def test_a_text_box_makes_no_classes_of_widgets_that_are_not_shown(twin: tuple[str, ...]) -> None:
    """PySide makes them all once it is handed a plain widget that Qt made; the twin is handed one."""
    command = [sys.executable, "-c", TEXT_BOX, *twin]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    made = set(done.stdout.split())
    assert "QPlainTextEdit" in made
    assert ({"QWizard", "QCalendarWidget"} <= made) == bool(twin)
