"""Yes, No or Old of an answer row: fixed in width, so that its key appears inside without moving anything."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from desktop.ui.drawing import keycap_width, painter_on
from desktop.ui.keyed_button import KeyedButton
from desktop.ui.sides import is_mirrored
from desktop.ui.stamp import stamp
from desktop.ui.theme import Theme

Meaning = Literal["yes", "no"]


class AnswerButton(KeyedButton):
    """A press goes to the row's question like its key."""

    role, gap = "body", 6

    def __init__(self, theme: Theme, text: str, key: str, meaning: Meaning, question: str, *, width: int = 70) -> None:
        super().__init__(theme, text, key, question, negative=meaning == "no")
        self._width = width
        inks = theme.text, theme.surface, theme.inset, theme.border_strong, theme.muted
        self._look = key, meaning, theme.scale, theme.line, theme.heavy, *(ink.rgba() for ink in inks)

    def sizeHint(self) -> QSize:
        widest = self.theme.width(self.text(), "body", 600)
        needed = widest + keycap_width(self._key, self.theme) + self.theme.px(12)
        return QSize(max(self.theme.px(self._width), needed), self.theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The same few words stand in every row: copied, with or without key, pressed, pointed at or neither."""
        body = self.body()
        state = self.text(), self._shows_key, self.isChecked(), self.underMouse(), body.left(), is_mirrored(self)
        stamp(painter_on(self), QRectF(self.rect()), (self._look, state), partial(self._draw_at, body))

    def _draw_at(self, body: QRectF, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        painter.translate(rect.topLeft())
        self.draw(painter, body)
        painter.restore()
