"""The documents of a patient from the real window through a real print queue, by keys."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.store import Store
from desktop.record.encounter import Patient
from desktop.ui import printing
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.window import Window

from .cups_queue import Printed, print_queue, why_not

QUEUE = "Backstop-window"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def queue() -> Iterator[Printed]:
    if why_not():
        pytest.skip(why_not())
    with print_queue(QUEUE) as printed:
        yield printed


@pytest.fixture
def window(make_window: Callable[..., Window], patient: Patient, monkeypatch: pytest.MonkeyPatch) -> Window:
    """In the room where the other tests have no printer."""
    made = make_window()
    monkeypatch.setattr(DocumentsPanel, "find_printers", staticmethod(printing.printers))
    made.begin(patient.uid)
    return made


def documents(window: Window) -> DocumentsPanel:
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    panel = window.rooms.panel("documents")
    assert isinstance(panel, DocumentsPanel)
    return panel


def waiting_jobs() -> str:
    return subprocess.run(["lpstat", "-o"], capture_output=True, check=True).stdout.decode()


def words(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_all_documents_by_one_key(queue: Printed, window: Window, store: Store, qtbot: QtBot) -> None:
    assert window.model is not None
    window.model.consultation.answer("saddle_numbness", "new")
    room = documents(window)
    assert room.box.job.printer == QUEUE
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, CTRL_SHIFT)
    qtbot.waitUntil(lambda: not room._waiting, timeout=20_000)
    qtbot.waitUntil(lambda: len(queue.files()) == 5 and not waiting_jobs(), timeout=60_000)
    printed = [words(data) for data in queue.files()]
    assert sum("Go to A&E or call 999 now" in text for text in printed) == 1
    assert sum("Clinical summary" in text and "Draft, not signed" in text for text in printed) == 1
    told = [json.loads(entry.which) for entry in store.trail.entries() if entry.what == "document printed"]
    assert [which["where"] for which in told] == [QUEUE] * 5
    assert len(room.desk.record.kept()) == 5


def test_a_queue_that_was_taken_away_meanwhile(queue: Printed, window: Window, tmp_path: Path) -> None:
    """The service stops answering between choosing the printer and the key."""
    room = documents(window)
    with pytest.MonkeyPatch.context() as gone:
        gone.setenv("CUPS_SERVER", "127.0.0.1:9")
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_P, CTRL_SHIFT)
    said = window.errors.accessibleName()
    assert (f"not there any more: {QUEUE}" in said, "can be printed again" in said) == (True, True)
    assert len(room.desk.record.kept()) == 1
    room.ask_place = lambda *_: str(tmp_path / "summary.pdf")
    QTest.keyClick(room.list, Qt.Key.Key_S, CTRL_SHIFT)
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    QTest.keyClick(room.list, Qt.Key.Key_C, CTRL_SHIFT)
    assert "Clinical summary" in QGuiApplication.clipboard().text()
