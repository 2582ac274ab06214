"""The library: contents, the page that is read, and beside it what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.dates import date_words
from desktop.clinical.library import Page
from desktop.clinical.rules import Rule
from desktop.paper.file import READABLE, write_file
from desktop.ui.action import Action
from desktop.ui.drawing import painter_on
from desktop.ui.error_card import ErrorCard
from desktop.ui.find_bar import FindBar
from desktop.ui.library_contents import LibraryContents
from desktop.ui.library_head import LibraryHead
from desktop.ui.library_links import show_item
from desktop.ui.library_side import LibrarySide
from desktop.ui.library_state import Place
from desktop.ui.page_html import page_html, rule_html
from desktop.ui.page_view import PageView, plain_of
from desktop.ui.printing import PrintFault, PrintJob, print_pdf, printers
from desktop.ui.room import RoomPanel
from desktop.ui.sides import inner_edge, set_margins

if TYPE_CHECKING:
    from desktop.ui.window import Window

CONTENTS, TEXT, SIDE = 232, 720, 270
WITH_SIDE, WITH_CONTENTS = 1090, 700


class LibraryPanel(RoomPanel):
    find_printers: Callable[[], list[str]] = staticmethod(printers)
    send: Callable[[bytes, PrintJob], None] = staticmethod(print_pdf)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window, self.theme, self.state = window, window.theme, window.library
        self.content = window.clinic.content
        self.contents = LibraryContents(self.theme, self.state)
        self.head = LibraryHead(self.theme)
        self.view = PageView(self.theme, self.tr("Page of the library"))
        self.find_bar = FindBar(self.theme, self.view)
        self.side = LibrarySide(self.theme, self.content)
        self.left_out = self._left_out()
        self._contents_wanted = False
        self._connect()
        self._lay_out()

    def enter(self) -> None:
        self.show_place()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Library")
        return (
            Action("library search", self.tr("Search the library"), self._search, "Ctrl+F", group),
            Action("library find", self.tr("Find in this page"), self._find, "Ctrl+Shift+F", group),
            Action("library back", self.tr("Back to the page before"), self.go_back, "Alt+Left", group),
            Action("library forward", self.tr("Forward again"), self.go_forward, "Alt+Right", group),
            Action("library print", self.tr("Print the page"), self.print_page, "Ctrl+P", group),
            Action("library pdf", self.tr("Save the page as PDF"), self.save_pdf, "Ctrl+S", group),
            Action("library copy", self.tr("Copy the page as text"), self.copy, "Ctrl+Shift+C", group),
        )

    def go(self, place: Place) -> None:
        if self.state.go(place, scroll=self._scroll()):
            self._contents_wanted = False
            self.show_place()

    def go_back(self) -> None:
        self.state.go_back(scroll=self._scroll())
        self.show_place()

    def go_forward(self) -> None:
        self.state.go_forward(scroll=self._scroll())
        self.show_place()

    def show_place(self) -> None:
        page, rule = self.state.page, self.state.rule
        if page is not None:
            self.view.show_html(self._html(page))
        elif rule is not None:
            self.view.show_html(rule_html(self.content, rule))
        self._show_side(page, rule)
        self.contents.show_page(self.state.place.id)
        self._show_head(page)
        self._arrange()
        self._mark_found()
        scroll = self.state.place.scroll
        if scroll or not self.find_bar.isVisible():
            QTimer.singleShot(0, self.view, lambda: self.view.verticalScrollBar().setValue(scroll))

    def copy(self) -> None:
        """With its sources, as plain text."""
        page = self.state.page
        html = self._html(page, ends=True) if page is not None else self.view.toHtml()
        QApplication.clipboard().setText(plain_of(html))
        self._window.status.tell(self.tr("The page was copied as text."))

    def print_page(self) -> None:
        """On the printer of this workstation, else on the usual one."""
        page = self._page_for_paper()
        if page is None:
            return
        printer = self._window.preferences.now.printer or next(iter(self.find_printers()), "")
        try:
            self.send(self._pdf(page), PrintJob(printer))
        except PrintFault as fault:
            what = self.tr("The page was not printed: {why}.").format(why=fault.said or fault.why)
            todo = self.tr("Look at the printer, or save the page as PDF.")
            self._window.errors.show_words(what, self.tr("Nothing was lost."), todo)
            return
        self._window.status.tell(self.tr("Sent to the printer: {title}").format(title=page.title))

    def _page_for_paper(self) -> Page | None:
        if self.state.page is None:
            self._window.status.tell(self.tr("Only pages are printed or saved; a rule can be copied."))
        return self.state.page

    def save_pdf(self) -> None:
        page = self._page_for_paper()
        if page is None:
            return
        name = f"{page.id}{'-patients' if page.audience == 'patients' else ''}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the page as PDF"), name, "PDF (*.pdf)")
        if path:
            self._window.guarded(lambda: self._write_pdf(page, Path(path)))

    def _write_pdf(self, page: Page, path: Path) -> None:
        write_file(path, self._pdf(page), mode=READABLE)
        self._window.status.tell(self.tr("Page written: {path}").format(path=path))

    def _pdf(self, page: Page) -> bytes:
        from desktop.paper.library_page import library_pdf

        clinic = self._window.clinic
        return library_pdf(page, self.content, demo=clinic.demo, audit=clinic.trail_head)

    def _html(self, page: Page, *, ends: bool = False) -> str:
        about = self.tr("Checked {date} · {count} min to read")
        about = about.format(date=date_words(page.head.checked), count=page.minutes)
        if page.own:
            about = self.tr("{about} · written by this practice").format(about=about)
        below = self.side.ends(page, self._titles(page)) if ends or not self._has_side() else ""
        return page_html(page, about=about, ends=below)

    def _show_side(self, page: Page | None, rule: Rule | None) -> None:
        if rule is not None:
            pages = self.state.library.pages.values()
            self.side.show_rule({one.id: one.title for one in pages if rule.id in one.head.rules})
        else:
            self.side.show_page(page, self._titles(page))

    def _titles(self, page: Page | None) -> dict[str, str]:
        if page is None:
            return {}
        found = ((id, self.state.library.page(id, page.audience)) for id in page.head.see_also)
        return {id: other.title for id, other in found if other is not None}

    def _show_head(self, page: Page | None) -> None:
        place = self.state.place
        other = self.state.library.page(place.id, "clinicians" if place.audience == "patients" else "patients")
        self.head.show_place(
            back=bool(self.state.back),
            forward=bool(self.state.forward),
            audience=place.audience,
            other=other is not None,
            page=page is not None,
        )

    def _mark_found(self) -> None:
        """Words that led here are marked, once the page is laid out."""
        words, self.state.found_words = self.state.found_words, ""
        if words:
            self.find_bar.show()
            QTimer.singleShot(0, self.find_bar, lambda: self.find_bar.open_with(words, focus=False))
        elif self.find_bar.isVisible():
            self.find_bar.leave()

    def _choose(self, id: str) -> None:
        self.state.found_words = self.contents.search.text().strip()
        self.state.go(Place("page", id, self.state.place.audience), scroll=self._scroll())
        self._contents_wanted = False
        self.show_place()

    def _follow(self, kind: str, id: str) -> None:
        match kind:
            case "page":
                self.go(Place("page", id, self.state.place.audience))
            case "rule":
                self.go(Place("rule", id))
            case "item":
                show_item(self._window, id)
            case "heading":
                self.view.scrollToAnchor(id)
            case "source" if self._has_side():
                self.side.show_source(id)
            case "source":
                self.view.scrollToAnchor(f"source{id}")

    def _read_for(self, audience: str) -> None:
        self.go(Place("page", self.state.place.id, "patients" if audience == "patients" else "clinicians"))
        self.contents.show_audience()

    def _search(self) -> None:
        self._contents_wanted = True
        self._arrange()
        self.contents.search_now()

    def _find(self) -> None:
        self.find_bar.open_with(self.view.textCursor().selectedText(), focus=True)

    def _toggle_contents(self) -> None:
        self._contents_wanted = not self._contents_wanted
        self._arrange()
        if self._contents_wanted:
            self.contents.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scroll(self) -> int:
        return self.view.verticalScrollBar().value()

    def _left_out(self) -> ErrorCard | None:
        """Pages with mistakes are left out; the others are as they were."""
        mistakes = self.state.library.mistakes
        if not mistakes:
            return None
        count = len({mistake.file for mistake in mistakes})
        what = self.tr("Files with mistakes, left out of the library: {count}.").format(count=count)
        safe = self.tr("Every other page is as it was. Questions, rules and advice don’t rest on these files.")
        todo = self.tr("Put the files back as they were installed, or have them mended line by line.")
        return ErrorCard(self.theme, what=what, safe=safe, todo=todo, details=tuple(map(str, mistakes)), most=3)

    def _has_side(self) -> bool:
        return self.width() / self.theme.scale >= WITH_SIDE

    def _has_contents(self) -> bool:
        return self.width() / self.theme.scale >= WITH_CONTENTS

    def _arrange(self) -> None:
        """Beside each other where there is room; else the contents take the place of the text when asked for."""
        wide = self._has_contents()
        instead = self._contents_wanted and not wide
        self.contents.setVisible(wide or instead)
        self.contents.setMaximumWidth(16777215 if instead else self.theme.px(CONTENTS))
        self.contents.setMinimumWidth(0 if instead else self.theme.px(CONTENTS))
        self.head.contents_button.setVisible(not wide)
        self._middle.setVisible(True)
        for widget in (self.view, self.left_out):
            if widget is not None:
                widget.setVisible(not instead)
        self.side.setVisible(self._has_side())

    def _connect(self) -> None:
        self.contents.chosen.connect(self._choose)
        self.head.back.connect(self.go_back)
        self.head.forward.connect(self.go_forward)
        self.head.contents.connect(self._toggle_contents)
        self.head.copy.connect(self.copy)
        self.head.pdf.connect(self.save_pdf)
        self.head.printed.connect(self.print_page)
        self.head.audience.connect(self._read_for)
        self.find_bar.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        for view in (self.view, self.side.view):
            view.followed.connect(self._follow)

    def _lay_out(self) -> None:
        theme = self.theme
        self._middle = QWidget()
        lines = QVBoxLayout(self._middle)
        set_margins(lines, theme.px(28), theme.px(14), theme.px(12), 0)
        lines.setSpacing(theme.px(10))
        lines.addWidget(self.head)
        lines.addWidget(self.find_bar)
        if self.left_out is not None:
            lines.addWidget(self.left_out)
        lines.addWidget(self.view, 1)
        for widget in (self.head, self.find_bar, self.view, self.left_out):
            if widget is not None:
                widget.setMaximumWidth(theme.px(TEXT))
        self.side.setFixedWidth(theme.px(SIDE))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.contents)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self.side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        had = self.side.isVisible()
        self._arrange()
        if had != self.side.isVisible() and self.isVisible():
            self.show_place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.fillRect(self.rect(), theme.surface)
        if self.side.isVisible():
            side = self.side.geometry()
            painter.fillRect(side, theme.window)
            painter.fillRect(inner_edge(self.side, self.height(), last=True), theme.border)
        if self.contents.isVisible():
            painter.fillRect(inner_edge(self.contents, self.height()), theme.border)
