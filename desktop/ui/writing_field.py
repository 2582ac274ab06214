"""Where somebody writes into the record: held within a moment of being typed, recorded when the field is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from desktop.record.notes import LONGEST
from desktop.ui.text_box import TextBox
from desktop.ui.theme import Theme
from desktop.ui.typed import too_long

MOMENT = 700
"""Milliseconds until what is being typed is on the disk."""


class WritingField(TextBox):
    """Signals: written (the text, on leaving, if it is another than before), stands (what is recorded is in it again,
    after something else was written), held (what stands there now; None where that is what is recorded, so that what
    was held before does not come back), left (1 with Ctrl+Enter, 0 with Escape).
    """

    written = Signal(str)
    stands = Signal()
    held = Signal(object)
    left = Signal(int)

    def __init__(self, theme: Theme, name: str, *, lines: int = 3) -> None:
        super().__init__(theme, name, lines=lines)
        self._recorded = ""
        self._holds = self._gave = False
        self._moment = QTimer(self, singleShot=True, interval=MOMENT)
        self._moment.timeout.connect(self._hold)
        self.textChanged.connect(self._begin_moment)

    def show_text(self, text: str) -> None:
        """What is recorded. Something else that is being typed stays, and so does what the disk refused."""
        untouched = self.toPlainText() == self._recorded
        self._recorded = text
        if untouched and self.toPlainText() != text:
            self.setPlainText(text)
        if self.toPlainText() == text:
            self._holds = self._gave = False

    @property
    def is_unrecorded(self) -> bool:
        """Whether something stands in it that is in no record."""
        return self.toPlainText() != self._recorded

    def commit(self) -> bool:
        """Whether what stands there fits. It is recorded once `show_text` says so."""
        text = self.toPlainText()
        if len(text) > LONGEST:
            self.refused.emit(too_long(text))
            return False
        self._moment.stop()
        self.refused.emit("")
        if text != self._recorded and (text.strip() or self._recorded):
            self._gave = True
            self.written.emit(text)
            return True
        if self._holds:
            self._hold()
        if self._gave:
            self._gave = False
            self.stands.emit()
        return True

    def _begin_moment(self) -> None:
        """Counted from the first letter, so that somebody who types without a pause is not kept waiting for one."""
        if (self._holds or self.toPlainText() != self._recorded) and not self._moment.isActive():
            self._moment.start()

    def _hold(self) -> None:
        text = self.toPlainText()
        self._holds = text != self._recorded
        self.held.emit(text if self._holds else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes on to the question around it: there it would answer."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.commit():
                self.left.emit(1)
        elif event.key() == Qt.Key.Key_Escape:
            if self.commit():
                self.left.emit(0)
        else:
            super().keyPressEvent(event)
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
