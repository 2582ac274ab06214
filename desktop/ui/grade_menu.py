"""The list of a cell for the mouse: its grades and the answers that are none. A digit still chooses."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from desktop.clinical.checklist import Item
from desktop.ui.menu import Menu
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

UNSURE, COULD_NOT, NOT_ASKED = "unsure", "could not examine", "not asked"


class GradeMenu(Menu):
    """`data` of an action is a digit, or one of the three above."""

    def __init__(self, theme: Theme, parent: QWidget, item: Item) -> None:
        super().__init__(theme, parent)
        for digit, words in _grades(item):
            self.addAction(f"&{digit}  {words}" if words else f"&{digit}").setData(digit)
        self.addSeparator()
        self.addAction(translate("Examination", "Unsure")).setData(UNSURE)
        self.addAction(translate("Examination", "Could not examine…")).setData(COULD_NOT)
        self.addAction(translate("Examination", "Not asked")).setData(NOT_ASKED)

    def open_at(self, place: QPoint) -> None:
        parent = self.parentWidget()
        assert parent is not None
        self.popup(parent.mapToGlobal(place))


def _grades(item: Item) -> Iterator[tuple[int, str]]:
    if item.kind == "choice":
        yield from enumerate(item.choices.values())
        return
    low, high = item.range or (0, 9)
    for digit in range(int(low), int(high) + 1):
        yield digit, ""
