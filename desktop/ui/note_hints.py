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
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._look)

    def look_at(self, page: SectionPage, text: str) -> None:
        """After the paint: the note is saved and nobody waits for this."""
        if page not in self._pages:
            self._pages.append(page)
            page.note.read_asked.connect(self.read_asked)
        self._waiting = page, text
        self._later.start()

    def _look(self) -> None:
        reader = self._reading.reader
        if self._waiting is None or reader is None:
            return
        (page, text), self._waiting = self._waiting, None
        answers = self._assessment().answers
        found = {one.item for one in reader.read(text, self._today()).proposals if one.item not in answers}
        page.note.show_hint(len(found))
