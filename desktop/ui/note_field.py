"""Where a note is typed, dictated or pasted; the words that a proposal rests on are marked in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, QRectF, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from desktop.reading.reader import Span
from desktop.ui.drawing import draw_field_edge, painter_on
from desktop.ui.scroll_bar import with_bars
from desktop.ui.theme import Theme

MOST = 200_000
"""Characters the field takes; more is not a note, and a window that hangs helps nobody."""
LINES = 7


class NoteField(QPlainTextEdit):
    """Signals: refused (how many characters were too many to be pasted)."""

    refused = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        with_bars(self, theme)
        self.theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("body"))
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setViewportMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * LINES + theme.px(20))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(400), self.height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) + self.document().characterCount() > MOST:
            self.refused.emit(len(source.text()))
        else:
            self.insertPlainText(source.text())

    def mark(self, spans: Iterable[Span], focused: Iterable[Span]) -> None:
        """Tinted; those of the row in hand are underlined as well, so that no colour is needed to see them."""
        every = [self._selection(span, strong=False) for span in spans]
        self.setExtraSelections([*every, *(self._selection(span, strong=True) for span in focused)])

    def _selection(self, span: Span, *, strong: bool) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        text = self.toPlainText()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text, span.start))
        cursor.setPosition(_units(text, span.end), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(self.theme.accent_tint)
        look.setForeground(self.theme.text)
        look.setFontUnderline(strong)
        selection.cursor, selection.format = cursor, look
        return selection

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rect = QRectF(self.viewport().rect())
        draw_field_edge(painter_on(self.viewport()), rect, self.theme, focused=self.hasFocus())


def _units(text: str, place: int) -> int:
    """Qt counts in UTF-16: an emoji before the place is two."""
    return place + sum(1 for letter in text[:place] if ord(letter) > 0xFFFF)
