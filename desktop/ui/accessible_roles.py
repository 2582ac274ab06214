"""What Qt tells a screen reader wrongly about our widgets, told right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

PLAIN = "QWidget"


# No face holds its widget: held from before Python knows what it is, a scroll bar would be a plain widget for ever.
class _Named(QAccessibleWidget):
    """A reader tells the group where the focus comes into it, and passes over what is only a filler. What stands in
    the frame of a window is the window, whose name tells where one is."""

    def role(self) -> QAccessible.Role:
        widget = self.object()
        if not isinstance(widget, QWidget):
            return QAccessible.Role.Client
        if widget.isWindow():
            return QAccessible.Role.Window
        return QAccessible.Role.Grouping if widget.accessibleName() else QAccessible.Role.Client


class _Row(QAccessibleWidget):
    """A question is open where its answer has opened details below it."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Grouping

    def state(self) -> QAccessible.State:
        state, row = super().state(), self.object()
        state.expandable = state.expanded = getattr(row, "is_open", False)
        return state


def _scroll_area(widget: QWidget) -> QAccessibleInterface:
    """Qt's own face of it gives a child without asking whether it is there: 6.11.3 ends with a segmentation fault where
    a reader asks for the scroll bar of a room that was left meanwhile. The plain face of a widget asks."""
    return QAccessibleWidget(widget, QAccessible.Role.Pane)


Face = Callable[[QWidget], QAccessibleInterface]
FACES: dict[str, Face] = {"QScrollArea": _scroll_area, "AnswerRow": _Row, PLAIN: _Named}


def tell_roles() -> None:
    QAccessible.installFactory(_interface)


def _interface(kind: str, widget: QObject) -> QAccessibleInterface | None:
    make = FACES.get(kind)
    return make(widget) if make is not None and isinstance(widget, QWidget) else None
