"""A few sentences, kept as they were typed; recorded when the field is left."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from desktop.clinical.checklist import Answer, Item
from desktop.ui.drawing import draw_frame, draw_ring, painter_on
from desktop.ui.theme import Theme
from desktop.ui.typed import LONGEST, too_long, typed_words


class TextField(QPlainTextEdit):
    """Signals: answered (text or None), refused (why, or nothing), left (1 with Ctrl+Enter, 0 with Escape)."""

    answered = Signal(object)
    refused = Signal(str)
    left = Signal(int)

    def __init__(self, theme: Theme, item: Item) -> None:
        super().__init__()
        self.theme, self.item = theme, item
        self._recorded = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("body"))
        self.setAccessibleName(item.label)
        self.setTabChangesFocus(True)
        self.setViewportMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(240))

    def show_answer(self, answer: Answer | None) -> None:
        recorded = typed_words(self.item, answer)
        untouched = self.toPlainText() == self._recorded
        self._recorded = recorded
        if untouched and self.toPlainText() != recorded:
            self.setPlainText(recorded)

    def commit(self) -> bool:
        text = self.toPlainText()
        if len(text) > LONGEST:
            self.refused.emit(too_long(text))
            return False
        self.refused.emit("")
        if text != self._recorded:
            self._recorded = text
            self.answered.emit(text if text.strip() else None)
        return True

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(400), QFontMetrics(self.font()).lineSpacing() * 3 + self.theme.px(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.sizeHint().height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """As plain text. What can't fit is refused before it is laid out: it is still on the clipboard."""
        if len(source.text()) > LONGEST:
            self.refused.emit(too_long(source.text()))
        else:
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.commit():
                self.left.emit(1)
        elif event.key() == Qt.Key.Key_Escape:
            if self.commit():
                self.left.emit(0)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, theme = painter_on(self.viewport()), self.theme
        body = QRectF(self.viewport().rect())
        if self.hasFocus():
            draw_ring(painter, body, theme.px(2), theme.focus)
        else:
            draw_frame(painter, body, theme.px(6), border=theme.border_strong)
