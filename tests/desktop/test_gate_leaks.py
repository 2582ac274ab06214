"""A planted name is nowhere on the disk: after a lock, and after the process was killed while a patient was open."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.entrance import create, sign_in
from db.passwords import new_code
from db.slots import Cost

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
PASSWORD = "a plain pass phrase"
PLANTED = ("Quillfeather", "QUILLFEATHER", "Zebulon", "halfatyped", "9990000042", "999 000 0042")

WORKER = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from db.slots import Cost
from desktop.app import make_gate, make_self_test
from desktop.clinical.content import load
from desktop.settings import settings_for
from desktop.ui.application import make_application
from desktop.ui.preferences import Preferences

application = make_application()
content, settings = load(), settings_for(Path({stores!r}))
gate = make_gate(content, settings, make_self_test(content, settings, None), Preferences(settings.config),
                 cost=Cost(memory=32, passes=1, lanes=4))
gate.show()
gate.enter(gate._entrance.try_password("anna", {password!r}))
gate.rooms.begin("p1")
gate.rooms.consultation.questions.go_to("clinical_impression")
fields = [one for one in gate.rooms.findChildren(QPlainTextEdit) if one.isVisible()]
field = next(one for one in fields if "impression" in one.accessibleName())
field.setFocus()
QTest.keyClicks(field, "halfatyped")
QApplication.clipboard().setText("Quillfeather")
gate.rooms.show_settings("trail")
gate.rooms.show_room("consultation")
application.processEvents()
if {lock!r}:
    gate.lock()
    application.processEvents()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def stores(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "stores"
    anna = {"user": "anna", "name": "Dr Anna Ash", "password": PASSWORD, "code": new_code()}
    with create(folder / "practice", **anna, at=AT, cost=CHEAP) as session:
        zebulon = {"family": "Quillfeather", "given": "Zebulon", "born": date(1965, 3, 12), "nhs_number": "9990000042"}
        session.store.patients.add("p1", **zebulon, at=AT)
    return folder


def found_in(folder: Path, words: tuple[str, ...] = PLANTED) -> list[tuple[str, str]]:
    """File names count too; as UTF-16 as well, which Qt keeps its texts in."""
    found = []
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for word in words:
            if word in path.name or word.encode() in data or word.encode("utf-16-le") in data:
                found.append((path.name, word))
    return found


@pytest.mark.parametrize("lock", [False, True], ids=["killed while a patient is open", "killed while locked"])
def test_nothing_readable_is_left_in_the_profile(stores: Path, tmp_path: Path, lock: bool) -> None:
    home, worker = tmp_path / "home", WORKER.format(root=str(ROOT), stores=str(stores), password=PASSWORD, lock=lock)
    own = {"HOME": home, "TMPDIR": home / "tmp", "APPDATA": home, "LOCALAPPDATA": home, "QT_QPA_PLATFORM": "offscreen"}
    own |= {name: home / name for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    (home / "tmp").mkdir()
    environment = os.environ | {name: str(value) for name, value in own.items()}
    command = [sys.executable, "-c", worker]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        process.kill()
    assert found_in(home) == []
    with sign_in(stores / "practice", "anna", PASSWORD, at=AT, cost=CHEAP) as session:
        assert session.store.patients.one("p1").family == "Quillfeather"
        assert session.take_place().get("texts", {}) != {} if lock else session.take_place() == {}
        assert session.store.verify() is None


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "Zebulon.txt").write_bytes("Quillfeather".encode("utf-16-le"))
    assert found_in(tmp_path) == [("Zebulon.txt", "Quillfeather"), ("Zebulon.txt", "Zebulon")]
