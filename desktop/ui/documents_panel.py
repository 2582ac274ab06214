"""Documents: the list, the page as it will be printed, and the ways in which it leaves the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.paper.documents import PDF, WORD, Document, file_name
from desktop.paper.file import write_file
from desktop.paper.handout_documents import LARGE, SHEET
from desktop.record.practice import PracticeRefused
from desktop.record.roles import Act
from desktop.ui.action import Action
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.document_desk import DocumentDesk, text_of
from desktop.ui.document_details import DocumentDetails
from desktop.ui.documents_card import LEFT_OUT
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.nav_list import NavList
from desktop.ui.page_delegate import PageDelegate
from desktop.ui.patient_banner import PatientBanner
from desktop.ui.preview import Preview
from desktop.ui.print_box import PrintBox
from desktop.ui.printing import GONE, NO_PRINTER, PrintFault, PrintJob, print_pdf, printers
from desktop.ui.room import RoomPanel
from desktop.ui.sides import inner_edge, set_margins
from desktop.ui.told import why_unwritten

if TYPE_CHECKING:
    from desktop.ui.window import Window

LIST, SIDE, PAGE, LINES = 256, 292, 420, 3


class DocumentsPanel(RoomPanel):
    """`ask_place` and the printing functions are replaced in tests; nothing else here speaks to the system."""

    ask_place: Callable[[QWidget, str, str, str], str] = staticmethod(
        lambda parent, words, name, kinds: QFileDialog.getSaveFileName(parent, words, name, kinds)[0]
    )
    find_printers: Callable[[], list[str]] = staticmethod(printers)
    send: Callable[[bytes, PrintJob], None] = staticmethod(print_pdf)

    def __init__(self, window: Window, desk: DocumentDesk, *, back: str) -> None:
        """`back` is the room that Esc leads to."""
        super().__init__()
        self._window, self.theme, self.desk, self._back = window, window.theme, desk, back
        self._id = "summary"
        self._saved_in: Path | None = None
        self._waiting: list[str] = []
        self.banner = PatientBanner(self.theme, window.clinic.content)
        for button in self.banner.findChildren(Button):
            button.hide()
        self.list = NavList(self.tr("Documents"), PageDelegate(self.theme))
        self.copies = NavList(self.tr("Kept copies"), PageDelegate(self.theme))
        self.copies_head = Label(self.theme, self.tr("Kept copies"), "note", weight=600, colour=self.theme.muted)
        self.preview = Preview(self.theme)
        self.details = DocumentDetails(self.theme, window.clinic.content)
        self.box = PrintBox(self.theme)
        self.back = Button(self.theme, self.tr("Back"), key="Esc", shortcut=False, small=True)
        self.nothing = Label(self.theme, "", "body", wrap=True)
        self._connect()
        self._lay_out()

    def of_whom(self) -> str:
        return self.banner.accessibleName()

    def enter(self) -> None:
        self.box.show_printers(self.find_printers(), self._window.preferences.now.printer)
        self.box.show_languages({one.code: one.name for one in self.desk.languages}, self.desk.language.code)
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Nothing with advice in it is shown while the rules have not passed their test."""
        self.desk.refresh()
        seen = self.desk.consultation or self.desk.signed
        assert seen is not None
        self.banner.show_patient(seen.patient, seen.began_at, self.desk.clinic.zone)
        if seen.assessment is not None:
            self.banner.show_assessment(seen.assessment)
        passed = self._window.self_test.passed
        shown = self.desk.documents if passed else ()
        self.nothing.show_text("" if shown else self._why_nothing(passed=passed))
        copies = self._show_copies() if passed else ()
        for part in (self.left, self.preview, self.side):
            part.setVisible(bool(shown or copies))
        self.list.setVisible(bool(shown))
        self.list.show_entries([(one.id, one.title, f"{one.title}. {one.about}", None) for one in shown])
        self.list.show_lines(None if self._beside else LINES)
        there = [one.id for one in (*shown, *copies)]
        if there:
            self.show_document(self._id if self._id in there else there[0])

    def _show_copies(self) -> Sequence[Document]:
        """What left before, the latest first."""
        copies = self.desk.copies
        entries: list[tuple[str, str, str, object]] = []
        for one in copies:
            words = f"{one.title}, {one.about}"
            entries.append((one.id, words, words, None))
        self.copies.show_entries(entries)
        for part in (self.copies_head, self.copies):
            part.setVisible(bool(copies))
        return copies

    def show_document(self, id: str) -> None:
        self._id = id
        document, basis, copy = self.desk.document(id), self.desk.basis, self.desk.copy_of(id)
        for list in (self.list, self.copies):
            list.clearSelection()
            list.select(id)
        if copy is not None:
            self.details.show_copy(document, copy, self.desk.record.left(copy), self.desk.clinic)
        else:
            state = basis.state_words if basis else ""
            number, doubt = self.desk.number_of(document), self.desk.doubt_of(document)
            self.details.show_document(document, state, number, self.desk.note, doubt)
        pdf = document.kind == PDF
        going = self._to_print()
        there = any(one.id == LARGE for one in self.desk.documents)
        self.box.show_large(there=there, chosen=LARGE in going and SHEET not in going)
        self.box.show_number(len(going), of=sum(one.kind == PDF for one in self.desk.documents))
        self.box.show_gaps([one.title for one in self.desk.documents if one.id in going and self._is_open(one)])
        self.box.show_ways(document.kind, word=document.word is not None, folder=self._saved_in is not None)
        data = self.desk.made(id)
        if pdf:
            self.preview.show_pdf(data)
        elif document.kind == WORD:
            self.preview.show_text(self.tr("A Word file. Save it to open it: it is the same file, byte for byte."))
        else:
            self.preview.show_text(data.decode())

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Documents")
        return (
            Action(
                "print", self.tr("Print this document"), partial(self.do, "print"), "Ctrl+Shift+P", group, Act.PRINT
            ),
            Action(
                "print all",
                self.tr("Print all documents"),
                partial(self.do, "print all"),
                "Ctrl+Shift+Return",
                group,
                Act.PRINT,
            ),
            Action("save", self.tr("Save this document"), partial(self.do, "save"), "Ctrl+Shift+S", group, Act.PRINT),
            Action("copy", self.tr("Copy as text"), partial(self.do, "copy"), "Ctrl+Shift+C", group, Act.PRINT),
        )

    def do(self, what: str) -> None:
        ways: dict[str, Callable[[], None]] = {
            "print": partial(self._print, [self._id]),
            "print all": partial(self._print, self._to_print()),
            "save": partial(self._save, self.desk.document(self._id).kind),
            "word": partial(self._save, WORD),
            "copy": self._copy,
            "folder": self._open_folder,
        }
        self._window.guarded(ways[what])

    def _to_print(self) -> list[str]:
        """Those that were chosen in the review; without one, all but the sheet in large print."""
        return [one.id for one in self.desk.documents if one.kind == PDF and one.id not in self._left_out]

    @property
    def _left_out(self) -> frozenset[str]:
        return self._window.desk.left_out.get(self.desk.encounter_uid, frozenset(LEFT_OUT))

    def _choose_large(self, on: bool) -> None:
        """One of the two sheets, and the one that is looked at becomes the other."""
        left_out = (self._left_out - {SHEET, LARGE}) | {SHEET if on else LARGE}
        self._window.desk.left_out[self.desk.encounter_uid] = left_out
        looked_at = self._id in (SHEET, LARGE)
        self.show_document((LARGE if on else SHEET) if looked_at else self._id)

    def _choose_language(self, code: str) -> None:
        """Nothing that was handed out in another one is taken for it."""
        self.desk.choose_language(code)
        self.refresh()

    def _is_open(self, document: Document) -> bool:
        return self.desk.number_of(document) == ""

    def _print(self, ids: list[str]) -> None:
        """One after the other, each in a turn of its own, so that the progress is seen."""
        self._waiting = ids
        self._print_next(len(ids))

    def _print_next(self, of: int) -> None:
        if not self._waiting:
            return
        id, *self._waiting = self._waiting
        number = of - len(self._waiting)
        try:
            done = self._window.guarded(partial(self._print_one, id))
        except PrintFault as fault:
            self._show_fault(fault)
            done = False
        if not done:
            self._waiting = []
            return
        words = self.tr("Sent to the printer: {title}").format(title=self.desk.document(id).title)
        self._say(words if of == 1 else self.tr("{number} of {of}: {words}").format(number=number, of=of, words=words))
        QTimer.singleShot(0, self, lambda: self._print_next(of))

    def _print_one(self, id: str) -> None:
        """Kept first: what a printer swallows is still here."""
        job = self.box.job
        if not job.printer:
            raise PrintFault(NO_PRINTER)
        data = self.desk.keep(id, "printed", where=job.printer)
        self._show_copies()
        self.send(data, job)

    def _save(self, form: str) -> None:
        document = self.desk.document(self._id)
        kinds = {PDF: "PDF (*.pdf)", WORD: "Word (*.docx)"}.get(form, self.tr("Text") + " (*.txt)")
        words = self.tr("Save, not encrypted")
        place = self.ask_place(self, words, file_name(document, form), kinds)
        if not place:
            return
        data = self.desk.keep(self._id, "saved", form=form, where="file")
        try:
            write_file(Path(place), data)
        except OSError as error:
            self._show_not_written(Path(place), error)
            return
        self._saved_in = Path(place).parent
        self.refresh()
        self._say(self.tr("Saved: {name}").format(name=Path(place).name))

    def _copy(self) -> None:
        self.desk.keep(self._id, "copied", where="clipboard")
        self._show_copies()
        QGuiApplication.clipboard().setText(text_of(self.desk, self._id))
        self._say(self.tr("Copied as text: {title}").format(title=self.desk.document(self._id).title))

    def _open_folder(self) -> None:
        if self._saved_in is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved_in)))

    def _fill_in(self, telephone: str) -> None:
        document: Document = self.desk.document(self._id)
        try:
            self._window.guarded(partial(self.desk.fill_in, document.contact, telephone))
        except PracticeRefused as refused:
            self.details.show_wrong(str(refused))
            return
        self.show_document(self._id)

    def _add_note(self, note: str) -> None:
        if note != self.desk.note:
            self.desk.add_note(note)
            self.show_document(self._id)

    def _show_fault(self, fault: PrintFault) -> None:
        safe = self.tr("The document is kept in the record and can be printed again.")
        if fault.why == NO_PRINTER:
            what, todo = self.tr("No printer is chosen."), self.tr("Choose one, or save as PDF.")
            safe = self.tr("Nothing was lost.")
        elif fault.why == GONE:
            what = self.tr("The printer is not there any more: {said}").format(said=fault.said)
            todo = self.tr("Switch it on, or choose another one.")
        else:
            what = self.tr("The printing system did not take it: {said}").format(said=fault.said)
            todo = self.tr("Look at the printer, then try again; or save as PDF.")
        self._window.errors.show_words(what, safe, todo)
        self.box.show_printers(self.find_printers(), self._window.preferences.now.printer)

    def _show_not_written(self, place: Path, error: OSError) -> None:
        what = self.tr("{name} was not written: {why}.").format(name=place.name, why=why_unwritten(error))
        safe = self.tr("The document is kept in the record; a file that was there before is untouched.")
        self._window.errors.show_words(what, safe, self.tr("Make room, close it, or choose another place."))

    def _why_nothing(self, *, passed: bool) -> str:
        if not passed:
            return self.tr("Documents are held back until the rules have passed their own test.")
        words = self.tr("This program can no longer read the rules this encounter was signed under.")
        if self.desk.copies:
            return words + " " + self.tr("The copies kept at the time open as they were.")
        return words + " " + self.tr("No copy was kept; answers, flags and plan stand on the page of the encounter.")

    def _leave(self) -> None:
        self._window.show_room(self._back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _say(self, words: str) -> None:
        self._window.status.tell(words)

    def _connect(self) -> None:
        for list in (self.list, self.copies):
            list.chosen.connect(self.show_document)
            list.selectionModel().currentChanged.connect(self._follow)
        self.details.number_given.connect(self._fill_in)
        self.details.note_given.connect(self._add_note)
        self.box.asked.connect(self.do)
        self.box.large_chosen.connect(self._choose_large)
        self.box.language_chosen.connect(self._choose_language)
        self.back.clicked.connect(self._leave)
        self.box.printer_chosen.connect(lambda name: self._window.preferences.know(printer=name))

    def _follow(self, index: QModelIndex, before: QModelIndex) -> None:
        """Arrows show the document they come to. A list that Tab comes to for the first time is at its first line by
        itself: that chooses nothing, or a kept copy would be saved in the place of what was chosen."""
        id = index.data(Qt.ItemDataRole.UserRole)
        if id and id != self._id and before.isValid():
            self.show_document(id)

    def _lay_out(self) -> None:
        theme = self.theme
        self.left = QWidget()
        self.left.setFixedWidth(theme.px(LIST))
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.list, 3)
        set_margins(self.copies_head, theme.px(20), 0, 0, 0)
        column.addWidget(self.copies_head)
        column.addWidget(self.copies, 2)
        self.side = Column(theme, self.tr("This document"))
        self.side.add(self.details)
        self.side.add(self.box)
        self.side.add(self.back)
        self.side.setFixedWidth(theme.px(SIDE))
        self._columns = QGridLayout()
        self._columns.setSpacing(theme.px(12))
        set_margins(self._columns, 0, theme.px(12), theme.px(8), theme.px(8))
        self._columns.setColumnStretch(1, 1)
        self._columns.addWidget(self.nothing, 0, 1)
        self._place(beside=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addLayout(self._columns, 1)

    def _place(self, *, beside: bool) -> None:
        """In a narrow window what belongs to the document stands under the list, so that the page can be read."""
        for part in (self.left, self.preview, self.side):
            self._columns.removeWidget(part)
        rows = 1 if beside else 2
        self._columns.addWidget(self.left, 0, 0)
        self._columns.addWidget(self.preview, 0, 1, rows, 1)
        self._columns.addWidget(self.side, *((0, 2) if beside else (1, 0)))
        self._columns.setRowStretch(1, int(not beside))
        self._columns.setRowStretch(0, int(beside))
        self.list.show_lines(None if beside else LINES)
        self.side.setFixedWidth(self.theme.px(SIDE if beside else LIST))
        set_margins(self.side.lines, 0 if beside else self.theme.px(16), 0, 0, 0)
        self._beside = beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(LIST + SIDE + PAGE)
        if beside is not self._beside:
            self._place(beside=beside)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.fillRect(self.rect(), theme.window)
        side, top = self.left.geometry(), self.banner.height()
        painter.fillRect(side.x(), top, side.width(), self.height() - top, theme.surface)
        painter.fillRect(inner_edge(self.left, self.height(), top=top), theme.border)
