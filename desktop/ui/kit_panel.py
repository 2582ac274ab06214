"""The recovery kit on the screen: printed, saved or shown to be copied by hand, then typed back. The code is shown for
a minute at most, and the only file of it that we write is the one whose place somebody chose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.paper.file import write_file
from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.entry import Entry
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.printing import PrintFault, PrintJob, print_pdf, printers
from desktop.ui.theme import Theme
from desktop.ui.told import why_unwritten

SHOWN = 60_000
MOST_PRINTERS = 4


class KitPanel(QWidget):
    """Signals: out (the kit is on paper, or was saved), typed (what was typed back). `pdf` makes its page."""

    out = Signal()
    typed = Signal(str)
    find_printers: Callable[[], list[str]] = staticmethod(printers)
    send: Callable[[bytes, PrintJob], None] = staticmethod(print_pdf)

    def __init__(self, theme: Theme, code: str, pdf: Callable[[], bytes]) -> None:
        super().__init__()
        self.theme, self._code, self._pdf = theme, code, pdf
        on = self.tr("Print on {printer}")
        self.prints = {name: Button(theme, on.format(printer=name)) for name in self.find_printers()[:MOST_PRINTERS]}
        self.save = Button(theme, self.tr("Save as PDF, to print…"))
        self.show_code = Button(theme, self.tr("Show it, to copy by hand"))
        self._shown = Label(theme, "", "urgency", weight=600, wrap=True)
        self._shown.hide()
        self.said = Label(theme, "", "note", weight=600, wrap=True)
        self.said.hide()
        self.back = Entry(
            theme,
            self.tr("Type the code from the paper"),
            hint=self.tr("Capitals, hyphens and spaces make no difference."),
            sensitive=True,
        )
        self._clock = QTimer(self, singleShot=True, interval=SHOWN)
        self._connect()
        self._lay_out()

    def show_mistakes(self, found: dict[str, str]) -> None:
        if (words := found.get("kit", "")) != "":
            self._say(words)
        self.back.show_wrong(found.get("typed", ""))

    def take_focus(self) -> None:
        self.ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def ways(self) -> list[Button]:
        return [*self.prints.values(), self.save, self.show_code]

    @staticmethod
    def ask_place(parent: QWidget, words: str) -> str:
        return QFileDialog.getSaveFileName(parent, words, "recovery-kit.pdf", "PDF (*.pdf)")[0]

    def _print(self, printer: str) -> None:
        try:
            self.send(self._pdf(), PrintJob(printer))
        except PrintFault as fault:
            words = self.tr(
                "Not printed: {why}. Nothing is lost: look at the printer, save the kit, or copy it by hand."
            )
            self._say(words.format(why=fault.said or fault.why))
            return
        self._say(
            self.tr(
                "Sent to {printer}: fetch the paper now and lock it away. Nothing of it was written to this disk by "
                "Backstop; a printing system may keep what it printed for a day."
            ).format(printer=printer)
        )
        self.out.emit()
        self.back.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        place = self.ask_place(self, self.save.text())
        if not place:
            return
        try:
            write_file(Path(place), self._pdf())
        except OSError as error:
            words = self.tr("Not saved: {why}. Nothing is lost: choose another place.")
            self._say(words.format(why=why_unwritten(error)))
            return
        self._say(
            self.tr(
                "Saved, not encrypted: {place}. Print it, lock the paper away, and delete the file, also from the "
                "waste basket."
            ).format(place=place)
        )
        self.out.emit()

    def _show(self) -> None:
        self._shown.show_text("   ".join(self._code.split("-")))
        self._say(self.tr("It disappears after a minute, or as soon as you begin to type it."))
        announce(self, ", ".join(" ".join(group) for group in self._code.split("-")))
        self._clock.start()
        self.out.emit()
        self.back.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        """It stands below the buttons, and the focus goes on to the field."""
        self.said.show_text(words)
        announce(self, words)

    def _hide(self) -> None:
        self._shown.show_text("")

    def _type(self, text: str) -> None:
        self._hide()
        self.typed.emit(text)

    def _connect(self) -> None:
        for name, button in self.prints.items():
            button.clicked.connect(partial(self._print, name))
        self.save.clicked.connect(self._save)
        self.show_code.clicked.connect(self._show)
        self._clock.timeout.connect(self._hide)
        self.back.field.textEdited.connect(self._type)

    def _lay_out(self) -> None:
        theme = self.theme
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(10))
        buttons = QWidget()
        row = FlowLayout(buttons, gap=theme.px(8), line_gap=theme.px(8))
        row.setContentsMargins(0, 0, 0, 0)
        for button in self.ways:
            row.addWidget(button)
        lines.addWidget(buttons)
        for part in (self.said, self._shown, self.back):
            lines.addWidget(part)
