"""The frozen program and its package, built and used for real (heavy); what decides over them, quickly."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path

import pytest

from desktop.shipping import build, debian, frozen
from desktop.shipping.licences import NoLicence

needs_packages = pytest.mark.skipif(not Path("/usr/bin/dpkg-deb").exists(), reason="packages are made on Debian")


def test_only_what_the_lock_names_is_shipped() -> None:
    strangers = frozen.strangers()
    assert {"pytest", "hypothesis", "z3", "mypy"} <= set(strangers)
    assert not {"PySide6", "shiboken6", "sqlcipher3", "docx", "lxml", "PIL", "desktop", "db"} & set(strangers)


def test_a_package_that_the_lock_does_not_name_stops_the_build() -> None:
    with pytest.raises(NoLicence, match="pytest would be shipped"):
        frozen.notices([("pytest", pytest.__file__, "PYMODULE")])


def test_notices_of_a_package_go_along() -> None:
    import click

    texts = frozen.notices([("click", click.__file__, "PYMODULE")])
    assert {(Path(text).name, folder) for text, folder in texts} == {
        ("LICENSE.txt", "licences/click/"),
        ("LICENSE.txt", "licences/python"),
    }


def test_too_heavy_a_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backstop"
    folder.mkdir()
    (folder / "large").write_bytes(b"x" * 2000)
    build.weigh(folder)
    monkeypatch.setattr(build, "UNPACKED", 0.001)
    with pytest.raises(SystemExit, match="heavier than agreed"):
        build.weigh(folder)


def test_desktop_entry_is_whole() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(debian.DESKTOP)
    assert entry["Desktop Entry"]["Exec"] == "backstop"
    assert entry["Desktop Entry"]["Terminal"] == "false"
    for action in filter(None, entry["Desktop Entry"]["Actions"].split(";")):
        assert entry[f"Desktop Action {action}"]["Exec"].startswith("backstop ")


@pytest.mark.heavy
@pytest.mark.timeout(1800)
def test_frozen_program_works_for_a_stranger_and_is_light(built: tuple[str, Path]) -> None:
    said, folder = built
    assert "Window: painted" in said
    unpacked, packed = map(int, re.findall(r"(\d+) MB (?:unpacked|as tar)", said))
    assert 100 < unpacked <= build.UNPACKED
    assert 40 < packed <= build.PACKED
    assert (folder / "_internal/licences/pyside6-essentials/LGPL-3.0.txt").exists()
    assert not list(folder.rglob("*hypothesis*"))
    # Under the LGPL whoever has the program may put another Qt in its place.
    assert (folder / "_internal/PySide6/Qt/lib/libQt6Core.so.6").is_file()


@pytest.mark.heavy
@pytest.mark.timeout(1800)
@needs_packages
def test_package_installs_starts_and_goes_without_a_trace(built: tuple[str, Path], tmp_path: Path) -> None:
    package, root = debian.package(built[1], tmp_path), tmp_path / "root"
    (root / "var/lib/dpkg/info").mkdir(parents=True)
    (root / "var/lib/dpkg/updates").mkdir()
    (root / "var/lib/dpkg/status").touch()
    before = files_in(root)
    dpkg(root, "--install", str(package))
    done = subprocess.run(
        [root / "usr/bin/backstop", "selftest", "--whole"], env={}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Window: painted" in done.stdout
    dpkg(root, "--purge", "backstop")
    assert files_in(root) == before


def files_in(root: Path) -> set[Path]:
    """dpkg's own records aside."""
    return {path for path in root.rglob("*") if "var/lib/dpkg" not in path.as_posix() and path != root / "var"}


def dpkg(root: Path, *arguments: str) -> None:
    """The libraries of the system are not in the scratch root, so what it depends on can't be looked for."""
    command = ["dpkg", f"--root={root}", "--force-depends", "--force-not-root", "--log=/dev/null", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_git_the_build_goes_on_and_says_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a fresh machine, from an archive."""
    monkeypatch.setattr(build.shutil, "which", lambda name: None)
    monkeypatch.setattr(frozen, "ROOT", tmp_path)
    assert build.commit("%h") == ""
    file, folder = frozen.mark()
    assert folder == "resources"
    assert Path(file).read_text() == 'commit = "unknown"\nday = "unknown"\n'
