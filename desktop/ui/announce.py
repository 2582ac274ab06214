"""Said by a screen reader, if one runs; the focus stays where it is."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

SOON = 20
"""Milliseconds. Where the focus goes a reader breaks off what it is saying: a key that answers moves it as well."""


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """`urgent` comes first, and breaks off what is being said: the next question may be long, and a key pressed
    meanwhile would take with it what waits behind."""
    after = QAccessible.AnnouncementPoliteness.Assertive if urgent else QAccessible.AnnouncementPoliteness.Polite
    QTimer.singleShot(0 if urgent else SOON, widget, lambda: _say(widget, words, after))


def _say(widget: QWidget, words: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(politeness)
    QAccessible.updateAccessibility(event)
