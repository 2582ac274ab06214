"""Hatch for pain and dots for numbness: ink on the ground below, told apart by the pattern alone."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.ui.drawing import draw_frame
from desktop.ui.regions import Mark
from desktop.ui.theme import Theme


def draw_pattern(painter: QPainter, path: QPainterPath, mark: Mark, ink: QColor, unit: float) -> None:
    """`unit` is a pixel of the design in the painter's lengths."""
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    if mark == "pain":
        painter.setPen(QPen(ink, 2 * unit))
        for start, end in _hatch(path.boundingRect(), 6 * unit):
            painter.drawLine(start, end)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for centre in _dots(path.boundingRect(), 5 * unit):
            painter.drawEllipse(centre, 1.4 * unit, 1.4 * unit)
    painter.restore()


def draw_swatch(painter: QPainter, rect: QRectF, mark: Mark | None, theme: Theme) -> None:
    """The mark in small, for the legend and the list; without one an open box."""
    draw_frame(painter, rect, theme.px(3), fill=theme.surface, border=theme.border_strong, dashed=mark is None)
    if mark is not None:
        path = QPainterPath()
        path.addRoundedRect(rect, theme.px(3), theme.px(3))
        draw_pattern(painter, path, mark, theme.text, theme.scale)
        draw_frame(painter, rect, theme.px(3), border=theme.text, width=1.5)


def _hatch(area: QRectF, step: float) -> Iterator[tuple[QPointF, QPointF]]:
    """On one grid for all regions, so that neighbours run on into each other."""
    first, last = int((area.left() + area.top()) // step), int((area.right() + area.bottom()) // step) + 1
    for place in range(first, last + 1):
        yield (
            QPointF(place * step - area.top(), area.top()),
            QPointF(place * step - area.bottom(), area.bottom()),
        )


def _dots(area: QRectF, step: float) -> Iterator[QPointF]:
    """Every other row is moved by half a step."""
    for row in range(int(area.top() // step), int(area.bottom() // step) + 2):
        shift = step / 2 * (row % 2)
        for column in range(int(area.left() // step) - 1, int(area.right() // step) + 2):
            yield QPointF(column * step + shift, row * step)
