"""The page of the directory in a real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from desktop.record.backups import ASKED_FOR, BEFORE_IMPORT
from desktop.record.practice import ContactEntry
from desktop.ui.directory_page import DirectoryPage
from desktop.ui.plan_row import PlanRow
from desktop.ui.window import Window


@pytest.fixture
def window_at(make_window: Callable[..., Window]) -> Window:
    window = make_window()
    window.show_settings("directory")
    return window


def page_of(window: Window) -> DirectoryPage:
    (page,) = window.findChildren(DirectoryPage)
    return page


def test_an_empty_directory_says_what_is_missing(window_at: Window) -> None:
    page = page_of(window_at)
    assert "Without a number: 41" in page.summary.text()
    first = "No number: emergencies name it, fill it in first"
    assert page.rows["mscc_coordinator"].accessibleName() == f"MSCC coordinator. {first}"
    assert "Fill in first: " in page.summary.text()


def test_a_number_is_typed_saved_with_enter_and_shown(window_at: Window, qtbot: QtBot) -> None:
    page = page_of(window_at)
    page.rows["mscc_coordinator"].edit_button.click()
    assert page.form is not None
    qtbot.keyClicks(page.form.fields["telephone"], "01632 960 114")
    page.form.checked.setChecked(True)
    qtbot.keyClick(page.form.fields["telephone"], Qt.Key.Key_Return)
    assert page.form is None
    row = page.rows["mscc_coordinator"]
    assert row.service.telephone == "01632 960 114"
    assert not row.service.stale
    assert row.edit_button.hasFocus()


def in_sight(window: Window, widget: QWidget) -> bool:
    """Wholly inside what the column shows of its page."""
    (page,) = window.findChildren(DirectoryPage)
    area = page.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert isinstance(area, QScrollArea)
    top = widget.mapTo(area.viewport(), widget.rect().topLeft()).y()
    return top >= 0 and top + widget.height() <= area.viewport().height()


def test_a_form_opens_in_sight_and_leaving_it_keeps_the_place(window_at: Window, qtbot: QtBot) -> None:
    """Seen on a first run: the form of a service far down opened out of sight, and Escape went to the rail."""
    page = page_of(window_at)
    for id in ("pain_service", "mscc_coordinator"):
        page.rows[id].edit_button.setFocus()
        qtbot.keyClick(page.rows[id].edit_button, Qt.Key.Key_Return)
        form = page.form
        assert form is not None
        qtbot.waitUntil(lambda form=form: in_sight(window_at, form.fields["telephone"]))
        assert form.fields["telephone"].hasFocus()
        qtbot.keyClick(form.fields["telephone"], Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda id=id: page.rows[id].edit_button.hasFocus())
        qtbot.waitUntil(lambda id=id: in_sight(window_at, page.rows[id].edit_button))


def test_a_bad_number_is_refused_beside_its_field_and_kept(window_at: Window, qtbot: QtBot) -> None:
    page = page_of(window_at)
    page.edit("haematology")
    assert page.form is not None
    qtbot.keyClicks(page.form.fields["telephone"], "ask Sue")
    page.form.save_button.click()
    assert page.form is not None
    field = page.form.fields["telephone"]
    assert field.text() == "ask Sue"
    assert field.invalid
    assert field.accessibleDescription().startswith("A telephone number has digits")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.form is None
    assert page.directory.service("haematology").empty


def test_a_service_of_the_practices_own_is_added_and_removed(window_at: Window, qtbot: QtBot) -> None:
    page = page_of(window_at)
    page.add_button.click()
    assert page.form is not None
    qtbot.keyClicks(page.form.fields["name"], "Podiatry")
    page.form.save_button.click()
    (id,) = [id for id, row in page.rows.items() if row.service.name == "Podiatry"]
    page.remove(id)
    assert id not in page.rows


def test_a_table_is_shown_before_it_is_written(window_at: Window, tmp_path: Path, qtbot: QtBot) -> None:
    table = tmp_path / "directory.csv"
    table.write_text("service;telephone\nhaematology;01632 960 152\nurology;ask Sue\n", "utf-8")
    page = page_of(window_at)
    page.read_file(table)
    assert page.import_card is not None
    assert page.import_card.refused == [
        "Line 3: A telephone number has digits and spaces, such as 01632 960 114, or 999. Notes belong under hours."
    ]
    assert page.directory.service("haematology").empty
    page.import_card.copy_button.click()
    assert QApplication.clipboard().text().startswith("Line 3")
    page.import_card.take_button.click()
    assert "A backup is being made first" in page.import_card.says.text()
    qtbot.waitUntil(lambda: page.import_card is None, timeout=20_000)
    assert page.directory.service("haematology").telephone == "01632 960 152"


def imported(page: DirectoryPage, tmp_path: Path, text: str) -> None:
    table = tmp_path / "directory.csv"
    table.write_text(text, "utf-8")
    page.read_file(table)
    assert page.import_card is not None
    page.import_card.take_button.click()


def test_what_an_import_writes_over_is_in_the_backup_before_it(window_at: Window, tmp_path: Path, qtbot: QtBot) -> None:
    page, backups = page_of(window_at), window_at.clinic.backups
    page.directory.save("haematology", ContactEntry(telephone="01632 960 001"))
    imported(page, tmp_path, "service;telephone\nhaematology;01632 960 152\n")
    qtbot.waitUntil(lambda: page.import_card is None, timeout=20_000)
    (made,) = backups.rows()
    assert made.backup.why == BEFORE_IMPORT
    with qtbot.waitSignal(window_at.keeper.restored, timeout=20_000):
        window_at.keeper.restore(made.backup)
    assert page.directory.practice.now.contacts["haematology"].telephone == "01632 960 001"


def test_an_import_waits_for_a_backup_that_goes_on(window_at: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window_at.keeper.back_up()
    page = page_of(window_at)
    imported(page, tmp_path, "service;telephone\nhaematology;01632 960 152\n")
    qtbot.waitUntil(lambda: page.import_card is None, timeout=20_000)
    assert [row.backup.why for row in window_at.clinic.backups.rows()] == [BEFORE_IMPORT, ASKED_FOR]


def test_without_a_backup_nothing_is_imported(window_at: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window_at.clinic.backups.here.write_text("a file where the folder should be")
    page = page_of(window_at)
    imported(page, tmp_path, "service;telephone\nhaematology;01632 960 152\n")
    card = page.import_card
    assert card is not None
    qtbot.waitUntil(lambda: "Nothing was imported" in card.says.text(), timeout=20_000)
    assert page.directory.service("haematology").empty
    assert card.take_button.isEnabled()


def test_an_import_that_the_store_refuses_is_not_said_to_be_done(
    window_at: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window_at)

    def full(_: object) -> None:
        raise DiskFull("/store")

    monkeypatch.setattr(page.directory, "save_all", full)
    imported(page, tmp_path, "service;telephone\nhaematology;01632 960 152\n")
    qtbot.waitUntil(window_at.errors.isVisible, timeout=20_000)
    assert "the disk is full" in window_at.errors.accessibleName()
    assert "imported" not in page.summary.text()
    assert page.import_card is not None
    assert page.import_card.take_button.isEnabled()


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", b"a,b\n1,2\n"])
def test_a_file_that_is_no_table_is_explained(window_at: Window, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "wrong.csv"
    file.write_bytes(data)
    page = page_of(window_at)
    page.read_file(file)
    assert page.import_card is not None
    assert not page.import_card.take_button.isVisible()
    page.import_card.leave_button.click()
    page.read_file(tmp_path / "gone.csv")
    assert page.import_card is not None


def test_export_writes_what_is_there(window_at: Window, tmp_path: Path) -> None:
    page = page_of(window_at)
    page.write_file(tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")
    assert text.splitlines()[0] == "id,service,telephone,hours,how to refer,last checked"
    page.write_file(tmp_path / "no" / "folder.csv")
    assert window_at.errors.isVisible()


def test_the_plan_of_the_open_consultation_names_the_new_number(window: Window, qtbot: QtBot) -> None:
    for item, key in (("cancer_history", "y"), ("limb_weakness", "y")):
        window.consultation.go_to(item)
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert any("No number in the directory" in row.accessibleName() for row in window.findChildren(PlanRow))
    window.show_settings("directory")
    page = page_of(window)
    page.edit("mscc_coordinator")
    assert page.form is not None
    page.form.fields["telephone"].setText("01632 960 114")
    page.form.save_button.click()
    window.show_room("consultation")
    qtbot.waitUntil(
        lambda: any("01632\u00a0960\u00a0114" in row.accessibleName() for row in window.findChildren(PlanRow))
    )


def test_the_months_after_which_an_entry_is_old_can_be_chosen(window_at: Window) -> None:
    page = page_of(window_at)
    page.months.buttons["12"].click()
    assert page.directory.practice.now.stale_months == 12
    assert "12 months" in page.summary.text()


def test_an_old_number_is_pointed_out_on_the_plan_line_and_before_a_letter_leaves(window: Window) -> None:
    """Not only where numbers are kept: where one is about to be rung, or written to."""
    from desktop.ui.documents_panel import DocumentsPanel

    window.clinic.directory.save("mscc_coordinator", ContactEntry("01632 960 114", checked="2025-01-12"))
    assert window.model is not None
    window.clinic.use_directory(window.model.consultation)
    for item, answer in {"cancer_history": True, "limb_weakness": "new"}.items():
        window.model.answer(item, answer)
    QApplication.processEvents()
    notes = [note for row in window.findChildren(PlanRow) for note in row._line.notes]
    assert any(note.replace("\N{NON-BREAKING HYPHEN}", "-") == "Number last checked 12-Jan-2025" for note in notes)
    window.show_room("documents")
    panel = window.rooms.panel("documents")
    assert isinstance(panel, DocumentsPanel)
    panel.show_document("letter mscc_coordinator")
    assert "Make sure of it before the page leaves" in panel.details.number.text()
    window.clinic.directory.save("mscc_coordinator", ContactEntry("01632 960 114", checked="2026-11-20"))
    panel.show_document("letter mscc_coordinator")
    assert panel.details.number.text() == "01632 960 114"
