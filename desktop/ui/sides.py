"""Where a thing is painted when the language is written from the right: everything on the other side."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLayout, QWidget

# Put together once: in Python that takes longer than the rest of what asks for it.
FROM_THE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
FROM_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


def from_the_right() -> bool:
    """The language of the whole window; before a widget has its place in it."""
    return QApplication.isRightToLeft()


def is_mirrored(widget: QWidget | None) -> bool:
    return widget is not None and widget.isRightToLeft()


def mirrored(widget: QWidget | None, rect: QRectF, within: QRectF | None = None) -> QRectF:
    """`rect` as it is, or on the other side of `within`, which is the widget if nothing else is said."""
    if widget is None or not is_mirrored(widget):
        return rect
    inside = within if within is not None else QRectF(widget.rect())
    return QRectF(inside.left() + inside.right() - rect.right(), rect.top(), rect.width(), rect.height())


def set_margins(of: QLayout | QWidget, start: int, top: int, end: int, bottom: int) -> None:
    """Margins of a widget or its layout; Qt leaves left and right as they are in every language."""
    left, right = in_order(start, end)
    of.setContentsMargins(left, top, right, bottom)


def by_content(painter: QPainter) -> None:
    """Each text from the side that its own letters are written from: `23-Nov` stays so in every window."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


def in_order(start: int, end: int) -> tuple[int, int]:
    """Left and right."""
    return (end, start) if from_the_right() else (start, end)


def inner_edge(column: QWidget, height: int, *, last: bool = False, top: int | None = None) -> QRect:
    """The hairline between a column and what stands beside it: where it ends, or, in the last one, begins. It begins
    at `top`, or where the column does.
    """
    place = column.geometry()
    left = place.left() if last is not is_mirrored(column) else place.right()
    return QRect(left, place.top() if top is None else top, 1, height)


def own_edge(column: QWidget, height: int, *, last: bool = False) -> QRect:
    """The same where the column itself paints it."""
    return QRect(0 if last is not is_mirrored(column) else column.width() - 1, 0, 1, height)


def fold_icon(widget: QWidget, *, is_open: bool) -> str:
    return "chevron-down" if is_open else "chevron-left" if is_mirrored(widget) else "chevron-right"


def text_start() -> Qt.AlignmentFlag:
    """Where the window's language begins a line; a label would begin where its own letters do."""
    return FROM_THE_RIGHT if from_the_right() else FROM_THE_LEFT


def after_name(words: str) -> str:
    """What stands behind a family name, as `, Ivy (Miss)`: its comma stays beside the name, wherever that is written.

    The mark of Unicode's UAX 9 is not seen and takes no room.
    """
    return f"\N{RIGHT-TO-LEFT MARK}{words}" if words and from_the_right() else words


def text_side(widget: QWidget | None, *, far: bool = False, wrap: bool = False) -> int:
    """Where words begin, or the side across; in the middle of the height."""
    right = is_mirrored(widget) is not far
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    # Absolute: the painter would turn the side round once more by itself.
    flags = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
    return flags | int(Qt.TextFlag.TextWordWrap) if wrap else flags
