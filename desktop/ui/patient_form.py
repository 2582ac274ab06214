"""Adding a patient, or changing one: typed as GPs type it, refused beside the field with how to mend it."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.encounter import Patient, Sex
from desktop.record.patients import PatientRefused
from desktop.record.registry import Details, Registry, details_of
from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.form_field import FormField
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.patient_words import told_apart
from desktop.ui.theme import Theme

UNKNOWN = "not recorded"


class PatientForm(QWidget):
    """Signals: saved (patient), cancelled."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, theme: Theme, registry: Registry, patient: Patient | None) -> None:
        super().__init__()
        self.theme, self.registry, self.patient = theme, registry, patient
        self._warned: tuple[Patient, ...] = ()
        details = details_of(patient) if patient else Details()
        self.sex: Sex | None = details.sex
        self.fields = self._make_fields()
        for name, field in self.fields.items():
            field.field.put(getattr(details, name).replace("\n", ", "))
            field.field.committed.connect(lambda _, name=name: self._check(name))
            field.field.returnPressed.connect(self.save)
            field.field.cancelled.connect(self.cancelled)
        sexes = {
            "female": self.tr("Female"),
            "male": self.tr("Male"),
            "other": self.tr("Other"),
            UNKNOWN: self.tr("Not recorded"),
        }
        self.sexes = Options(theme, self.tr("Sex"), sexes, details.sex or (UNKNOWN if patient else ""))
        self.sexes.chosen.connect(self._choose_sex)
        self.alike = Label(theme, "", "note", weight=600, wrap=True)
        self.alike.hide()
        self.why = FormField(theme, self.tr("Why it is changed"), hint=self.tr("optional"))
        self.save_button = Button(theme, self._save_words(), primary=True)
        self.save_button.clicked.connect(self.save)
        self.cancel = Button(theme, self.tr("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        self.setAccessibleName(self.tr("New patient") if patient is None else patient.name)
        self._lay_out()

    def take_focus(self) -> None:
        self.fields["family"].field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def details(self) -> Details:
        texts = {name: field.text for name, field in self.fields.items()}
        return Details(**texts | {"address": texts["address"].replace(", ", "\n")}, sex=self.sex)

    def save(self) -> None:
        """A name like another's is asked about once, then taken as it is."""
        uid = self.patient.uid if self.patient else ""
        mistakes = self.registry.mistakes(self.details, uid)
        for name, field in self.fields.items():
            field.show_mistake(mistakes.get(name, ""))
        if mistakes:
            first = next((name for name in self.fields if name in mistakes), "family")
            self.fields[first].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._has_been_warned(uid):
            return
        try:
            patient = self._write()
        except PatientRefused as refused:
            for name, why in refused.mistakes.items():
                self.fields[name].show_mistake(why)
            return
        self.saved.emit(patient)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter at the sex too: it is the last that most patients need."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.save()
        else:
            super().keyPressEvent(event)

    def _write(self) -> Patient:
        if self.patient is None:
            return self.registry.add(self.details)
        return self.registry.change(self.patient.uid, self.details, self.why.text.strip())

    def _has_been_warned(self, uid: str) -> bool:
        others = self.registry.like_details(self.details, uid)
        if not others or others == self._warned:
            return True
        self._warned = others
        names = "; ".join(", ".join(told_apart(one)) for one in others[:4])
        self.alike.show_text(
            self.tr("Already on the list, with a similar name: {names}. Is it one of them? If not, save again.").format(
                names=names
            )
        )
        self.save_button.setText(self.tr("Save as somebody else") if self.patient is None else self._save_words())
        self.save_button.updateGeometry()
        self.save_button.setAccessibleDescription(self.alike.text())
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _check(self, name: str) -> None:
        """On leaving a field that was typed in: its own mistake, and only that."""
        uid = self.patient.uid if self.patient else ""
        typed = self.fields[name].text.strip()
        self.fields[name].show_mistake(self.registry.mistakes(self.details, uid).get(name, "") if typed else "")

    def _choose_sex(self, sex: str) -> None:
        self.sex = cast(Sex, sex) if sex in ("female", "male", "other") else None

    def _save_words(self) -> str:
        return self.tr("Add the patient") if self.patient is None else self.tr("Save the changes")

    def _make_fields(self) -> dict[str, FormField]:
        theme = self.theme
        return {
            "family": FormField(theme, self.tr("Family name")),
            "given": FormField(theme, self.tr("Given names")),
            "title": FormField(theme, self.tr("Title"), width=90),
            "born": FormField(theme, self.tr("Date of birth"), hint="12-Mar-1965"),
            "nhs_number": FormField(
                theme, self.tr("NHS number"), says=self.tr("Ten digits; the last one checks the others")
            ),
            "hospital_number": FormField(theme, self.tr("Hospital number")),
            "other_number": FormField(theme, self.tr("Other number")),
            "telephone": FormField(theme, self.tr("Telephone"), says=self.tr("Stands in the letter")),
            "address": FormField(theme, self.tr("Address"), says=self.tr("Lines parted by commas")),
        }

    def _lay_out(self) -> None:
        theme, fields = self.theme, self.fields
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(10))
        top = Qt.AlignmentFlag.AlignTop
        places = {
            "family": (0, 0, 3),
            "given": (0, 3, 3),
            "title": (1, 0, 1),
            "born": (1, 1, 2),
            "nhs_number": (2, 0, 3),
            "hospital_number": (2, 3, 3),
            "other_number": (3, 0, 3),
            "telephone": (3, 3, 3),
            "address": (4, 0, 6),
        }
        for name, (row, column, span) in places.items():
            grid.addWidget(fields[name], row, column, 1, span, top)
        sex = QWidget()
        lines = QVBoxLayout(sex)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(2))
        lines.addWidget(Label(theme, self.tr("Sex"), "small", weight=600))
        lines.addWidget(self.sexes)
        grid.addWidget(sex, 1, 3, 1, 3, top)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(14))
        layout.setSpacing(theme.px(12))
        title = self.tr("New patient") if self.patient is None else self.tr("Who the patient is")
        layout.addWidget(Label(theme, title, "h3", weight=600))
        layout.addLayout(grid)
        if self.patient is not None:
            layout.addWidget(self.why)
        layout.addWidget(self.alike)
        layout.addLayout(buttons)
        self._order()
        self.setMaximumWidth(theme.px(820))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _order(self) -> None:
        """As it is read: name, title, birth date, sex, numbers."""
        fields = [field.field for field in self.fields.values()]
        sexes = list(self.sexes.buttons.values())
        order: list[QWidget] = [*fields[:4], *sexes, *fields[4:]]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)
