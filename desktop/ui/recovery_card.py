"""With the recovery kit, for an account whose password is lost: it gets a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.record.errors import RecordError
from desktop.record.passwords import code_mistake, password_mistake
from desktop.record.session import Entrance
from desktop.ui.button import Button
from desktop.ui.entry import Entry
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.front_card import FrontCard
from desktop.ui.refusal import Refusal
from desktop.ui.slowly import Slowly
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme


class RecoveryCard(FrontCard):
    """Signals: unlocked (what the code opened), left."""

    unlocked = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, entrance: Entrance, *, user: str = "") -> None:
        super().__init__(theme)
        says = self.tr(
            "The code is on the printed recovery kit of this practice. It opens the records for the account named "
            "here and gives it the new password; the audit trail tells of it."
        )
        self.head(self.tr("Recovery code"), says)
        self._entrance = entrance
        self._slowly = Slowly(self)
        self._slowly.done.connect(self._hand_over)
        self._slowly.failed.connect(self.show_error)
        self.user = Entry(theme, self.tr("User name"))
        self.code = Entry(theme, self.tr("Recovery code"), sensitive=True)
        self.password = Entry(theme, self.tr("New password"), hidden=True, hint=self.tr("12 characters, or four words"))
        self.again = Entry(theme, self.tr("New password again"), hidden=True)
        self.refusal = Refusal(theme)
        self.open = Button(theme, self.tr("Set the password and open"), primary=True)
        self.back = TextLink(theme, self.tr("Back to the password"))
        self.user.field.setText(user)
        self._connect()
        self._lay_out()

    def take_focus(self) -> None:
        (self.code if self.user.text else self.user).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_now(self) -> None:
        if self._slowly.busy or not self._is_sound():
            return
        user, code, password = self.user.text.strip().lower(), self.code.text, self.password.text
        self.refusal.hide()
        self._slowly.start(lambda: self._entrance.try_code(code, user, password))

    def show_error(self, error: RecordError) -> None:
        self.refusal.show_error(error)
        self.code.field.setFocus()

    def _is_sound(self) -> bool:
        same = self.password.text == self.again.text
        found = {
            self.user: "" if self.user.text.strip() else self.tr("Type the user name of the account."),
            self.code: code_mistake(self.code.text),
            self.password: password_mistake(self.password.text, self.user.text),
            self.again: "" if same else self.tr("The two passwords differ: type the same one twice."),
        }
        for entry, why in found.items():
            entry.show_wrong(why)
        wrong = [entry for entry, why in found.items() if why]
        if wrong:
            wrong[0].field.setFocus()
        return not wrong

    def _hand_over(self, unlocked: object) -> None:
        for entry in (self.code, self.password, self.again):
            entry.field.clear()
        self.unlocked.emit(unlocked)

    def _connect(self) -> None:
        self.open.clicked.connect(self.try_now)
        self.back.clicked.connect(self.left)
        for entry in (self.user, self.code, self.password, self.again):
            entry.field.returnPressed.connect(self.try_now)

    def _lay_out(self) -> None:
        for part in (self.user, self.code, self.password, self.again, self.refusal):
            self.lines.addWidget(part)
        foot = QWidget()
        buttons = FlowLayout(foot, gap=self.theme.px(8), line_gap=self.theme.px(8))
        for button in (self.open, self.back):
            buttons.addWidget(button)
        foot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.lines.addWidget(foot)
