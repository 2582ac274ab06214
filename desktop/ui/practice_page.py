"""The practice's own page: what stands on its letters, when a screen is locked, and whether nurses sign."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.working_days import nations
from desktop.record.errors import RecordError
from desktop.record.practice import LONGEST_LOCK, SHORTEST_LOCK, PracticeRecord, PracticeRefused
from desktop.ui.check_box import CheckBox
from desktop.ui.entry_field import EntryField
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.told import told_beside


class PracticePage(QWidget):
    """Each field is written when it is left. What is refused stays in it, with the reason below; a box or a choice that
    is refused shows again what is kept."""

    def __init__(self, theme: Theme, record: PracticeRecord) -> None:
        super().__init__()
        self.theme, self._record = theme, record
        self.fields: dict[str, EntryField] = {}
        self.messages: dict[str, Label] = {}
        self.nurses_sign = CheckBox(theme, self.tr("Nurses and physiotherapists may sign encounters"))
        self.nurses_sign.setChecked(record.now.nurses_sign)
        self.nurses_sign.toggled.connect(lambda on: self._write("nurses_sign", on))
        self.attach = CheckBox(theme, self.tr("Letters and summaries carry the encounter as data (JSON)"))
        self.attach.setChecked(record.now.attach_encounter)
        self.attach.toggled.connect(lambda on: self._write("attach_encounter", on))
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.setSpacing(theme.px(12))
        for group in (self._address(), self._papers(), self._holidays(), self._lock(), self._signing()):
            lines.addWidget(group)

    def _address(self) -> SettingsGroup:
        says = self.tr("It stands on letters and patient sheets.")
        group = SettingsGroup(self.theme, self.tr("The practice"), says)
        self._add(group, "name", self.tr("Name"))
        self._add(group, "address", self.tr("Address"))
        self._add(group, "telephone", self.tr("Telephone"))
        self._add(group, "hours", self.tr("Open, as patients read it: Monday to Friday, 8 to 6:30"))
        return group

    def _papers(self) -> SettingsGroup:
        says = self.tr(
            "For a hospital whose programs read it: everything asked and planned, inside the PDF. Whoever has the file "
            "has the data. Patient sheets and cards never carry it."
        )
        refused = self._message("attach_encounter")
        return SettingsGroup(self.theme, self.tr("Data in documents"), says, self.attach, refused)

    def _holidays(self) -> SettingsGroup:
        says = self.tr(
            "Limits of a week and more end on a day on which the practice works. Emergencies know no holiday."
        )
        title = self.tr("Bank holidays")
        self.nation = Options(self.theme, self.tr("Nation whose holidays count"), nations(), self._record.now.nation)
        self.nation.chosen.connect(lambda id: self._write("nation", id))
        return SettingsGroup(self.theme, title, says, self.nation, self._message("nation"))

    def _lock(self) -> SettingsGroup:
        says = self.tr(
            "A screen that nobody touches is locked. Nothing is lost: each answer is saved when it is given."
        )
        group = SettingsGroup(self.theme, self.tr("Locking"), says)
        name = self.tr("Minutes until a screen is locked, from {least} to {most}")
        self._add(group, "lock_minutes", name.format(least=SHORTEST_LOCK, most=LONGEST_LOCK))
        return group

    def _signing(self) -> SettingsGroup:
        says = self.tr("Whoever signs is named on every paper.")
        return SettingsGroup(self.theme, self.tr("Signing"), says, self.nurses_sign, self._message("nurses_sign"))

    def _add(self, group: SettingsGroup, name: str, words: str) -> None:
        field = self.fields[name] = EntryField(self.theme, words)
        field.setText(str(getattr(self._record.now, name)))
        field.editingFinished.connect(lambda: self._commit(name))
        for part in (Label(self.theme, words, "note", weight=600, wrap=True), field, self._message(name)):
            group.lines.addWidget(part)

    def _message(self, name: str) -> Label:
        """Why what was typed or chosen is not kept."""
        message = Label(self.theme, "", "small", weight=600, colour=self.theme.danger_field, wrap=True)
        message.hide()
        self.messages[name] = message
        return message

    def _commit(self, name: str) -> None:
        text = self.fields[name].text().strip()
        if name == "lock_minutes" and text.isdecimal():
            self._write(name, int(text))
        else:
            self._write(name, text)

    def _write(self, name: str, value: object) -> None:
        why = ""
        try:
            self._record.change(**{name: value})
        except PracticeRefused as error:
            why = error.mistakes[name]
        except RecordError as error:
            why = told_beside(error)
        self.messages[name].show_text(why)
        if name in self.fields:
            self.fields[name].show_wrong(why)
        elif why:
            self._show_kept()

    def _show_kept(self) -> None:
        now = self._record.now
        for box, on in ((self.nurses_sign, now.nurses_sign), (self.attach, now.attach_encounter)):
            with QSignalBlocker(box):
                box.setChecked(on)
        for nation, button in self.nation.buttons.items():
            button.setChecked(nation == now.nation)
