"""How a cell of the examination grid is painted: dashed while open, framed once known, thicker when not normal."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.drawing import FOCUS, GAP, draw_frame, draw_line
from desktop.ui.examination_model import CELL, Cell
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WIDTH, HEIGHT = 92, 38


class CellDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(WIDTH), self.theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, cell = self.theme, index.data(CELL)
        rect, flags = QRectF(option.rect), option.state
        painter.save()
        if not isinstance(cell, Cell):
            painter.fillRect(rect, theme.inset)
        else:
            draw_line(painter, rect.topLeft(), rect.topRight(), theme.border)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side, edge = theme.px(10), theme.px(5)
            self._draw_cell(painter, rect.adjusted(side, edge, -side, -edge), cell)
            if flags & QStyle.StateFlag.State_HasFocus:
                self._draw_focus(painter, rect.adjusted(side, edge, -side, -edge))
        painter.restore()

    def _draw_cell(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        theme = self.theme
        loud = cell.stands_out
        fill, border = (theme.inset, theme.text) if loud else (theme.surface, theme.border_strong)
        draw_frame(painter, box, theme.px(5), fill=fill, border=border, width=1 + loud, dashed=cell.is_open)
        role = "body" if len(cell.text) == 1 else "note"
        painter.setFont(theme.font(role, 600 if loud else 400))
        painter.setPen(theme.muted if cell.answer is None else theme.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.text)

    def _draw_focus(self, painter: QPainter, box: QRectF) -> None:
        """A gap, then the ring outside the cell."""
        out = FOCUS + GAP
        ring = box.adjusted(-out, -out, out, out)
        draw_frame(painter, ring, self.theme.px(5) + out, border=self.theme.focus, width=FOCUS)
