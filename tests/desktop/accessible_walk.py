"""What a keyboard and a screen reader meet in a window: names, roles, sizes, the way of Tab, and the focus as seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

from desktop.ui.nav_list import NavList

SMALLEST = 24
"""WCAG 2.2, criterion 2.5.8, in pixels of Qt, which do not depend on the device."""

SEEN = 3.0
"""WCAG 2.2, 1.4.11: the contrast that an indicator needs against what was there before."""


@dataclass(frozen=True)
class Stop:
    """One place where Tab stops: the widget, where it stood and the next one, seen at the same moment, and how many
    pixels told that the focus was there."""

    widget: QWidget
    name: str
    place: QRect
    following: QRect
    changed: int = 0


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def name_of(widget: QWidget) -> str:
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name) if face is not None else ""


def role_of(widget: QWidget) -> QAccessible.Role:
    face = QAccessible.queryAccessibleInterface(widget)
    return face.role() if face is not None else QAccessible.Role.NoRole


def focusable(top: QWidget) -> list[QWidget]:
    """What can be seen and can take the focus, by Tab, click or both."""
    return [one for one in top.findChildren(QWidget) if one.isVisible() and takes_focus(one)]


def takes_focus(widget: QWidget) -> bool:
    return widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None


def unnamed(top: QWidget) -> set[str]:
    """Items of a list or a table count as well: a screen reader reads them one by one."""
    found = {
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}" for one in focusable(top) if not name_of(one)
    }
    for view in (one for one in focusable(top) if isinstance(one, QAbstractItemView)):
        face = QAccessible.queryAccessibleInterface(view)
        children = (face.child(number) for number in range(min(face.childCount(), 300)))
        found |= {
            f"item of {type(view).__name__}"
            for child in children
            if child is not None and not child.text(QAccessible.Text.Name) and child.role() in ITEMS
        }
    return found


ITEMS = {QAccessible.Role.ListItem, QAccessible.Role.TreeItem, QAccessible.Role.Cell, QAccessible.Role.ColumnHeader}


def same_names(top: QWidget) -> set[str]:
    names = [name_of(one) for one in focusable(top)]
    return {name for name in names if name and names.count(name) > 1}


def too_small(top: QWidget) -> dict[str, tuple[int, int]]:
    """Words that can be selected are no control."""
    return {
        f"{type(one).__name__} {name_of(one)}": (one.width(), one.height())
        for one in focusable(top)
        if min(one.width(), one.height()) < SMALLEST and not isinstance(one, QLabel)
    }


def place_of(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def round_of_tab(top: QWidget, *, looking: bool = True, most: int = 400) -> list[Stop]:
    """Tab from the first stop until one comes again. `looking` compares each stop with and without the focus."""
    stops: list[Stop] = []
    seen: set[int] = set()
    for _ in range(most):
        widget = QApplication.focusWidget()
        if widget is None or id(widget) in seen:
            break
        seen.add(id(widget))
        place = place_of(widget, top)
        lit, alone = (top.grab(place).toImage(), widget.grab().toImage()) if looking else (QImage(), QImage())
        leave(top, widget)
        here = place_of(widget, top)
        dark = top.grab(here).toImage() if looking else QImage()
        if looking and here != place and top.rect().contains(place.center()):
            # It was in sight, and what has the focus now was scrolled to.
            lit, dark = alone, widget.grab().toImage()
        after = QApplication.focusWidget()
        there = place_of(after, top) if after is not None else QRect()
        stops.append(Stop(widget, name_of(widget), here, there, changed(lit, dark) if looking else 0))
    return stops


def leave(top: QWidget, widget: QWidget, most: int = 40) -> None:
    """A text goes from link to link by Tab first."""
    for _ in range(most):
        press(top, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is not widget:
            return


def press(top: QWidget, key: Qt.Key) -> None:
    handle = top.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)
    settle()


def not_reached(top: QWidget, stops: list[Stop]) -> set[str]:
    """Enabled, in sight, meant for Tab, and Tab never came by."""
    reached = {id(stop.widget) for stop in stops}
    return {
        f"{type(one).__name__} {name_of(one)}"
        for one in focusable(top)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and id(one) not in reached
    }


def turned_back(stops: list[Stop]) -> Iterator[tuple[str, str]]:
    """Where Tab goes up within a column, or to the left within a line; back to the rail is the round begun again."""
    for before, after in pairwise(stops):
        one, other = before.place, before.following
        up = other.bottom() < one.top() and other.left() <= one.right() and one.left() <= other.right()
        left = other.right() < one.left() and other.top() <= one.bottom() and one.top() <= other.bottom()
        if (up or left) and not isinstance(after.widget, NavList):
            yield before.name, after.name


def unseen(stops: list[Stop]) -> set[str]:
    """The focus must change at least as many pixels as a line under the control has, and be in sight."""
    return {
        f"{type(stop.widget).__name__} {stop.name}: {stop.changed} of {stop.place.getRect()}"
        for stop in stops
        if not stop.widget.visibleRegion().isNull() and stop.changed < least(stop)
    }


def least(stop: Stop) -> int:
    if isinstance(stop.widget, QLineEdit):
        return 10
    return min(stop.place.width(), stop.place.height())


def changed(lit: QImage, dark: QImage) -> int:
    """Pixels whose colour with the focus stands out from the one without it."""
    width, height = min(lit.width(), dark.width()), min(lit.height(), dark.height())
    if lit == dark:
        return 0
    count = 0
    for y in range(height):
        for x in range(width):
            one, other = lit.pixel(x, y), dark.pixel(x, y)
            if one != other and contrast(one, other) >= SEEN:
                count += 1
    return count


_known: dict[int, float] = {}


def contrast(one: int, other: int) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(pixel: int) -> float:
    if pixel not in _known:
        red, green, blue, _ = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in QColor.fromRgb(pixel).getRgbF()
        )
        _known[pixel] = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return _known[pixel]
