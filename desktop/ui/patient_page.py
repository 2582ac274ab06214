"""One patient: who it is, encounters with their versions, who has a similar name, and what was changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.dates import time_words
from desktop.clinical.rules import Urgency
from desktop.record.clinic import Clinic
from desktop.record.encounter import Encounter, Patient
from desktop.record.roles import Act
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.chip import Chip
from desktop.ui.course_card import CourseCard
from desktop.ui.keys import character
from desktop.ui.label import Label
from desktop.ui.let_go import let_go, put_away
from desktop.ui.levels import level_words
from desktop.ui.merge_strip import MergeStrip
from desktop.ui.patient_words import facts_words, name_rest
from desktop.ui.remove_strip import RemoveStrip
from desktop.ui.rights_card import RightsCard
from desktop.ui.signed_row import SignedRow
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow

BESIDE = 820


class PatientPage(QWidget):
    """Signals: begin_asked, form_asked, edit_asked, merged (patient uid), open_asked, documents_asked (encounter),
    removed (what a person is told of it), course_asked (the course that is to be saved as PDF).
    """

    begin_asked = Signal(str)
    form_asked = Signal(str)
    edit_asked = Signal(str)
    open_asked = Signal(str)
    documents_asked = Signal(str)
    merged = Signal(str)
    removed = Signal(list)
    course_asked = Signal(object)

    def __init__(self, theme: Theme, clinic: Clinic, patient: Patient, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.theme, self.clinic, self.patient, self._now = theme, clinic, patient, now
        may = clinic.may(Act.ANSWER)
        self.begin = Button(theme, self.tr("Begin a consultation"), primary=True)
        self.begin.clicked.connect(lambda: self.begin_asked.emit(patient.uid))
        self.form = Button(theme, self.tr("Patient’s form"))
        self.form.setToolTip(self.tr("Begins a consultation, and shows how the patient can answer first"))
        self.form.clicked.connect(lambda: self.form_asked.emit(patient.uid))
        self.edit = Button(theme, self.tr("Edit"))
        self.edit.clicked.connect(lambda: self.edit_asked.emit(patient.uid))
        self.merge = Button(theme, self.tr("Merge…"))
        self.merge.clicked.connect(self.open_merge)
        self._merging: MergeStrip | None = None
        self._removing: RemoveStrip | None = None
        self.rights = RightsCard(theme, clinic, patient)
        self.rights.remove_asked.connect(self.open_removal)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(12))
        self._lines.addWidget(self._head())
        # In their place by now: shown before, each would flash up as a window of its own.
        for button in (self.begin, self.form, self.edit):
            button.setVisible(may)
        self.merge.setVisible(clinic.may(Act.SIGN))
        self.encounters = self._encounters()
        self._lines.addWidget(self.encounters)
        self.course = self._course()
        if self.course is not None:
            self._lines.addWidget(self.course)
        for card in (self._alike(), self._merged(), self._history()):
            if card is not None:
                self._lines.addWidget(card)
        if clinic.may(Act.PRINT):
            self._lines.addWidget(self.rights)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def take_focus(self) -> None:
        """Where work begins: for whoever may not begin a consultation, at the encounters."""
        there = [self.begin, *self.encounters.findChildren(Button), self.rights.export]
        for button in [button for button in there if button.isVisibleTo(self)][:1]:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_merge(self) -> None:
        if self._merging is None:
            self._merging = MergeStrip(self.theme, self.clinic, self.patient)
            self._merging.merged.connect(self.merged)
            self._merging.cancelled.connect(self._close_merge)
            self._lines.insertWidget(1, self._merging)
            self._merging.take_focus()

    def _close_merge(self) -> None:
        if self._merging is not None:
            put_away(self._merging)
            self._merging = None
            self.merge.setFocus()

    def open_removal(self) -> None:
        """In the place of the card that asked for it."""
        if self._removing is None:
            self._removing = RemoveStrip(self.theme, self.clinic.access, self.patient)
            self._removing.removed.connect(self.removed)
            self._removing.cancelled.connect(self._close_removal)
            self._lines.addWidget(self._removing)
            let_go(self.rights)
            self.rights.hide()
            self._removing.take_focus()

    def _close_removal(self) -> None:
        if self._removing is not None:
            put_away(self._removing)
            self._removing = None
            self.rights.show()
            self.rights.remove.setFocus()

    def _head(self) -> QWidget:
        theme, patient = self.theme, self.patient
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        name = patient.family.upper() if patient.is_identified else patient.name
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(Label(theme, name, "h2", weight=700))
        line.addWidget(Label(theme, name_rest(patient, self._now(), self.clinic.zone), "h2"))
        line.addStretch()
        words.addLayout(line)
        for facts in facts_words(patient):
            words.addWidget(Label(theme, facts, "note", colour=theme.muted, wrap=True))
        head = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        for button in (self.merge, self.edit, self.form, self.begin):
            buttons.addWidget(button)
        buttons.addStretch()
        self._head_lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        self._head_lines.setContentsMargins(0, 0, 0, 0)
        self._head_lines.setSpacing(theme.px(10))
        self._head_lines.addLayout(words, 1)
        self._head_lines.addLayout(buttons)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the name, or below it where that is too narrow."""
        super().resizeEvent(event)
        beside = event.size().width() / self.theme.scale >= BESIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head_lines.setDirection(across if beside else down)

    def _encounters(self) -> Card:
        card = Card(self.theme, self.tr("Encounters"))
        found = self.clinic.encounters(self.patient.uid)
        card.show_rows([self._encounter_row(one) for one in found], str(len(found)))
        if not found:
            card.show_empty(self.tr("No encounter yet"), self.tr("It stands here once a consultation is begun."))
        return card

    def _course(self) -> CourseCard | None:
        course = self.clinic.course(self.patient.uid)
        if not any(visit.urgency is not None for visit in course.visits):
            return None
        card = CourseCard(self.theme, course, self.clinic.zone, self._now())
        card.pdf_asked.connect(lambda: self.course_asked.emit(card.shown))
        return card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T for the table of the plots."""
        if self.course is not None and character(event) == "t":
            self.course.toggle()
        else:
            super().keyPressEvent(event)

    def _encounter_row(self, encounter: Encounter) -> QWidget:
        versions = self.clinic.version_heads(encounter.uid)
        when = time_words(encounter.began_at, self.clinic.zone)
        words = self.tr("Open") if versions and encounter.state == "signed" else self.tr("Resume")
        row = TodayRow(self.theme, when, "", self._state_words(encounter))
        if versions:
            urgency = Urgency.of(versions[-1].decisions.urgency)
            row.add(urgency_chip(self.theme, urgency))
            if self.clinic.may(Act.PRINT):
                row.add(self._documents_button(encounter, when))
        name = self.tr("{verb} the encounter of {when}").format(verb=words, when=when)
        if versions or self.clinic.may(Act.ANSWER):
            button = Button(self.theme, words, name=name, small=True)
            button.clicked.connect(lambda: self.open_asked.emit(encounter.uid))
            row.add(button)
        return row

    def _documents_button(self, encounter: Encounter, when: str) -> Button:
        name = self.tr("Documents of the encounter of {when}").format(when=when)
        button = Button(self.theme, self.tr("Documents"), name=name, small=True)
        button.clicked.connect(lambda: self.documents_asked.emit(encounter.uid))
        return button

    def _state_words(self, encounter: Encounter) -> str:
        versions = self.clinic.version_heads(encounter.uid)
        if not versions:
            return self.tr("Draft of {who}, not signed").format(who=self.clinic.name_of(encounter.clinician))
        last = versions[-1]
        signed = time_words(last.at, self.clinic.zone)
        if last.number == 1:
            words = self.tr("Signed {when} by {who}").format(when=signed, who=last.signer)
        else:
            words = self.tr("Version {number}, amended {when} by {who}: {why}").format(
                number=last.number, when=signed, who=last.signer, why=last.why
            )
        if encounter.state == "amending":
            words += ". " + self.tr("An amendment is begun and not signed")
        titles = ", ".join(flag.title for flag in last.decisions.flags[:2])
        return f"{words}. {titles}" if titles else words

    def _alike(self) -> Card | None:
        others = self.clinic.registry.like(self.patient)
        if not others:
            return None
        card = Card(self.theme, self.tr("Similar names on the list"))
        rows: list[QWidget] = []
        for one in others:
            rows.append(SignedRow(self.theme, one.name, " · ".join(facts_words(one)), kind="own"))
        card.show_rows(rows, str(len(others)))
        return card

    def _merged(self) -> Card | None:
        others = self.clinic.registry.merged(self.patient.uid)
        if not others:
            return None
        card = Card(self.theme, self.tr("Merged into this entry"))
        card.show_rows([self._merged_row(one) for one in others], str(len(others)))
        return card

    def _merged_row(self, other: Patient) -> QWidget:
        row = TodayRow(self.theme, other.name, "", " · ".join(facts_words(other)))
        part = Button(
            self.theme, self.tr("Part again"), name=self.tr("Part {name} again").format(name=other.name), small=True
        )
        part.clicked.connect(lambda: self._part(other.uid))
        part.setVisible(self.clinic.may(Act.SIGN))
        row.add(part)
        return row

    def _part(self, uid: str) -> None:
        self.clinic.registry.part(uid, self.tr("The merge was wrong"))
        self.merged.emit(self.patient.uid)

    def _history(self) -> Card | None:
        changes = self.clinic.registry.history(self.patient.uid)
        if not changes:
            return None
        card = Card(self.theme, self.tr("What was changed"))
        rows: list[QWidget] = []
        for change in changes:
            when = time_words(change.at, self.clinic.zone)
            how = " · ".join(part for part in (when, self.clinic.name_of(change.who), change.why) if part)
            rows.append(SignedRow(self.theme, "; ".join(change.words), how, kind="own"))
        card.show_rows(rows, str(len(changes)))
        return card


def urgency_chip(theme: Theme, urgency: Urgency) -> Chip:
    if not urgency:
        return Chip(theme, level_words(urgency), dashed=True)
    severity = theme.severity(urgency)
    return Chip(theme, level_words(urgency), ink=severity.text, ground=severity.tint, weight=600, mark=urgency)
