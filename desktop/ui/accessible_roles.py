"""What Qt tells a screen reader wrongly about our widgets, told right."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

# Qt's own face of a scroll area gives a child without asking whether it is there: 6.11.3 ends with a segmentation
# fault where a reader asks for the scroll bar of a room that was left meanwhile. The plain face of a widget asks.
ROLES = {"QScrollArea": QAccessible.Role.Pane, "AnswerRow": QAccessible.Role.Grouping}


def tell_roles() -> None:
    QAccessible.installFactory(_interface)


def _interface(kind: str, widget: QObject) -> QAccessibleInterface | None:
    if kind in ROLES and isinstance(widget, QWidget):
        return QAccessibleWidget(widget, ROLES[kind])
    return None
