"""Ctrl+K: everything that can be done or gone to, found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.found import Finder, Found, find
from desktop.ui.label import Label
from desktop.ui.nav_list import NavList
from desktop.ui.palette_row import PaletteRow
from desktop.ui.search_box import SearchBox
from desktop.ui.sheet_dialog import SheetDialog

if TYPE_CHECKING:
    from desktop.ui.window import Window

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
WIDTH, HEIGHT = 680, 520


class CommandPalette(SheetDialog):
    """The search box keeps the focus; the arrows go over what was found, Enter does it."""

    def __init__(self, window: Window, finders: Sequence[Finder], title: str) -> None:
        super().__init__(window, window.theme, title, WIDTH)
        self._of, self._finders = window, finders
        self.found: list[Found] = []
        self.search = SearchBox(self.theme)
        self.search.setPlaceholderText(title)
        self.search.setAccessibleName(title)
        self.search.textChanged.connect(self._show)
        self.list = NavList(self.tr("Found"), PaletteRow(self.theme))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.chosen.connect(self._choose)
        self._none = Label(self.theme, "", "note", colour=self.theme.muted, wrap=True)
        for part in (self.search, self._none, self.list):
            self.lines.addWidget(part)
        self.place(self.theme.px(HEIGHT))
        self._show("")
        self.search.setFocus()

    def _show(self, text: str) -> None:
        self.found = find(self._of, text, self._finders)
        entries: list[tuple[str, str, str, object]] = [
            (str(place), one.words, ", ".join(part for part in (one.words, one.kind, one.key) if part), one)
            for place, one in enumerate(self.found)
        ]
        self.list.show_entries(entries)
        self.list.scrollToTop()
        none = "" if self.found else self.tr("Nothing like that. Try fewer letters, or another word.")
        self._none.show_text(none)
        if none:
            self.search.setAccessibleDescription(none)
        self._stand_on(0)

    def _stand_on(self, place: int) -> None:
        if self.found:
            place = min(max(place, 0), len(self.found) - 1)
            self.list.setCurrentIndex(self.list.entries.index(place, 0))
            told = self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
            self.search.setAccessibleDescription(told)

    def _choose(self, place: str) -> None:
        """Closed first, so that what is done finds the window with the focus where it was."""
        found = self.found[int(place)]
        self.accept()
        if found.action:
            self._of.preferences.remember(found.action)
        found.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = Qt.Key(event.key()), self.list.currentIndex().row()
        if key in STEPS:
            self._stand_on(here + STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.found:
                self._choose(str(here))
        else:
            super().keyPressEvent(event)
