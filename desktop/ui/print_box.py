"""Where and how to print: printer, copies, both sides; and the other ways out of the program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.button import Button
from desktop.ui.check_box import CheckBox
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.printing import PrintJob
from desktop.ui.theme import Theme

MOST = 4


class PrintBox(QWidget):
    """Signals: asked (an action’s id), printer_chosen (name), large_chosen (bool), language_chosen (code)."""

    asked = Signal(str)
    printer_chosen = Signal(str)
    large_chosen = Signal(bool)
    language_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._printer, self._copies = "", 1
        self._printers: QWidget | None = None
        self.languages: Options | None = None
        self.none = Label(theme, self.tr("No printer is set up. Save as PDF works all the same."), "note", wrap=True)
        copies = {str(number): str(number) for number in range(1, MOST + 1)}
        self.copies = Options(theme, self.tr("Copies"), copies, "1")
        self.copies.chosen.connect(self._take_copies)
        self.duplex = CheckBox(theme, self.tr("Print on both sides"))
        self.large = CheckBox(theme, self.tr("Patient sheet in large print"))
        self.large.toggled.connect(self.large_chosen)
        self.gaps = Label(theme, "", "note", weight=600, wrap=True)
        self.buttons = {
            "print": Button(theme, self.tr("Print"), key="Ctrl+Shift+P", shortcut=False, primary=True),
            "print all": Button(theme, self.tr("Print all"), key="Ctrl+Shift+Return", shortcut=False, small=True),
            "save": Button(theme, self.tr("Save as PDF…"), small=True),
            "word": Button(theme, self.tr("Save as Word file…"), small=True),
            "copy": Button(theme, self.tr("Copy as text"), key="Ctrl+Shift+C", shortcut=False, small=True),
            "folder": Button(theme, self.tr("Open folder"), small=True),
        }
        for id, button in self.buttons.items():
            button.clicked.connect(lambda _=False, id=id: self.asked.emit(id))
        self._lay_out()

    @property
    def job(self) -> PrintJob:
        return PrintJob(self._printer, self._copies, self.duplex.isChecked())

    def show_printers(self, names: Sequence[str], chosen: str) -> None:
        """The one remembered, else the system's usual one, which comes first."""
        self._printer = chosen if chosen in names else next(iter(names), "")
        if self._printers is not None:
            self._printers.deleteLater()
        made = Options(self.theme, self.tr("Printer"), {name: name for name in names}, self._printer)
        made.chosen.connect(self._take_printer)
        self._place.addWidget(made)
        self._printers = made
        self.none.setVisible(not names)
        for id in ("print", "print all"):
            self.buttons[id].setVisible(bool(names))

    def show_number(self, number: int, *, of: int) -> None:
        """How many go at once; fewer than all were chosen in the review."""
        words = self.tr("Print all") if number == of else self.tr("Print the {number} chosen").format(number=number)
        self.buttons["print all"].show_words(words)
        self.buttons["print all"].setEnabled(number > 0)

    def show_large(self, *, there: bool, chosen: bool) -> None:
        """Which of the two sheets goes with all the others."""
        self.large.setVisible(there)
        self.large.blockSignals(True)
        self.large.setChecked(chosen)
        self.large.blockSignals(False)

    def show_languages(self, names: dict[str, str], chosen: str) -> None:
        """Those that a named reviewer has approved; one alone is no choice."""
        if self.languages is not None:
            self.languages.deleteLater()
            self.languages = None
        if len(names) > 1:
            self.languages = Options(self.theme, self.tr("Language of what the patient takes home"), names, chosen)
            self.languages.chosen.connect(self.language_chosen)
            self._place_languages.addWidget(self.languages)

    def show_gaps(self, titles: Sequence[str]) -> None:
        """Of those that go at once: where the number to call is missing."""
        words = self.tr("Without a number to call: {titles}").format(titles="; ".join(titles))
        self.gaps.show_text(words if titles else "")

    def show_ways(self, form: str, *, word: bool, folder: bool) -> None:
        words = {"pdf": self.tr("Save as PDF…"), "docx": self.tr("Save as Word file…")}
        self.buttons["save"].show_words(words.get(form, self.tr("Save as text…")))
        self.buttons["copy"].setVisible(form != "docx")
        self.buttons["word"].setVisible(word)
        self.buttons["folder"].setVisible(folder)
        self.buttons["print"].setVisible(form == "pdf" and bool(self._printer))

    def _take_printer(self, name: str) -> None:
        self._printer = name
        self.printer_chosen.emit(name)

    def _take_copies(self, number: str) -> None:
        self._copies = int(number)

    def _lay_out(self) -> None:
        theme = self.theme
        self._place, self._place_languages = QVBoxLayout(), QVBoxLayout()
        ways = QWidget()
        flow = FlowLayout(ways, gap=theme.px(6), line_gap=theme.px(6))
        for id, button in self.buttons.items():
            if id != "print":
                flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(Label(theme, self.tr("Printer"), "note", weight=600))
        layout.addWidget(self.none)
        layout.addLayout(self._place)
        layout.addWidget(Label(theme, self.tr("Copies"), "note", weight=600))
        layout.addWidget(self.copies)
        layout.addWidget(self.duplex)
        layout.addSpacing(theme.px(6))
        layout.addWidget(self.large)
        layout.addLayout(self._place_languages)
        layout.addWidget(self.gaps)
        layout.addWidget(self.buttons["print"])
        layout.addWidget(ways)
