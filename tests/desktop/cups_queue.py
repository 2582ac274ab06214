"""A print service of the test's own, on loopback, with one queue that writes what it is sent as a PDF."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("cupsd", "lpadmin", "lp", "lpstat")
PPD = "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"
SERVICE = """\
Listen 127.0.0.1:{port}
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow from 127.0.0.1
  </Limit>
</Policy>
"""
FILES = """\
ServerRoot {root}/etc
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/run
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
"""


def why_not() -> str:
    """Why it can't be started here; empty where it can."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing or not Path("/usr/lib/cups/backend/cups-pdf").exists():
        return f"no print service installed: {', '.join(missing) or 'cups-pdf'}"
    return "" if os.name == "posix" and os.geteuid() == 0 else "only root may start a print service"


@contextmanager
def print_queue(name: str) -> Iterator[Printed]:
    """Programs find the service by CUPS_SERVER, which is set meanwhile. One at a time on a machine: all of them write
    into the same folder."""
    with _alone(), tempfile.TemporaryDirectory(prefix="backstop-cups-") as root:
        # The filters run as another user, who has to come through; the folders of pytest are closed again whenever
        # another run of it begins.
        os.chmod(root, 0o755)
        yield from _queue(Path(root), name)


@contextmanager
def _alone() -> Iterator[None]:
    import fcntl  # Windows has none.

    with open(Path(tempfile.gettempdir()) / "backstop-print-queue.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _queue(root: Path, name: str) -> Iterator[Printed]:
    port, printed = _prepare(root), Printed()
    service = subprocess.Popen(
        ["cupsd", "-f", "-c", root / "etc" / "cupsd.conf", "-s", root / "etc" / "cups-files.conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.environ["CUPS_SERVER"] = f"127.0.0.1:{port}"
    try:
        _wait(lambda: _answers(port))
        subprocess.run(["lpadmin", "-p", name, "-v", "cups-pdf:/", "-m", PPD, "-E"], check=True, capture_output=True)
        yield printed
    finally:
        printed.clear_away()
        del os.environ["CUPS_SERVER"]
        service.terminate()
        service.wait(20)


class Printed:
    """The queue writes into the home of whoever prints, and nowhere else; what it wrote there is taken away again."""

    def __init__(self) -> None:
        import pwd  # Windows has none.

        self._folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
        self._there = self._folder.exists()
        self._before = set(self._files())

    def files(self) -> list[bytes]:
        """Waits for the first, and until it is written to its end."""
        _wait(lambda: any(path.read_bytes().rstrip().endswith(b"%%EOF") for path in self._new()))
        return [path.read_bytes() for path in sorted(self._new())]

    def clear_away(self) -> None:
        for path in self._new():
            path.unlink()
        if not self._there and self._folder.exists():
            self._folder.rmdir()

    def _new(self) -> set[Path]:
        return set(self._files()) - self._before

    def _files(self) -> list[Path]:
        return list(self._folder.glob("*.pdf")) if self._folder.exists() else []


def _prepare(root: Path) -> int:
    for name in ("etc", "spool/tmp", "cache", "run", "log"):
        (root / name).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (root / "etc" / "cupsd.conf").write_text(SERVICE.format(port=port))
    (root / "etc" / "cups-files.conf").write_text(FILES.format(root=root))
    return port


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _wait(until: object, seconds: float = 20) -> None:
    assert callable(until)
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "the print service did nothing in time"
        time.sleep(0.05)
