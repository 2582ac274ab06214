"""The launcher: what it hands over, when it sets up again, and that it never speaks on standard output."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """`run.py` in a copy of its own, with requirements beside it and no environment yet."""
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    for kind in ("run", "test", "build"):
        (requirements / f"{kind}.txt").write_text(f"{kind}-package==1\n")
    (tmp_path / "run.py").write_text((ROOT / "run.py").read_text("utf-8"), "utf-8")
    spec = importlib.util.spec_from_file_location("launcher", tmp_path / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def installed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Instead of installing: which requirements were asked for, and whether into what was there."""
    calls: list[tuple[str, bool]] = []

    def install(requirements: Path, wheels: Path | None, reusable: bool) -> bool:
        calls.append((requirements.name, reusable))
        run.site_packages().mkdir(parents=True, exist_ok=True)
        run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        run.PYTHON.touch()
        return True

    monkeypatch.setattr(run, "install_with_uv", install)
    return calls


@pytest.mark.parametrize(
    ("arguments", "passed_on"),
    [
        ([], ["desktop", "--demo"]),
        (["assess", "CASE.json", "--json"], ["desktop", "assess", "CASE.json", "--json"]),
        (["--store", "a b"], ["desktop", "--store", "a b"]),
        (["test"], ["pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]),
        (["test", "-k", "not slow", "-q"], ["pytest", "-k", "not slow", "-q"]),
        (["assess", "test"], ["desktop", "assess", "test"]),
        (["build"], ["desktop.shipping.build"]),
    ],
)
def test_arguments_are_handed_over(run: ModuleType, arguments: list[str], passed_on: list[str]) -> None:
    assert run.command_line(arguments) == [str(run.PYTHON), "-I", "-m", *passed_on]


@pytest.mark.parametrize(
    ("arguments", "opens"),
    [
        ([], True),
        (["--demo"], True),
        (["--store", "assess"], True),
        (["assess", "--json"], False),
        (["checklist"], False),
        (["--help"], False),
        (["-h"], False),
    ],
)
def test_only_the_window_waits_for_qt(run: ModuleType, arguments: list[str], opens: bool) -> None:
    assert run.opens_window(arguments) is opens


@pytest.mark.parametrize("spelling", [["--wheels", "{}"], ["--wheels={}"]])
def test_wheels_folder_is_taken_off_the_arguments(run: ModuleType, tmp_path: Path, spelling: list[str]) -> None:
    arguments = [part.format(tmp_path) for part in spelling]
    assert run.split_arguments([*arguments, "test", "-q"]) == (tmp_path, ["test", "-q"])


@pytest.mark.parametrize("arguments", [["--wheels"], ["--wheels", "not-there"], ["--wheels="]])
def test_wheels_without_a_folder_is_refused(run: ModuleType, arguments: list[str]) -> None:
    with pytest.raises(run.SetUpError, match="--wheels needs a folder"):
        run.split_arguments(arguments)


def test_without_a_network_nothing_is_fetched(run: ModuleType, tmp_path: Path) -> None:
    assert run.install_options(Path("test.txt"), tmp_path)[-3:] == ["--no-index", "--find-links", tmp_path]


@pytest.mark.parametrize(("had", "wanted"), [("run", "run"), ("test", "test"), ("test", "run")])
def test_second_start_installs_nothing(
    run: ModuleType, installed: list[tuple[str, bool]], had: str, wanted: str
) -> None:
    run.set_up(had, wheels=None)
    run.set_up(wanted, wheels=None)
    assert installed == [(f"{had}.txt", False)]


def test_tests_are_added_to_what_is_there(run: ModuleType, installed: list[tuple[str, bool]]) -> None:
    run.set_up("run", wheels=None)
    run.set_up("test", wheels=None)
    assert installed == [("run.txt", False), ("test.txt", True)]


def test_changed_requirements_are_installed(run: ModuleType, installed: list[tuple[str, bool]]) -> None:
    run.set_up("run", wheels=None)
    (run.HERE / "requirements/run.txt").write_text("run-package==2\n")
    run.set_up("run", wheels=None)
    assert installed == [("run.txt", False), ("run.txt", True)]


def test_interrupted_set_up_begins_again(
    run: ModuleType, installed: list[tuple[str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut() -> None:
        raise KeyboardInterrupt

    run.set_up("run", wheels=None)
    with monkeypatch.context() as interrupted:
        interrupted.setattr(run, "make_importable", power_cut)
        with pytest.raises(KeyboardInterrupt):
            run.set_up("test", wheels=None)
    assert not run.is_ready("run")
    run.set_up("test", wheels=None)
    assert installed[-1] == ("test.txt", False)


def test_environment_of_another_python_is_made_anew(run: ModuleType, installed: list[tuple[str, bool]]) -> None:
    run.set_up("run", wheels=None)
    run.READY.write_text(run.READY.read_text().replace(sys.implementation.cache_tag, "cpython-310"))
    run.set_up("run", wheels=None)
    assert installed[-1] == ("run.txt", False)


def test_lost_python_is_noticed(run: ModuleType, installed: list[tuple[str, bool]]) -> None:
    run.set_up("run", wheels=None)
    run.PYTHON.unlink()
    assert not run.is_ready("run")


def test_failed_installation_leaves_no_stamp(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for way in ("install_with_uv", "install_with_pip"):
        monkeypatch.setattr(run, way, lambda *_: False)
    with pytest.raises(run.SetUpError, match="--wheels FOLDER"):
        run.set_up("run", wheels=None)
    assert not run.READY.exists()


@pytest.mark.parametrize(
    ("soname", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11.so.6", "libx11-6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libpng16.so.16", "libpng16-16"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ],
)
def test_debian_package_of_a_library(run: ModuleType, soname: str, package: str) -> None:
    assert run.package_of(soname) == package


def test_display_asks_for_its_own_libraries(run: ModuleType) -> None:
    assert run.platform_plugins("run", {}) == ["offscreen"]
    assert run.platform_plugins("build", {}) == ["offscreen", "xcb", "wayland"]
    assert run.platform_plugins("test", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}) == ["offscreen", "xcb", "wayland"]


def test_missing_libraries_are_named_where_nothing_can_be_fetched(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "missing_libraries", lambda _: {"libEGL.so.1"})
    with pytest.raises(run.SetUpError, match=r"libEGL\.so\.1.*\n.*\n.*apt-get install libegl1"):
        run.fetch_until_nothing_is_missing(["offscreen"], may_fetch=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has them beside the environment")
def test_unpacked_libraries_are_found(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/theirs")
    folders = [run.SYSTEM_LIBRARIES / place / "aarch64-linux-gnu" for place in ("lib", "usr/lib")]
    for folder in folders:
        folder.mkdir(parents=True)
    assert run.program_environment()["LD_LIBRARY_PATH"] == ":".join([*map(str, folders), "/theirs"])


def launch(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, folder / "run.py", *arguments],
        cwd=folder.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="the fake environment is a shell script")
def test_standard_output_is_the_programs_alone(run: ModuleType, installed: list[tuple[str, bool]]) -> None:
    run.set_up("run", wheels=None)
    run.PYTHON.write_text('#!/bin/sh\npwd\necho "$@"\nexit 2\n')
    run.PYTHON.chmod(0o755)
    done = launch(run.HERE, "assess", "a case.json")
    assert done.stdout == f"{run.HERE.parent}\n-I -m desktop assess a case.json\n"
    assert (done.stderr, done.returncode) == ("", 2)


@pytest.mark.skipif(os.name == "nt", reason="the fake tools are shell scripts")
def test_set_up_speaks_on_standard_error(run: ModuleType, tmp_path: Path) -> None:
    """With a `uv` that prints, fails, and leaves nothing; and no wheels for pip to go on with."""
    tools, wheels = tmp_path / "tools", tmp_path / "wheels"
    tools.mkdir()
    wheels.mkdir()
    (tools / "uv").write_text("#!/bin/sh\necho uv was here\nexit 1\n")
    (tools / "uv").chmod(0o755)
    done = launch(run.HERE, f"--wheels={wheels}", "checklist", PATH=f"{tools}:{os.environ['PATH']}")
    assert (done.stdout, done.returncode) == ("", 1)
    assert "uv was here" in done.stderr
    assert "Traceback" not in done.stderr
    assert not run.READY.exists()


def test_folder_that_cannot_be_written_is_explained(run: ModuleType) -> None:
    (run.HERE / ".venv.lock").mkdir()  # stands in the way of root too
    done = launch(run.HERE, "checklist")
    assert done.returncode == 1
    assert done.stderr.startswith("run.py: cannot write in ")


def test_old_python_is_told_kindly(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "OLDEST", (4, 0))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(run.SetUpError, match=r"needs Python 3\.11, 3\.12 or 3\.13; this is 3\."):
        run.require_python()


def test_no_registry_and_no_machine_is_named() -> None:
    """A practice may have its own mirror; a lock that names a host would go round it."""
    texts = [ROOT / "run.py", ROOT / "pyproject.toml", ROOT / ".ci/run", *(ROOT / "requirements").iterdir()]
    named = [path.name for path in texts if "http" in (text := path.read_text("utf-8")) or "/home/" in text]
    assert named == []
