"""Yes, No or Old of an answer row: fixed in width, so that its key appears inside without moving anything."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize

from desktop.ui.drawing import keycap_width
from desktop.ui.keyed_button import KeyedButton
from desktop.ui.theme import Theme

Meaning = Literal["yes", "no"]


class AnswerButton(KeyedButton):
    """A press goes to the row's question like its key."""

    role, gap = "body", 6

    def __init__(self, theme: Theme, text: str, key: str, meaning: Meaning, question: str, *, width: int = 70) -> None:
        super().__init__(theme, text, key, question, negative=meaning == "no")
        self._width = width

    def sizeHint(self) -> QSize:
        widest = self.theme.width(self.text(), "body", 600)
        needed = widest + keycap_width(self._key, self.theme) + self.theme.px(12)
        return QSize(max(self.theme.px(self._width), needed), self.theme.px(32))
