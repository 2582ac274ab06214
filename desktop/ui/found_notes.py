"""Texts in which the words of a search stand, each with its place and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.dates import date_words
from desktop.record.notes import FoundNote
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.label import Label
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow


class FoundNotes(Card):
    """Signals: open_asked (encounter uid). Not there while nothing is found."""

    open_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Written in notes"))
        self.hide()

    def show_found(self, found: Sequence[FoundNote]) -> None:
        self.show_rows([self._row(one) for one in found], str(len(found)))
        self.setVisible(bool(found))

    def _row(self, found: FoundNote) -> QWidget:
        theme, patient = self.theme, found.patient
        facts = f"{date_words(found.began_at)} · {found.about}"
        row = TodayRow(theme, patient.family.upper(), f", {patient.given}" if patient.given else "", facts)
        name = self.tr("Open {what}").format(what=f"{patient.name}, {facts}")
        button = Button(theme, self.tr("Open"), name=name, small=True)
        button.clicked.connect(lambda: self.open_asked.emit(found.encounter_uid))
        row.add(button)
        words = Label(theme, f"{found.before}{found.words}{found.after}", "note", wrap=True)
        words.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
        both = QWidget()
        lines = QVBoxLayout(both)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(row)
        lines.addWidget(words)
        return both
