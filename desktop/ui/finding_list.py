"""What other rules make of past encounters: who would be flagged now, who no longer, and which to put on the board."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeView

from desktop.clinical.dates import date_words
from desktop.record.rescreening import Finding, Rescreening
from desktop.ui.levels import level_words
from desktop.ui.list_header import ListHeader
from desktop.ui.literal_tip import literal
from desktop.ui.scroll_bar import with_bars
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
FINDING = Qt.ItemDataRole.UserRole + 5
SHOWN = 12


class FindingList(QTreeView):
    """Signals: opened (encounter uid). Space marks the line that has the focus."""

    opened = Signal(str)

    def __init__(self, theme: Theme, zone: ZoneInfo) -> None:
        super().__init__()
        with_bars(self, theme)
        self.theme, self._zone = theme, zone
        self.lines = QStandardItemModel(self)
        self.setModel(self.lines)
        self.setHeader(ListHeader(theme))
        self.setFont(theme.font("note"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Encounters in which the rules in force say something else"))
        self.doubleClicked.connect(self._open)

    def show_findings(self, rescreening: Rescreening, found: Sequence[Finding]) -> None:
        self.lines.clear()
        heads = [self.tr("Patient"), self.tr("Encounter"), self.tr("Now"), self.tr("What the rules say now")]
        self.lines.setHorizontalHeaderLabels(heads)
        for one in found:
            self.lines.appendRow(self._cells(rescreening, one))
        head = self.header()
        for column, width in enumerate((190, 110, 90)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, self.theme.px(width))
        head.setStretchLastSection(True)
        self.setFixedHeight(self.theme.px(30) * (min(len(found), SHOWN) + 1) + self.theme.px(8))

    def chosen(self) -> list[Finding]:
        """Those that are marked."""
        items = (self.lines.item(row) for row in range(self.lines.rowCount()))
        return [item.data(FINDING) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _cells(self, rescreening: Rescreening, one: Finding) -> list[QStandardItem]:
        day = date_words(one.encounter.began_at.astimezone(self._zone))
        texts = (one.encounter.patient.name, day, level_words(one.urgency), finding_words(self, rescreening, one))
        cells = [QStandardItem(text) for text in texts]
        for cell in cells:
            cell.setToolTip(literal(cell.text()))
            cell.setSizeHint(QSize(self.theme.px(40), self.theme.px(30)))
        cells[0].setCheckable(True)
        cells[0].setCheckState(Qt.CheckState.Checked if one.gained else Qt.CheckState.Unchecked)
        cells[0].setData(one, FINDING)
        cells[0].setData(". ".join(texts), Qt.ItemDataRole.AccessibleTextRole)
        return cells

    def _open(self, index: Index) -> None:
        item = self.lines.item(index.row())
        if item is not None:
            self.opened.emit(item.data(FINDING).encounter.uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


def finding_words(where: FindingList, rescreening: Rescreening, one: Finding) -> str:
    """The rule that made the difference, by its id and its flag."""
    parts = []
    if one.gained:
        flags = ", ".join(f"{id} {rescreening.flag_words(id)}" for id in one.gained)
        parts.append(where.tr("Flagged now: {flags}").format(flags=flags))
    if one.lost:
        flags = ", ".join(f"{id} {rescreening.flag_words(id)}" for id in one.lost)
        parts.append(where.tr("No longer: {flags}").format(flags=flags))
    if not one.known:
        parts.append(where.tr("what was raised then was not kept"))
    return "; ".join(parts)
