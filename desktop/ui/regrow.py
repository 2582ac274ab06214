"""After a part of a row opened or closed: everything that holds it takes its height anew.

Qt tells the parent alone, and a parent whose height depends on its width does not pass it on.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


def regrow(widget: QWidget) -> None:
    """Once the row itself has settled: before that its holders would ask it for its old height, and keep that.

    Twice, because what they asked in between may still have been the old one.
    """
    for wait in (0, 30):
        QTimer.singleShot(wait, widget, lambda: _tell_holders(widget))


def _tell_holders(widget: QWidget) -> None:
    holder: QWidget | None = widget
    while holder is not None and not isinstance(holder, QScrollArea):
        if (layout := holder.layout()) is not None:
            layout.invalidate()
        holder.updateGeometry()
        holder = holder.parentWidget()
