"""Growth over size, one small plot for each measure: ours and its floor, both axes logarithmic."""

from __future__ import annotations

import os
from collections.abc import Sequence
from math import log10
from pathlib import Path

from measures import Found

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from desktop.ui.application import make_application
from desktop.ui.theme import Theme, load_theme

WIDE, HIGH, ACROSS = 360, 250, 3
LEFT, TOP, RIGHT, BOTTOM = 58, 34, 36, 44


def draw(found: Sequence[Found], file: Path) -> None:
    application, theme = make_application(), load_theme()
    by_name: dict[str, list[Found]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    rows = -(-len(by_name) // ACROSS)
    image = QImage(WIDE * ACROSS, HIGH * rows, QImage.Format.Format_RGB32)
    image.fill(theme.surface)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, (name, points) in enumerate(by_name.items()):
        painter.save()
        painter.translate(place % ACROSS * WIDE, place // ACROSS * HIGH)
        plot(painter, theme, name, points)
        painter.restore()
    painter.end()
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(file))
    application.processEvents()


def plot(painter: QPainter, theme: Theme, name: str, points: Sequence[Found]) -> None:
    area = QRectF(LEFT, TOP, WIDE - LEFT - RIGHT, HIGH - TOP - BOTTOM)
    values = [value for one in points for value in (one.ours, one.floor)]
    low, high = decades(min(values), max(values))
    first, last = log10(points[0].size), log10(points[-1].size)

    def at(size: int, value: float) -> QPointF:
        across = (log10(size) - first) / max(last - first, 0.01)
        up = (log10(value) - low) / (high - low)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    words(painter, theme, QRectF(LEFT, 4, area.width(), 24), f"{name}, {points[0].unit}", theme.text, "note")
    for power in range(low, high + 1):
        line = at(points[0].size, 10.0**power)
        painter.setPen(QPen(theme.border, 1))
        painter.drawLine(line, QPointF(area.right(), line.y()))
        words(
            painter, theme, QRectF(0, line.y() - 10, LEFT - 8, 20), f"{10.0**power:g}", theme.muted, "small", right=True
        )
    for one in points:
        middle = at(one.size, one.ours).x()
        words(painter, theme, QRectF(middle - 40, area.bottom() + 4, 80, 18), f"{one.size:,}", theme.muted, "small")
    words(painter, theme, QRectF(LEFT, HIGH - 22, area.width(), 20), points[0].of, theme.muted, "small")
    curve(painter, [at(one.size, one.floor) for one in points], theme.muted, dashed=True)
    curve(painter, [at(one.size, one.ours) for one in points], theme.accent, dashed=False)


def decades(low: float, high: float) -> tuple[int, int]:
    bottom = int(log10(low) // 1)
    return bottom, max(bottom + 1, int(-(-log10(high) // 1)))


def curve(painter: QPainter, points: Sequence[QPointF], colour: QColor, *, dashed: bool) -> None:
    """The floor is dashed and has rings: it is told apart without colour."""
    painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.drawPolyline(list(points))
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush if dashed else colour)
    for point in points:
        painter.drawEllipse(point, 3, 3)


def words(
    painter: QPainter, theme: Theme, place: QRectF, said: str, colour: QColor, role: str, *, right: bool = False
) -> None:
    painter.setFont(theme.font(role, 600 if role == "note" else 400))
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignHCenter
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, said)
