"""Where a thing is painted when the language is written from the right: everything on the other side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget


def is_mirrored(widget: QWidget | None) -> bool:
    return widget is not None and widget.layoutDirection() is Qt.LayoutDirection.RightToLeft


def mirrored(widget: QWidget | None, rect: QRectF, within: QRectF | None = None) -> QRectF:
    """`rect` as it is, or on the other side of `within`, which is the widget if nothing else is said."""
    if widget is None or not is_mirrored(widget):
        return rect
    inside = within if within is not None else QRectF(widget.rect())
    return QRectF(inside.left() + inside.right() - rect.right(), rect.top(), rect.width(), rect.height())


def text_side(widget: QWidget | None, *, far: bool = False, wrap: bool = False) -> int:
    """Where words begin, or the side across; in the middle of the height."""
    right = is_mirrored(widget) is not far
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    # Absolute: the painter would turn the side round once more by itself.
    flags = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
    return flags | int(Qt.TextFlag.TextWordWrap) if wrap else flags
