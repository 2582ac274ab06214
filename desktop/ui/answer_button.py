"""Yes, No or Old of an answer row: fixed in width, so that its key appears inside without moving anything."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent

from desktop.ui.drawing import draw_frame, draw_keycap, keycap_width, painter_on
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme

Meaning = Literal["yes", "no"]


class AnswerButton(PaintedButton):
    """The row has the focus, not the button: a press goes to the row's question like its key."""

    def __init__(self, theme: Theme, text: str, key: str, meaning: Meaning, question: str, *, width: int = 70) -> None:
        super().__init__(theme, text, f"{text}: {question}")
        self._key, self._meaning, self._width = key, meaning, width
        self._shows_key = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_key(self, shown: bool) -> None:
        self._shows_key = shown and self.theme.single_keys
        self.update()

    def nextCheckState(self) -> None:
        """A press does not check it: only the recorded answer does."""

    def _font(self) -> QFont:
        return self.theme.font("body", 600 if self.isChecked() else 400)

    def sizeHint(self) -> QSize:
        widest = QFontMetrics(self.theme.font("body", 600)).horizontalAdvance(self.text())
        needed = widest + keycap_width(self._key, self.theme) + self.theme.px(12)
        return QSize(max(self.theme.px(self._width), needed), self.theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body, radius = QRectF(self.rect()), theme.px(6)
        ink = theme.text
        if self.isChecked() and self._meaning == "yes":
            draw_frame(painter, body, radius, fill=theme.text, border=theme.text)
            ink = theme.surface
        elif self.isChecked():
            draw_frame(painter, body, radius, fill=theme.inset, border=theme.text, width=2)
        else:
            ground = theme.inset if self.underMouse() else theme.surface
            draw_frame(painter, body, radius, fill=ground, border=theme.border_strong)
        key = keycap_width(self._key, theme) + theme.px(6) if self._shows_key else 0
        width = self.text_width(self._font())
        left = (body.width() - width - key) / 2
        painter.setFont(self._font())
        painter.setPen(ink)
        painter.drawText(
            mirrored(self, QRectF(left, 0, width, body.height())), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if key:
            cap = mirrored(self, QRectF(left + width + theme.px(6), 0, keycap_width(self._key, theme), 1))
            draw_keycap(painter, cap.left(), body.height() / 2, self._key, theme)
