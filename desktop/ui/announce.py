"""Said by a screen reader, if one runs; the focus stays where it is."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
