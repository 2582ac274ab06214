"""A widget that covers all of its rectangle: Qt paints nothing behind it and, where it moves, moves its picture.

Else a line that comes or goes would have every row below it painted anew, and each of them all that lies behind.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.sides import by_content


class Grounded(QWidget):
    """What paints more takes its painter from `grounded`: nothing may be left of what stood there before.

    Without a ground what lies behind shows through, as with any other widget.
    """

    def __init__(self, ground: QColor | None) -> None:
        super().__init__()
        self._ground = ground
        self.cover(ground is not None)

    def cover(self, whole: bool) -> None:
        """Or not, where what lies behind has a corner of its own."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, whole)

    def grounded(self) -> QPainter:
        painter = QPainter(self)
        if self._ground is not None and self.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent):
            # Before edges are smoothed: at 125 % the last line of pixels would be half of what was there.
            painter.fillRect(self.rect(), self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        return painter

    def paintEvent(self, event: QPaintEvent) -> None:
        self.grounded()
