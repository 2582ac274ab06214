"""Lists and reports that leave the program: printed, or saved where somebody says, and told to the trail first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.paper.file import write_file
from desktop.record.roles import Act
from desktop.ui.printing import GONE, PrintFault, PrintJob, print_pdf, printers

if TYPE_CHECKING:
    from desktop.ui.window import Window


class Outgoing(QObject):
    """What speaks to the system is replaced in tests."""

    ask_place: Callable[[QWidget, str, str, str], str] = staticmethod(
        lambda parent, words, name, kinds: QFileDialog.getSaveFileName(parent, words, name, kinds)[0]
    )
    find_printers: Callable[[], list[str]] = staticmethod(printers)
    send: Callable[[bytes, PrintJob], None] = staticmethod(print_pdf)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def save_pdf(self, name: str, data: Callable[[], bytes], told: str, **which: object) -> None:
        """`which` goes to the trail beside it: ids only."""
        self._save(name, "PDF (*.pdf)", data, told, which)

    def save_csv(self, name: str, text: Callable[[], str], told: str) -> None:
        """With a byte order mark, by which spreadsheets know that it is UTF-8."""
        self._save(name, self.tr("Tables (*.csv)"), lambda: text().encode("utf-8-sig"), told, {})

    def print(self, data: Callable[[], bytes], told: str, **which: object) -> None:
        """On the printer that was used last, or the usual one."""
        self._window.guarded(partial(self._print, data, told, which))

    def _save(self, name: str, kinds: str, data: Callable[[], bytes], told: str, which: Mapping[str, object]) -> None:
        place = self.ask_place(self._window, self.tr("Save, not encrypted"), name, kinds)
        if place:
            self._window.guarded(partial(self._write, Path(place), data, told, which))

    def _write(self, place: Path, data: Callable[[], bytes], told: str, which: Mapping[str, object]) -> None:
        self._window.clinic.rights.need(Act.PRINT if not self._window.clinic.may(Act.AUDIT) else Act.AUDIT)
        made = data()
        self._window.clinic.tell(told, **which)
        write_file(place, made)
        self._window.status.tell(self.tr("Saved, not encrypted: {name}").format(name=place.name))

    def _print(self, data: Callable[[], bytes], told: str, which: Mapping[str, object]) -> None:
        names, used = self.find_printers(), self._window.preferences.now.printer
        printer = used if used in names else next(iter(names), "")
        if not printer:
            self._fault(self.tr("No printer is set up."), self.tr("Save it as PDF instead, or set one up."))
            return
        made = data()
        self._window.clinic.tell(told, printer=printer, **which)
        try:
            self.send(made, PrintJob(printer))
        except PrintFault as fault:
            gone = self.tr("The printer is not there any more: {said}").format(said=fault.said)
            refused = self.tr("The printing system did not take it: {said}").format(said=fault.said)
            self._fault(gone if fault.why == GONE else refused, self.tr("Look at the printer, or save it as PDF."))
            return
        self._window.status.tell(self.tr("Sent to {printer}").format(printer=printer))

    def _fault(self, what: str, todo: str) -> None:
        self._window.errors.show_words(what, self.tr("Nothing was lost."), todo)
