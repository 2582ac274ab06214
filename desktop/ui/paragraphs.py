"""Several paragraphs in one widget, each in its own size and colour: for rows that come and go by the dozen.

A label for each would cost as much to make, to lay out and to take away again. Read aloud, it is one text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent

from desktop.ui.label import Label, Role
from desktop.ui.sides import by_content, in_order, text_start
from desktop.ui.theme import Theme, metrics_of

NO_ROOM = 0, 0, 0, 0
HIGH = 2000
"""Qt's own height for measuring words that wrap."""
NOTHING = QSize(0, 0)


class Paragraph(NamedTuple):
    text: str
    role: Role
    colour: QColor
    weight: int = 400

    def metrics(self, theme: Theme) -> QFontMetrics:
        return metrics_of(theme.px(theme.sizes[self.role]), self.weight)

    def high(self, theme: Theme, width: int) -> int:
        return _height(self.text, theme.px(theme.sizes[self.role]), self.weight, width, _how())

    def size(self, theme: Theme) -> QSize:
        """On one line."""
        return _size(self.text, theme.px(theme.sizes[self.role]), self.weight)

    def draw(self, painter: QPainter, place: QRectF, theme: Theme) -> None:
        painter.setFont(theme.font(self.role, self.weight))
        painter.setPen(self.colour)
        painter.drawText(place, _how(), self.text)


class Paragraphs(Label):
    """`room` is what stays free around them: before, above, behind and below; `beside` is the size of what stands
    behind the first of them, and the others pass below it."""

    def __init__(
        self, theme: Theme, paragraphs: Iterable[Paragraph], *, gap: int, room: tuple[int, int, int, int] = NO_ROOM
    ) -> None:
        self._gap = gap
        super().__init__(theme, wrap=True)
        self.show_paragraphs(paragraphs, room)

    def _dress(self, weight: int, colour: QColor) -> None:
        """Not at all: each paragraph brings its own."""

    def show_paragraphs(
        self, paragraphs: Iterable[Paragraph], room: tuple[int, int, int, int], beside: QSize = NOTHING
    ) -> None:
        self._parts, self._room, self._beside = tuple(paragraphs), room, beside
        before, above, behind, below = room
        first, *others = (one.metrics(self._theme).height() for one in self._parts) if self._parts else (0,)
        lines = max(first, beside.height()) + sum(self._gap + one for one in others)
        self._hint = QSize(before + behind + beside.width(), above + lines + below)
        self.setText("\n".join(one.text for one in self._parts))

    def sizeHint(self) -> QSize:
        """At any width: how high they are depends on the one they get."""
        return self._hint

    def minimumSizeHint(self) -> QSize:
        return self._hint

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            _, above, _, below = self._room
            heights = self._high(width)
            needed = above + sum(heights) + self._gap * (len(heights) - 1) + below
            self._heights[width] = max(needed, self._hint.height())
        return self._heights[width]

    def _high(self, width: int) -> list[int]:
        inner = width - self._room[0] - self._room[2]
        heights = [one.high(self._theme, inner) for one in self._parts[1:]]
        if not self._parts:
            return heights
        first = self._parts[0].high(self._theme, inner - self._beside.width())
        return [max(first, self._beside.height()), *heights]

    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw_words(QPainter(self))

    def _draw_words(self, painter: QPainter) -> None:
        by_content(painter)
        before, top, behind, _ = self._room
        beside = self._beside.width()
        for one, height in zip(self._parts, self._high(self.width()), strict=True):
            left = in_order(before, behind + beside)[0]
            one.draw(painter, QRectF(left, top, self.width() - before - behind - beside, height), self._theme)
            top += height + self._gap
            beside = 0


def _how() -> int:
    return int(Qt.AlignmentFlag.AlignTop | text_start()) | int(Qt.TextFlag.TextWordWrap)


@lru_cache(maxsize=2000)
def _height(text: str, pixels: int, weight: int, width: int, how: int) -> int:
    """Remembered beyond the widget: a line that goes and comes back has its lines broken once."""
    return metrics_of(pixels, weight).boundingRect(QRect(0, 0, width, HIGH), how, text).height()


@lru_cache(maxsize=500)
def _size(text: str, pixels: int, weight: int) -> QSize:
    return metrics_of(pixels, weight).boundingRect(0, 0, HIGH, HIGH, 0, text).size()
