"""The library in a real window: read, search, find, go back, and come from a flag or a question."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.clinical.library import load_library
from desktop.ui.flag_card import FlagCard
from desktop.ui.found import pages
from desktop.ui.library_panel import LibraryPanel
from desktop.ui.library_state import Place
from desktop.ui.nav_list import ID
from desktop.ui.page_view import PageView
from desktop.ui.printing import PrintJob
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme, load_theme
from desktop.ui.window import Window
from resources import FOLDER


@pytest.fixture
def panel(make_window: Callable[..., Window]) -> LibraryPanel:
    window = make_window()
    window.show_room("library")
    return opened(window)


def opened(window: Window) -> LibraryPanel:
    panel = window.rooms.panel("library")
    assert isinstance(panel, LibraryPanel)
    return panel


def shown(panel: LibraryPanel) -> str:
    return panel.view.toPlainText().splitlines()[0]


def contents(panel: LibraryPanel) -> list[str]:
    entries = panel.contents.list.entries
    return [str(entries.item(row).text()) for row in range(entries.rowCount())]


def search(panel: LibraryPanel, qtbot: QtBot, words: str) -> None:
    qtbot.keyClick(panel, "f", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(panel.contents.search, words)


def test_it_opens_with_its_contents_and_a_page(panel: LibraryPanel) -> None:
    assert shown(panel) == "Bone metastasis"
    assert contents(panel)[:2] == ["Cancer and the spine", "Bone metastasis"]
    assert "Rules that rest on it" in panel.side.view.toPlainText()


def test_sources_stand_with_their_dates(panel: LibraryPanel) -> None:
    assert "checked 22‑Nov‑2026" in panel.side.view.toPlainText()
    assert "[10 judgement]" in panel.view.toPlainText()


def test_enter_in_the_search_opens_the_first_page_found_at_the_words(panel: LibraryPanel, qtbot: QtBot) -> None:
    search(panel, qtbot, "denosumab")
    qtbot.keyClick(panel.contents.search, Qt.Key.Key_Return)
    assert shown(panel) == "Bone agents"
    qtbot.waitUntil(lambda: panel.view.matches > 2)
    assert panel.find_bar.count.text().startswith("1 of ")
    assert panel.view.extraSelections()


def test_down_goes_from_the_search_into_what_it_found_and_escape_back(panel: LibraryPanel, qtbot: QtBot) -> None:
    search(panel, qtbot, "bladder")
    qtbot.keyClick(panel.contents.search, Qt.Key.Key_Down)
    assert panel.contents.list.hasFocus()
    qtbot.keyClick(panel.contents.list, Qt.Key.Key_Escape)
    assert panel.contents.search.text() == ""
    assert contents(panel)[0] == "Cancer and the spine"


def test_a_search_without_result_says_so(panel: LibraryPanel, qtbot: QtBot) -> None:
    search(panel, qtbot, "qqqqxz")
    assert panel.contents.said.text().startswith("No page has these words")
    assert contents(panel) == []


def test_a_pasted_megabyte_and_markup_are_only_words(panel: LibraryPanel) -> None:
    panel.contents.search.setText("<b>x</b>" * 200_000)
    assert len(panel.contents.search.text()) <= 200
    panel.find_bar.open_with("[(*", focus=True)
    assert panel.find_bar.count.text() == "not on this page"


def test_back_and_forward_keep_the_place_on_each_page(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.view.verticalScrollBar().setValue(120)
    panel.go(Place("page", "myeloma"))
    qtbot.keyClick(panel, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown(panel) == "Bone metastasis"
    qtbot.waitUntil(lambda: panel.view.verticalScrollBar().value() == 120)
    qtbot.keyClick(panel, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown(panel) == "Myeloma"


def test_links_lead_to_pages_rules_and_sources(panel: LibraryPanel) -> None:
    panel.view.anchorClicked.emit(QUrl("page:cord-compression"))
    assert shown(panel) == "Cord compression"
    panel.side.view.anchorClicked.emit(QUrl("rule:R01"))
    assert shown(panel).startswith("R01 Suspected metastatic cord compression")
    assert "Cord compression" in panel.side.view.toPlainText()
    panel.go_back()
    panel.view.anchorClicked.emit(QUrl("source:9"))
    assert shown(panel) == "Cord compression"


def test_tab_tells_the_link_that_it_comes_to(panel: LibraryPanel, qtbot: QtBot, heard: list[str]) -> None:
    """Qt selects it, and tells a screen reader nothing of it."""
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Tab)
    assert heard == [f"Link: {panel.view.textCursor().selectedText()}"]
    assert panel.view.textCursor().selectedText()


@pytest.mark.parametrize("address", ["https://example.org/", "file:///etc/passwd", "javascript:x()", "mailto:a@b.c"])
def test_nothing_outside_is_ever_opened(panel: LibraryPanel, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtGui import QDesktopServices

    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url))
    panel.view.anchorClicked.emit(QUrl(address))
    assert asked == []
    assert shown(panel) == "Bone metastasis"
    assert panel.view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(address)) is None


def test_patients_read_their_own_page(panel: LibraryPanel) -> None:
    panel.head.views["patients"].click()
    assert shown(panel) == "Cancer that has spread to bone"
    assert "Bone metastasis" not in contents(panel)
    panel.head.views["clinicians"].click()
    assert shown(panel) == "Bone metastasis"


def test_words_are_found_in_the_page_and_counted(panel: LibraryPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel, "f", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(panel.find_bar.field, "vertebra")
    first = panel.view.textCursor().position()
    assert panel.find_bar.count.text().startswith("1 of ")
    qtbot.keyClick(panel.find_bar.field, Qt.Key.Key_Return)
    assert panel.find_bar.count.text().startswith("2 of ")
    assert panel.view.textCursor().position() > first
    qtbot.keyClick(panel.find_bar.field, Qt.Key.Key_Escape)
    assert not panel.find_bar.isVisible()
    assert not panel.view.extraSelections()


def test_the_page_is_copied_with_its_sources(panel: LibraryPanel) -> None:
    panel.copy()
    copied = QApplication.clipboard().text()
    assert copied.startswith("Bone metastasis\n")
    assert "1 NICE QS56" in copied


def test_f1_opens_the_page_of_the_question_in_hand(window: Window, qtbot: QtBot) -> None:
    assert window.consultation is not None
    window.consultation.go_to("saddle_numbness")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert window.rooms.current == "library"
    assert shown(opened(window)) == "Cauda equina syndrome"


def test_a_flag_leads_to_its_page_and_an_item_link_back_to_the_question(window: Window, qtbot: QtBot) -> None:
    assert window.model is not None
    window.consultation.go_to("saddle_numbness")
    qtbot.keyClick(QApplication.focusWidget(), "y")
    (card,) = [card for card in window.findChildren(FlagCard) if card.flag.rule.id == "R08"]
    (link,) = [link for link in card.findChildren(TextLink) if link.text() == "Read about it"]
    link.click()
    assert shown(opened(window)) == "Cauda equina syndrome"
    opened(window).view.anchorClicked.emit(QUrl("item:injury"))
    assert window.rooms.current == "consultation"
    assert window.model.in_hand == "injury"


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_page_is_made_anew_in_each_theme_at_the_same_place(make_window, name: str) -> None:
    window = make_window()
    window.library.go(Place("page", "myeloma"))
    window.show_room("library")
    window.preferences.change(theme=name)
    panel = opened(window)
    assert shown(panel) == "Myeloma"
    assert load_theme(name).accent.name() in panel.view.document().defaultStyleSheet()


def test_everything_is_in_reach_at_twice_the_text_size(make_window: Callable[..., Window]) -> None:
    window = make_window(theme=load_theme(scale=2.0))
    window.show_room("library")
    panel = opened(window)
    assert not panel.side.isVisible()
    assert "Rules that rest on it" in panel.view.toPlainText()
    assert not panel.contents.isVisible()
    panel.head.contents_button.click()
    assert panel.contents.isVisible()
    panel.contents.list.chosen.emit("myeloma")
    assert shown(panel) == "Myeloma"
    assert panel.view.isVisible()


def test_a_broken_page_is_reported_and_the_others_are_read(make_window, tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "library", tmp_path / "library")
    (tmp_path / "library" / "myeloma.md").write_text("+++\ntitle = 3\n+++\nWords", "utf-8")
    window = make_window()
    window.library.__dict__["library"] = load_library(window.clinic.content, tmp_path)
    window.show_room("library")
    panel = opened(window)
    assert panel.left_out is not None
    assert "library/myeloma.md:2" in panel.left_out.accessibleName() + "".join(panel.left_out._details)
    assert "Myeloma" not in contents(panel)
    assert shown(panel) == "Bone metastasis"


def test_every_widget_has_a_name(panel: LibraryPanel) -> None:
    widgets = [panel.view, panel.side.view, panel.contents.search, panel.contents.list, panel.find_bar.field]
    assert all(widget.accessibleName() for widget in widgets)


def test_headings_are_as_large_as_the_theme_says(panel: LibraryPanel, theme: Theme) -> None:
    block = panel.view.document().begin()
    assert block.blockFormat().headingLevel() == 1
    assert block.begin().fragment().charFormat().font().pixelSize() == theme.px(theme.sizes["h1"])


def test_a_view_reads_no_file(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"x")
    view = PageView(theme, "Page")
    qtbot.addWidget(view)
    view.show_html(f"<p><img src='file://{picture}'>words</p>")
    assert "words" in view.toPlainText()


def test_each_line_of_the_contents_says_its_section(panel: LibraryPanel) -> None:
    item = panel.contents.list.entries.item(1)
    assert item.data(ID) == "bone-metastasis"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Bone metastasis, Cancer and the spine"


def test_the_page_is_saved_as_pdf(panel: LibraryPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(file), "")))
    panel.head.pdf_button.click()
    assert file.read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(tmp_path / "no" / "p.pdf"), "")))
    panel.head.pdf_button.click()
    assert panel._window.errors.isVisible()


def test_the_palette_finds_pages_by_their_other_names(panel: LibraryPanel) -> None:
    found = {one.words: one for one in pages(panel._window, "slipped disc")}
    found["Disc herniation and sciatica"].run()
    assert shown(panel) == "Disc herniation and sciatica"


def test_the_page_is_printed_or_the_printer_says_why_not(panel: LibraryPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[bytes, PrintJob]] = []
    monkeypatch.setattr(panel, "find_printers", lambda: ["Front desk"])
    monkeypatch.setattr(panel, "send", lambda data, job: sent.append((data, job)))
    panel.head.print_button.click()
    ((data, job),) = sent
    assert data.startswith(b"%PDF")
    assert job.printer == "Front desk"
    monkeypatch.undo()
    monkeypatch.setattr(panel, "find_printers", list)
    panel.head.print_button.click()
    assert panel._window.errors.isVisible()


def test_with_a_flag_in_focus_its_page_opens(window: Window, qtbot: QtBot) -> None:
    from desktop.ui.flag_card import FlagCard
    from desktop.ui.undecided_row import UndecidedRow

    assert window.model is not None
    for item, answer in {"cancer_history": True, "limb_weakness": "new"}.items():
        window.model.answer(item, answer)
    QApplication.processEvents()
    for kind, rule_of in ((FlagCard, lambda one: one.flag.rule.id), (UndecidedRow, lambda one: one.rule.rule_id)):
        window.show_room("consultation")
        one = next(one for one in window.findChildren(kind) if one.isVisible())
        inside = next(child for child in one.findChildren(QWidget) if child.focusPolicy() and child.isVisible())
        inside.setFocus()
        qtbot.keyClick(inside, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
        assert window.rooms.current == "library"
        page = window.library.page
        assert page is not None
        assert rule_of(one) in page.head.rules
