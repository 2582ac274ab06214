"""The window is there before each draft is assessed for its line; a room that nobody looks at waits."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.record.clinic import Clinic
from desktop.ui.today_row import TodayRow
from desktop.ui.window import Window

pytestmark = pytest.mark.usefixtures("demonstration")


def test_today_is_filled_once_it_is_seen(qtbot, clinic, self_test, monkeypatch):
    asked = []
    drafts = Clinic.drafts
    monkeypatch.setattr(Clinic, "drafts", lambda self: asked.append(self) or drafts(self))
    window = Window(clinic, self_test=self_test)
    qtbot.addWidget(window)
    window.show()
    assert not asked
    window.begin(clinic.patients()[0].uid)
    QApplication.processEvents()
    assert not asked, "a blank consultation does not wait for it"
    window.show_room("today")
    assert asked


def test_today_fills_itself_where_it_is_seen_first(qtbot, clinic, self_test):
    window = Window(clinic, self_test=self_test)
    qtbot.addWidget(window)
    window.show()
    assert not window.today.findChildren(TodayRow)
    QApplication.processEvents()
    assert len(window.today.findChildren(TodayRow)) >= len(clinic.drafts()) > 0


def test_enter_opens_the_first_patient_also_before(qtbot, clinic, self_test):
    window = Window(clinic, self_test=self_test)
    qtbot.addWidget(window)
    window.show()
    window.today.search.returnPressed.emit()
    assert window.model is None, "nobody was looked for"
    window.today.search.setText(clinic.patients("")[0].family)
    window.today.search.returnPressed.emit()
    assert window.model is not None
