"""A table of counts. A number that has a list behind it is a link: Enter or a click opens the list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui.drawing import FOCUS, draw_frame, draw_line
from desktop.ui.figures import Cell, Figures
from desktop.ui.keys import character
from desktop.ui.list_header import ListHeader
from desktop.ui.scroll_bar import with_bars
from desktop.ui.sides import mirrored, text_side
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole + 3
ROW = 32


class FigureTable(QTableView):
    """Signals: asked (the cell, and in words what it counts)."""

    asked = Signal(object, str)

    def __init__(self, theme: Theme, figures: Figures) -> None:
        super().__init__()
        with_bars(self, theme)
        self.theme, self.figures = theme, figures
        model = QStandardItemModel(len(figures.rows), len(figures.heads), self)
        model.setHorizontalHeaderLabels(list(figures.heads))
        for place, row in enumerate(figures.rows):
            for column, cell in enumerate(row):
                model.setItem(place, column, self._item(cell, row, column))
        self.setModel(model)
        self.setItemDelegate(FigureDelegate(theme))
        self.setHorizontalHeader(ListHeader(theme))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.setAccessibleName(figures.title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        self.clicked.connect(self._ask)
        self.setFixedHeight(theme.px(ROW) * (len(figures.rows) + 1) + theme.px(4))

    def _item(self, cell: Cell, row: tuple[Cell, ...], column: int) -> QStandardItem:
        item = QStandardItem(cell.words)
        item.setData(cell, CELL)
        item.setToolTip(cell.words)
        sentence = f"{row[0].words}, {self.figures.heads[column]}: {cell.words}"
        item.setData(sentence, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def _ask(self, index: Index) -> None:
        cell = index.data(CELL)
        if isinstance(cell, Cell) and cell.behind is not None:
            self.asked.emit(cell, str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self.currentIndex())
        elif character(event).strip():
            event.ignore()  # no search by letters: they belong to whoever holds the table
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.height())


class FigureDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + self.theme.px(18), self.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect, cell = self.theme, QRectF(option.rect), index.data(CELL)
        painter.save()
        painter.fillRect(rect, theme.surface)
        draw_line(painter, rect.bottomLeft() - QPointF(0, 1), rect.bottomRight() - QPointF(0, 1), theme.border)
        link = isinstance(cell, Cell) and cell.behind is not None
        font = theme.font("note", 600 if link else 400)
        font.setUnderline(link and bool(option.state & QStyle.StateFlag.State_MouseOver))
        painter.setFont(font)
        painter.setPen(theme.accent if link else theme.text)
        inside = mirrored(option.widget, rect.adjusted(theme.px(12), 0, -theme.px(4), 0), rect)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, round(inside.width()))
        painter.drawText(inside, text_side(option.widget), words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_frame(painter, rect, theme.px(4), border=theme.focus, width=FOCUS)
        painter.restore()
