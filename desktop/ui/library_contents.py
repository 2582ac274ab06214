"""The left column of the library: where to search, the contents by section, or what a search found."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.record.library_search import Found
from desktop.ui.label import Label
from desktop.ui.library_list import LibraryList
from desktop.ui.library_state import LibraryState
from desktop.ui.search_box import SearchBox
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class LibraryContents(QWidget):
    """Signals: chosen (page id)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, state: LibraryState) -> None:
        super().__init__()
        self.theme, self._state = theme, state
        self.search = PageSearchBox(theme)
        count = len(state.library.pages)
        self.search.setPlaceholderText(self.tr("Search {count} pages").format(count=count))
        self.search.setAccessibleName(self.tr("Search the library"))
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._choose_first)
        self.said = Label(theme, "", "small", colour=theme.muted, wrap=True)
        set_margins(self.said, theme.px(20), 0, theme.px(8), 0)
        self.list = LibraryList(theme, self.tr("Contents of the library"))
        self.list.chosen.connect(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(10), 0, 0)
        layout.setSpacing(theme.px(6))
        box = QVBoxLayout()
        box.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        box.addWidget(self.search)
        layout.addLayout(box)
        layout.addWidget(self.said)
        layout.addWidget(self.list, 1)
        self.search.setText(state.searched)
        self._show(state.searched)

    def show_page(self, id: str) -> None:
        self.list.clearSelection()
        self.list.select(id)

    def show_audience(self) -> None:
        self._show(self.search.text())

    def search_now(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show(self, text: str) -> None:
        self._state.searched = text
        if not text.strip():
            self.said.show_text("")
            self.list.show_contents(self._titles())
            self.list.select(self._state.place.id)
            return
        found = self._state.find(text)
        self.said.show_text(self._words(found))
        self.list.show_hits(found.hits)

    def _titles(self) -> dict[str, dict[str, str]]:
        library, patients = self._state.library, self._state.place.audience == "patients"
        pages = (library.for_patients if patients else library.pages).values()
        found: dict[str, dict[str, str]] = {}
        for page in pages:
            found.setdefault(page.head.section, {})[page.id] = page.title
        return found

    def _words(self, found: Found) -> str:
        if not found.hits:
            return self.tr("No page has these words. Try fewer, or only the beginning of one.")
        if found.instead:
            return self.tr("Nothing has these words; pages with “{words}”:").format(words=found.instead)
        if found.some:
            return self.tr("No page has all of these words; pages with some of them:")
        return self.tr("Pages found: {count}").format(count=len(found.hits))

    def _choose_first(self) -> None:
        first = self.list.entries.item(0)
        if self.search.text().strip() and first is not None:
            self.list.setCurrentIndex(first.index())
            self.list.clicked.emit(first.index())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search down into what it found, and with Escape back to the contents."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)


class PageSearchBox(SearchBox):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFont(theme.font("body"))

    def sizeHint(self) -> QSize:
        height = max(self.theme.px(36), QFontMetrics(self.font()).height() + self.theme.px(12))
        return QSize(self.theme.px(200), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.sizeHint().height())
