"""A finding that stands only in a note raises no flag: which open questions a note seems to answer is said below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.ui.note_reading import NoteReading
from desktop.ui.section_page import SectionPage


class NoteHints(QObject):
    """Signals: read_asked (the note, to be read where each proposal waits for a press)."""

    read_asked = Signal(str)

    def __init__(self, content: Content, today: Callable[[], date], assessment: Callable[[], Assessment]) -> None:
        super().__init__()
        self._reading, self._today, self._assessment = NoteReading(content), today, assessment
        self._pages: list[SectionPage] = []
        self._waiting: tuple[SectionPage, str] | None = None

    def look_at(self, page: SectionPage, text: str) -> None:
        """After the paint: the note is saved and nobody waits for this."""
        if page not in self._pages:
            self._pages.append(page)
            page.note.read_asked.connect(self.read_asked)
        self._waiting = page, text
        # The page is the context: a consultation that is left meanwhile takes what waits with it.
        QTimer.singleShot(0, page, lambda: self._look(page, text))

    def _look(self, page: SectionPage, text: str) -> None:
        reader = self._reading.reader
        if self._waiting != (page, text) or reader is None:
            return
        self._waiting = None
        answers = self._assessment().answers
        found = {one.item for one in reader.read(text, self._today()).proposals if one.item not in answers}
        page.note.show_hint(len(found))
