"""One figure, front or back: a click marks a region for the tool in hand. The list beside it is its accessible twin."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QSizePolicy

from desktop.clinical.checklist import Answer, Item
from desktop.ui.figure import View, body, regions, size
from desktop.ui.region_item import RegionItem
from desktop.ui.regions import region_words
from desktop.ui.theme import Theme

WIDTH = 162


class BodyMap(QGraphicsView):
    """Signals: pressed (item id, choice), pointed_at (choice, or nothing)."""

    pressed = Signal(str, str)
    pointed_at = Signal(str)

    def __init__(self, theme: Theme, view: View, items: Mapping[str, Item]) -> None:
        super().__init__()
        self.theme = theme
        self._body, self._size = body(view, theme), size(view)
        self.setScene(QGraphicsScene(self._size, self))
        self.regions = [RegionItem(theme, region) for region in regions(view)]
        for one in self.regions:
            words = region_words(items[one.region.item_id], one.region.choice)
            one.setToolTip(f"{words}, {one.region.side}" if one.region.side else words)
            one.clicked = self.pressed.emit
            one.pointed_at = self.pointed_at.emit
            self.scene().addItem(one)
        self._set_up(view)

    def _set_up(self, view: View) -> None:
        of = {"front": self.tr("Body map, front"), "back": self.tr("Body map, back")}[view]
        self.setAccessibleName(self.tr("{map}; its regions stand in the list beside it").format(map=of))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for bars in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_answers(self, answers: Mapping[str, Answer], tool: str) -> None:
        """`tool` is the item that a click answers; the marks of the other one stay in sight."""
        for one in self.regions:
            held = answers.get(one.region.item_id)
            one.show_state(
                marked=isinstance(held, frozenset) and one.region.choice in held,
                active=one.region.item_id == tool,
            )

    def point_out(self, tool: str, choice: str) -> None:
        """The region on which the list stands; an empty choice is none."""
        for one in self.regions:
            one.point_out((one.region.item_id, one.region.choice) == (tool, choice))

    def sizeHint(self) -> QSize:
        width = self.theme.px(WIDTH)
        return QSize(width, round(width * self._size.height() / self._size.width()))

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        self._body.render(painter, self._size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fitInView(self._size, Qt.AspectRatioMode.KeepAspectRatio)
