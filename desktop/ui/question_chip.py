"""A question that would decide something: press it to go there. The next best one shows its key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent

from desktop.ui.drawing import draw_frame, draw_keycap, keycap_width, painter_on
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme


class QuestionChip(PaintedButton):
    def __init__(self, theme: Theme, text: str, name: str, *, key: str = "") -> None:
        super().__init__(theme, text, name)
        self._key = key
        self._font = theme.font("small", 600 if key else 400)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.text_width(self._font) + self.theme.px(16) + self._key_room(), max(24, self.theme.px(24)))

    def _key_room(self) -> int:
        return keycap_width(self._key, self.theme) + self.theme.px(6) if self._key else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.body()
        painter, theme = painter_on(self), self.theme
        ground = theme.inset if self.underMouse() else theme.surface
        if self._key:
            draw_frame(painter, body, theme.px(4), fill=ground, border=theme.accent, width=1.5)
            cap = mirrored(self, QRectF(theme.px(7), 0, keycap_width(self._key, theme), 1))
            draw_keycap(painter, cap.left(), self.height() / 2, self._key, theme)
        else:
            draw_frame(painter, body, theme.px(4), fill=ground, border=theme.border_strong, dashed=True)
        painter.setFont(self._font)
        painter.setPen(theme.accent if self._key else theme.text)
        words = mirrored(self, QRectF(self.rect()).adjusted(self._key_room(), 0, 0, 0))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
