"""Today: find a patient, resume what is unfinished, begin a consultation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.dates import SPACE, date_words
from desktop.clinical.rules import Urgency
from desktop.record.clinic import Clinic, Draft, Finished
from desktop.record.encounter import Patient
from desktop.record.roles import Act
from desktop.ui.action import Action
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.chip import Chip
from desktop.ui.column import Column
from desktop.ui.drawing import painter_on
from desktop.ui.due_card import DueCard
from desktop.ui.label import Label
from desktop.ui.levels import level_words
from desktop.ui.patient_words import facts_words, first_words, found_words, name_rest
from desktop.ui.room import RoomPanel
from desktop.ui.search_box import SearchBox
from desktop.ui.self_test import SelfTest
from desktop.ui.sides import set_margins
from desktop.ui.tab_order import in_tab_order
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow

BESIDE, SMALL = 900, 520
"""Narrower than the first, the unfinished consultations stand above the patients, but for a search; narrower than the
second, the buttons stand below the date."""


def is_alarm(draft: Draft) -> bool:
    """The waiting-room form raised an emergency that nobody has looked at yet."""
    return bool(draft.patient_says) and Urgency.of(draft.urgency_word) is Urgency.emergency


class TodayPanel(RoomPanel):
    """Signals: begin_asked (patient uid), resume_asked (encounter uid), add_asked, unidentified_asked, due_asked (uid
    of a follow-up, or nothing for all of them), patient_asked (uid; by whoever may not begin a consultation),
    refresh_asked (it is seen, and what it shows is not there yet)."""

    refresh_asked = Signal()
    due_asked = Signal(str)
    add_asked = Signal()
    unidentified_asked = Signal()
    begin_asked = Signal(str)
    resume_asked = Signal(str)
    patient_asked = Signal(str)

    def __init__(self, theme: Theme, clinic: Clinic, now: datetime, self_test: SelfTest) -> None:
        super().__init__()
        self.theme, self.clinic, self._self_test = theme, clinic, self_test
        here = now.astimezone(clinic.zone)
        self._day, self._weekday = date_words(here), QLocale().dayName(here.isoweekday())
        self._now = now
        self.search = SearchBox(theme)
        self.search.textChanged.connect(self._look_for)
        self.search.returnPressed.connect(self._open_first)
        self._patients = Card(theme, self.tr("Demonstration patients") if clinic.demo else self.tr("Patients"))
        self._drafts = Card(theme, self.tr("Unfinished"))
        self._finished = Card(theme, self.tr("Finished today"))
        self.due = DueCard(theme, clinic.board)
        self.due.asked.connect(self.due_asked)
        self.holidays = Label(theme, "", "note", weight=600, wrap=True)
        self.new = Button(theme, self.tr("New patient"), key="Ctrl+N", shortcut=False)
        self.new.clicked.connect(self.add_asked)
        self.unidentified = Button(theme, self.tr("Begin without identifiers"))
        self.unidentified.clicked.connect(self.unidentified_asked)
        for button in (self.new, self.unidentified):
            if not clinic.may(Act.ANSWER):  # shown before it has its place, it would be a window of its own
                button.hide()
        self._found: tuple[Patient, ...] = ()
        self._left: dict[str, str] = {}
        self._behind = True
        self.help = self.tr(
            "Type some letters of a name, or an NHS number; Enter opens the first patient found, and resumes what "
            "was left unfinished. Below stand the patients found and the consultations that were left unfinished: "
            "each is saved to the last answer."
        )
        self._lay_out()

    def enter(self) -> None:
        self.refresh()
        self.search.clear()  # typing begins a new search, not the end of the last one
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Drafts and patients as the store holds them now; what nobody sees yet is filled once it is seen."""
        self._behind = True
        if self.isVisible():
            self._catch_up()

    def showEvent(self, event: QShowEvent) -> None:
        """The window is there first: each draft is assessed for its line."""
        super().showEvent(event)
        if self._behind:
            QTimer.singleShot(0, self, self.refresh_asked.emit)

    def _catch_up(self) -> None:
        if self._behind:
            self._behind = False
            self._fill()

    def _fill(self) -> None:
        drafts = sorted(self.clinic.drafts(), key=lambda draft: not is_alarm(draft))
        self._left = {draft.patient.uid: draft.encounter_uid for draft in reversed(drafts) if not draft.amends}
        self._drafts.show_rows([self._draft_row(draft) for draft in drafts], str(len(drafts)))
        if not drafts:
            self._drafts.show_empty(
                self.tr("Nothing unfinished"), self.tr("A consultation that was left or interrupted waits here.")
            )
        self._show_finished()
        self._show_patients()
        self.due.show_due()
        self._put_in_tab_order()
        self.holidays.show_text(self.clinic.working_days.running_out(self.clinic.board.today()))

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Patients")
        unknown = self.tr("Begin a consultation without identifiers")
        return (
            Action("add-patient", self.tr("Add a patient"), self.add_asked.emit, "Ctrl+N", group, Act.ANSWER),
            Action("unidentified", unknown, self.unidentified_asked.emit, "", group, Act.ANSWER),
        )

    def _show_finished(self) -> None:
        found = self.clinic.finished()
        self._finished.show_rows([self._finished_row(one) for one in found], str(len(found)))
        if not found:
            self._finished.show_empty(
                self.tr("Nothing signed today"), self.tr("An encounter stands here once it is signed.")
            )

    def _finished_row(self, one: Finished) -> TodayRow:
        patient, version = one.encounter.patient, one.version
        at = f"{version.at.astimezone(self.clinic.zone):%H:%M}"
        facts = self.tr("Signed {time} by {name}") if version.number == 1 else self.tr("Amended {time} by {name}")
        row = TodayRow(
            self.theme, self._family(patient), self._rest(patient), facts.format(time=at, name=version.signer)
        )
        row.add(self._urgency_chip(Urgency.of(version.decisions.urgency)))
        name = self.tr("Open the signed encounter of {patient}").format(patient=patient.name)
        read = Button(self.theme, self.tr("Open"), name=name, small=True)
        read.clicked.connect(lambda: self.resume_asked.emit(one.encounter.uid))
        row.add(read)
        return row

    def _family(self, patient: Patient) -> str:
        return patient.family.upper() if patient.is_identified else patient.name

    def _look_for(self) -> None:
        self._show_patients()
        self._put_in_tab_order()

    def _show_patients(self) -> None:
        self._place_patients()
        self._found = self.clinic.patients(self.search.text())
        typed = self.search.text().strip()
        keys = ["Return" if typed else "", *([""] * len(self._found))]
        rows = [self._patient_row(patient, key) for patient, key in zip(self._found, keys, strict=False)]
        self._patients.show_rows(rows, found_words(len(self._found)))
        if not self._found:
            self._patients.show_empty(
                self.tr("Nobody found"), self.tr("Try fewer letters of the name, or the NHS number without spaces.")
            )
        self.search.tell(first_words([row.accessibleName() for row in rows]) if typed else "")

    def _put_in_tab_order(self) -> None:
        """Rows are made anew, and Tab would come to them in the order of their making."""
        work = (self.due, self._drafts) if self._is_beside() else (self._drafts, self.due)
        first = self._columns.indexOf(self._patients) == 0
        order = (self._patients, *work, self._finished) if first else (*work, self._finished, self._patients)
        in_tab_order(self.search, *order)

    def _is_beside(self) -> bool:
        return self._columns.direction() is QBoxLayout.Direction.LeftToRight

    def _open_first(self) -> None:
        """What was left unfinished goes on: a second, empty consultation would hide what the first had raised. With
        nothing typed there is no match: the first of all patients is nobody who was looked for."""
        self._catch_up()
        if not self._found or not self.search.text().strip():
            return
        first = self._found[0].uid
        if not self.clinic.may(Act.ANSWER):
            self.patient_asked.emit(first)
        elif first in self._left:
            self.resume_asked.emit(self._left[first])
        else:
            self.begin_asked.emit(first)

    def _patient_row(self, patient: Patient, key: str) -> TodayRow:
        row = TodayRow(self.theme, self._family(patient), self._rest(patient), facts_words(patient)[0])
        if patient.uid in self._left:
            row.add(Chip(self.theme, self.tr("Unfinished"), dashed=True))
        row.add(self._way_in(patient, key))
        return row

    def _way_in(self, patient: Patient, key: str) -> Button:
        """As Enter does: what was left unfinished goes on. Another consultation is begun on the patient's page."""
        if not self.clinic.may(Act.ANSWER):
            return self._open(patient, key)
        if patient.uid in self._left:
            return self._resume(patient, self._left[patient.uid], key)
        return self._begin(patient, key)

    def _resume(self, patient: Patient, encounter: str, key: str = "") -> Button:
        name = self.tr("Resume the consultation with {patient}").format(patient=patient.name)
        resume = Button(self.theme, self.tr("Resume"), name=name, key=key, shortcut=False, small=True)
        resume.clicked.connect(lambda: self.resume_asked.emit(encounter))
        return resume

    def _begin(self, patient: Patient, key: str) -> Button:
        name = self.tr("Begin a consultation with {patient}").format(patient=patient.name)
        begin = Button(self.theme, self.tr("Begin"), name=name, key=key, shortcut=False, small=True)
        begin.clicked.connect(lambda: self.begin_asked.emit(patient.uid))
        return begin

    def _open(self, patient: Patient, key: str) -> Button:
        """For who prints and follows up: what is refused is not offered."""
        name = self.tr("Open the page of {patient}").format(patient=patient.name)
        page = Button(self.theme, self.tr("Open"), name=name, key=key, shortcut=False, small=True)
        page.clicked.connect(lambda: self.patient_asked.emit(patient.uid))
        return page

    def _draft_row(self, draft: Draft) -> TodayRow:
        row = TodayRow(self.theme, self._family(draft.patient), self._rest(draft.patient), self._left_words(draft))
        if draft.patient_says:
            row.add(Chip(self.theme, self.tr("patient’s form"), dashed=True))
        row.add(self._urgency_chip(Urgency.of(draft.urgency_word)))
        if self.clinic.may(Act.ANSWER):
            row.add(self._resume(draft.patient, draft.encounter_uid))
        return row

    def _left_words(self, draft: Draft) -> str:
        """`Left at 10:42 on “Numb or odd between the legs”`, and the day where it is another one."""
        left, here = draft.changed_at.astimezone(self.clinic.zone), self._now.astimezone(self.clinic.zone)
        when = self.tr("Left at {time}") if left.date() == here.date() else self.tr("Left {day} at {time}")
        words = when.format(day=date_words(left), time=f"{left:%H:%M}")
        if draft.item and draft.item in self.clinic.content.items:
            words += " " + self.tr("on “{question}”").format(question=self.clinic.content.items[draft.item].label)
        screen = self.tr("safety screen {asked} of {of}").format(asked=draft.asked, of=draft.of).replace(" ", SPACE)
        amends = self.tr("An amendment, not signed. ") if draft.amends else ""
        return f"{amends}{words}, {screen}"

    def _rest(self, patient: Patient) -> str:
        return name_rest(patient, self._now, self.clinic.zone)

    def _urgency_chip(self, urgency: Urgency) -> Chip:
        if not self._self_test.passed:
            return Chip(self.theme, self.tr("Advice withheld"), dashed=True)
        if not urgency:
            return Chip(self.theme, self.tr("No flag so far"), dashed=True)
        severity = self.theme.severity(urgency)
        return Chip(self.theme, level_words(urgency), ink=severity.text, ground=severity.tint, weight=600, mark=urgency)

    def _lay_out(self) -> None:
        theme = self.theme
        cards = QWidget()
        self._columns = columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, cards)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(theme.px(16))
        work = QVBoxLayout()
        work.setSpacing(theme.px(16))
        for card in (self.due, self._drafts, self._finished):
            work.addWidget(card)
        work.addStretch()
        self._work, self._work_lines = QWidget(), work
        self._work.setLayout(work)
        work.setContentsMargins(0, 0, 0, 0)
        columns.addWidget(self._patients, 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self._work, 1)
        column = Column(theme, self.tr("Patients and unfinished consultations"))
        set_margins(column.lines, 0, 0, theme.px(4), 0)
        column.add(cards)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(24), theme.px(14), theme.px(8), theme.px(8))
        layout.setSpacing(theme.px(10))
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(Label(theme, self._weekday, "note", colour=theme.muted))
        head.addWidget(Label(theme, self._day, "h1", weight=600))
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        set_margins(top, 0, 0, theme.px(16), 0)
        top.setSpacing(theme.px(10))
        top.addLayout(head)
        top.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        for button in (self.unidentified, self.new):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._after_buttons = QWidget()
        buttons.addWidget(self._after_buttons, 1)
        top.addLayout(buttons)
        layout.addLayout(top)
        search_line = QHBoxLayout()
        set_margins(search_line, 0, 0, theme.px(16), 0)
        search_line.addWidget(self.search)
        layout.addLayout(search_line)
        layout.addWidget(self.holidays)
        layout.addWidget(column, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(BESIDE)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        small = self.width() < self.theme.px(SMALL)
        self._top.setDirection(ways.TopToBottom if small else ways.LeftToRight)
        self._after_buttons.setVisible(small)
        self._place_patients()
        self._put_in_tab_order()

    def _place_patients(self) -> None:
        """One below the other, what was left unfinished comes first: an emergency may be among it."""
        beside = self._is_beside()
        self._work_lines.insertWidget(1 if beside else 0, self._drafts)
        place = 0 if beside or self.search.text().strip() else 1
        if self._columns.indexOf(self._patients) != place:
            self._columns.removeWidget(self._patients)
            self._columns.insertWidget(place, self._patients, 1, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)
