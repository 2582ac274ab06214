"""The audit trail in the window: filtered by keyboard, older rows, saved as CSV."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.record.trail import PAGE
from desktop.ui.trail_page import TrailPage


@pytest.fixture
def page(make_window, patient, store, clinic):
    store.begin_encounter("e1", patient_uid=patient.uid, at=clinic._clock(), clinician="Dr Test", rule_set="1")
    store.save_answer("e1", "injury", True, who="Dr Test", at=clinic._clock())
    window = make_window()
    window.show_settings("trail")
    page = window.findChild(TrailPage)
    assert page is not None
    return page


def whats(page):
    return [row.what for row in page.model.rows]


def test_it_shows_the_latest_first_with_the_head(page, store):
    assert whats(page) == ["audit trail read", "answer saved", "encounter begun", "patient added"]
    assert str(store.trail.head()) in page.said.text()


def test_filtered_by_name_from_the_keyboard(qtbot, page):
    page.whom.field.setFocus()
    qtbot.keyClicks(page.whom.field, "walker")
    qtbot.keyClick(page.whom.field, Qt.Key.Key_Return)
    assert whats(page) == ["answer saved", "encounter begun", "patient added"]
    page.what.setCurrentIndex(page.what.findData("answer saved"))
    page.what.activated.emit(page.what.currentIndex())
    assert whats(page) == ["answer saved"]


@pytest.mark.parametrize("typed", ["31-02-2026", "yesterday", "9" * 1000])
def test_a_date_that_is_none_is_said_beside_it_and_stays(qtbot, page, typed):
    before = whats(page)
    qtbot.keyClicks(page.since.field, typed[:40])
    qtbot.keyClick(page.since.field, Qt.Key.Key_Return)
    assert page.since.field.accessibleDescription() == "Write it as 28-Nov-2026."
    assert whats(page) == before


def test_older_rows_are_fetched(qtbot, page, store, clinic):
    with store.all_or_nothing():
        for _ in range(PAGE):
            store.trail.append(who="Dr Test", at=clinic._clock(), what="summary printed")
    page.show_found()
    assert page.older.isVisible()
    qtbot.keyClick(page.older, Qt.Key.Key_Space)
    assert whats(page)[-1] == "patient added"
    assert not page.older.isVisible()


def test_saved_as_csv_where_somebody_says(qtbot, page, tmp_path, monkeypatch, store):
    file = tmp_path / "trail.csv"
    monkeypatch.setattr(TrailPage, "ask_place", staticmethod(lambda parent, words: str(file)))
    qtbot.keyClick(page.export, Qt.Key.Key_Space)
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == 1 + store.trail.head().seq
    assert list(store.trail.entries())[-1].what == "audit trail exported"


def test_a_disk_that_refuses_is_said(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setattr(TrailPage, "ask_place", staticmethod(lambda parent, words: str(tmp_path / "no" / "x.csv")))
    qtbot.keyClick(page.export, Qt.Key.Key_Space)
    assert "The file was not written" in page.window().errors.accessibleName()
