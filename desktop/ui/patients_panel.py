"""Patients: find one, read what was done, add and change who they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.clinic import Clinic
from desktop.record.course import Course
from desktop.record.encounter import Patient
from desktop.record.roles import Act
from desktop.ui.action import Action
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.column import Column
from desktop.ui.desk import Desk
from desktop.ui.drawing import painter_on
from desktop.ui.form_start import begin_with_form
from desktop.ui.found_notes import FoundNotes
from desktop.ui.label import Label
from desktop.ui.outgoing import Outgoing
from desktop.ui.patient_form import PatientForm
from desktop.ui.patient_page import PatientPage
from desktop.ui.patient_words import facts_words, first_words, found_words, name_rest
from desktop.ui.room import RoomPanel
from desktop.ui.search_box import SearchBox
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow


class PatientsPanel(RoomPanel):
    def __init__(self, theme: Theme, clinic: Clinic, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.theme, self.clinic, self.desk, self._now = theme, clinic, desk, now
        self.search = SearchBox(theme)
        self.search.textChanged.connect(self._show_list)
        self.search.returnPressed.connect(self._open_first)
        self.new = Button(theme, self.tr("New patient"))
        self.new.clicked.connect(lambda: desk.edit_patient())
        if not clinic.may(Act.ANSWER):
            # Shown before it has its place, it would flash up as a window and take the keyboard with it.
            self.new.hide()
        self.back = Button(theme, self.tr("All patients"))
        self.back.clicked.connect(lambda: desk.show_patient(""))
        self.list = Card(theme, self.tr("Patients"))
        self.notes = FoundNotes(theme)
        self.notes.open_asked.connect(desk.window.open_encounter)
        self.page: PatientPage | None = None
        self.form: PatientForm | None = None
        self._found: tuple[Patient, ...] = ()
        self._lay_out()
        self._show()

    def of_whom(self) -> str:
        if not self.desk.patient or self.desk.form:
            return ""
        patient = self.clinic.registry.patient(self.desk.patient)
        return f"{patient.name}. {facts_words(patient)[0]}"

    def enter(self) -> None:
        if self.form is not None:
            self.form.take_focus()
        elif self.page is not None:
            self.page.take_focus()
        else:
            self._show_list()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        if self.form is None and self.page is None:
            self._show_list()

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Patients")
        return (
            Action(
                "new-patient", self.tr("Add a patient"), lambda: self.desk.edit_patient(), "Ctrl+N", group, Act.ANSWER
            ),
            Action("all-patients", self.tr("All patients"), lambda: self.desk.show_patient(""), "", group),
        )

    def _show(self) -> None:
        desk, alone = self.desk, not self.desk.patient and not self.desk.form
        for part in (self.search, self.list):
            part.setVisible(alone)
        self.notes.setVisible(False)
        self.back.setVisible(not alone)
        self.new.setVisible(not desk.form and self.clinic.may(Act.ANSWER))
        if desk.form:
            patient = self.clinic.registry.patient(desk.patient) if desk.patient else None
            self.form = PatientForm(self.theme, self.clinic.registry, patient)
            self.form.saved.connect(desk.patient_saved)
            self.form.cancelled.connect(lambda: desk.show_patient(desk.patient))
            self._column.add(self.form)
        elif desk.patient:
            self._show_page(self.clinic.registry.patient(desk.patient))
        else:
            self._show_list()
            self._show_told()

    def _show_told(self) -> None:
        if self.desk.told:
            title, *rest = self.desk.told
            lines = [Label(self.theme, words, "note", wrap=True) for words in rest]
            away = Button(self.theme, self.tr("Put away"), name=self.tr("Put this message away"), small=True)
            away.clicked.connect(lambda: self.desk.show_patient(""))
            group = SettingsGroup(self.theme, title, "", *lines)
            group.lines.addWidget(away, 0, Qt.AlignmentFlag.AlignLeft)
            self._column.lines.insertWidget(0, group)

    def _show_page(self, patient: Patient) -> None:
        self.page = page = PatientPage(self.theme, self.clinic, patient, self._now)
        window = self.desk.window
        page.begin_asked.connect(window.begin)
        page.form_asked.connect(partial(begin_with_form, window))
        page.open_asked.connect(window.open_encounter)
        page.documents_asked.connect(self.desk.open_documents)
        page.edit_asked.connect(self.desk.edit_patient)
        page.merged.connect(self.desk.show_patient)
        page.removed.connect(lambda told: self.desk.patient_removed(told))
        page.course_asked.connect(lambda course: self._save_course(patient, course))
        self._column.add(page)

    def _save_course(self, patient: Patient, course: Course) -> None:
        window = self.desk.window
        outgoing = Outgoing(window)

        def data() -> bytes:
            from desktop.paper.course import course_pdf

            clinic = self.clinic
            head = clinic.trail_head
            return course_pdf(course, patient, at=self._now(), zone=clinic.zone, demo=clinic.demo, audit=head)

        outgoing.save_pdf("course.pdf", data, "course saved as PDF")

    def _show_list(self) -> None:
        self._found = self.clinic.patients(self.search.text())
        rows = [self._row(patient) for patient in self._found]
        self.list.show_rows(rows, found_words(len(rows)))
        typed = self.search.text().strip()
        self.search.tell(first_words([row.accessibleName() for row in rows]) if typed else "")
        self.notes.show_found(self.clinic.notes_with(self.search.text()))
        if not self._found:
            self.list.show_empty(
                self.tr("Nobody found"), self.tr("Try fewer letters of the name, or add the patient with New patient.")
            )

    def _row(self, patient: Patient) -> QWidget:
        rest = name_rest(patient, self._now(), self.clinic.zone)
        row = TodayRow(self.theme, patient.family.upper(), rest, facts_words(patient)[0])
        name = self.tr("Open {patient}").format(patient=patient.name)
        button = Button(self.theme, self.tr("Open"), name=name, small=True)
        button.clicked.connect(lambda: self.desk.show_patient(patient.uid))
        row.add(button)
        return row

    def _open_first(self) -> None:
        if self._found:
            self.desk.show_patient(self._found[0].uid)

    def _lay_out(self) -> None:
        theme = self.theme
        head = QHBoxLayout()
        set_margins(head, 0, 0, theme.px(16), 0)
        head.setSpacing(theme.px(10))
        head.addWidget(Label(theme, self.tr("Patients"), "h1", weight=600))
        head.addStretch()
        for button in (self.back, self.new):
            head.addWidget(button)
        self._column = Column(theme, self.tr("Patients"))
        self._column.follow_focus()
        set_margins(self._column.lines, 0, 0, theme.px(4), 0)
        self._column.add(self.list)
        self._column.add(self.notes)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(24), theme.px(14), theme.px(8), theme.px(8))
        layout.setSpacing(theme.px(10))
        layout.addLayout(head)
        line = QHBoxLayout()
        set_margins(line, 0, 0, theme.px(16), 0)
        line.addWidget(self.search)
        layout.addLayout(line)
        layout.addWidget(self._column, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)
