"""The self-test of an installed program: each part works, and each part that does not is noticed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.store import Store
from desktop import whole_check
from desktop.clinical.content import Content, load
from desktop.whole_check import paints, stores_and_prints

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def test_every_part_of_this_program_works(tmp_path: Path) -> None:
    """Without a display, a home or any other variable."""
    command = [sys.executable, "-I", "-m", "desktop", "selftest", "--whole"]
    done = subprocess.run(command, env={"TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    begun = [line.partition(":")[0] for line in done.stdout.splitlines()[1:]]
    assert begun == ["Account", "Assessment", "Store", "Paper", "Window"]
    assert list(tmp_path.iterdir()) == []


def lose_the_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whole_check, "_text", lambda pdf: "")


def lose_the_name(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whole_check, "_text", lambda pdf: "somebody else")


def lose_the_colours(patch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QWidget

    def blank(widget: QWidget) -> object:
        from PySide6.QtGui import QPixmap

        picture = QPixmap(widget.size())
        picture.fill("white")
        return picture

    patch.setattr(QWidget, "grab", blank)


def leave_it_in_the_clear(patch: pytest.MonkeyPatch) -> None:
    close = Store.close

    def close_and_tell(store: Store) -> None:
        close(store)
        Path(store.folder, "copy.txt").write_bytes(whole_check.PLAIN_SQLITE)

    patch.setattr(Store, "close", close_and_tell)


def spoil_the_word_files(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whole_check, "_is_word_file", lambda make: False)


@pytest.mark.parametrize(
    ("spoil", "check", "said"),
    [
        (lose_the_words, stores_and_prints, "has no words"),
        (lose_the_name, stores_and_prints, "does not name its patient"),
        (spoil_the_word_files, stores_and_prints, "Word file"),
        (leave_it_in_the_clear, stores_and_prints, "in the clear"),
        (lose_the_colours, paints, "nothing was painted"),
    ],
)
def test_a_part_that_does_not_work_is_noticed(
    content: Content,
    spoil: Callable[[pytest.MonkeyPatch], None],
    check: Callable[[Content, Path], Iterator[str]],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    spoil(monkeypatch)
    with pytest.raises(whole_check.Broken, match=said):
        list(check(content, tmp_path))
