"""What holds for every test: no window on the screen, no file of the user's touched, no silent skip in CI."""

import faulthandler
import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

# Before anything imports Qt; a real platform can still be asked for from outside.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("BACKSTOP_STORE", None)

LONG = ("tests/test_quality.py", "tests/desktop", "tests/faults", "tests/clinical", "tests/content")


@pytest.fixture(scope="session", autouse=True)
def _home_of_nobody() -> Iterator[None]:
    """The folders of the person who runs the tests stay out of reach."""
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(Path(home, kind.lower())))
        yield


@pytest.fixture(scope="module", autouse=True)
def _what_stays_is_not_looked_through() -> None:
    """As the program does once it has started (`stay_loaded`): with all that the tests share, each look is long."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A start of the program in a test takes off what tells of a crash: after it a worker would end without a word."""
    if not faulthandler.is_enabled() and fault_handler_stderr_fd_key in item.config.stash:
        faulthandler.enable(item.config.stash[fault_handler_stderr_fd_key])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: at the end the workers have small files to share out, and none waits for another."""
    items.sort(
        key=lambda item: next((rank for rank, start in enumerate(LONG) if item.nodeid.startswith(start)), len(LONG))
    )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a test that was not run, and so a failure."""
    if skipped(session) and os.environ.get("BACKSTOP_CI") == "1" and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("BACKSTOP_CI") == "1":
        for report in terminalreporter.stats.get("skipped", []):
            terminalreporter.write_line(f"SKIPPED, which is a failure in CI: {report.nodeid}", red=True)


def skipped(session: pytest.Session) -> bool:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    return bool(reporter and reporter.stats.get("skipped"))
