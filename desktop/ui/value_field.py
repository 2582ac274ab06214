"""A number or a date, typed. What does not fit stays in the field, is explained, and is not recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from desktop.clinical.answer import AnswerError
from desktop.clinical.checklist import Answer, Item
from desktop.ui.drawing import clear_ground, draw_frame, draw_ring, painter_on
from desktop.ui.line_field import LONGEST
from desktop.ui.theme import Theme
from desktop.ui.typed import hint, read_typed, typed_words


class ValueField(QLineEdit):
    """Signals: answered (answer or None), stands (what is recorded is in it again, after something else was given),
    refused (why, or nothing), left (1 with Enter, 0 with Escape).
    """

    answered = Signal(object)
    stands = Signal()
    refused = Signal(str)
    left = Signal(int)

    def __init__(self, theme: Theme, item: Item, today: Callable[[], date]) -> None:
        super().__init__()
        self.theme, self.item, self._today = theme, item, today
        self._recorded = ""
        self._wrong = self._given = False
        self.setFrame(False)
        self.setMaxLength(LONGEST)
        clear_ground(self)
        self.setFont(theme.font("body"))
        self.setAccessibleName(f"{item.label}{f', {item.unit}' if item.unit else ''}")
        self.setTextMargins(theme.px(6), 0, theme.px(6), 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_answer(self, answer: Answer | None) -> None:
        """Leaves alone what was refused: that is still to be mended."""
        self._recorded = typed_words(self.item, answer)
        self._given = self._given and self.text().strip() != self._recorded
        if not self._wrong and not self.isModified():
            self.setText(self._recorded)

    @property
    def is_unrecorded(self) -> bool:
        return self.text().strip() != self._recorded

    def commit(self) -> bool:
        """Whether what stands in the field is recorded, or was nothing."""
        text = self.text().strip()
        if text == self._recorded:
            self._mend()
            self._stand()
            return True
        try:
            answer = read_typed(self.item, text, self._today()) if text else None
        except AnswerError as error:
            self._refuse(str(error))
            return False
        self._mend()
        self._given = True
        self.answered.emit(answer)
        return True

    def _stand(self) -> None:
        """Whatever became of what was given before."""
        if self._given:
            self._given = False
            self.stands.emit()

    def _refuse(self, why: str) -> None:
        self._wrong = True
        self.setAccessibleDescription(why)
        self.refused.emit(why)
        self.update()

    def _mend(self) -> None:
        self._wrong = False
        self.setModified(False)
        self.setAccessibleDescription("")
        self.refused.emit("")
        self.update()

    def restore(self) -> None:
        """Back to what is recorded."""
        self.setText(self._recorded)
        self._mend()
        self._stand()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(96), max(self.theme.px(32), QFontMetrics(self.font()).height() + self.theme.px(8)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.commit():
                    self.left.emit(1)
            case Qt.Key.Key_Escape:
                self.restore()
                self.left.emit(0)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                if self.commit():
                    self.left.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The possible range shows only while typing: an empty field must not look like an answer."""
        self.setPlaceholderText(hint(self.item))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setPlaceholderText("")
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body = QRectF(self.rect())
        draw_frame(painter, body, theme.px(6), fill=theme.surface)
        if self._wrong:
            draw_frame(painter, body, theme.px(6), border=theme.danger_field, width=2)
        elif self.hasFocus():
            draw_ring(painter, body, theme.px(2), theme.focus)
        else:
            draw_frame(painter, body, theme.px(6), border=theme.border_strong, width=theme.line)
        painter.end()
        super().paintEvent(event)
