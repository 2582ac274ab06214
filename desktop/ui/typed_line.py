"""One line that is recorded with Enter or on leaving; what doesn't fit stays in it, with its reason beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from desktop.ui.line_field import LineField
from desktop.ui.theme import Theme


class TypedLine(LineField):
    """Signals: committed (the text, with Enter or on leaving, if it is another than before), cancelled (Escape)."""

    committed = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, name: str, *, hint: str = "", width: int = 200) -> None:
        super().__init__(theme, name, width=width)
        self._shown = self._described = ""
        self.setPlaceholderText(hint)

    def show_value(self, text: str) -> None:
        """What is recorded. Something else that is being typed stays."""
        typing = self.text() != self._shown
        self._shown = text
        if not typing or self.text() == text:
            self.setText(text)
            self.setCursorPosition(0)

    @property
    def is_unrecorded(self) -> bool:
        return self.text() != self._shown

    def put(self, text: str) -> None:
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)
        self.show_refused("")

    def describe(self, words: str) -> None:
        """Where the hint of the empty field, which a reader tells of a full one as well, would not be true of it."""
        self._described = words
        self.setAccessibleDescription(words)

    def show_refused(self, why: str) -> None:
        self.setAccessibleDescription(why or self._described)
        self.show_invalid(bool(why))

    def commit(self) -> None:
        if self.text() != self._shown:
            self.committed.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.commit()
            self.returnPressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.put(self._shown)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
