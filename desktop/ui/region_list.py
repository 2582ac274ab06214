"""The regions of the body map as a list: the same marks, for the keyboard and a screen reader."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QTreeView

from desktop.clinical.checklist import Answer, Item
from desktop.ui.announce import announce
from desktop.ui.in_sight import keep_in_sight
from desktop.ui.key_bar import map_keys
from desktop.ui.keys import character
from desktop.ui.region_delegate import STATE, RegionDelegate
from desktop.ui.regions import RegionState, region_states
from desktop.ui.theme import Theme

TOGGLE = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RegionList(QTreeView):
    """Signals: toggled (choice), tool_chosen (0, 1), unsure, asked_why, cleared, left, stood_on (choice)."""

    own_keys = staticmethod(map_keys)

    toggled = Signal(str)
    tool_chosen = Signal(int)
    unsure = Signal()
    asked_why = Signal()
    cleared = Signal()
    left = Signal()
    stood_on = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.lines = RegionModel(self.toggled.emit)
        self.setModel(self.lines)
        self.setItemDelegate(RegionDelegate(theme))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda index: self.toggled.emit(index.data(STATE).choice))
        self.selectionModel().currentChanged.connect(lambda *_: self._say_where())

    def show_answer(self, item: Item, answer: Answer | None) -> None:
        self.setAccessibleName(self.tr("{question}, %n regions", "", len(item.choices)).format(question=item.label))
        self.setAccessibleDescription(self.tr("Arrows move, Space marks and takes away"))
        before = self._told()
        if self.lines.show_states(region_states(item, answer)):
            self.setCurrentIndex(self.lines.index(0))
        elif self.hasFocus() and self._told() != before:
            announce(self, self._told())  # nobody else says what Space has made of it
        self.updateGeometry()

    def _told(self) -> str:
        return str(self.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say_where()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.stood_on.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, code = character(event), event.key()
        if code in TOGGLE and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().data(STATE).choice)
        elif key in ("1", "2"):
            self.tool_chosen.emit(int(key) - 1)
        elif key == "u":
            self.unsure.emit()
        elif key in ("/", "x"):
            self.asked_why.emit()
        elif code in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif code == Qt.Key.Key_Escape:
            self.left.emit()
        elif not key:
            super().keyPressEvent(event)

    def _say_where(self) -> None:
        index = self.currentIndex()
        self.stood_on.emit(index.data(STATE).choice if index.isValid() and self.hasFocus() else "")
        if self.hasFocus():
            keep_in_sight(self, self.theme.px(60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap by the width, so the height follows it."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """As high as its lines: the column round it scrolls."""
        height = sum(self.sizeHintForIndex(self.lines.index(place)).height() for place in range(self.lines.rowCount()))
        return QSize(self.theme.px(262), height + 2)


class RegionModel(QAbstractListModel):
    def __init__(self, toggle: Callable[[str], object]) -> None:
        super().__init__()
        self._states: tuple[RegionState, ...] = ()
        self._toggle = toggle

    def show_states(self, states: tuple[RegionState, ...]) -> bool:
        """Whether these are other regions than before."""
        if [(old.item_id, old.choice) for old in self._states] != [(new.item_id, new.choice) for new in states]:
            self.beginResetModel()
            self._states = states
            self.endResetModel()
            return True
        changed = [place for place, pair in enumerate(zip(self._states, states, strict=True)) if pair[0] != pair[1]]
        self._states = states
        for place in changed:
            self.dataChanged.emit(self.index(place), self.index(place))
        return False

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._states)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        state = self._states[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return state.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return state.sentence
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if state.marked else Qt.CheckState.Unchecked
        return state if role == STATE else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """How a screen reader toggles; the mark itself comes back with the recorded answer."""
        if role == Qt.ItemDataRole.CheckStateRole:
            self._toggle(self._states[index.row()].choice)
        return role == Qt.ItemDataRole.CheckStateRole
