"""A list to choose a place from: one Tab stop, arrows inside, each line a full sentence for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QWidget

from desktop.ui.scroll_bar import ScrollBar
from desktop.ui.style import current_theme

Index = QModelIndex | QPersistentModelIndex
ID = Qt.ItemDataRole.UserRole
STATE = Qt.ItemDataRole.UserRole + 1
HIGHEST = 16_777_215
"""Qt's own word for no limit."""


class NavList(QListView):
    """Arrows go over the lines; Enter, Space or a click chooses."""

    chosen = Signal(str)

    def __init__(self, name: str, delegate: QStyledItemDelegate) -> None:
        super().__init__()
        # One of Qt's own PySide would look for among all classes of widgets, and make each of them.
        self.setViewport(QWidget())
        self.setVerticalScrollBar(ScrollBar(current_theme()))
        self.setIconSize(QSize(0, 0))
        self.entries = QStandardItemModel(self)
        self._shown: list[tuple[str, str, str, object]] = []
        self.setModel(self.entries)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(ID)))
        self.selectionModel().selectionChanged.connect(self._choose_what_was_pressed)

    def show_entries(self, entries: list[tuple[str, str, str, object]]) -> None:
        """Each is an id, the words, the sentence for a screen reader, and what the delegate paints beside it. Only
        lines that change are painted anew."""
        while self.entries.rowCount() > len(entries):
            self.entries.removeRow(self.entries.rowCount() - 1)
        for place, entry in enumerate(entries):
            if place >= self.entries.rowCount():
                self.entries.appendRow(_with_entry(QStandardItem(), *entry))
            elif self._shown[place : place + 1] != [entry]:
                _with_entry(self.entries.item(place), *entry)
        self._shown = list(entries)

    def select(self, id: str) -> None:
        for place in range(self.entries.rowCount()):
            if self.entries.item(place).data(ID) == id:
                self.setCurrentIndex(self.entries.index(place, 0))

    def _choose_what_was_pressed(self) -> None:
        """Who presses a line by the accessibility tree selects it, and Qt leaves the current one where it is."""
        for index in self.selectedIndexes():
            if index != self.currentIndex():
                self.setCurrentIndex(index)
                self.chosen.emit(index.data(ID))

    def mark(self, on: bool) -> None:
        """Whether the line that it is at is drawn, and told, as chosen."""
        if on:
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.clearSelection()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """A line keeps its height while its words stay: Qt would lay out and paint all of them anew."""
        if Qt.ItemDataRole.DisplayRole in roles:
            super().dataChanged(first, last, roles)
        else:
            QAbstractItemView.dataChanged(self, first, last, roles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines that wrap are as high as they need at the width that the list has come to have."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.doItemsLayout()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().data(ID))
        else:
            super().keyPressEvent(event)

    def show_lines(self, most: int | None) -> None:
        """So many whole ones at once, and never the half of one; without a number as many as there is room for."""
        high = sum(self.sizeHintForRow(place) for place in range(min(most or 0, self.entries.rowCount())))
        self.setMinimumHeight(high)
        self.setMaximumHeight(high or HIGHEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        height = sum(self.sizeHintForRow(place) for place in range(self.entries.rowCount()))
        return QSize(super().sizeHint().width(), height + 2)


def how_it_stands(view: QWidget | None, index: Index) -> tuple[bool, bool]:
    """Whether a line is chosen, and whether it has the focus: what the option says of it too, in the words of a style
    that a start does without."""
    if not isinstance(view, QAbstractItemView):
        return False, False
    return view.selectionModel().isSelected(index), view.hasFocus() and index == view.currentIndex()


def _with_entry(item: QStandardItem, id: str, words: str, sentence: str, state: object) -> QStandardItem:
    """The words last: they are what the list is laid out for, and with a screen reader at once."""
    item.setData(id, ID)
    item.setData(state, STATE)
    item.setData(sentence, Qt.ItemDataRole.AccessibleTextRole)
    item.setText(words)
    return item
