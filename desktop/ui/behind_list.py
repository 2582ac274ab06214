"""The encounters behind a number: whose, when, and the way to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.clinical.dates import time_words
from desktop.record.audit import Behind
from desktop.record.encounter import Patient
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow

MOST = 100


class BehindList(Card):
    """Signals: opened (encounter uid), left."""

    opened = Signal(str)
    left = Signal()

    def __init__(
        self, theme: Theme, title: str, found: Sequence[Behind], patient: Callable[[str], Patient], zone: ZoneInfo
    ) -> None:
        super().__init__(theme, title)
        self.found = tuple(found)
        self.back = Button(theme, self.tr("Back to the figures"), key="Esc", shortcut=False, small=True)
        self.back.clicked.connect(self.left)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left)
        rows: list[QWidget] = [self._row(one, patient(one.patient), zone) for one in self.found[:MOST]]
        count = str(len(self.found))
        if len(self.found) > MOST:
            count = self.tr("{count}, the latest {shown} are shown").format(count=count, shown=MOST)
        self.show_rows(rows, count)
        if not rows:
            self.show_empty(self.tr("None"), self.tr("There is no encounter behind this number."))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.back)
        layout.setAlignment(self.back, Qt.AlignmentFlag.AlignLeft)

    def take_focus(self) -> None:
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: Behind, patient: Patient, zone: ZoneInfo) -> TodayRow:
        number = self.tr("NHS No. {number}").format(number=patient.nhs_number_spaced) if patient.nhs_number else ""
        when = time_words(one.began_at, zone)
        row = TodayRow(self.theme, patient.name, "", " · ".join(part for part in (when, number) if part))
        name = self.tr("Open the encounter of {patient}, {when}").format(patient=patient.name, when=when)
        button = Button(self.theme, self.tr("Open"), name=name, small=True)
        button.clicked.connect(lambda: self.opened.emit(one.encounter))
        row.add(button)
        return row
