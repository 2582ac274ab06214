"""What a patient has a right to, through the real window: everything in a folder, and being removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from db.backup import FOLDER, make_backup
from db.roles import Role
from db.store import Store
from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON, Patient
from desktop.record.roles import Rights
from desktop.ui.patient_page import PatientPage
from desktop.ui.remove_strip import RemoveStrip
from desktop.ui.retention_page import RetentionPage
from desktop.ui.rights_card import RightsCard
from desktop.ui.theme import load_theme
from desktop.ui.window import Window

LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def words(widget: QWidget) -> str:
    for _ in range(4):
        QApplication.processEvents()
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.fixture
def page(window: Window, patient: Patient) -> PatientPage:
    """With a consultation of the patient open behind it."""
    assert window.model is not None
    window.model.answer("cancer_history", True)
    window.desk.show_patient(patient.uid)
    found = window.rooms.panel("patients").page  # type: ignore[attr-defined]
    assert isinstance(found, PatientPage)
    return found


def strip_of(page: PatientPage) -> RemoveStrip:
    page.rights.remove.click()
    assert page._removing is not None
    return page._removing


def test_everything_is_saved_in_a_folder_of_its_own_and_told_to_the_trail(
    page: PatientPage, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RightsCard, "ask_folder", staticmethod(lambda *_: str(tmp_path)))
    page.rights.export.click()
    (folder,) = tmp_path.glob("record-*")
    assert json.loads((folder / "record.json").read_text())["tables"]["patients"][0]["family"] == "Walker"
    assert {"record.txt", "answers.csv"} <= {path.name for path in folder.iterdir()}
    assert "walker" not in folder.name.lower()
    assert "not encrypted" in words(page.rights)
    assert [entry.what for entry in store.trail.entries()][-1] == "patient exported"


def test_a_folder_that_takes_nothing_is_said_in_its_place(
    page: PatientPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(RightsCard, "ask_folder", staticmethod(lambda *_: str(tmp_path / "file")))
    page.rights.export.click()
    assert "Not saved" in words(page.rights)


@pytest.mark.parametrize(
    ("reason", "typed", "why"),
    [
        ("", "14/03/1964", "Choose the reason"),
        ("request", "", "not what stands"),
        ("request", "14/03/1965", "not what stands"),
        ("request", "14/03/64", "not what stands"),
        ("request", "Walker", "not what stands"),
    ],
)
def test_nothing_is_removed_without_reason_and_birth_date(
    page: PatientPage, clinic: Clinic, reason: str, typed: str, why: str
) -> None:
    strip = strip_of(page)
    if reason:
        strip.reasons.buttons[reason].click()
    strip.confirm.field.setText(typed)
    strip.go_on.click()
    assert why in words(strip)
    assert strip.confirm.text == typed
    assert len(clinic.patients("Walker")) == 1
    strip.leave.click()
    assert page.rights.remove.isVisible()


def test_a_patient_is_removed_by_keys_and_nothing_of_them_is_shown_any_more(
    window: Window, page: PatientPage, clinic: Clinic, store: Store
) -> None:
    made_at = store._database.execute("SELECT made_at FROM patients").fetchone()[0]
    at = max(datetime.fromisoformat(made_at), clinic._clock())
    make_backup(store.folder, store.keys, store.folder / FOLDER, at=at, why="regular")
    strip = strip_of(page)
    assert "Still held by 1 backup" in words(strip)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    strip.confirm.field.setFocus()
    QTest.keyClicks(strip.confirm.field, "14/03/1964")
    QTest.keyClick(strip.confirm.field, Qt.Key.Key_Return)
    panel = window.rooms.panel("patients")
    assert "removed, with 1 encounter" in words(panel)
    assert "Backup of" in words(panel)
    assert "WALKER" not in words(window)
    assert window.model is None
    assert not window.rooms.is_open("consultation")
    assert clinic.patients("") == ()
    assert store.verify() is None


@pytest.mark.parametrize(("role", "export", "remove"), [(Role.CLINICIAN, True, True), (Role.RECEPTIONIST, True, False)])
def test_who_is_offered_what(
    clinic: Clinic, patient: Patient, store: Store, role: Role, export: bool, remove: bool
) -> None:
    rights = Rights("ben", "Ben", frozenset({role}))
    mine = Clinic(clinic.content, store, who="ben", clock=lambda: LATER, zone=LONDON, rights=rights)
    card = RightsCard(load_theme(), mine, patient)
    assert (card.export.isVisibleTo(card), card.remove.isVisibleTo(card)) == (export, remove)


def test_records_whose_time_is_over_are_listed_and_opened(
    make_window: Callable[..., Window], patient: Patient, store: Store, clinic: Clinic
) -> None:
    window = make_window()
    long_ago = datetime(2015, 1, 1, tzinfo=UTC)
    store.patients.add("old", family="Teasel", given="Bram", born=date(1950, 1, 1), at=long_ago)
    window.show_settings("retention")
    (page,) = window.findChildren(RetentionPage)
    assert "TEASEL, Bram" in words(page)
    assert "WALKER" not in words(page)
    page.open_asked.emit("old")
    assert window.rooms.current == "patients"
    assert "TEASEL" in words(window)
