"""Taking a patient out for good: what goes, where it still is afterwards, why, and the birth date typed once more."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.encounter import Patient
from desktop.record.errors import RecordError
from desktop.record.registry import read_born
from desktop.record.subject_access import SubjectAccess
from desktop.ui.busy import busy
from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.form_field import FormField
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.removal_words import RemovalWords
from desktop.ui.theme import Theme
from desktop.ui.told import told


class RemoveStrip(QWidget):
    """Signals: removed (what a person is told of it), cancelled."""

    removed = Signal(list)
    cancelled = Signal()

    def __init__(self, theme: Theme, access: SubjectAccess, patient: Patient) -> None:
        super().__init__()
        self.theme, self.access, self.patient = theme, access, patient
        self.words, self.reason = RemovalWords(), ""
        self._going = access.going(patient.uid)
        self.reasons = Options(theme, self.tr("Why is it removed?"), self.words.reasons(), "")
        self.reasons.chosen.connect(self._choose)
        self.confirm = FormField(theme, self._wanted(), says=self.tr("So that nobody else is removed by mistake."))
        self.confirm.setMaximumWidth(theme.px(420))
        self.confirm.field.returnPressed.connect(self.remove)
        self.go_on = Button(theme, self.tr("Remove for good"))
        self.go_on.clicked.connect(self.remove)
        self.leave = Button(theme, self.tr("Cancel"))
        self.leave.clicked.connect(self.cancelled)
        self.error = Label(theme, "", "small", colour=theme.danger_field, wrap=True)
        self.error.hide()
        self._lay_out()

    def take_focus(self) -> None:
        next(iter(self.reasons.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        if not self.reason:
            self._refuse(self.tr("Choose the reason first: it stands in the audit trail."))
        elif not self._is_confirmed():
            self._refuse("")
            self.confirm.show_mistake(self.tr("That is not what stands on this patient's page. Nothing was removed."))
            self.confirm.field.setFocus()
        else:
            self._remove()

    def _remove(self) -> None:
        try:
            with busy():
                done = self.access.erase(self.patient.uid, self.reason)
        except RecordError as error:
            self._refuse(" ".join(told(error)))
        else:
            self.removed.emit(self.words.afterwards(done, self._going))

    def _wanted(self) -> str:
        if self.patient.born:
            return self.tr("Type the patient's date of birth")
        return self.tr("Type the patient's family name") if self.patient.family else self.tr("Type REMOVE")

    def _is_confirmed(self) -> bool:
        typed = self.confirm.text.strip()
        if self.patient.born:
            return read_born(typed)[0] == self.patient.born
        return typed.casefold() == (self.patient.family.strip() or "remove").casefold()

    def _choose(self, reason: str) -> None:
        self.reason = reason
        self.error.hide()

    def _refuse(self, why: str) -> None:
        self.confirm.show_mistake("")
        self.error.show_text(why)

    def _lay_out(self) -> None:
        theme = self.theme
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(12))
        lines.setSpacing(theme.px(8))
        title = self.tr("Remove {patient} for good").format(patient=self.patient.name)
        lines.addWidget(Label(theme, title, "h3", weight=600))
        for words in self.words.before(self._going):
            lines.addWidget(Label(theme, words, "note", colour=theme.muted, wrap=True))
        lines.addWidget(Label(theme, self.tr("Why is it removed?"), "small", weight=600))
        for part in (self.reasons, self.confirm, self.error):
            lines.addWidget(part)
        buttons = QHBoxLayout()
        for button in (self.go_on, self.leave):
            buttons.addWidget(button)
        buttons.addStretch()
        lines.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)
