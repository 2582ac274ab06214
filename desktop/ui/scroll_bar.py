"""A bar without arrows: only the handle, and the ground before and after it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.theme import Theme

THICKNESS, SHORTEST = 12, 28


class ScrollBar(QScrollBar):
    """It measures and paints itself; where a press falls is for the style to say, and that is given to it once a mouse
    is there."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation = Qt.Orientation.Vertical) -> None:
        super().__init__(orientation)
        self.theme = theme
        size = QSize(theme.px(THICKNESS), 2 * theme.px(THICKNESS) + theme.px(SHORTEST))
        self._size = size if self._upright else size.transposed()

    def sizeHint(self) -> QSize:
        """Known at once: Qt asks sixty times for a key."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() <= self.minimum():
            return
        length = self.height() if self._upright else self.width()
        low, high, page, now = self.minimum(), self.maximum(), self.pageStep(), self.sliderPosition()
        start, size = handle(low, high, page, now, length, self.theme.px(SHORTEST))
        draw_handle(painter_on(self), along(self.rect(), start, size, upright=self._upright), self.theme)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._take_style()
        super().enterEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take_style()
        super().mousePressEvent(event)

    @property
    def _upright(self) -> bool:
        return self.orientation() is Qt.Orientation.Vertical

    def _take_style(self) -> None:
        from desktop.ui.control_style import in_our_style

        in_our_style(self, self.theme)


def with_bars(area: QAbstractScrollArea, theme: Theme) -> None:
    area.setVerticalScrollBar(ScrollBar(theme))
    area.setHorizontalScrollBar(ScrollBar(theme, Qt.Orientation.Horizontal))


def handle(low: int, high: int, page: int, now: int, length: int, shortest: int) -> tuple[int, int]:
    """Where it begins, and how long it is."""
    span = high - low
    if span <= 0:
        return 0, length
    size = min(max(shortest, length * page // (span + page)), length)
    return (2 * (now - low) * (length - size) + span) // (2 * span), size


def along(rect: QRect, first: int, length: int, *, upright: bool) -> QRect:
    if upright:
        return QRect(rect.x(), rect.y() + first, rect.width(), length)
    return QRect(rect.x() + first, rect.y(), length, rect.height())


def draw_handle(painter: QPainter, place: QRect, theme: Theme) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_frame(painter, QRectF(place).adjusted(3, 2, -3, -2), theme.px(3), fill=theme.border_strong)
    painter.restore()
