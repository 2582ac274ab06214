"""What a patient has a right to: everything that is held, in a folder, and being removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.paper.file import write_folder
from desktop.paper.record_text import record_files
from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.errors import RecordError
from desktop.record.roles import Act
from desktop.ui.busy import busy
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.label import Label
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow
from desktop.ui.told import told_beside, why_unwritten
from desktop.ui.translation import translate


class RightsCard(Card):
    """Signals: remove_asked. What speaks to the system is replaced in tests."""

    remove_asked = Signal()
    ask_folder: Callable[[QWidget, str], str] = staticmethod(
        lambda parent, words: QFileDialog.getExistingDirectory(parent, words)
    )

    def __init__(self, theme: Theme, clinic: Clinic, patient: Patient) -> None:
        super().__init__(theme, translate("RightsCard", "What the patient has a right to"))
        self.clinic, self.patient = clinic, patient
        self.export = Button(theme, self.tr("Everything about this patient…"), small=True)
        self.export.clicked.connect(self.save)
        self.remove = Button(theme, self.tr("Remove this patient…"), small=True)
        self.remove.clicked.connect(self.remove_asked)
        self.said = Label(theme, "", "small", weight=600, wrap=True)
        self.said.hide()
        self._lay_out()

    def save(self) -> None:
        place = self.ask_folder(self, self.tr("Where to? The files are not encrypted"))
        if not place:
            return
        try:
            with busy():
                folder, count = self._write(Path(place))
        except RecordError as error:
            self._say(told_beside(error), wrong=True)
        except OSError as error:
            words = self.tr("Not saved: {why}. The store is as it was; make room or choose another place.")
            self._say(words.format(why=why_unwritten(error)), wrong=True)
        else:
            self._say(self.tr("%n file(s) saved, not encrypted, in", "", count) + f" {folder}", wrong=False)

    def _write(self, place: Path) -> tuple[Path, int]:
        """In a folder of its own without a name on it; the trail has been told before anything is written."""
        held = self.clinic.access.holdings(self.patient.uid)
        files = record_files(self.clinic.content, held, demo=self.clinic.demo)
        folder = place / f"record-{held.at.astimezone(self.clinic.zone):%Y-%m-%d-%H%M%S}"
        write_folder(folder, files)
        return folder, len(files)

    def _say(self, words: str, *, wrong: bool) -> None:
        self.said.set_colour(self.theme.danger_field if wrong else self.theme.text)
        self.said.show_text(words)

    def _lay_out(self) -> None:
        held = self.tr(
            "All answers with who said them, signed versions, documents, follow-ups and what the audit trail tells of "
            "them, as PDF, plain text, a table, JSON and the papers themselves. Not encrypted."
        )
        gone = self.tr("For good: where the period is over, the patient asked, or it was made by mistake.")
        rows = []
        if self.clinic.may(Act.PRINT):
            rows.append(self._row(self.tr("A copy of the record"), held, self.export))
        if self.clinic.may(Act.SIGN):
            rows.append(self._row(self.tr("Removal"), gone, self.remove))
        self.show_rows([*rows, self.said], "")

    def _row(self, title: str, says: str, button: Button) -> TodayRow:
        row = TodayRow(self.theme, title, "", says)
        row.add(button)
        return row
