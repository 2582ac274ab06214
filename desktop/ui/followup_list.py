"""The board as a list in groups: overdue first. One Tab stop; arrows go over the lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView

from desktop.clinical.rules import Urgency
from desktop.record.board import FollowUp
from desktop.ui.deadline_delegate import FOLLOW_UP, FROM, PATIENT, WHO, DeadlineDelegate
from desktop.ui.followup_words import by_words, family_words, group_words, short_day
from desktop.ui.keys import character, digit
from desktop.ui.levels import level_words
from desktop.ui.list_header import ListHeader
from desktop.ui.scroll_bar import with_bars
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WIDTHS = (152, 158, 0, 150, 100)
WHAT_FROM = 200
KEYS = {"d": "done", "t": "date", "o": "open"}


class FollowUpList(QTreeView):
    """Signals: chosen (uid), asked (done, date, open, or a digit)."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, theme: Theme, zone: ZoneInfo) -> None:
        super().__init__()
        with_bars(self, theme)
        self.theme, self._zone = theme, zone
        self.lines = QStandardItemModel(self)
        self._found: tuple[FollowUp, ...] = ()
        self.setModel(self.lines)
        self.setItemDelegate(DeadlineDelegate(theme))
        self.setHeader(ListHeader(theme))
        self.setAccessibleName(self.tr("Follow-ups by deadline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._follow)
        self.header().sectionResized.connect(lambda *_: self.scheduleDelayedItemsLayout())

    def show_all(self, found: Sequence[FollowUp], keep: str = "") -> None:
        """Stays on the line that was in hand, or takes the first."""
        self.selectionModel().blockSignals(True)
        self.lines.clear()
        self._found = tuple(found)
        self._show_heads()
        for group, members in groupby(found, key=lambda one: one.group):
            self._add_group(group, list(members))
        self.expandAll()
        self._size_columns()
        self.selectionModel().blockSignals(False)
        self.select(keep if any(one.uid == keep for one in found) else found[0].uid if found else "")

    def select(self, uid: str) -> None:
        for place in range(self.lines.rowCount()):
            group = self.lines.item(place)
            for row in range(group.rowCount()):
                if group.child(row).data(FOLLOW_UP).uid == uid:
                    self.setCurrentIndex(group.child(row).index())
                    self.scrollTo(group.child(row).index())
                    return

    @property
    def current(self) -> str:
        one = self.currentIndex().data(FOLLOW_UP)
        return one.uid if isinstance(one, FollowUp) else ""

    def _add_group(self, group: str, members: list[FollowUp]) -> None:
        words = f"{group_words(group)} {len(members)}"
        # A cell for each column under it: one that is not there would be told as one to choose, and without a name.
        head, *rest = (QStandardItem(text) for text in (words, *("" for _ in WIDTHS[1:])))
        for cell in (head, *rest):
            cell.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.lines.appendRow([head, *rest])
        self.setFirstColumnSpanned(self.lines.rowCount() - 1, QModelIndex(), True)
        for one in members:
            head.appendRow(self._cells(one))

    def _cells(self, one: FollowUp) -> list[QStandardItem]:
        stored, patient = one.stored, one.patient
        from_day = short_day(stored.made_at.astimezone(self._zone))
        name = f"{family_words(patient)}, {patient.given}" if patient.given else family_words(patient)
        texts = (by_words(one, self._zone), name, stored.what, stored.owner, from_day)
        cells = [QStandardItem(text) for text in texts]
        for cell, text in zip(cells, texts, strict=True):
            cell.setData(one, FOLLOW_UP)
            cell.setData(text, Qt.ItemDataRole.ToolTipRole)
        sentence = ". ".join(text.rstrip(".") for text in (*texts[:4], level_of(one)))
        cells[0].setData(sentence, Qt.ItemDataRole.AccessibleTextRole)
        return cells

    def _size_columns(self) -> None:
        head = self.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(self.theme.px(60))
        for column, width in enumerate(WIDTHS):
            mode = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(column, mode)
            if width:
                head.resizeSection(column, self.theme.px(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, who does it and where it comes from stand in the panel alone; where there is
        still less, the patient stands above what must happen."""
        room = self.width() - self.theme.px(sum(WIDTHS) + WHAT_FROM)
        self.setColumnHidden(FROM, room < 0)
        self.setColumnHidden(WHO, room + self.theme.px(WIDTHS[FROM]) < 0)
        self.setColumnHidden(PATIENT, room + self.theme.px(WIDTHS[FROM] + WIDTHS[WHO]) < 0)
        self._show_heads()
        super().resizeEvent(event)

    def _show_heads(self) -> None:
        closed = bool(self._found) and self._found[0].stored.state != "open"
        by = self.tr("Closed") if closed else self.tr("By")
        what = self.tr("What") if self.isColumnHidden(PATIENT) else self.tr("What must happen")
        self.lines.setHorizontalHeaderLabels([by, self.tr("Patient"), what, self.tr("Who"), self.tr("From")])

    def _follow(self, now: Index) -> None:
        one = now.data(FOLLOW_UP)
        self.chosen.emit(one.uid if isinstance(one, FollowUp) else "")

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Over the head of a group, not onto it."""
        found = super().moveCursor(action, modifiers)
        up = action in (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp)
        while found.isValid() and found.siblingAtColumn(0).data(FOLLOW_UP) is None:
            found = self.indexAbove(found) if up else self.indexBelow(found)
        return found if found.isValid() else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = character(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit("done")
        elif key in KEYS:
            self.asked.emit(KEYS[key])
        elif place := digit(key):
            self.asked.emit(str(place))
        elif key.strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(300), self.theme.px(160))


def level_of(one: FollowUp) -> str:
    return level_words(Urgency.of(one.stored.urgency))
