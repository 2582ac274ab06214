"""A signed encounter, to be read: each version as it was signed, and the way to a further one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.rules import Urgency
from desktop.record.clinic import Clinic
from desktop.record.roles import Act
from desktop.record.signed import SignedVersion
from desktop.ui.action import Action
from desktop.ui.amend_bar import AmendBar
from desktop.ui.answers_list import AnswersList
from desktop.ui.card import Card
from desktop.ui.column import Column
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.marked_title import MarkedTitle
from desktop.ui.notes_card import NotesCard
from desktop.ui.patient_banner import PatientBanner
from desktop.ui.room import RoomPanel
from desktop.ui.sides import set_margins
from desktop.ui.signed_rows import flag_rows, plan_rows, version_words
from desktop.ui.theme import Theme
from desktop.ui.two_columns import TwoColumns
from desktop.ui.version_list import VersionList

TWO_COLUMNS = 900


class SignedPanel(RoomPanel):
    """Signals: amend_asked (the reason), documents_asked, patient_asked (uid)."""

    documents_asked = Signal()
    amend_asked = Signal(str)
    patient_asked = Signal(str)

    def __init__(self, theme: Theme, clinic: Clinic, encounter_uid: str) -> None:
        super().__init__()
        self.theme, self.clinic = theme, clinic
        self.versions = clinic.versions(encounter_uid)
        self.shown = self.versions[-1]
        self.banner = PatientBanner(theme, clinic.content)
        if not clinic.may(Act.PRINT):
            self.banner.documents.hide()
        self.banner.documents_asked.connect(self.documents_asked)
        self.banner.review.hide()
        self.list = VersionList(theme, self.versions, clinic.zone)
        self.list.chosen.connect(self.show_version)
        self.state = MarkedTitle(theme)
        self.who = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self.impression = Card(theme, self.tr("Clinician’s impression"))
        self.notes = NotesCard(theme, self.tr("Notes"))
        self.flags = Card(theme, self.tr("Flags"))
        self.plan = Card(theme, self.tr("Plan"))
        self.asked = Card(theme, self.tr("What was asked"))
        self.bar = AmendBar(theme, may=clinic.may(Act.SIGN))
        self.bar.given.connect(self.amend_asked)
        self._lay_out()
        self.show_version(self.shown.number)

    def of_whom(self) -> str:
        return self.banner.accessibleName()

    def enter(self) -> None:
        self.list.take_focus()

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Signed encounter")
        papers = self.tr("Documents of this encounter")
        return (
            Action("signed-documents", papers, self.documents_asked.emit, "Ctrl+P", group, needs=Act.PRINT),
            Action("amend", self.tr("Amend this encounter"), self.bar.open_reason, "", group, needs=Act.SIGN),
            Action("patient-of", self.tr("Open the patient"), self._open_patient, "", group),
        )

    def show_version(self, number: int) -> None:
        self.shown = version = next(one for one in self.versions if one.number == number)
        zone = self.clinic.zone
        self.banner.show_patient(version.patient, version.began_at, zone)
        if version.assessment is not None:
            self.banner.show_assessment(version.assessment)
        self.list.show_chosen(number)
        head, detail = version_words(version, zone, latest=version is self.versions[-1])
        self.state.show_title(head, Urgency.of(version.decisions.urgency))
        self.who.setText(detail)
        self._show_impression(version)
        self.notes.show_notes(version.content or self.clinic.content, version.decisions.notes)
        rows = flag_rows(self.theme, version)
        self.flags.show_rows(rows, str(len(rows)))
        if not version.decisions.flags:
            self.flags.show_empty(
                self.tr("No flag raised by what was asked"), self.tr("This is not “low risk”: see what was not asked.")
            )
        standing = len(version.decisions.standing)
        count = self.tr("%n line(s) stand", "", standing) if standing else ""
        self.plan.show_rows(plan_rows(self.theme, version, zone), count)
        if not version.decisions.plan:
            self.plan.show_empty(self.tr("No line in the plan"), self.tr("Nothing was promised when this was signed."))
        self._show_asked(version)

    def _show_impression(self, version: SignedVersion) -> None:
        words = version.decisions.impression or self.tr("Asked, and none was given.")
        self.impression.show_rows([_padded(self.theme, Label(self.theme, words, "body", wrap=True))], "")

    def _show_asked(self, version: SignedVersion) -> None:
        if version.assessment is None or version.content is None:
            words = self.tr(
                "This program can’t read the rules of that time any more. The {count} answers are in the records as "
                "they were given, and the flags and the plan above are as they were signed."
            ).format(count=len(version.answers))
            self.asked.show_rows([_padded(self.theme, Label(self.theme, words, "note", wrap=True))], "")
            return
        answers = AnswersList(self.theme, version.content, self.clinic.zone)
        answers.show_answers(version.assessment, version.said)
        screen = version.assessment.safety_screen
        count = self.tr("safety screen {asked} of {of}").format(asked=screen.asked, of=screen.of)
        self.asked.show_rows([_padded(self.theme, answers)], count)

    def _open_patient(self) -> None:
        self.patient_asked.emit(self.clinic.encounter(self.shown.encounter_uid).patient.uid)

    def _lay_out(self) -> None:
        theme = self.theme
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.state)
        lines.addWidget(self.who)
        left, right = QWidget(), QWidget()
        for side, cards in (
            (left, (self.list, self.impression, self.notes, self.flags, self.plan)),
            (right, (self.asked,)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(12))
            for card in cards:
                column.addWidget(card)
            column.addStretch()
        self._columns = TwoColumns(theme, left, right)
        scroll = Column(theme, self.tr("Signed encounter"))
        set_margins(scroll.lines, theme.px(20), theme.px(12), theme.px(12), theme.px(12))
        scroll.add(head)
        scroll.add(self._columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.bar)
        self._arrange()

    def _arrange(self) -> None:
        self._columns.arrange(beside=self.width() / self.theme.scale >= TWO_COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)


def _padded(theme: Theme, widget: QWidget) -> QWidget:
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
    lines.addWidget(widget)
    return holder
