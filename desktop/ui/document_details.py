"""Beside the preview: what the receiver still needs, the number that is missing, and a line from the clinician."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.content import Content
from desktop.clinical.dates import time_words
from desktop.clinical.letters import Completeness
from desktop.paper.answers import labels
from desktop.paper.documents import PRACTICE, Document
from desktop.record.clinic import Clinic
from desktop.record.documents import Kept, Leaving
from desktop.ui.button import Button
from desktop.ui.entry_field import EntryField
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class DocumentDetails(QWidget):
    """Signals: number_given (telephone), note_given (words)."""

    number_given = Signal(str)
    note_given = Signal(str)

    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__()
        self.theme, self.content = theme, content
        self.title = Label(theme, "", "h2", weight=600, wrap=True)
        self.about = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self.state = Label(theme, "", "note", weight=600, wrap=True)
        self.meter = Label(theme, "", "note", weight=600, wrap=True)
        self.missing = Label(theme, "", "note", wrap=True)
        self.tell = Label(theme, "", "note", wrap=True)
        self.number = Label(theme, "", "note", weight=600, wrap=True)
        self.wrong = Label(theme, "", "note", weight=600, colour=theme.danger_field, wrap=True)
        self.telephone = EntryField(theme, self.tr("Telephone number of this contact"))
        self.keep = Button(theme, self.tr("Keep this number"), small=True)
        self.note_label = Label(theme, self.tr("Add for the receiver"), "note", weight=600)
        self.note = EntryField(theme, self.tr("Add for the receiver: whom you spoke to, what was agreed"))
        self.keep.clicked.connect(lambda: self.number_given.emit(self.telephone.text()))
        self.telephone.returnPressed.connect(self.keep.click)
        self.note.editingFinished.connect(lambda: self.note_given.emit(self.note.text().strip()))
        self._lay_out()

    def show_document(self, document: Document, state: str, number: str | None, note: str, doubt: str) -> None:
        """`number` empty: the contact has none; None: the document calls nobody. `doubt`: it has grown old."""
        self.title.setText(document.title)
        self.about.show_text(document.about)
        self.state.show_text(state)
        self._show_completeness(document.completeness)
        self._show_number(document, number)
        if number and doubt:
            words = self.tr("{number}: {doubt}. Make sure of it before the page leaves.")
            self.number.show_text(words.format(number=number, doubt=doubt))
        self.tell.show_text("\n".join(document.tell))
        letter = document.id.startswith("letter")
        for part in (self.note_label, self.note):
            part.setVisible(letter)
        if self.note.text().strip() != note:
            self.note.setText(note)

    def show_copy(self, document: Document, copy: Kept, left: Sequence[Leaving], clinic: Clinic) -> None:
        """When it was kept, by whom, and each time that it left."""
        self.title.setText(document.title)
        when, who = document.about, clinic.name_of(copy.who)
        self.about.show_text(self.tr("Kept {when}, {who}: the same, byte for byte.").format(when=when, who=who))
        version = self.tr("Version {number}, signed").format(number=copy.version)
        self.state.show_text(version if copy.version else self.tr("Draft, not signed"))
        self._show_completeness(None)
        self._show_number(document, None)
        self.tell.show_text("")
        for part in (self.note_label, self.note):
            part.hide()
        self.missing.show_text("\n".join(self._left(one, clinic) for one in left))

    def _left(self, one: Leaving, clinic: Clinic) -> str:
        ways = {"printed": self.tr("Printed"), "saved": self.tr("Saved"), "copied": self.tr("Copied as text")}
        where = f", {one.where}" if one.way == "printed" and one.where else ""
        when = time_words(one.at, clinic.zone)
        return f"{ways[one.way]} {when}, {clinic.name_of(one.who)}{where}"

    def show_wrong(self, why: str) -> None:
        self.wrong.show_text(why)
        self.telephone.show_wrong(why)

    def _show_completeness(self, found: Completeness | None) -> None:
        if found is None:
            self.meter.show_text("")
            self.missing.show_text("")
            return
        words = self.tr("{asked} of {of} answers that the receiver needs").format(asked=found.asked, of=found.of)
        self.meter.show_text(words)
        missing = self.tr("Not asked: {items}").format(items=labels(self.content, found.missing))
        self.missing.show_text(missing if found.missing else "")

    def _show_number(self, document: Document, number: str | None) -> None:
        self.show_wrong("")
        empty = number == ""
        own = document.contact == PRACTICE
        nobody = self.tr("No telephone number is entered for this contact; the page says so.")
        if own:
            nobody = self.tr("No telephone number of the practice is entered; the page leaves a line to write it on.")
        whose = self.tr("Number that patients call") if own else self.tr("Telephone number of this contact")
        self.telephone.setAccessibleName(whose)
        there = self.tr("Patients call {number}").format(number=number) if own else number or ""
        self.number.show_text(nobody if empty else there)
        for part in (self.telephone, self.keep):
            part.setVisible(empty)
        if not empty:
            self.telephone.clear()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.theme.px(6))
        for part in (self.title, self.about, self.state, self.meter, self.missing, self.number, self.telephone):
            layout.addWidget(part)
        for other in (self.wrong, self.keep, self.tell, self.note_label, self.note):
            layout.addWidget(other)
