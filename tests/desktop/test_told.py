"""What the store refuses reaches the person as what happened, what is safe and what to do, in the window's language."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import errors as told_by
from db.entrance import sign_in
from db.errors import StoreError, StoreInUse, StoreTakenAway
from db.keyfile import KEYS
from db.store import Store
from desktop import app
from desktop.clinical.content import Content
from desktop.record.demonstration import KEY
from desktop.record.due_text import read_due
from desktop.record.passwords import password_mistake
from desktop.settings import settings_for
from desktop.ui import errors
from desktop.ui.backups_page import BackupsPage
from desktop.ui.error_dialog import ErrorDialog
from desktop.ui.error_strip import ErrorStrip
from desktop.ui.gate import Gate
from desktop.ui.preferences import Preferences
from desktop.ui.refusal import Refusal
from desktop.ui.self_test import SelfTest
from desktop.ui.stopped_window import UnopenedWindow
from desktop.ui.told import told, why_unwritten
from desktop.ui.window import Window

from .conftest import ANNA, AT, CHEAP, NOW, ZONE, shown
from .test_gate import REFUSALS, break_nothing, refused
from .test_pseudo_locale import Pseudo, outside

KINDS = [one for one in vars(told_by).values() if isinstance(one, type) and issubclass(one, StoreError)]
ALL = [(kind, about) for kind in KINDS for about in ("", *kind.titles)]
PLACE = "/the/folder"


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    translator = Pseudo()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.parametrize(("kind", "about"), ALL, ids=lambda one: getattr(one, "__name__", one))
def test_each_error_is_three_sentences(qapp: QApplication, kind: type[StoreError], about: str) -> None:
    said = told(kind(PLACE, about))
    assert [words for words in said if not words.strip() or words[-1] not in ".!" or "{" in words] == []
    assert " ".join(said).replace("..", ".") == str(kind(PLACE, about))


@pytest.mark.parametrize(("kind", "about"), ALL, ids=lambda one: getattr(one, "__name__", one))
def test_each_error_is_translated(pseudo: None, kind: type[StoreError], about: str) -> None:
    for words in told(kind(PLACE, about)):
        assert words.rstrip(".")[0] + words.rstrip(".")[-1] == "⟦⟧"


def foreign(folder: Path) -> None:
    with sign_in(folder, "anna", ANNA, at=AT, cost=CHEAP) as session:
        session.store._database.execute("PRAGMA application_id = 7")


def other_shape(folder: Path) -> None:
    with sign_in(folder, "anna", ANNA, at=AT, cost=CHEAP) as session:
        session.store._database.execute("DROP TRIGGER answers_refuse_update")


def no_keys(folder: Path) -> None:
    (folder / KEYS).unlink()
    for beside in folder.glob("keys.json.*"):
        beside.unlink()


BROKEN = [*(broken for broken, *_ in REFUSALS), foreign, other_shape, no_keys]


@pytest.mark.parametrize("broken", [break_nothing, *BROKEN], ids=lambda one: one.__name__)
def test_what_keeps_somebody_out_is_said_in_three_translated_sentences(
    pseudo: None, qtbot: QtBot, open_gate: Callable[[Path], Gate], stores: Path, broken: Callable[[Path], None]
) -> None:
    """With nothing broken it is the wrong password."""
    broken(stores / "practice")
    gate = open_gate(stores)
    gate.card.user.field.setText("anna")  # type: ignore[union-attr]
    refused(qtbot, gate, ANNA if broken is not break_nothing else "not the password")
    assert are_translated(gate.card.refusal)  # type: ignore[union-attr]
    assert "Traceback" not in shown(gate)


def are_translated(strip: Refusal | ErrorStrip) -> bool:
    """What happened, what is safe, what to do: all three are there, in the language of the window."""
    lines = [strip._what.text(), strip._safe.text(), strip._todo.text()]
    return all(words.startswith("⟦") and not outside(words) for words in lines)


def full(store: Store) -> None:
    """What SQLite says of a full disk: it may have no page more than it has."""
    pages = store._database.execute("PRAGMA page_count").fetchone()[0]
    store._database.execute(f"PRAGMA max_page_count = {pages}")


def taken_away(store: Store) -> None:
    shutil.move(store._path, store._path.with_name("elsewhere"))


def only_to_be_read(store: Store) -> None:
    store._database.execute("PRAGMA query_only = ON")


@pytest.mark.parametrize("broken", [full, taken_away, only_to_be_read], ids=lambda one: one.__name__)
def test_an_answer_that_the_disk_refused_is_told_in_the_windows_language(
    pseudo: None, window: Window, store: Store, qtbot: QtBot, broken: Callable[[Store], None]
) -> None:
    def answer(key: Qt.Key) -> None:
        qtbot.keyClick(window.focusWidget(), key)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up)

    answer(Qt.Key.Key_N)
    assert not window.errors.isVisible(), "the twin: nothing is told while it can be written"
    broken(store)
    for number in range(200):
        answer(Qt.Key.Key_Y if number % 2 else Qt.Key.Key_N)
        if window.errors.isVisible():
            break
    assert are_translated(window.errors)


def test_a_backup_that_cannot_be_read_is_told_in_the_windows_language(
    pseudo: None, window: Window, qtbot: QtBot
) -> None:
    window.show_settings("backups")
    page = window.findChild(BackupsPage)
    with qtbot.waitSignal(window.keeper.work.idle, timeout=20_000):
        page.now.click()
    qtbot.waitUntil(lambda: page.restore.list.count() == 1)
    (file,) = window.clinic.backups.here.rglob("*.db")
    file.write_bytes(bytes(4096) + file.read_bytes()[4096:])
    page.restore.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: page.restore.errors.isVisible(), timeout=20_000)
    assert are_translated(page.restore.errors)


def test_a_store_that_cannot_be_opened_at_the_start_is_told_in_a_window(
    pseudo: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path, content: Content, self_test: SelfTest
) -> None:
    """Whoever pressed the icon sees no terminal. The store is held by another Backstop."""
    settings, seen = settings_for(tmp_path), list[str]()

    class Application:
        def exec(self) -> None:
            window = next(one for one in qapp.topLevelWidgets() if isinstance(one, UnopenedWindow) and one.isVisible())
            seen.append(shown(window))
            window.close_button.click()
            assert not window.isVisible()

    with Store.open(settings.demonstration, KEY), pytest.raises(StoreInUse) as held, ExitStack() as stack:
        app._first_window(stack, content, settings, self_test, Preferences(), demo=True)
    assert app._show_unopened(Application(), held.value) == 2  # type: ignore[arg-type]
    assert outside(seen[0]) == []


def test_what_nobody_caught_is_told_in_the_words_of_the_store(
    pseudo: None, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    errors.catch_everything()
    seen: list[str] = []

    def look() -> None:
        dialog = next(one for one in qapp.topLevelWidgets() if isinstance(one, ErrorDialog) and one.isVisible())
        seen.append(dialog.card.accessibleName())
        dialog.accept()

    QTimer.singleShot(50, look)
    error = StoreTakenAway(PLACE)
    sys.excepthook(type(error), error, None)
    assert PLACE in seen[0]
    assert {*outside(seen[0])} == set()


def test_why_a_file_was_not_written_is_translated(pseudo: None) -> None:
    for number in (errno.ENOSPC, errno.ENOENT, errno.EACCES, errno.EROFS, errno.EIO):
        assert why_unwritten(OSError(number, "of the system")).startswith("⟦")
    assert why_unwritten(OSError(0, "of the system")) == "of the system", "rather than nothing"


def test_what_stands_before_signing_is_translated(pseudo: None, window: Window) -> None:
    """The record layer says it, which knows no Qt."""
    assert window.model is not None
    for item, answer in {"cancer_history": True, "limb_weakness": "new"}.items():
        window.model.answer(item, answer)
    window.model.consultation.writing.hold("note:pain", "a" * 5000)
    review = window.clinic.review(window.model.consultation)
    assert len(review.missing) == 3
    assert [words for words in review.missing if not words.startswith("⟦")] == []
    assert read_due("yesterday", NOW, ZONE)[1].startswith("⟦")
    assert password_mistake("short").startswith("⟦")
