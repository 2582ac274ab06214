"""The computer's own lock locks Backstop too: real signals on a bus of the test's own, and what Windows would send."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from ctypes import addressof, wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from desktop.ui.system_lock import SESSION_CHANGE, SESSION_LOCKED, SystemLock, WindowsSession, session_bus_is_there

SENDER = Path(__file__).with_name("lock_signals.py")


def test_what_a_linux_desktop_says_when_it_locks_or_sleeps() -> None:
    if shutil.which("dbus-run-session") is None:
        pytest.skip("dbus is not installed")
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, SENDER], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "screen locked": 1,
        "screen open again": 0,
        "session locked": 1,
        "session open again": 0,
        "going to sleep": 1,
        "woken": 0,
    }


@pytest.mark.parametrize(
    ("message", "about", "locked"),
    [(SESSION_CHANGE, SESSION_LOCKED, 1), (SESSION_CHANGE, 8, 0), (0x0010, SESSION_LOCKED, 0)],
)
def test_the_message_of_windows(message: int, about: int, locked: int) -> None:
    """Its shape only: it was never received from Windows itself."""
    taken: list[int] = []
    parent = QObject()
    lock = SystemLock(parent)
    lock.locked.connect(lambda: taken.append(1))
    sent = wintypes.MSG(message=message, wParam=about)
    assert WindowsSession(lock).nativeEventFilter(b"windows_generic_MSG", addressof(sent)) == (False, 0)
    assert len(taken) == locked


def test_no_bus_is_started_by_asking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not session_bus_is_there()
    (tmp_path / "bus").touch()
    assert session_bus_is_there()
