"""Records whose time is over: listed for somebody to look at. Nothing is removed from here, or by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.dates import date_words
from desktop.record.errors import RecordError
from desktop.record.subject_access import ADULT_YEARS, CHILD_UNTIL, Due, SubjectAccess
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow
from desktop.ui.told import told

SHOWN = 100


class RetentionPage(QWidget):
    """Signals: open_asked (patient uid)."""

    open_asked = Signal(str)

    def __init__(self, theme: Theme, access: SubjectAccess) -> None:
        super().__init__()
        self.theme = theme
        self.list = Card(theme, self.tr("Due to be looked at"))
        says = self.tr(
            "Patients for whom nothing was written for {years} years and who are {age} or older by now. Whether a "
            "record is kept or removed is a decision; dates of death are not known here."
        ).format(years=ADULT_YEARS, age=CHILD_UNTIL)
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.setSpacing(theme.px(12))
        lines.addWidget(Label(theme, says, "note", colour=theme.muted, wrap=True))
        lines.addWidget(self.list)
        try:
            self._show(access.due_for_review())
        except RecordError as error:
            self.list.show_empty(*told(error)[::2])

    def _show(self, found: list[Due]) -> None:
        self.list.show_rows([self._row(one) for one in found[:SHOWN]], str(len(found)))
        if not found:
            self.list.show_empty(
                self.tr("No record is due"),
                self.tr("A patient stands here when the period since the last entry is over."),
            )

    def _row(self, due: Due) -> QWidget:
        born = self.tr("born {day}").format(day=date_words(due.born)) if due.born else self.tr("birth date not known")
        seen = (
            self.tr("last entry {day}").format(day=date_words(due.last_seen))
            if due.last_seen
            else self.tr("no encounter")
        )
        row = TodayRow(self.theme, due.name, "", f"{born} · {seen}")
        button = Button(
            self.theme, self.tr("Open"), name=self.tr("Open {patient}").format(patient=due.name), small=True
        )
        button.clicked.connect(lambda: self.open_asked.emit(due.patient_uid))
        row.add(button)
        return row
