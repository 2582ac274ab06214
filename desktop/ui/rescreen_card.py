"""Past encounters under the rules in force: whether they were looked through, the run itself, and what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.clinical.dates import time_words
from desktop.record.errors import RecordError
from desktop.record.rescreening import Finding
from desktop.record.roles import Act
from desktop.ui.button import Button
from desktop.ui.finding_list import FindingList, finding_words
from desktop.ui.label import Label
from desktop.ui.rescreen_work import RescreenWork
from desktop.ui.settings_group import SettingsGroup

if TYPE_CHECKING:
    from desktop.ui.window import Window


class RescreenCard(SettingsGroup):
    """Signals: opened (encounter uid), csv_asked, pdf_asked."""

    opened = Signal(str)
    csv_asked = Signal()
    pdf_asked = Signal()

    def __init__(self, window: Window, work: RescreenWork) -> None:
        theme = window.theme
        super().__init__(theme, self._title(), "")
        self._window, self.work, self.rescreening = window, work, work.rescreening
        self.found: tuple[Finding, ...] = ()
        self.state = Label(theme, "", "note", weight=600, wrap=True)
        self.more = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Encounters looked at"))
        self.list = FindingList(theme, window.clinic.zone)
        self.run = Button(theme, self.tr("Look through"))
        self.stop = Button(theme, self.tr("Cancel"))
        self.board = Button(theme, self.tr("Put the marked ones on the board"))
        self.csv = Button(theme, self.tr("Save as CSV…"), small=True)
        self.pdf = Button(theme, self.tr("Save as PDF…"), small=True)
        self._connect()
        self._lay_out()

    def show_now(self) -> None:
        running, clinic = self.work.running, self._window.clinic
        last = None if running else self.rescreening.finished()
        self.found = self.rescreening.findings(last) if last is not None else ()
        if not running:
            self.state.setText(self._state_words())
            self.more.show_text(self._more_words(last is not None))
        self.run.show_words(self.tr("Go on") if self.rescreening.interrupted() else self.tr("Look through"))
        self.run.setVisible(not running and (self.rescreening.is_due() or not self.found))
        self.stop.setVisible(running)
        self.bar.setVisible(running)
        shown = bool(self.found)
        for part in (self.list, self.csv, self.pdf):
            part.setVisible(shown)
        self.board.setVisible(shown and clinic.may(Act.FOLLOW_UP))
        if shown:
            self.list.show_findings(self.rescreening, self.found)

    def rows(self) -> list[list[str]]:
        """For a file or a page: patient, NHS number, encounter, what the rules say now."""
        zone = self._window.clinic.zone
        return [
            [
                one.encounter.patient.name,
                one.encounter.patient.nhs_number_spaced if one.encounter.patient.nhs_number else "",
                time_words(one.encounter.began_at, zone),
                finding_words(self.list, self.rescreening, one),
            ]
            for one in self.found
        ]

    def heads(self) -> tuple[str, ...]:
        return self.tr("Patient"), self.tr("NHS No."), self.tr("Encounter"), self.tr("What the rules say now")

    def _title(self) -> str:
        return self.tr("Past encounters under the rules in force")

    def _state_words(self) -> str:
        rules = self.rescreening.content.rule_set
        held = self.rescreening.interrupted()
        if held is not None:
            words = self.tr("Interrupted after {count} encounters. What was found so far is kept; it can go on.")
            return words.format(count=f"{held.looked_at:,}")
        last = self.rescreening.finished()
        if last is None:
            words = self.tr("Past encounters have not been looked through under the rules in force ({rules}).")
            return words.format(rules=rules)
        if self.rescreening.is_due():
            words = self.tr(
                "The rules have changed since past encounters were last looked through: {before} then, {rules} now."
            )
            return words.format(before=last.title, rules=rules)
        when = time_words(last.begun_at, self._window.clinic.zone)
        return self.tr("Looked through on {when}: {count} encounters under the rules in force ({rules}).").format(
            when=when, count=f"{last.looked_at:,}", rules=rules
        )

    def _more_words(self, finished: bool) -> str:
        if not finished:
            return self.tr("Nothing is changed by it: it says who would be flagged now and was not, and who no longer.")
        last = self.rescreening.finished()
        assert last is not None
        gained, lost = self.rescreening.counts(last)
        if not gained and not lost:
            return self.tr("In none of them do the rules say anything else than what was recorded.")
        words = self.tr("Encounters with a flag that was not raised then: {gained}. With one that is gone: {lost}.")
        shown = self.tr(" The {shown} most urgent are shown.") if len(self.found) < max(gained, lost) else ""
        return words.format(gained=gained, lost=lost) + shown.format(shown=len(self.found))

    def _start(self) -> None:
        if not self._window.guarded(self.work.start):
            return
        self.state.setText(self.tr("Looking through the encounters…"))
        self.more.show_text(self.tr("Work can go on meanwhile. If the program is closed, it goes on later."))
        self.show_now()

    def _move(self, done: int, of: int) -> None:
        self.bar.setMaximum(max(of, 1))
        self.bar.setValue(done)
        words = self.tr("{done} of {of} encounters looked at")
        self.state.setText(words.format(done=f"{done:,}", of=f"{of:,}"))

    def _put(self) -> None:
        def put() -> None:
            added = self.rescreening.put_on_board(self.list.chosen())
            words = self.tr("%n put on the board; those that were there already are not there twice.", "", added)
            self.more.show_text(words)
            self._window.refresh_rail()

        self._window.guarded(put)

    def _connect(self) -> None:
        self.run.clicked.connect(self._start)
        self.stop.clicked.connect(lambda: self._window.guarded(self.work.cancel))
        self.board.clicked.connect(self._put)
        self.csv.clicked.connect(self.csv_asked)
        self.pdf.clicked.connect(self.pdf_asked)
        self.list.opened.connect(self.opened)
        self.work.moved.connect(self._move)
        # Not by lambdas: the work outlives the card, and would hold it for ever.
        self.work.ended.connect(self._end)
        self.work.refused.connect(self._tell)

    def _end(self, _how: str) -> None:
        self.show_now()

    def _tell(self, error: RecordError) -> None:
        self._window.errors.show_error(error)

    def _lay_out(self) -> None:
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(8))
        for button in (self.run, self.stop, self.board, self.csv, self.pdf):
            line.addWidget(button)
        line.addStretch()
        for part in (self.state, self.more, self.bar, self.list, buttons):
            self.lines.addWidget(part)
