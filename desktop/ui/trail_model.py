"""The rows of the audit trail as a table; older ones are fetched when they are asked for."""

from __future__ import annotations

import re

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.clinical.dates import date_words
from desktop.record.trail import TrailRow

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WHICH = 4
ID = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f-]{20,}")
"""Its beginning tells it from others at a glance; the whole of it is in the tooltip and in the file."""


class TrailModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        when_and_who = [self.tr("Row"), self.tr("When"), self.tr("Who")]
        self._heads = [*when_and_who, self.tr("What"), self.tr("Which"), self.tr("Why")]
        self.rows: list[TrailRow] = []

    def show(self, rows: list[TrailRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def add(self, rows: list[TrailRow]) -> None:
        if rows:
            self.beginInsertRows(NOWHERE, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows = [*self.rows, *rows]
            self.endInsertRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cells = self._cells(self.rows[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.rows[index.row()]
            cell = row.which if index.column() == WHICH else cells[index.column()]
            return self.tr("{cell} (row {row}, mac {mac})").format(cell=cell, row=cells[0], mac=row.mac)
        return None

    def _cells(self, row: TrailRow) -> tuple[str, ...]:
        when = f"{date_words(row.at)} {row.at:%H:%M:%S}"
        if row.clock_back:
            when += " " + self.tr("(clock went back)")
        return str(row.number), when, row.who, row.what, ID.sub(r"\1…", row.which), row.why
