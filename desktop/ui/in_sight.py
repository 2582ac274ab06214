"""A long list stands whole in a column that scrolls: the line in hand is what must be in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

TURN = 30
"""Milliseconds until it is asked again whether the mouse was let go of."""


def when_released(widget: QWidget, show: Callable[[], None]) -> None:
    """What a press has given the focus must not move away from under it: let go of elsewhere, it would be no click."""
    if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
        show()
    else:
        QTimer.singleShot(TURN, widget, lambda: when_released(widget, show))


def keep_in_sight(view: QAbstractItemView, margin: int) -> None:
    """Later, when what has just opened has its place."""
    QTimer.singleShot(0, view, lambda: when_released(view, lambda: _scroll(view, margin)))


def _scroll(view: QAbstractItemView, margin: int) -> None:
    outer: QWidget | None = view.parentWidget()
    while outer is not None and not isinstance(outer, QScrollArea):
        outer = outer.parentWidget()
    inner = outer.widget() if outer is not None else None
    if outer is not None and inner is not None and view.currentIndex().isValid():
        place = view.viewport().mapTo(inner, view.visualRect(view.currentIndex()).center())
        # Margins that overlap would push the line out of sight in a low window.
        outer.ensureVisible(place.x(), place.y(), 0, min(margin, outer.viewport().height() // 2 - 1))
