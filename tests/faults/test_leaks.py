"""After a session that was closed, killed or aborted, the planted name is nowhere on the whole profile; and nothing
was opened to the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from session import CANARY

pytestmark = pytest.mark.timeout(300)
SESSION = Path(__file__).with_name("session.py")


def run(home: Path, ends: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Everything a program could write to lies under `home`: profile, temporary folder, runtime folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "BACKSTOP"))}
    for name in ("tmp", "run"):
        (home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    environment |= {"HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_RUNTIME_DIR": str(home / "run")}
    command = [*before, sys.executable, str(SESSION), str(home / "store"), ends]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=250)


def found_in(home: Path) -> list[str]:
    """As it is, in capitals or small, and as UTF-16, which Qt keeps its texts in."""
    forms = [
        word.encode(coding) for word in (CANARY, CANARY.upper(), CANARY.lower()) for coding in ("utf-8", "utf-16-le")
    ]
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) > 5
    named = [path for path in files if CANARY.lower() in path.name.lower()]
    return [str(path.relative_to(home)) for path in files if any(form in path.read_bytes() for form in forms)] + named


@pytest.mark.parametrize("ends", ["kill", "abort"])
def test_the_planted_name_is_nowhere(tmp_path: Path, ends: str) -> None:
    done = run(tmp_path, ends)
    assert "ready" in done.stdout, done.stderr
    assert done.returncode == {"kill": -9, "abort": -6}[ends], done.stderr
    assert CANARY not in done.stderr
    assert found_in(tmp_path) == []
    assert (tmp_path / "store" / "demonstration" / "backups").exists()
    logs = [*tmp_path.rglob("backstop.log")]
    assert len(logs) == 1
    if ends == "abort":
        assert "Aborted" in next(tmp_path.rglob("crashes.log")).read_text()


def test_the_twin_with_the_name_in_the_log_is_found(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"file {number}").write_text("nothing")
    (tmp_path / "backstop.log").write_bytes(f"ERROR {CANARY.upper()}".encode("utf-16-le"))
    assert found_in(tmp_path) == ["backstop.log"]


@pytest.mark.skipif(shutil.which("strace") is None or sys.platform != "linux", reason="strace is missing")
def test_no_socket_but_of_this_computer(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    done = run(tmp_path, "close", "strace", "-f", "-e", "trace=network", "-o", str(trace))
    assert "ready" in done.stdout, done.stderr
    opened = re.findall(r"socket(?:pair)?\((\w+)", trace.read_text())
    assert set(opened) <= {"AF_UNIX"}
    assert "AF_INET" not in trace.read_text()
    assert found_in(tmp_path) == []


@pytest.mark.skipif(shutil.which("strace") is None or sys.platform != "linux", reason="strace is missing")
def test_the_twin_that_opens_a_socket_is_seen(tmp_path: Path) -> None:
    code = "import socket; socket.socket().close()"
    trace = tmp_path / "trace"
    subprocess.run(["strace", "-f", "-e", "trace=network", "-o", trace, sys.executable, "-c", code], check=True)
    assert "AF_INET" in trace.read_text()
