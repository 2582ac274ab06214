"""Two entries of one person: which other one, and how that is known."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.errors import RecordError
from desktop.record.patients import PatientRefused
from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.form_field import FormField
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.patient_words import told_apart
from desktop.ui.theme import Theme
from desktop.ui.told import told_beside

OFFERED = 5


class MergeStrip(QWidget):
    """Signals: merged (uid of who is kept), cancelled."""

    merged = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, clinic: Clinic, patient: Patient) -> None:
        super().__init__()
        self.theme, self.clinic, self.patient = theme, clinic, patient
        self._into = ""
        self._found: Options | None = None
        self.search = FormField(theme, self.tr("Who is it?"), hint=self.tr("Name, NHS number or date of birth"))
        self.search.field.textChanged.connect(self._offer)
        self.why = FormField(theme, self.tr("How is it known?"))
        self.why.field.returnPressed.connect(self.merge)
        self.go_on = Button(theme, self.tr("Merge"))
        self.go_on.clicked.connect(self.merge)
        leave = Button(theme, self.tr("Cancel"))
        leave.clicked.connect(self.cancelled)
        self.error = Label(theme, "", "small", colour=theme.danger_field, wrap=True)
        self.error.hide()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(12))
        self._lines.setSpacing(theme.px(8))
        says = self.tr(
            "{patient} and the one chosen are shown as one from then on, under the chosen name. Encounters stay as "
            "they were signed; either name finds them; it can be undone."
        ).format(patient=patient.name)
        for part in (
            Label(theme, self.tr("Merge with another entry of the same person"), "h3", weight=600),
            Label(theme, says, "note", colour=theme.muted, wrap=True),
            self.search,
            self.why,
            self.error,
        ):
            self._lines.addWidget(part)
        buttons = QHBoxLayout()
        for button in (self.go_on, leave):
            buttons.addWidget(button)
        buttons.addStretch()
        self._lines.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def take_focus(self) -> None:
        others = self.clinic.registry.like(self.patient)
        if others:
            self.search.field.setText(others[0].family or others[0].given)
        self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def merge(self) -> None:
        if not self._into:
            self.error.show_text(self.tr("Choose the other entry first."))
            return
        try:
            kept = self.clinic.registry.merge(self.patient.uid, self._into, self.why.text)
        except PatientRefused as refused:
            self.error.show_text(" ".join(refused.mistakes.values()))
        except RecordError as error:
            self.error.show_text(told_beside(error))
        else:
            self.merged.emit(kept.uid)

    def _offer(self, text: str) -> None:
        if self._found is not None:
            self._lines.removeWidget(self._found)
            self._found.hide()
            self._found.deleteLater()
            self._found = None
        self._into = ""
        found = [one for one in self.clinic.patients(text) if one.uid != self.patient.uid] if text.strip() else []
        if found:
            words = {one.uid: " · ".join(told_apart(one)) for one in found[:OFFERED]}
            self._found = Options(self.theme, self.tr("The other entry"), words, "")
            self._found.chosen.connect(self._choose)
            self._lines.insertWidget(3, self._found)

    def _choose(self, uid: str) -> None:
        """A press may be told twice; what has been refused since stays to be read."""
        if uid != self._into:
            self._into = uid
            self.error.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)
