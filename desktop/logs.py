"""What is written down about a run: events, ids and places in the code, never a word about a patient.

Five files of a megabyte. A crash of the interpreter leaves the places in the code in a file of its own, and no
picture of the memory: that would hold the record and its key.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import logging
import re
import sys
from pathlib import Path
from typing import IO

LOG, CRASHES = "backstop.log", "crashes.log"
SIZE, OLDER = 1_000_000, 4
OURS = ("desktop", "db")
UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
WITHHELD = "‹withheld›"
PR_SET_DUMPABLE = 4


class Plain(str):
    """Text of our own making, such as the name of a function: it may be logged as it is."""

    __slots__ = ()


class OnlyIds(logging.Filter):
    """Of our own events the words as they stand in the code, with numbers and ids; of other libraries only that they
    had something to say."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.split(".")[0] not in OURS:
            record.msg, record.args = "a message of this library was left out", ()
        elif isinstance(record.args, tuple):
            record.args = tuple(_safe(value) for value in record.args)
        else:
            record.args = {name: _safe(value) for name, value in (record.args or {}).items()}
        if record.exc_info and record.exc_info[0]:
            record.msg, record.args = f"{record.msg} [{record.exc_info[0].__name__}]", record.args
        record.exc_info = record.exc_text = record.stack_info = None
        return True


class Rolling(logging.FileHandler):
    """As RotatingFileHandler, whose module brings sockets and pickles along."""

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and self.stream.tell() + len(self.format(record)) >= SIZE:
            self.stream.close()
            self.stream = None
            self._make_room()
        super().emit(record)

    def _make_room(self) -> None:
        """Where the disk refuses, the full one is written on."""
        with contextlib.suppress(OSError):
            for age in range(OLDER, 0, -1):
                newer = Path(f"{self.baseFilename}.{age - 1}" if age > 1 else self.baseFilename)
                if newer.exists():
                    newer.replace(f"{self.baseFilename}.{age}")


def _safe(value: object) -> object:
    if isinstance(value, int | float | Plain) or (isinstance(value, str) and UUID.fullmatch(value)):
        return value
    return WITHHELD


def set_up_logs(folder: Path) -> IO[str] | None:
    """Gives the file for crashes, which has to stay open. A disk that refuses must not keep anybody from working."""
    forbid_core_dumps()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = Rolling(folder / LOG, encoding="utf-8")
        crashes = (folder / CRASHES).open("a", encoding="utf-8")
    except OSError:
        return None
    handler.addFilter(OnlyIds())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    for held in [each for each in root.handlers if isinstance(each, Rolling)]:
        root.removeHandler(held)
        held.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable(crashes)
    return crashes


def forbid_core_dumps() -> None:
    """Also where the system hands them to a program, which a limit of nought alone does not stop."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
