"""The headers of the examination grid: sides above, root and movement at the left, headings over the width."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView

from desktop.ui.drawing import draw_line
from desktop.ui.examination_model import Line
from desktop.ui.sides import mirrored, text_side
from desktop.ui.theme import Theme

LEVEL = 76


class SideHeader(QHeaderView):
    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.theme = theme
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.px(30))

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        painter.save()
        painter.setFont(self.theme.font("small", 600))
        painter.setPen(self.theme.muted)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(self.model().headerData(place, self.orientation())))
        painter.restore()


class MovementHeader(QHeaderView):
    def __init__(self, theme: Theme, lines: tuple[Line, ...]) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.theme, self._lines = theme, lines
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        titles = QFontMetrics(self.theme.font("body"))
        headings = QFontMetrics(self.theme.font("small", 600))
        widths = [
            titles.horizontalAdvance(line.title) + self.theme.px(LEVEL + 20)
            if line.items
            else headings.horizontalAdvance(line.title) + self.theme.px(20)
            for line in self._lines
        ]
        return QSize(max(widths), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        theme, line = self.theme, self._lines[place]
        painter.save()
        area = QRectF(rect)
        if line.items:
            draw_line(painter, area.topLeft(), area.topRight(), theme.border)
            self._draw_movement(painter, area, line)
        else:
            painter.fillRect(rect, theme.inset)
            painter.setFont(theme.font("small", 600))
            painter.setPen(theme.muted)
            painter.drawText(self._from(area, 12), text_side(self), line.title)
        painter.restore()

    def _draw_movement(self, painter: QPainter, area: QRectF, line: Line) -> None:
        theme = self.theme
        painter.setPen(theme.text)
        painter.setFont(theme.font("body", 600))
        painter.drawText(self._from(area, 12), text_side(self), line.level)
        painter.setFont(theme.font("body"))
        painter.drawText(self._from(area, 12 + LEVEL), text_side(self), line.title)

    def _from(self, area: QRectF, begin: int) -> QRectF:
        """From a distance to the side where lines begin."""
        return mirrored(self, area.adjusted(self.theme.px(begin), 0, 0, 0), area)
