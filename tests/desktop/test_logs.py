"""Logs hold events and ids, whatever is handed to them, and an error in any thread ends in the one dialogue."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.logs import Plain, set_up_logs
from desktop.ui.errors import catch_everything

CANARY = "Larkspur"
UID = "0b1f0cf2-36cf-4c3d-8b0a-0d8a3f0c7a11"


@pytest.fixture
def folder(tmp_path: Path):  # type: ignore[no-untyped-def]
    root = logging.getLogger()
    held, level = list(root.handlers), root.level
    crashes = set_up_logs(tmp_path)
    yield tmp_path
    for handler in [each for each in root.handlers if each not in held]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    import faulthandler

    faulthandler.disable()
    assert crashes
    crashes.close()


def fail() -> None:
    raise ValueError(CANARY)


def log_failure(log: logging.Logger) -> None:
    try:
        fail()
    except ValueError:
        log.exception("it failed for %s", CANARY, stack_info=True)


EVENTS = {
    "an argument": lambda log: log.info("opened %s", CANARY),
    "an argument by name": lambda log: log.info("opened %(who)s", {"who": CANARY}),
    "an object": lambda log: log.info("opened %r", {"family": CANARY}),
    "an error with its message": log_failure,
    "another library": lambda log: logging.getLogger("pikepdf.x").warning("page of " + CANARY),
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_no_name_reaches_the_log(folder: Path, event) -> None:  # type: ignore[no-untyped-def]
    event(logging.getLogger("desktop.record.patients"))
    written = (folder / "backstop.log").read_text("utf-8")
    assert written.count("\n") == 1
    assert CANARY not in written


def test_ids_numbers_and_our_own_words_do(folder: Path) -> None:
    logging.getLogger("desktop.app").info("encounter %s, %d answers, in %s", UID, 7, Plain("save_answer"))
    assert (folder / "backstop.log").read_text("utf-8").endswith(f"encounter {UID}, 7 answers, in save_answer\n")


def test_five_files_of_a_megabyte(folder: Path) -> None:
    log = logging.getLogger("desktop.app")
    for number in range(60_000):
        log.info("an event with a number that is quite long, for the log to be filled sooner: %d", number)
    sizes = [path.stat().st_size for path in folder.glob("backstop.log*")]
    assert len(sizes) == 5
    assert max(sizes) <= 1_000_000


def test_an_error_in_another_thread_ends_in_the_dialogue(qtbot) -> None:  # type: ignore[no-untyped-def]
    shown: list[str] = []
    hooks = sys.excepthook, threading.excepthook
    try:
        catch_everything(shown.append)
        worker = threading.Thread(target=fail)
        worker.start()
        worker.join()
        qtbot.waitUntil(lambda: shown != [])
    finally:
        sys.excepthook, threading.excepthook = hooks
    assert shown[0].startswith("ValueError in fail")
    assert CANARY not in shown[0]


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux tells it")
def test_no_picture_of_the_memory_is_left() -> None:
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from desktop.logs import forbid_core_dumps; forbid_core_dumps()\n"
        "import ctypes, resource; "
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"
