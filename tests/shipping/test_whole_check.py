"""The self-test of an installed program: each part works, and each part that does not is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from db.store import Store
from desktop import whole_check
from desktop.clinical.content import Content, load
from desktop.whole_check import PICTURE, must_be_painted, stores_and_prints

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def test_every_part_of_this_program_works(tmp_path: Path) -> None:
    """Without a display, a home or any other variable, but for where run.py unpacked what nobody may install here."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "FONTCONFIG_PATH") if name in os.environ}
    command = [sys.executable, "-I", "-m", "desktop", "selftest", "--whole"]
    done = subprocess.run(command, env={"TMPDIR": str(tmp_path), **kept}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    begun = [line.partition(":")[0] for line in done.stdout.splitlines()[1:]]
    assert begun == ["Account", "Assessment", "Store", "Paper", "Window"]
    assert list(tmp_path.iterdir()) == []


def lose_the_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whole_check, "_text", lambda pdf: "")


def lose_the_name(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whole_check, "_text", lambda pdf: "somebody else")


def leave_it_in_the_clear(patch: pytest.MonkeyPatch) -> None:
    close = Store.close

    def close_and_tell(store: Store) -> None:
        close(store)
        Path(store.folder, "copy.txt").write_bytes(whole_check.PLAIN_SQLITE)

    patch.setattr(Store, "close", close_and_tell)


def spoil_the_word_files(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whole_check, "_is_word_file", lambda make: False)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lose_the_words, "has no words"),
        (lose_the_name, "does not name its patient"),
        (spoil_the_word_files, "Word file"),
        (leave_it_in_the_clear, "in the clear"),
    ],
)
def test_a_part_that_does_not_work_is_noticed(
    content: Content,
    spoil: Callable[[pytest.MonkeyPatch], None],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    spoil(monkeypatch)
    with pytest.raises(whole_check.Broken, match=said):
        list(stores_and_prints(content, tmp_path))


@pytest.mark.parametrize(("size", "said"), [(PICTURE, "nothing was painted"), ((640, 480), "and not 1366")])
def test_a_window_without_a_picture_is_noticed(size: tuple[int, int], said: str) -> None:
    blank = QImage(*size, QImage.Format.Format_RGB32)
    blank.fill("white")
    with pytest.raises(whole_check.Broken, match=said):
        must_be_painted(blank)
