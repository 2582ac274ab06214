"""Who is in the room: on top of every screen that shows a patient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Item
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.record.encounter import Patient
from desktop.ui.button import Button
from desktop.ui.chip import Chip
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.grounded import Grounded
from desktop.ui.label import Label
from desktop.ui.literal_tip import literal
from desktop.ui.sides import after_name, set_margins
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

BESIDE = 560
"""Narrower than this, the buttons stand below the patient."""


class PatientBanner(Grounded):
    documents_asked = Signal()
    review_asked = Signal()
    patient_asked = Signal(str)

    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__(theme.surface)
        self.theme, self.content = theme, content
        self._uid = ""
        self._family = Label(theme, "", "h2", weight=700)
        self._given = Label(theme, "", "h2")
        self._born, self._sex, self._nhs_number = (Label(theme, "", "body", weight=600) for _ in range(3))
        self._age = Label(theme, "", "body")
        self._mri = Chip(theme, self.tr("MRI safety: not asked"), dashed=True, pill=True)
        self._pregnancy = Chip(theme, self.tr("Pregnancy: not asked"), dashed=True, pill=True)
        self.documents = Button(theme, self.tr("Documents"), key="Ctrl+P", shortcut=False, small=True)
        self.documents.clicked.connect(self.documents_asked)
        self.review = Button(theme, self.tr("Review and sign"), key="Ctrl+Return", shortcut=False, small=True)
        self.review.clicked.connect(self.review_asked)
        self._alike = Chip(theme, "", pill=True, weight=600)
        self._alike.hide()
        self.open_patient = TextLink(theme, self.tr("Who is it"))
        self.open_patient.clicked.connect(lambda: self.patient_asked.emit(self._uid))
        self.open_patient.hide()
        self._of_mri, self._of_pregnancy = self._named("mri_"), self._named("pregnant")
        self._lay_out()

    def show_alike(self, others: Sequence[Patient]) -> None:
        """Somebody else on the list could be opened in the place of this one."""
        names = ", ".join(one.name for one in others[:2])
        self._alike.setText(self.tr("Similar name: {names}").format(names=names))
        self._alike.setToolTip(literal("\n".join(one.name for one in others)))
        self._alike.setVisible(bool(others))

    def show_patient(self, patient: Patient, at: datetime, zone: ZoneInfo) -> None:
        title = f" ({patient.title})" if patient.title else ""
        self._uid = patient.uid
        self.open_patient.setVisible(not patient.is_identified)
        self._family.setText(patient.family.upper() if patient.is_identified else patient.name)
        given = f"{', ' if patient.family else ''}{patient.given}{title}" if patient.given else title
        self._given.setText(after_name(given))
        self._born.setText(date_words(patient.born) if patient.born else self.tr("not known"))
        age = self.tr("({age} y)").format(age=patient.age_at(at, zone))
        self._age.setText(age if patient.born else "")
        self._sex.setText(sex_words(patient.sex))
        self._nhs_number.setText(patient.nhs_number_spaced or self.tr("none"))
        for value in (self._family, self._given, self._born, self._nhs_number):
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = self.tr("Patient: {name}, born {born} {age}")
        self.setAccessibleName(words.format(name=patient.name, born=self._born.text(), age=self._age.text()))

    def show_assessment(self, assessment: Assessment) -> None:
        """Dashed chips for what imaging must know and nobody has asked."""
        self._mri.setVisible(any(_open(assessment, item) for item in self._of_mri))
        self._pregnancy.setVisible(any(_open(assessment, item) for item in self._of_pregnancy))

    def _named(self, start: str) -> list[Item]:
        return [item for id, item in self.content.items.items() if id.startswith(start) and id != "mri_unavailable"]

    def _lay_out(self) -> None:
        theme = self.theme
        facts = QWidget()
        flow = FlowLayout(facts, gap=theme.px(16), line_gap=theme.px(2))
        flow.addWidget(_group(theme, 0, self._family, self._given))
        flow.addWidget(_group(theme, 6, _label(theme, self.tr("Born")), self._born, self._age))
        flow.addWidget(_group(theme, 6, _label(theme, self.tr("Sex")), self._sex))
        flow.addWidget(_group(theme, 6, _label(theme, self.tr("NHS No.")), self._nhs_number))
        flow.addWidget(self.open_patient)
        flow.addWidget(self._alike)
        flow.addWidget(self._mri)
        flow.addWidget(self._pregnancy)
        facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._line = layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        set_margins(layout, theme.px(20), theme.px(6), theme.px(16), theme.px(7))
        layout.setSpacing(theme.px(12))
        layout.addWidget(facts, 1, Qt.AlignmentFlag.AlignVCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(12))
        for button in (self.documents, self.review):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addStretch()
        layout.addLayout(buttons)
        self.setMinimumHeight(theme.px(52))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the narrowest window the name needs the whole line."""
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(BESIDE)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._line.setSpacing(self.theme.px(12 if beside else 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.grounded()
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.border)


def sex_words(sex: str | None) -> str:
    match sex:
        case "female":
            return translate("Patient", "Female")
        case "male":
            return translate("Patient", "Male")
        case "other":
            return translate("Patient", "Other")
    return translate("Patient", "Sex not known")


def _open(assessment: Assessment, item: Item) -> bool:
    return item.id not in assessment.answers and item.id not in assessment.hidden


def _label(theme: Theme, text: str) -> Label:
    return Label(theme, text, "small", colour=theme.muted)


def _group(theme: Theme, gap: int, *labels: Label) -> QWidget:
    group = QWidget()
    line = QHBoxLayout(group)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(gap))
    for label in labels:
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignBaseline)
    return group
