"""A window that lays out all of it before it paints any of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

UPWARD = 8
"""A layout tells the one around it one turn later: so many lie around the innermost."""


class LaidOutWindow(QWidget):
    def event(self, event: QEvent) -> bool:
        """Else Qt would paint what is about to move, and then all of it again."""
        if event.type() == QEvent.Type.UpdateRequest:
            for _ in range(UPWARD):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            # A widget that has just come asks to be painted once more.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateLater.value)
        return super().event(event)
