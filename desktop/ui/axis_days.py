"""The days under a line of time: those that have room, with their year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop.clinical.dates import date_words
from desktop.paper.plot import that_have_room
from desktop.ui.theme import Theme


def draw_days(
    painter: QPainter,
    theme: Theme,
    middles: Sequence[float],
    days: Sequence[datetime],
    top: float,
    edge: float,
    said: Sequence[str] = (),
) -> None:
    """`days` in the practice's zone, `edge` is where the widget ends: the last day is not cut off there. `said` stands
    below each of them."""
    words = [date_words(day) for day in days]
    font = theme.font("small")
    metrics = QFontMetrics(font)
    widths = [float(metrics.horizontalAdvance(word)) for word in words]
    painter.setFont(font)
    painter.setPen(theme.muted)
    for place in that_have_room(middles, max(widths, default=0) + theme.px(10)):
        left = min(middles[place] - widths[place] / 2, edge - widths[place] - theme.px(6))
        line = QRectF(left - 2, top, widths[place] + 4, theme.px(20))
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, words[place])
        if said:
            below = line.translated(0, theme.px(18)).adjusted(-theme.px(20), 0, theme.px(20), 0)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, said[place])
