"""A question that would decide something: press it to go there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent

from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.painted_button import PaintedButton
from desktop.ui.theme import Theme


class QuestionChip(PaintedButton):
    def __init__(self, theme: Theme, text: str, name: str) -> None:
        super().__init__(theme, text, name)
        self._font = theme.font("small")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.text_width(self._font) + self.theme.px(16), self.theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.body()
        painter, theme = painter_on(self), self.theme
        ground = theme.inset if self.underMouse() else theme.surface
        draw_frame(painter, body, theme.px(4), fill=ground, border=theme.border_strong, dashed=True)
        painter.setFont(self._font)
        painter.setPen(theme.text)
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
