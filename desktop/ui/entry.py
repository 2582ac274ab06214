"""A field with its label above and, below it, what is wrong with what was typed and how to mend it."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.entry_field import EntryField
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class Entry(QWidget):
    def __init__(
        self, theme: Theme, label: str, *, hint: str = "", hidden: bool = False, sensitive: bool = False
    ) -> None:
        super().__init__()
        self.field = EntryField(theme, label, hidden=hidden, sensitive=sensitive)
        self._wrong = Label(theme, "", "small", weight=600, colour=theme.danger_field, wrap=True)
        self._hint = Label(theme, hint, "small", colour=theme.muted, wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(3))
        lines.addWidget(Label(theme, label, "note", weight=600))
        lines.addWidget(self.field)
        lines.addWidget(self._wrong)
        lines.addWidget(self._hint)
        self._wrong.hide()
        self._hint.setVisible(bool(hint))
        self.field.describe(hint)
        self.field.textEdited.connect(lambda _: self.show_wrong(""))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def text(self) -> str:
        return self.field.text()

    def show_wrong(self, why: str) -> None:
        """The message says how to mend it: the hint beside it would say the same once more."""
        self._wrong.show_text(why)
        self._hint.setVisible(bool(self._hint.text()) and not why)
        self.field.show_wrong(why)

    def show_hint(self, words: str) -> None:
        self._hint.show_text(words)
        self.field.describe(words)
