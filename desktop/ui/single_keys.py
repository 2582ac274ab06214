"""Keys that answer without Ctrl, switched off: no letter or digit does anything outside a field for text.
The cells of the examination are such fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.keys import character
from desktop.ui.preferences import Preferences
from desktop.ui.running import running

TEXT = ("QLineEdit", "QPlainTextEdit", "QTextEdit")


class SingleKeysOff(QObject):
    """Watches only the widget that has the focus. Space still presses a button."""

    def __init__(self, parent: QObject, preferences: Preferences) -> None:
        super().__init__(parent)
        self._preferences = preferences
        running().focusChanged.connect(self._watch)

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        field = (now is not None and any(map(now.inherits, TEXT))) or getattr(now, "is_field", False)
        if now is not None and not self._preferences.now.single_keys and not field:
            now.removeEventFilter(self)
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        return not self._preferences.now.single_keys and character(event).strip() != ""
