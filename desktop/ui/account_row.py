"""One account: who, in which roles, and what can be done with it. What is done opens below the row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.accounts import Account
from desktop.ui.button import Button
from desktop.ui.drawing import draw_line, painter_on
from desktop.ui.label import Label
from desktop.ui.role_words import names_of
from desktop.ui.theme import Theme


class AccountRow(QWidget):
    """Signals: roles_asked, removal_asked."""

    roles_asked = Signal()
    removal_asked = Signal()

    def __init__(self, theme: Theme, account: Account, *, own: bool, unfinished: bool) -> None:
        super().__init__()
        self.theme, self.account = theme, account
        ink = theme.muted if account.removed else theme.text
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, account.name or account.user, "body", weight=600, colour=ink, wrap=True))
        words.addWidget(Label(theme, self._facts(own, unfinished), "small", colour=theme.muted, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addLayout(words, 1)
        if not account.removed:
            roles = Button(theme, self.tr("Roles"), name=self._named(self.tr("Roles")), small=True)
            roles.clicked.connect(self.roles_asked)
            row.addWidget(roles, 0, Qt.AlignmentFlag.AlignVCenter)
        if unfinished or not (own or account.removed):
            verb = self.tr("Finish the removal") if unfinished else self.tr("Remove")
            remove = Button(theme, verb, name=self._named(verb), small=True)
            remove.clicked.connect(self.removal_asked)
            row.addWidget(remove, 0, Qt.AlignmentFlag.AlignVCenter)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        self.lines.setSpacing(theme.px(10))
        self.lines.addLayout(row)

    def open(self, part: QWidget) -> None:
        self.lines.addWidget(part)

    def _named(self, verb: str) -> str:
        return f"{verb}: {self.account.name or self.account.user}"

    def _facts(self, own: bool, unfinished: bool) -> str:
        if unfinished:
            return self.tr("removed, but the key they knew still opens the records")
        state = self.tr("removed; kept so that the audit trail can be read") if self.account.removed else ""
        facts = [self.account.user, names_of(self.account.roles), state, self.tr("this is you") if own else ""]
        return " · ".join(fact for fact in facts if fact)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_line(painter_on(self), QPointF(0, 0), QPointF(self.width(), 0), self.theme.border)
