"""The real accessibility tree, as a screen reader gets it: the real program on a virtual screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.timeout(600)
ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON, BUS = Path("/usr/bin/python3"), Path("/usr/libexec/at-spi-bus-launcher")
WRITTEN = 40
"""Of the visits of the invented practice: enough to fill the rooms. While it writes, each of thousands of questions on
the bus waits for a visit, and what is looked through goes."""
START = f"""
import itertools, sys
sys.path.insert(0, sys.argv.pop(1))
from desktop import app
years = app._years
app._years = lambda clinic: itertools.islice(years(clinic), {WRITTEN})
from desktop.cli import main
main()
"""
SCRIPT = """
"$1" --launch-immediately & bus=$!
"$2" -I -c "$5" "$3" --demo & program=$!
"$4" "$3/tests/desktop/atspi_hands.py"; code=$?
kill $program; wait $program; kill $bus
exit $code
"""


def missing() -> str:
    """The first thing of `.ci/apt.txt` that this needs and the machine lacks."""
    for tool in ("Xvfb", "xvfb-run", "dbus-run-session", "xauth"):
        if shutil.which(tool) is None:
            return tool
    if not BUS.exists():
        return "at-spi2-core"
    asked = "import gi; gi.require_version('Atspi', '2.0')"
    found = SYSTEM_PYTHON.exists() and subprocess.run([SYSTEM_PYTHON, "-c", asked], capture_output=True, check=False)
    return "" if found and found.returncode == 0 else "python3-gi and gir1.2-atspi-2.0"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """In CI a skip is a failure."""
    if lacking := missing():
        pytest.skip(f"{lacking} is not installed")
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
    environment |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    inner = ["bash", "-c", SCRIPT, "bash", str(BUS), sys.executable, str(ROOT), str(SYSTEM_PYTHON), START]
    done = subprocess.run(
        ["xvfb-run", "-a", "dbus-run-session", "--", *inner],
        capture_output=True,
        text=True,
        timeout=560,
        check=False,
        env=environment,
        cwd=home,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_rail_is_in_the_tree(told: dict[str, Any]) -> None:
    assert {"Today", "Patients", "Follow-up", "Library", "Settings"} <= set(told["rooms"])


def test_who_the_patient_is_is_told_before_and_with_the_questions(told: dict[str, Any]) -> None:
    assert told["found"].startswith("1 found. Enter opens: YARROW, Briony (Mrs) · 79 y. Born ")
    assert any(name.startswith("Patient: YARROW, Briony, born ") for name in told["around"])


def test_question_is_answered_through_the_tree(told: dict[str, Any]) -> None:
    """Found with its buttons and pressed by the tree's action. The library keeps names, so the state is asked for."""
    question = told["row"].removesuffix(" not asked")
    assert "Cancer ever" in question
    assert [name.partition(": ")[0] for name in told["answers"]][:2] == ["Yes", "No"]
    assert all(name.endswith(question) for name in told["answers"])
    assert told["checked"]
    assert told["row role"] == "panel"


def test_flag_is_in_the_tree(told: dict[str, Any]) -> None:
    assert "Emergency" in told["flag"]


def test_flag_is_announced_and_a_further_one_of_the_same_urgency_too(told: dict[str, Any]) -> None:
    assert "Emergency" in told["announced"][-1]
    assert [words.partition(":")[0] for words in told["further"]] == ["Emergency flag"]


def test_nothing_that_takes_the_focus_is_without_a_name(told: dict[str, Any]) -> None:
    assert told["unnamed"].keys() == {*told["rooms"], "Consultation"}
    assert {screen: roles for screen, roles in told["unnamed"].items() if roles} == {}
