"""One region of a figure: its line, its mark, and where it is pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from desktop.ui.drawing import FOCUS
from desktop.ui.figure import Region
from desktop.ui.patterns import draw_pattern
from desktop.ui.regions import MARKS
from desktop.ui.theme import Theme


class RegionItem(QGraphicsItem):
    """Only a region of the tool in hand has a line and takes a click."""

    def __init__(self, theme: Theme, region: Region) -> None:
        super().__init__()
        self.theme, self.region = theme, region
        self.clicked: Callable[[str, str], object] = lambda item_id, choice: None
        self.pointed_at: Callable[[str], object] = lambda choice: None
        self.marked = self._active = self._pointed_out = self._hot = False
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, *, marked: bool, active: bool) -> None:
        self.marked, self._active = marked, active
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton if active else Qt.MouseButton.NoButton)
        self.setZValue(active)
        self.setEnabled(active)
        self.update()

    def point_out(self, pointed_out: bool) -> None:
        self._pointed_out = pointed_out
        self.setZValue(2 if pointed_out else self._active)
        self.update()

    def boundingRect(self) -> QRectF:
        return self.region.path.boundingRect().adjusted(-4, -4, 4, 4)

    def shape(self) -> QPainterPath:
        return self.region.path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        unit = self.theme.scale / painter.worldTransform().m11()
        if self._active and (self._hot or self._pointed_out):
            painter.fillPath(self.region.path, self.theme.accent_tint)
        if self.marked:
            draw_pattern(painter, self.region.path, MARKS[self.region.item_id], self.theme.text, unit)
        if self._pointed_out:
            painter.strokePath(self.region.path, _pen(self.theme.focus, FOCUS * unit))
        elif self.marked or self._hot:
            painter.strokePath(self.region.path, _pen(self.theme.text, 1.4 * unit))
        elif self._active:
            painter.strokePath(self.region.path, _pen(self.theme.border_strong, 0.8 * unit))

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.clicked(self.region.item_id, self.region.choice)

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hot = self._active
        self.pointed_at(self.region.choice if self._active else "")
        self.update()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hot = False
        self.pointed_at("")
        self.update()


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
