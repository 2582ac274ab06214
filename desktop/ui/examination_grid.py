"""The grid of power and reflexes. A digit fills a cell and moves down; arrows move and never fill. A click
on the cell in hand opens the list of its grades."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
)

from desktop.clinical.checklist import Answer, Item, Unsure
from desktop.clinical.levels import LevelTable
from desktop.ui.announce import announce
from desktop.ui.cell_delegate import HEIGHT, WIDTH, CellDelegate
from desktop.ui.examination_model import ExaminationModel
from desktop.ui.grade_menu import COULD_NOT, NOT_ASKED, UNSURE, GradeMenu
from desktop.ui.grid_header import MovementHeader, SideHeader
from desktop.ui.in_sight import keep_in_sight
from desktop.ui.key_bar import grid_keys
from desktop.ui.keys import character, digit
from desktop.ui.sides import from_the_right
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

HEADING = 28


class ExaminationGrid(QTableView):
    """Signals: answered (item id, answer or None), asked_why, focused (item id), refused (why, or none), left (±1)."""

    is_field = True

    own_keys = staticmethod(grid_keys)

    answered = Signal(str, object)
    asked_why = Signal(str)
    refused = Signal(str)
    left = Signal(int)
    focused = Signal(str)

    def __init__(self, theme: Theme, table: LevelTable, items: Mapping[str, Item]) -> None:
        super().__init__()
        self.theme = theme
        self.cells = ExaminationModel(table, items)
        self.setModel(self.cells)
        self.setItemDelegate(CellDelegate(theme))
        self._set_up()
        self._set_sizes()
        self.setCurrentIndex(self._first(0))
        self.selectionModel().currentChanged.connect(lambda *_: self._say_where())
        self._pressed_in_hand = False
        self.clicked.connect(self._open_grades)
        self.refused.connect(self._tell)

    def show_answers(self, answers: Mapping[str, Answer]) -> None:
        self.cells.show_answers(answers)

    def go_to(self, item_id: str) -> None:
        self.setCurrentIndex(self.cells.place_of(item_id))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._say_where()

    def current_item(self) -> Item | None:
        cell = self.cells.cell(self.currentIndex()) if self.currentIndex().isValid() else None
        return cell.item if cell else None

    def step(self, by: int) -> None:
        """Down a column, then on to the top of the next one; past either end out of the grid."""
        places = [
            self.cells.index(row, column)
            for column in range(self.cells.columnCount())
            for row in range(self.cells.rowCount())
            if self.cells.lines[row].items
        ]
        place = places.index(self.currentIndex()) + by
        if 0 <= place < len(places):
            self.setCurrentIndex(places[place])
        else:
            self.left.emit(by)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pressed = self.indexAt(event.position().toPoint())
        in_hand = self.window().focusWidget() is self
        self._pressed_in_hand = in_hand and pressed == self.currentIndex()
        super().mousePressEvent(event)

    def _open_grades(self) -> None:
        """The first click only takes a cell in hand: whoever answers with digits is not stopped by a list."""
        item = self.current_item()
        if item is not None and self._pressed_in_hand:
            menu = GradeMenu(self.theme, self, item)
            menu.triggered.connect(lambda action: self._choose(item, action.data()))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.open_at(self.visualRect(self.currentIndex()).bottomLeft())

    def _choose(self, item: Item, chosen: object) -> None:
        match chosen:
            case int():
                self._fill(item, chosen)
            case _ if chosen == UNSURE:
                self._answer(item, Unsure())
            case _ if chosen == COULD_NOT:
                self.asked_why.emit(item.id)
            case _ if chosen == NOT_ASKED:
                self._take_back(item)

    def _take_back(self, item: Item) -> None:
        self.refused.emit("")
        self.answered.emit(item.id, None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A reader tells the table; the first digit would go into a cell that nobody has named."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self._tell_cell)

    def _tell_cell(self) -> None:
        """Not while the focus only comes by, as after a reason that is recorded."""
        if self.hasFocus():
            announce(self, str(self.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or ""))

    def _tell(self, why: str) -> None:
        if why:
            announce(self, why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, item = character(event), self.current_item()
        if item is None or (not key and event.key() not in _KEYS):
            super().keyPressEvent(event)
        elif (power := digit(key)) is not None:
            self._fill(item, power)
        elif key == "u":
            self._answer(item, Unsure())
        elif key in ("/", "x"):
            self.asked_why.emit(item.id)
        elif event.key() in _TAKE_BACK:
            self._take_back(item)
        elif event.key() in _MOVES:
            self._move(_MOVES[Qt.Key(event.key())])

    def _fill(self, item: Item, digit: int) -> None:
        answer = digit_answer(item, digit)
        if answer is None:
            words = self.tr("{question}: {digit} is not possible, {possible}. Nothing was recorded.")
            self.refused.emit(words.format(question=item.ask, digit=digit, possible=digits_words(item)))
        else:
            self._answer(item, answer)

    def _answer(self, item: Item, answer: Answer) -> None:
        self.refused.emit("")
        self.answered.emit(item.id, answer)
        self.step(1)

    def _move(self, by: int) -> None:
        """Up and down within the column; past its ends out of the grid."""
        row, column = self.currentIndex().row() + by, self.currentIndex().column()
        while 0 <= row < len(self.cells.lines) and not self.cells.lines[row].items:
            row += by
        if 0 <= row < len(self.cells.lines):
            self.setCurrentIndex(self.cells.index(row, column))
        else:
            self.left.emit(by)

    def _first(self, column: int) -> QModelIndex:
        return self.cells.index(next(row for row, line in enumerate(self.cells.lines) if line.items), column)

    def _say_where(self) -> None:
        item = self.current_item()
        if item is not None and self.hasFocus():
            self.focused.emit(item.id)
            self.stay_in_sight()

    def stay_in_sight(self) -> None:
        keep_in_sight(self, self.theme.px(HEIGHT * 2))

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Power and reflexes by side"))
        self.setAccessibleDescription(self.tr("A digit fills a cell, arrows move"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.viewport().setAutoFillBackground(False)
        for bars in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _set_sizes(self) -> None:
        theme = self.theme
        self.setHorizontalHeader(SideHeader(theme))
        movements = MovementHeader(theme, self.cells.lines)
        self._movements = movements.sizeHint().width()
        self.setVerticalHeader(movements)
        for row, line in enumerate(self.cells.lines):
            self.setRowHeight(row, theme.px(HEIGHT if line.items else HEADING))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultSectionSize(theme.px(WIDTH))
        if from_the_right():
            # A body has its sides in every language: the patient's right stays where it is on the figure.
            self.horizontalHeader().swapSections(0, 1)
        # Qt paints the corner in the style's own colours.
        for corner in self.findChildren(QAbstractButton):
            corner.setFixedSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The movements take the room that the cells leave."""
        self.verticalHeader().setFixedWidth(self.width() - self.horizontalHeader().length())
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def sizeHint(self) -> QSize:
        width = self._movements + self.horizontalHeader().length()
        return QSize(width, self.verticalHeader().length() + self.horizontalHeader().sizeHint().height())


def digit_answer(item: Item, digit: int) -> Answer | None:
    """Power as graded; for a reflex 0 absent, 1 reduced, 2 normal, 3 brisk. None where the digit means nothing."""
    if item.kind == "choice":
        choices = list(item.choices)
        return choices[digit] if digit < len(choices) else None
    low, high = item.range or (0, 9)
    return float(digit) if low <= digit <= high else None


def digits_words(item: Item) -> str:
    if item.kind == "choice":
        return ", ".join(f"{place} {words.lower()}" for place, words in enumerate(item.choices.values()))
    low, high = item.range or (0, 9)
    return translate("Examination", "power from {low} to {high}").format(low=f"{low:g}", high=f"{high:g}")


_TAKE_BACK = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
_KEYS = (*_TAKE_BACK, *_MOVES)
