"""A field of a form: its label above, what it wants beneath, and what doesn't fit in its place."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.label import Label
from desktop.ui.theme import Theme
from desktop.ui.typed_line import TypedLine


class FormField(QWidget):
    def __init__(self, theme: Theme, label: str, *, hint: str = "", says: str = "", width: int = 200) -> None:
        super().__init__()
        self.theme, self._says = theme, says
        self.field = TypedLine(theme, label, hint=hint, width=width)
        self.field.describe(", ".join(part for part in (hint, says) if part))
        self.note = Label(theme, says, "small", colour=theme.muted, wrap=True)
        name = Label(theme, label, "small", weight=600)
        name.setBuddy(self.field)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(2))
        lines.addWidget(name)
        lines.addWidget(self.field)
        lines.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def text(self) -> str:
        return self.field.text()

    def show_mistake(self, why: str) -> None:
        self.field.show_refused(why)
        self.note.setText(why or self._says)
        self.note.set_colour(self.theme.danger_field if why else self.theme.muted)
