"""One choice of a question's choices. None is ever set beforehand."""

from __future__ import annotations

from PySide6.QtCore import QSize

from desktop.ui.drawing import keycap_width
from desktop.ui.keyed_button import KeyedButton
from desktop.ui.theme import Theme


class Segment(KeyedButton):
    role, gap = "note", 4

    def __init__(self, theme: Theme, text: str, key: str, question: str, *, negative: bool = False) -> None:
        super().__init__(theme, text, key, question, negative=negative)

    def sizeHint(self) -> QSize:
        """Room for the key is always there, so that nothing moves when it shows."""
        text = self.theme.width(self.text(), "note", 600) + 1
        key = keycap_width(self._key, self.theme) + self.theme.px(4) if self._key else 0
        return QSize(text + key + self.theme.px(14), max(24, self.theme.px(28)))
