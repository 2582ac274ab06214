"""Several paragraphs in one widget, each in its own size and colour: for rows that come and go by the dozen.

A label for each would cost as much to make, to lay out and to take away again. Read aloud, it is one text.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent

from desktop.ui.label import Label, Role
from desktop.ui.sides import by_content
from desktop.ui.theme import Theme

HIGH = 2000
"""Qt's own height for measuring words that wrap."""


class Paragraph(NamedTuple):
    text: str
    role: Role
    colour: QColor


class Paragraphs(Label):
    def __init__(self, theme: Theme, paragraphs: list[Paragraph], *, gap: int) -> None:
        super().__init__(theme, "\n".join(one.text for one in paragraphs), paragraphs[0].role, wrap=True)
        self._gap = gap
        self._parts = [(one.text, theme.font(one.role), one.colour) for one in paragraphs]

    def sizeHint(self) -> QSize:
        """At any width: how high they are depends on the one they get."""
        lines = (QFontMetrics(font).height() + self._gap for _, font, _ in self._parts)
        return QSize(0, sum(lines) - self._gap)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = sum(self._high(width)) + self._gap * (len(self._parts) - 1)
        return self._heights[width]

    def _high(self, width: int) -> list[int]:
        whole = QRect(0, 0, width, HIGH)
        return [QFontMetrics(font).boundingRect(whole, self._how(), text).height() for text, font, _ in self._parts]

    def _how(self) -> int:
        return int(self.alignment()) | int(Qt.TextFlag.TextWordWrap)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, top = QPainter(self), 0
        by_content(painter)
        for (text, font, colour), height in zip(self._parts, self._high(self.width()), strict=True):
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(QRect(0, top, self.width(), height), self._how(), text)
            top += height + self._gap
