"""Settings, Accounts: who may sign in, in which roles; the recovery kit; adding and removing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.accounts import Account, AccountRefused, Accounts
from desktop.record.errors import RecordError
from desktop.record.roles import Role
from desktop.ui.account_row import AccountRow
from desktop.ui.button import Button
from desktop.ui.label import Label
from desktop.ui.new_account import NewAccount
from desktop.ui.new_kit import NewKit
from desktop.ui.refusal import Refusal
from desktop.ui.role_boxes import RoleBoxes
from desktop.ui.role_words import names_of
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class AccountsPage(QWidget):
    """`pdf` makes the page of a recovery code."""

    def __init__(self, theme: Theme, accounts: Accounts, pdf: Callable[[str], bytes]) -> None:
        super().__init__()
        self.theme, self._accounts, self._pdf = theme, accounts, pdf
        self.rows: dict[str, AccountRow] = {}
        self.said = Label(theme, "", "note", weight=600, wrap=True)
        self.said.hide()
        self.refusal = Refusal(theme)
        self.add = Button(theme, self.tr("Add an account…"))
        self.add.clicked.connect(self.show_new)
        self.renew = Button(theme, self.tr("New recovery kit…"))
        self.renew.clicked.connect(self.show_renewal)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._below = QVBoxLayout()
        self._kit = QVBoxLayout()
        self.opened: QWidget | None = None
        self._lay_out()
        self.show_accounts()

    def show_accounts(self) -> None:
        self._close()
        unfinished = self._accounts.unfinished_removals()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {account.user: self._row(account, unfinished) for account in self._accounts.all()}
        for row in self.rows.values():
            self._list.addWidget(row)
            row.show()

    def show_new(self) -> None:
        form = NewAccount(self.theme, self._accounts)
        form.added.connect(lambda name: self._done(self.tr("{name} can sign in now.").format(name=name)))
        self._open(self._below, form)
        form.take_focus()

    def show_roles(self, account: Account) -> None:
        boxes = RoleBoxes(self.theme, account.roles)
        save = Button(self.theme, self.tr("Save the roles"))
        save.clicked.connect(lambda: self._change_roles(account, boxes))
        cancel = Button(self.theme, self.tr("Cancel"))
        cancel.clicked.connect(self._close)
        part = QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(boxes)
        foot = QHBoxLayout()
        for button in (save, cancel):
            foot.addWidget(button)
        foot.addStretch()
        lines.addLayout(foot)
        self._open(self.rows[account.user].lines, part)

    def show_removal(self, account: Account) -> None:
        name = account.name or account.user
        says = self.tr(
            "{name} will not be able to sign in any more. The records are given another key, and there has to be a new "
            "recovery kit, since {name} may have seen the old one. What {name} has written stays in the record. "
            "Backups made before still open with the password of then."
        ).format(name=name)
        kit = NewKit(
            self.theme,
            says=says,
            verb=self.tr("Remove {name}").format(name=name),
            doing=self.tr("Giving the records another key…"),
            pdf=self._pdf,
            use=lambda code: self._accounts.remove(account.user, code),
        )
        told = self.tr(
            "{name} is removed, the records have another key, and the new recovery kit is the one that counts."
        )
        kit.done.connect(lambda: self._done(told.format(name=name)))
        self._open(self.rows[account.user].lines, kit)

    def show_renewal(self) -> None:
        kit = NewKit(
            self.theme,
            says=self.tr(
                "The present kit then no longer opens the records; copies and backups made before still open."
            ),
            verb=self.tr("Use the new kit"),
            doing=self.tr("Writing the new kit into the key file…"),
            pdf=self._pdf,
            use=self._accounts.renew_kit,
        )
        told = self.tr("The new recovery kit is the one that counts. Destroy the old one.")
        kit.done.connect(lambda: self._done(told))
        self._open(self._kit, kit)

    def _row(self, account: Account, unfinished: list[str]) -> AccountRow:
        own = account.user == self._accounts.own.user
        row = AccountRow(self.theme, account, own=own, unfinished=account.user in unfinished)
        row.roles_asked.connect(lambda: self.show_roles(account))
        row.removal_asked.connect(lambda: self.show_removal(account))
        return row

    def _change_roles(self, account: Account, boxes: RoleBoxes) -> None:
        try:
            self._accounts.change_roles(account.user, boxes.roles)
        except AccountRefused as refused:
            boxes.show_wrong(refused.mistakes["roles"])
        except RecordError as error:
            self.refusal.show_error(error)
        else:
            self._done(self._changed_words(account, boxes.roles))

    def _changed_words(self, account: Account, roles: frozenset[Role]) -> str:
        words = self.tr("{name}: {roles}.").format(name=account.name or account.user, roles=names_of(roles))
        own = account.user == self._accounts.own.user
        return words + (" " + self.tr("It counts for you from the next sign-in (Ctrl+L).") if own else "")

    def _open(self, place: QVBoxLayout, part: QWidget) -> None:
        """One at a time."""
        self._close()
        self.said.hide()
        self.refusal.hide()
        self.opened = part
        if isinstance(part, NewAccount | NewKit):
            part.given_up.connect(self._close)
        place.addWidget(part)
        part.show()

    def _close(self) -> None:
        if self.opened is not None:
            self.opened.hide()
            self.opened.deleteLater()
            self.opened = None

    def _done(self, words: str) -> None:
        self.show_accounts()
        self.said.show_text(words)

    def _lay_out(self) -> None:
        theme = self.theme
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.setSpacing(theme.px(12))
        lines.addWidget(self.said)
        lines.addWidget(self.refusal)
        roles = self.tr(
            "Roles are kept by the program: everybody with a password could, with a program of their own, read all "
            "the records. Give accounts only to people who may see the record."
        )
        people = SettingsGroup(theme, self.tr("Who may sign in"), roles)
        people.lines.addLayout(self._list)
        people.lines.addWidget(self.add)
        people.lines.addLayout(self._below)
        lines.addWidget(people)
        says = self.tr(
            "A code on paper that opens the records when a password is lost. Print a new one if it may have been seen."
        )
        kit = SettingsGroup(theme, self.tr("Recovery kit"), says, self.renew)
        kit.lines.addLayout(self._kit)
        lines.addWidget(kit)
