"""The first run through the real window by keyboard, up to the directory; and the kit's page."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from db.entrance import sign_in
from db.passwords import new_code
from db.slots import Cost
from desktop.app import make_gate
from desktop.paper.recovery_kit import recovery_kit
from desktop.settings import settings_for
from desktop.ui.kit_panel import KitPanel
from desktop.ui.preferences import Preferences
from desktop.ui.printing import REFUSED, PrintFault
from desktop.ui.style import dress

CHEAP = Cost(memory=32, passes=1, lanes=4)
PASSWORD = "a plain pass phrase"
AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def gate(qtbot, qapp, content, self_test, tmp_path):
    preferences = Preferences()
    dress(qapp, preferences.theme())
    gate = make_gate(content, settings_for(tmp_path / "stores"), self_test, preferences, cost=CHEAP)
    qtbot.addWidget(gate)
    gate.show()
    qtbot.waitExposed(gate)
    with qtbot.waitActive(gate):
        gate.activateWindow()
    return gate


def press(qtbot, gate, *keys):
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(gate.focusWidget(), key)
        else:
            qtbot.keyClick(gate.focusWidget(), key)


def shown(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def up_to_the_kit(qtbot, gate):
    press(qtbot, gate, "Low Road Surgery", ENTER, ENTER)
    press(qtbot, gate, "Dr Anna Ash", TAB, TAB, PASSWORD, TAB, PASSWORD, ENTER)
    assert gate.card.step == "recovery"


def test_by_keyboard_from_an_empty_folder_to_whom_to_call(qtbot, gate, tmp_path):
    assert "Don't use it for real patients" in shown(gate)
    up_to_the_kit(qtbot, gate)
    press(qtbot, gate, TAB, ENTER)
    code = " ".join(gate.card.run.code.split("-"))
    assert code in " ".join(shown(gate.card).split())
    press(qtbot, gate, code.lower())
    assert code not in " ".join(shown(gate.card).split())
    press(qtbot, gate, ENTER)
    assert gate.card.step == "contacts"
    press(qtbot, gate, "ring them", ENTER)
    assert "A telephone number has digits and spaces" in shown(gate.card)
    first = gate.focusWidget()
    first.selectAll()
    press(qtbot, gate, "01632 960 114", TAB, "day and night", ENTER)
    assert gate.card.step == "backups"
    press(qtbot, gate, ENTER)
    assert gate.card.step == "ready"
    assert not (tmp_path / "stores").exists()
    with qtbot.waitSignal(gate.admitted, timeout=10_000):
        press(qtbot, gate, ENTER)
    assert (gate.rooms.rooms.current, gate.rooms.settings_page) == ("settings", "directory")
    practice = gate.rooms.clinic.practice.now
    assert practice.name == "Low Road Surgery"
    assert [(one.telephone, one.hours) for one in practice.contacts.values()] == [("01632 960 114", "day and night")]
    gate.close()
    sign_in(tmp_path / "stores" / "practice", "anna.ash", PASSWORD, at=AT, cost=CHEAP).close()


def test_each_step_is_told(qtbot, gate, heard):
    """The focus goes into its first field, and the title stands above it."""
    gate.card.show_step("you")
    assert heard[-1].startswith("Step 3 of 7. You and your password. ")
    gate.card.show_step("pathway")
    assert "no named clinician has approved these rules" in heard[-1]
    gate.card.run.practice = "Low Road Surgery"
    gate.card.show_step("ready")
    assert "Practice. Low Road Surgery. You. " in heard[-1]


def test_the_code_of_the_kit_is_told_letter_by_letter(qtbot, gate, heard):
    """It is gone after a minute, and the focus is in the field below it."""
    up_to_the_kit(qtbot, gate)
    press(qtbot, gate, TAB, ENTER)
    assert heard[-2].startswith("It disappears after a minute")
    assert heard[-1].replace(" ", "").replace(",", "-") == gate.card.run.code


def test_nothing_else_has_the_focus_between_two_steps(qtbot, gate, focus_passed):
    passed = focus_passed()
    press(qtbot, gate, "Low Road Surgery", ENTER)
    assert passed == ["Option"]


def test_mistakes_stay_on_their_page_and_nothing_is_lost(qtbot, gate):
    press(qtbot, gate, ENTER)
    assert "Type the name of the practice" in shown(gate.card)
    press(qtbot, gate, "Low Road Surgery", ENTER, ENTER, "Dr Anna Ash", TAB, TAB, "short", ENTER)
    assert "at least 12 characters" in shown(gate.card)
    assert gate.card.page.entries["name"].text == "Dr Anna Ash"
    for _ in range(2):
        qtbot.keyClick(gate.card.back, Qt.Key.Key_Space)
    assert gate.card.page.entries["practice"].text == "Low Road Surgery"


def test_without_the_kit_on_paper_it_does_not_go_on(qtbot, gate):
    up_to_the_kit(qtbot, gate)
    qtbot.keyClick(gate.card.next, Qt.Key.Key_Space)
    assert "Print the kit, or save it, first" in shown(gate.card)


def printing_to(monkeypatch, send):
    monkeypatch.setattr(KitPanel, "find_printers", staticmethod(lambda: ["Office", "Front desk"]))
    monkeypatch.setattr(KitPanel, "send", staticmethod(send))


def test_the_kit_is_printed_and_no_file_of_it_is_written(qtbot, gate, tmp_path, monkeypatch):
    sent = []
    printing_to(monkeypatch, lambda data, job: sent.append((data, job)))
    up_to_the_kit(qtbot, gate)
    assert gate.focusWidget().text() == "Print on Office"
    press(qtbot, gate, ENTER)
    ((data, job),) = sent
    assert (job.printer, job.copies) == ("Office", 1)
    assert "".join(gate.card.run.code.split("-")) in "".join(text_of(data).split())
    assert gate.card.run.kit_out
    assert gate.focusWidget() is gate.card.page.kit.back.field
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_printer_that_refuses_the_kit_is_said(qtbot, gate, monkeypatch):
    def refuse(data, job):
        raise PrintFault(REFUSED, "out of paper")

    printing_to(monkeypatch, refuse)
    up_to_the_kit(qtbot, gate)
    press(qtbot, gate, TAB, ENTER)
    assert "Not printed: out of paper" in shown(gate.card)
    assert not gate.card.run.kit_out


def test_the_kit_is_saved_only_where_somebody_says(qtbot, gate, tmp_path, monkeypatch):
    up_to_the_kit(qtbot, gate)
    file = tmp_path / "kit.pdf"
    monkeypatch.setattr(KitPanel, "ask_place", staticmethod(lambda parent, words: str(file)))
    press(qtbot, gate, ENTER)
    assert gate.card.run.kit_out
    text = text_of(file.read_bytes())
    assert "".join(gate.card.run.code.split("-")) in "".join(text.split())
    assert [path.name for path in tmp_path.rglob("*.pdf")] == ["kit.pdf"]


def test_a_place_that_cannot_be_written_is_said(qtbot, gate, tmp_path, monkeypatch):
    up_to_the_kit(qtbot, gate)
    monkeypatch.setattr(KitPanel, "ask_place", staticmethod(lambda parent, words: str(tmp_path / "no" / "kit.pdf")))
    press(qtbot, gate, ENTER)
    assert "Not saved: the folder is not there any more" in shown(gate.card)
    assert not gate.card.run.kit_out


def test_the_code_disappears_by_itself(qtbot, gate):
    up_to_the_kit(qtbot, gate)
    press(qtbot, gate, TAB, ENTER)
    gate.card.page.kit._clock.timeout.emit()
    assert gate.card.run.code.split("-")[0] not in shown(gate.card)


def test_closing_in_the_middle_leaves_nothing(qtbot, gate, tmp_path):
    up_to_the_kit(qtbot, gate)
    gate.close()
    assert not (tmp_path / "stores").exists()


def test_theme_and_text_size_keep_step_and_words(qtbot, gate):
    press(qtbot, gate, "Low Road Surgery", ENTER, ENTER, "Dr Anna Ash")
    gate._preferences.change(theme="contrast", text_size=200)
    assert gate.card.step == "you"
    assert gate.card.page.entries["name"].text == "Dr Anna Ash"


def test_a_disk_that_refuses_is_said_and_can_be_tried_again(qtbot, gate, tmp_path):
    (tmp_path / "stores").write_text("a file in the place of the folder")
    up_to_the_kit(qtbot, gate)
    press(qtbot, gate, TAB, ENTER, gate.card.run.code, ENTER, ENTER, ENTER, ENTER)
    assert "is not a folder" in shown(gate.card)
    os.unlink(tmp_path / "stores")
    with qtbot.waitSignal(gate.admitted, timeout=10_000):
        press(qtbot, gate, ENTER)


def text_of(data):
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


@pytest.mark.parametrize("practice", ["Low Road Surgery", "", "<b>Ltd</b> & \u202eSons", "x" * 120])
def test_the_page_of_the_kit(qapp: QApplication, practice):
    code = new_code()
    data = recovery_kit(code, practice=practice, at=AT, zone=ZoneInfo("Europe/London"))
    assert len(pypdfium2.PdfDocument(data)) == 1
    assert "".join(code.split("-")) in "".join(text_of(data).split())
    assert data == recovery_kit(code, practice=practice, at=AT, zone=ZoneInfo("Europe/London"))
