"""A line or a paragraph of plain text. Nothing that comes from data is ever read as rich text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.ui.sides import from_the_right, text_start
from desktop.ui.theme import Theme

Role = Literal["micro", "small", "note", "body", "h3", "h2", "h1", "urgency"]


class Label(QLabel):
    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = "body",
        *,
        weight: int = 400,
        colour: QColor | None = None,
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self._role = theme, role
        self._heights: dict[int, int] = {}
        self._colour = -1
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self._dress(weight, colour or theme.text)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(_wrapping())
            self.setAlignment(Qt.AlignmentFlag.AlignTop | text_start())
        elif from_the_right():
            self.setAlignment(Qt.AlignmentFlag.AlignVCenter | text_start())

    def _dress(self, weight: int, colour: QColor) -> None:
        self.setFont(self._theme.font(self._role, weight))
        self.set_colour(colour)

    def setText(self, text: str) -> None:
        self._heights.clear()
        super().setText(text)

    def set_weight(self, weight: int) -> None:
        self.setFont(self._theme.font(self._role, weight))

    def set_colour(self, colour: QColor) -> None:
        if colour.rgba() != self._colour:
            self._colour = colour.rgba()
            self.setPalette(_inked(self._colour))

    def show_text(self, text: str) -> None:
        """An empty line takes no room."""
        self.setText(text)
        self.setVisible(bool(text))

    def heightForWidth(self, width: int) -> int:
        """Remembered: layouts ask ten times over, and each time Qt would break the lines anew."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        self._heights.clear()
        super().setFont(font)


@cache
def _inked(rgba: int) -> QPalette:
    """Says nothing but the colour of the words: the rest stays what it is around the label."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor.fromRgba(rgba))
    return palette


@cache
def _wrapping() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy
