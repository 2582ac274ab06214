"""A line to type into, painted like every field; as a secret it shows dots, and nothing of it is kept anywhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from desktop.ui.drawing import clear_ground, draw_field_edge, draw_frame, painter_on
from desktop.ui.theme import Theme

LONGEST = 1000


class EntryField(QLineEdit):
    """Signals: capitals (whether Caps Lock seems to be on, as far as a typed letter can tell)."""

    capitals = Signal(bool)

    def __init__(self, theme: Theme, name: str, *, hidden: bool = False, sensitive: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self._wrong, self._described = False, ""
        self.setFrame(False)
        clear_ground(self)
        self.setFont(theme.font("body"))
        self.setMaxLength(LONGEST)
        self.setAccessibleName(name)
        self.setTextMargins(theme.px(8), 0, theme.px(8), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if hidden:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        if hidden or sensitive:
            hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            self.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def describe(self, words: str) -> None:
        """What stands beside it, for who hears the field alone."""
        self._described = words
        if not self._wrong:
            self.setAccessibleDescription(words)

    def show_wrong(self, why: str) -> None:
        """Empty: nothing is wrong. What was typed stays, to be mended."""
        self._wrong = bool(why)
        self.setAccessibleDescription(why or self._described)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(260), max(self.theme.px(34), QFontMetrics(self.font()).height() + self.theme.px(12)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(letter.isupper() is not shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)  # what it is now, the next letter tells
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body = QRectF(self.rect())
        draw_frame(painter, body, theme.px(6), fill=theme.surface)
        draw_field_edge(painter, body, theme, focused=self.hasFocus(), wrong=self._wrong)
        painter.end()
        super().paintEvent(event)
