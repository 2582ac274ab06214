"""The name and password of then, for a backup from before the store was given another key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from desktop.ui.button import Button
from desktop.ui.entry_field import LONGEST
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class OldPassword(QWidget):
    """Signals: given (name, password)."""

    given = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.user, self.secret = QLineEdit(), QLineEdit()
        for field in (self.user, self.secret):
            field.setMaxLength(LONGEST)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        names = {self.user: self.tr("Name of then"), self.secret: self.tr("Password of then")}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for field, words in names.items():
            field.setFont(theme.font("body"))
            field.setAccessibleName(words)
            field.setMaximumWidth(theme.px(320))
            form.addRow(Label(theme, words, "note"), field)
        look = Button(theme, self.tr("Look into it"))
        look.clicked.connect(self._give)
        self.secret.returnPressed.connect(self._give)
        form.addRow(look)

    @property
    def typed(self) -> tuple[str, str]:
        return self.user.text().strip(), self.secret.text()

    def _give(self) -> None:
        if all(self.typed):
            self.given.emit(*self.typed)
