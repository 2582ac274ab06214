"""The base of every button: it paints itself, and shows the focus for keyboard and mouse alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui.drawing import draw_ring, painter_on
from desktop.ui.theme import Theme

KEYPAD = Qt.KeyboardModifier.KeypadModifier


class PaintedButton(QAbstractButton):
    """Checked by what is recorded or shown, never by the press itself."""

    _meant = False

    def __init__(self, theme: Theme, text: str = "", name: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def text_width(self, font: QFont) -> int:
        return QFontMetrics(font).horizontalAdvance(self.text()) + 1

    def setChecked(self, checked: bool) -> None:
        self._meant = checked
        super().setChecked(checked)

    def checkStateSet(self) -> None:
        """A screen reader's *toggle* checks a button past every click: it would show what is recorded nowhere."""
        if self.isChecked() != self._meant:
            super().setChecked(self._meant)
            QTimer.singleShot(0, self, self._press_late)

    def _press_late(self) -> None:
        """Not after the screen was locked meanwhile: the store is closed."""
        if self.isVisible():
            self.click()

    def body(self) -> QRectF:
        """Where the button itself is painted: inside the focus ring, when there is one."""
        rect = QRectF(self.rect())
        if not self.hasFocus():
            return rect
        painter = painter_on(self)
        inner = draw_ring(painter, rect, self.theme.px(3), self.theme.focus)
        painter.end()
        return inner

    def sizeHint(self) -> QSize:
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        raise NotImplementedError
