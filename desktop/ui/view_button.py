"""One of the views of a page; the one that is shown is filled with ink."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.ui.segment import Segment
from desktop.ui.theme import Theme


class ViewButton(Segment):
    def __init__(self, theme: Theme, text: str, page: str) -> None:
        super().__init__(theme, text, "", page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
