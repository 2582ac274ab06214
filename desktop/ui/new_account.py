"""Adding an account: name, user name, a first password and the roles."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.record.accounts import AccountRefused, Accounts
from desktop.record.errors import RecordError
from desktop.record.first_run import user_from
from desktop.record.passwords import strength_words
from desktop.ui.busy import busy
from desktop.ui.button import Button
from desktop.ui.entry import Entry
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.refusal import Refusal
from desktop.ui.role_boxes import RoleBoxes
from desktop.ui.theme import Theme


class NewAccount(QWidget):
    """Signals: added (the name), given_up."""

    added = Signal(str)
    given_up = Signal()

    def __init__(self, theme: Theme, accounts: Accounts) -> None:
        super().__init__()
        self._accounts, self._offered = accounts, ""
        says = self.tr("Tell it to them in person; they change it under Settings, My password.")
        self.name = Entry(theme, self.tr("Name, as it stands on letters"))
        self.user = Entry(theme, self.tr("User name, to sign in with"))
        self.password = Entry(theme, self.tr("First password"), hint=says, hidden=True)
        self.again = Entry(theme, self.tr("First password again"), hidden=True)
        self.roles = RoleBoxes(theme)
        self.refusal = Refusal(theme)
        self.add = Button(theme, self.tr("Add the account"))
        self.cancel = Button(theme, self.tr("Cancel"))
        self.name.field.textEdited.connect(self._offer)
        self.password.field.textEdited.connect(lambda text: self.password.show_hint(strength_words(text)))
        self.add.clicked.connect(self.try_now)
        self.cancel.clicked.connect(self.given_up)
        self._lay_out(theme)

    def take_focus(self) -> None:
        self.name.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_now(self) -> None:
        self.refusal.hide()
        self._show({})
        if self.password.text != self.again.text:
            self.again.show_wrong(self.tr("The two passwords differ: type the same one twice."))
            return
        told = {"name": self.name.text, "password": self.password.text}
        try:
            with busy():
                self._accounts.add(self.user.text.strip(), roles=self.roles.roles, **told)
        except AccountRefused as refused:
            self._show(refused.mistakes)
        except RecordError as error:
            self.refusal.show_error(error)
        else:
            for entry in (self.password, self.again):
                entry.field.clear()
            self.added.emit(self.name.text.strip())

    def _show(self, found: dict[str, str]) -> None:
        for field, part in (("name", self.name), ("user", self.user), ("password", self.password)):
            part.show_wrong(found.get(field, ""))
        self.roles.show_wrong(found.get("roles", ""))
        self.again.show_wrong("")

    def _offer(self, name: str) -> None:
        if self.user.text in ("", self._offered):
            self._offered = user_from(name, {account.user for account in self._accounts.all()})
            self.user.field.setText(self._offered)

    def _lay_out(self, theme: Theme) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(10))
        for part in (self.name, self.user, self.password, self.again, self.roles, self.refusal):
            lines.addWidget(part)
        buttons = QWidget()
        foot = FlowLayout(buttons, gap=theme.px(8), line_gap=theme.px(8))
        foot.setContentsMargins(0, 0, 0, 0)
        for button in (self.add, self.cancel):
            foot.addWidget(button)
        lines.addWidget(buttons)
