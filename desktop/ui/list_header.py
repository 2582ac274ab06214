"""The head of a list with columns: words above their column, on the ground of the list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from desktop.ui.drawing import draw_line
from desktop.ui.sides import mirrored, text_side
from desktop.ui.theme import Theme


class ListHeader(QHeaderView):
    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.theme = theme
        self.setFont(theme.font("small", 600))
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.px(32))

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        size = super().sectionSizeFromContents(logicalIndex)
        return QSize(size.width() + self.theme.px(14), size.height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, area = self.theme, QRectF(rect)
        painter.save()
        painter.fillRect(rect, theme.surface)
        draw_line(painter, area.bottomLeft(), area.bottomRight(), theme.border)
        painter.setFont(self.font())
        painter.setPen(theme.muted)
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        painter.drawText(mirrored(self, area.adjusted(theme.px(12), 0, -theme.px(2), 0), area), text_side(self), words)
        painter.restore()
