"""Notices what is being typed in a field and not yet recorded, so that a power cut takes no sentence with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.ui.kept_texts import half_typed

TICK = 1.0


class Typing(QObject):
    """Signals: changed (the text in hand is another than at the last look). Only the field with the focus is looked at:
    whoever types has it, and a key pays nothing for it."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seen = ""
        self._timer = QTimer(self, interval=int(TICK * 1000))
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._seen = ""
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        text = half_typed(QApplication.focusWidget())
        if text != self._seen:
            self._seen = text
            self.changed.emit()
