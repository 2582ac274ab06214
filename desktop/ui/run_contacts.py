"""First run: the numbers of those whom the plans of an emergency name. An empty one is said where it is needed."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.clinical.content import Content
from desktop.record.directory import emergency_contacts
from desktop.record.first_run import FirstRun
from desktop.record.practice import ContactEntry
from desktop.ui.label import Label
from desktop.ui.line_field import LineField
from desktop.ui.run_page import RunPage
from desktop.ui.theme import Theme


class ContactsPage(RunPage):
    def __init__(self, theme: Theme, run: FirstRun, content: Content) -> None:
        super().__init__(theme, run)
        self.telephones: dict[str, LineField] = {}
        self._hours: list[LineField] = []
        self._states: dict[str, Label] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 2)
        for column, words in enumerate((self.tr("Service"), self.tr("Telephone"), self.tr("Hours"))):
            self._grid.addWidget(Label(theme, words, "small", weight=600, colour=theme.muted), 0, column)
        for contact in emergency_contacts(content):
            self._add(contact.id, contact.name)
        self.lines.addLayout(self._grid)
        rest = self.tr("The other services stand in the directory, which opens after the last step.")
        self.lines.addWidget(Label(theme, rest, "note", colour=theme.muted, wrap=True))

    def in_order(self) -> list[QWidget]:
        return [field for pair in zip(self.telephones.values(), self._hours, strict=True) for field in pair]

    def take_focus(self) -> None:
        next(iter(self.telephones.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_mistakes(self, found: dict[str, str]) -> None:
        for id, field in self.telephones.items():
            field.show_invalid(id in found)
            self._states[id].set_weight(600 if id in found else 400)
            field.setAccessibleDescription(found.get(id, ""))
            if id in found:
                self._states[id].set_colour(self.theme.danger_field)
                self._states[id].setText(found[id])
            else:
                self._show_state(id)
        wrong = [field for id, field in self.telephones.items() if id in found]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, id: str, name: str) -> None:
        theme, row, entry = self.theme, self._grid.rowCount(), self.run.contacts.get(id, ContactEntry())
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, name, "body", wrap=True))
        state = self._states[id] = Label(theme, "", "small", wrap=True)
        words.addWidget(state)
        telephone = self.telephones[id] = LineField(theme, self.tr("Telephone: {name}").format(name=name))
        hours = LineField(theme, self.tr("Hours: {name}").format(name=name))
        self._hours.append(hours)
        telephone.setText(entry.telephone)
        hours.setText(entry.hours)
        self._grid.addLayout(words, row, 0)
        for column, field in enumerate((telephone, hours), start=1):
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
            field.textChanged.connect(lambda _: self._keep(id, telephone.text(), hours.text()))
            field.returnPressed.connect(self.went_on)
        self._show_state(id)

    def _keep(self, id: str, telephone: str, hours: str) -> None:
        entry = self.run.contacts.get(id, ContactEntry())
        self.run.contacts[id] = replace(entry, telephone=telephone, hours=hours)
        self.telephones[id].show_invalid(False)
        self._show_state(id)

    def _show_state(self, id: str) -> None:
        filled = bool(self.telephones[id].text().strip())
        self._states[id].set_colour(self.theme.muted)
        self._states[id].setText(self.tr("filled in") if filled else self.tr("no number yet"))
