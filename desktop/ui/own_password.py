"""Changing one's own password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.accounts import AccountRefused, Accounts
from desktop.record.errors import RecordError
from desktop.record.passwords import strength_words
from desktop.ui.busy import busy
from desktop.ui.button import Button
from desktop.ui.entry import Entry
from desktop.ui.label import Label
from desktop.ui.refusal import Refusal
from desktop.ui.theme import Theme


class OwnPassword(QWidget):
    """Signals: changed."""

    changed = Signal()

    def __init__(self, theme: Theme, accounts: Accounts) -> None:
        super().__init__()
        self._accounts = accounts
        self.old = Entry(theme, self.tr("Present password"), hidden=True)
        self.new = Entry(theme, self.tr("New password"), hint=strength_words(""), hidden=True)
        self.again = Entry(theme, self.tr("New password again"), hidden=True)
        self.refusal = Refusal(theme)
        self.said = Label(theme, "", "note", weight=600, wrap=True)
        self.said.hide()
        self.change = Button(theme, self.tr("Change the password"))
        self.new.field.textChanged.connect(lambda text: self.new.show_hint(strength_words(text)))
        self.change.clicked.connect(self.try_now)
        for entry in self._entries():
            entry.field.returnPressed.connect(self.try_now)
        self._lay_out(theme)

    def try_now(self) -> None:
        self.refusal.hide()
        self.said.hide()
        if self.new.text != self.again.text:
            self.again.show_wrong(self.tr("The two passwords differ: type the same one twice."))
            return
        try:
            with busy():
                self._accounts.change_password(self.old.text, self.new.text)
        except AccountRefused as refused:
            self.new.show_wrong(refused.mistakes["password"])
        except RecordError as error:
            self.refusal.show_error(error)
        else:
            self._forget()
            self.said.show_text(self.tr("The password is changed. The old one no longer opens the records."))
            self.changed.emit()

    def _forget(self) -> None:
        for entry in self._entries():
            entry.field.clear()
            entry.show_wrong("")

    def _entries(self) -> tuple[Entry, ...]:
        return self.old, self.new, self.again

    def _lay_out(self, theme: Theme) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(10))
        for part in (*self._entries(), self.refusal, self.said):
            lines.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self.change)
        foot.addStretch()
        lines.addLayout(foot)
