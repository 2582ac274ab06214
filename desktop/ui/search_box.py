"""Where a patient is looked for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from desktop.ui.drawing import clear_ground, draw_frame, draw_ring, icon, painter_on
from desktop.ui.sides import in_order, mirrored
from desktop.ui.theme import Theme


class SearchBox(QLineEdit):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFrame(False)
        clear_ground(self)
        self.setMaxLength(200)
        self.setFont(theme.font("h2"))
        short = self.tr("Name, date of birth or NHS number")
        self._hints = (self.tr("Name, date of birth or NHS number; Enter opens the first match"), short)
        self.setPlaceholderText(short)
        self.setAccessibleName(self.tr("Find a patient by name, date of birth or NHS number"))
        left, right = in_order(theme.px(44), theme.px(12))
        self.setTextMargins(left, 0, right, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, words: str) -> None:
        """What Enter would do now: who types with a screen reader hears it without leaving the field."""
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(400), max(self.theme.px(46), QFontMetrics(self.font()).height() + self.theme.px(14)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No hint is cut off."""
        super().resizeEvent(event)
        if self.placeholderText() in self._hints:
            room = self.width() - self.theme.px(64)
            long, short = self._hints
            self.setPlaceholderText(long if self.fontMetrics().horizontalAdvance(long) <= room else short)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body = QRectF(self.rect())
        if self.hasFocus():
            body = draw_ring(painter, body, theme.px(6), theme.focus)
        draw_frame(painter, body, theme.px(6), fill=theme.surface, border=theme.border_strong)
        size = theme.px(20)
        glass = icon("search", theme.muted, size, self.devicePixelRatioF())
        place = QRectF(theme.px(16), (self.height() - size) // 2, size, size)
        painter.drawPixmap(mirrored(self, place).topLeft(), glass)
        painter.end()
        super().paintEvent(event)
