"""One line of text in a frame that shows the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from desktop.ui.drawing import clear_ground, draw_frame, draw_ring, painter_on
from desktop.ui.theme import Theme

LONGEST = 400


class LineField(QLineEdit):
    def __init__(self, theme: Theme, name: str, *, width: int = 160) -> None:
        super().__init__()
        self.theme, self._width = theme, width
        self.invalid = False
        self.setFrame(False)
        clear_ground(self)
        self.setMaxLength(LONGEST)
        self.setFont(theme.font("body"))
        self.setAccessibleName(name)
        self.setTextMargins(theme.px(8), 0, theme.px(8), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_invalid(self, invalid: bool) -> None:
        self.invalid = invalid
        self.update()

    def sizeHint(self) -> QSize:
        height = max(self.theme.px(32), QFontMetrics(self.font()).height() + self.theme.px(10))
        return QSize(self.theme.px(self._width), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(min(self._width, 80)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body = QRectF(self.rect())
        if self.hasFocus():
            body = draw_ring(painter, body, theme.px(4), theme.focus)
        edge, width = (theme.danger_field, 2) if self.invalid else (theme.border_strong, theme.line)
        draw_frame(painter, body, theme.px(6), fill=theme.surface, border=edge, width=width)
        painter.end()
        super().paintEvent(event)
