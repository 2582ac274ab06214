"""A build on a fresh Linux fetches what it needs, or names it."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

from desktop.shipping import tools
from run import SetUpError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="as Debian names it")
PYTHON = f"libpython{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.parametrize(("user", "fetched"), [(0, ["binutils"]), (1000, [])])
def test_as_root_they_are_fetched_else_named(monkeypatch: pytest.MonkeyPatch, user: int, fetched: list[str]) -> None:
    told: list[str] = []
    monkeypatch.setattr(tools, "missing", lambda: ["binutils"])
    monkeypatch.setattr(tools, "has_apt", lambda: True)
    monkeypatch.setattr(tools, "install_packages", told.extend)
    monkeypatch.setattr(tools.os, "geteuid", lambda: user)
    if fetched:
        tools.provide_tools()
    else:
        with pytest.raises(SetUpError, match="building needs binutils of your system"):
            tools.provide_tools()
    assert told == fetched


def test_what_is_missing_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(tools, "find_library", lambda name: name)
    (tmp_path / "libpython.so").touch()
    monkeypatch.setattr(sysconfig, "get_config_vars", lambda: {"LIBDIR": tmp_path, "INSTSONAME": "libpython.so"})
    assert tools.missing() == []
    monkeypatch.setattr(sysconfig, "get_config_vars", lambda: {"LIBDIR": "/nowhere", "INSTSONAME": "libpython.so"})
    assert tools.missing() == [PYTHON]
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(tools, "find_library", lambda name: None)
    assert tools.missing() == ["binutils", "zstd", "libcups2", PYTHON]
