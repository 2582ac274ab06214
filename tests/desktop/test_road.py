"""One answer travels the whole road, by hand: real window, real keys and clicks, real store, real PDF."""

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from db.store import Store
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY
from desktop.ui.answer_row import AnswerRow
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
SCREEN_NO = 13
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def road(qtbot, qapp, clinic, patient, self_test, tmp_path, monkeypatch):
    """A window that saves where it is told, with a consultation begun through Today."""
    monkeypatch.setattr(DocumentsPanel, "ask_place", staticmethod(lambda *_: str(tmp_path / "summary.pdf")))
    window = Window(clinic, self_test=self_test)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClicks(window.today.search, "walk")
    qtbot.keyClick(window.today.search, Qt.Key.Key_Return)
    assert window.consultation is not None
    return window


def press(qtbot, window, key):
    qtbot.keyClick(window.focusWidget(), key)


def test_from_the_key_to_the_flag_the_store_and_the_pdf(road, qtbot, content, tmp_path, store, patient):
    for _ in range(SCREEN_NO):
        press(qtbot, road, Qt.Key.Key_N)
    assert road.model.assessment.safety_screen.complete
    assert road.model.assessment.urgency.word == "none"

    rows = {row.item.id: row for row in road.findChildren(AnswerRow)}
    rows["cancer_history"].setFocus()
    press(qtbot, road, Qt.Key.Key_Y)
    rows["limb_weakness"].setFocus()
    press(qtbot, road, Qt.Key.Key_Y)
    assert road.model.assessment.urgency.word == "emergency"
    assert "R01" in [flag.rule.id for flag in road.model.assessment.flags]
    assert "MSCC coordinator" in shown_words(road)

    uid = road.model.consultation.encounter.uid
    stored = store.answers_of(uid)
    assert (stored["limb_weakness"].value, stored["cancer_history"].value) == ("new", True)
    assert len(store.trail_of(uid)) == SCREEN_NO + 2
    assert b"limb_weakness" not in (tmp_path / "store" / "backstop.db").read_bytes()

    qtbot.keyClick(road.focusWidget(), Qt.Key.Key_P, CONTROL)
    assert road.rooms.current == "documents"
    qtbot.keyClick(road.focusWidget(), Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert "Saved: summary.pdf" in shown_words(road)
    text = text_of(tmp_path / "summary.pdf")
    for words in ("WALKER", "999 000 0042", "Suspected metastatic cord compression", "MSCC coordinator", "NG234"):
        assert words in text
    assert "DEMO" in text


def shown_words(window):
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def text_of(file):
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    return " ".join(" ".join(pages).split())


WORKER = """
import sys
sys.path.insert(0, {root!r})
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from db.store import Store
from desktop.clinical.content import load
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON
from desktop.app import rules_check
from desktop.ui.application import make_application
from desktop.ui.self_test import SelfTest
from desktop.ui.window import Window

application = make_application()
store = Store.open(Path({folder!r}), KEY)
content = load()
clinic = Clinic(content, store, who="Dr Test", clock=lambda: datetime.now(UTC), zone=LONDON, demo=True)
self_test = SelfTest(rules_check(content, Path({folder!r}) / "self-test"))
window = Window(clinic, self_test=self_test)
window.show()
window.begin({patient!r})
print(window.model.consultation.encounter.uid, flush=True)
for key in "NYNUNONNNYNNN" * 50:
    QTest.keyClick(window.focusWidget() or window, getattr(Qt.Key, "Key_" + key))
    application.processEvents()
    print(window.model.consultation.last_item, flush=True)
"""


def test_a_killed_consultation_loses_nothing_that_was_shown(
    qtbot, tmp_path, store, clinic, patient, content, self_test
):
    """kill -9 while answers are given through the real window; then another window goes on where it was."""
    store.close()
    worker = WORKER.format(root=str(ROOT), folder=str(tmp_path / "store"), patient=patient.uid)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", worker]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        uid = process.stdout.readline().strip()
        shown = [process.stdout.readline().strip() for _ in range(8)]
        process.kill()
        shown += [line.strip() for line in process.stdout if line.endswith("\n")]

    with Store.open(tmp_path / "store", KEY) as reopened:
        kept = [answer.item for answer in reopened.trail_of(uid)]
        assert kept[: len(shown)] == shown
        again = Clinic(content, reopened, who="Dr Test", clock=clinic._clock, zone=clinic.zone, demo=True)
        window = Window(again, self_test=self_test)
        qtbot.addWidget(window)
        window.show()
        window.open_encounter(uid)
        assert window.model.consultation.last_item == kept[-1]
        assert set(window.model.assessment.answers) == set(kept)
        window.close()
