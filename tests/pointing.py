"""A clinician's hand on the mouse: every click and every turn of the wheel goes to the window as the system would give
it, and is counted there.

To the operators of `tests/hands.py` come: pointing 1.10 s, a button pressed or let go of 0.10 s each, the hand that
goes to the keyboard for a text and comes back 0.40 s each way. A notch of the wheel is taken as a button, 0.10 s: the
model has none for it. Where the pointer is already, nothing is pointed at. Thoughts are counted as on the keyboard.
What is clicked must be in sight and uncovered at that place: what is not is scrolled to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hands import HAND, KEY, MOST, THOUGHT, Counted, Hands
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.ui.answer_row import AnswerRow
from desktop.ui.choice_field import ChoiceField
from desktop.ui.examination_grid import ExaminationGrid
from desktop.ui.grade_menu import GradeMenu
from desktop.ui.nav_list import ID, NavList
from desktop.ui.value_field import ValueField

__all__ = ["BUTTON", "HAND", "KEY", "POINT", "THOUGHT", "Mouse", "Pointed"]

POINT, BUTTON, NOTCH = 1.10, 0.10, 120
SAME_PLACE = 4
LEFT = Qt.MouseButton.LeftButton
PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
Give = Callable[[], None]


@dataclass
class Pointed(Counted):
    points: int = 0
    buttons: int = 0
    notches: int = 0

    @property
    def seconds(self) -> float:
        return super().seconds + self.points * POINT + (self.buttons + self.notches) * BUTTON


class Mouse(Hands):
    counted: Pointed

    def begin(self) -> None:
        """The hand is on the mouse, and from here on it counts."""
        self.counted, self._typing, self._pointer = Pointed(), None, None

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.counted = Pointed()
        self._pointer: QPointF | None = None

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """At its middle; it must be what lies there."""
        begun = time.process_time()
        place = place or widget.rect().center()
        self._bring_in_sight(widget, place)
        top, at = widget.window(), widget.mapTo(widget.window(), place)
        there = top.childAt(at) or top
        assert there is widget or widget.isAncestorOf(there), f"{there} lies over {widget.accessibleName()}"
        self.counted.inputs += not self._asks(widget) and not isinstance(widget, GradeMenu)
        QTest.mouseClick(_handle(top), LEFT, Qt.KeyboardModifier.NoModifier, at)
        self._settle(begun)

    def command(self, widget: QWidget) -> None:
        self.counted.commands += 1
        self.click(widget)

    def decide(self, widget: QWidget) -> None:
        self.counted.decisions += 1
        self.click(widget)

    def write(self, text: str, *, into: QWidget | None = None, enter: bool = True) -> None:
        """Enter at its end, because the hand is at the keyboard anyhow."""
        if into is not None:
            self.click(into)
        self.counted.hands += 1
        self.type(text)
        if enter:
            self.press(Qt.Key.Key_Return)
        self.counted.hands += 1

    def answer(self, wanted: Mapping[str, object]) -> None:
        """Each of these questions, from above to below, section by section."""
        left = dict(wanted)
        for _ in range(MOST):
            if not left:
                return
            here = sorted(self._askable(left), key=lambda one: one[0])
            if here:
                _, item, give = here[0]
                give()
                del left[item]
            else:
                self._turn_to_section_of(left)
        raise AssertionError(f"out of reach by the mouse alone: {sorted(left)}")

    def _askable(self, left: Mapping[str, object]) -> list[tuple[int, str, Give]]:
        """How far down the page, which, and how it is given."""
        page, found = self._page(), []
        for row in page.shown_rows():
            fields = [one for one in row.details() if one.isVisible() and one.item.id in left]
            height = row.mapTo(page, QPoint()).y()
            if row.item.id in left:
                found.append((height, row.item.id, self._way(row, left[row.item.id])))
            found += [(height + 1, one.item.id, self._way(one, left[one.item.id])) for one in fields]
        if page.grid is not None:
            grid, height = page.grid.grid, page.grid.mapTo(page, QPoint()).y()
            cells = (id for id in grid.cells.in_order() if id in left)
            found += [(height, id, self._grader(grid, id, left[id])) for id in list(cells)[:1]]
        return found

    def _way(self, asked: Any, answer: object) -> Give:
        match asked:
            case AnswerRow() if asked.buttons:
                return lambda: self.click(asked.buttons[answer])
            case _ if isinstance(asked.field, ChoiceField):
                several = answer if isinstance(answer, list | tuple) else [answer]
                return lambda: [self.click(asked.field._segments[one]) for one in several] and None
            case _ if isinstance(asked.field, ValueField):
                text = f"{answer:g}" if isinstance(answer, float) else str(answer)
                return lambda: self.write(text, into=asked.field)
        raise AssertionError(f"{asked.item.id} is not answered by the mouse")

    def _grader(self, grid: ExaminationGrid, id: str, answer: object) -> Give:
        item = grid.cells.cell(grid.cells.place_of(id)).item  # type: ignore[union-attr]
        digit = list(item.choices).index(str(answer)) if item.choices else answer

        def give() -> None:
            while not grid.findChildren(GradeMenu):
                self.click(grid.viewport(), grid.visualRect(grid.cells.place_of(id)).center())
            (menu,) = grid.findChildren(GradeMenu)
            action = next(one for one in menu.actions() if one.data() == digit)
            self.click(menu, menu.actionGeometry(action).center())

        return give

    def _turn_to_section_of(self, left: Mapping[str, object]) -> None:
        """The next that holds one of them: a hand on the mouse does not go through those between."""
        self.counted.moves += 1
        self.counted.inputs -= 1
        panel: Any = self.window.consultation
        names: NavList = panel.sections.list
        holds = {section.id for section in panel.content.sections if left.keys() & {item.id for item in section.items}}
        places = [names.entries.index(row, 0) for row in range(names.entries.rowCount())]
        further = [one for one in places if one.row() > names.currentIndex().row()]
        place = next(one for one in (*further, *places) if one.data(ID) in holds)
        self.click(names.viewport(), names.visualRect(place).center())

    def _bring_in_sight(self, widget: QWidget, place: QPoint) -> None:
        for area in _areas(widget):
            for _ in range(MOST):
                at, view = widget.mapTo(area.viewport(), place), area.viewport().rect().adjusted(0, 8, 0, -8)
                if view.top() <= at.y() <= view.bottom() or not self._turn(area, up=at.y() < view.top()):
                    break

    def _turn(self, area: QScrollArea, *, up: bool) -> bool:
        """The wheel, where the pointer is if it is over this column; whether anything moved."""
        top, before = area.window(), area.verticalScrollBar().value()
        view = area.viewport().rect().translated(area.viewport().mapTo(top, QPoint()))
        here = self._pointer
        at = here if here is not None and view.contains(here.toPoint()) else QPointF(view.center())
        QTest.wheelEvent(_handle(top), at, QPoint(0, NOTCH if up else -NOTCH))
        QApplication.processEvents()
        return area.verticalScrollBar().value() != before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWindow):
            if event.type() in PRESSES and isinstance(event, QMouseEvent):
                self._point(event.position())
                self.counted.buttons += 1
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self.counted.buttons += 1
            elif event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
                self._point(event.position())
                self.counted.notches += 1
        return super().eventFilter(watched, event)

    def _point(self, at: QPointF) -> None:
        if self._pointer is None or (self._pointer - at).manhattanLength() > SAME_PLACE:
            self.counted.points += 1
        self._pointer = at


def _handle(widget: QWidget) -> QWindow:
    handle = widget.windowHandle()
    assert handle is not None
    return handle


def _areas(widget: QWidget) -> list[QScrollArea]:
    """The innermost first."""
    found, above = [], widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            found.append(above)
        above = above.parentWidget()
    return found
