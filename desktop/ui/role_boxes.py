"""The roles of an account: one or two, each with what it may do."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.record.roles import Role
from desktop.ui.check_box import CheckBox
from desktop.ui.label import Label
from desktop.ui.role_words import allowed_to, name_of
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class RoleBoxes(QWidget):
    def __init__(self, theme: Theme, now: Collection[Role] = ()) -> None:
        super().__init__()
        self._boxes: dict[Role, CheckBox] = {}
        self._wrong = Label(theme, "", "small", weight=600, colour=theme.danger_field, wrap=True)
        self._wrong.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for role in Role:
            box = self._boxes[role] = CheckBox(theme, name_of(role))
            box.setAccessibleDescription(allowed_to(role))
            box.setChecked(role in now)
            words = Label(theme, allowed_to(role), "small", colour=theme.muted, wrap=True)
            set_margins(words, theme.px(24), 0, 0, theme.px(4))
            lines.addWidget(box)
            lines.addWidget(words)
        lines.addWidget(self._wrong)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, box in self._boxes.items() if box.isChecked())

    def show_wrong(self, why: str) -> None:
        self._wrong.show_text(why)
