"""An answer to press that shows its key inside, while its row or field has the focus."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from desktop.ui.drawing import draw_frame, draw_keycap, keycap_width, painter_on
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme


class KeyedButton(PaintedButton):
    """Its row or field has the focus, but where single keys are off: then Tab comes to it. What is
    `negative` is framed when it is checked, not filled."""

    role: Literal["note", "body"]
    gap: int

    def __init__(self, theme: Theme, text: str, key: str, question: str, *, negative: bool) -> None:
        super().__init__(theme, text, f"{text}: {question}")
        self._key, self._negative = key, negative
        self._shows_key = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if theme.single_keys else Qt.FocusPolicy.TabFocus)

    def show_key(self, shown: bool) -> None:
        shown = shown and bool(self._key) and self.theme.single_keys
        if shown is not self._shows_key:
            self._shows_key = shown
            self.update()

    def nextCheckState(self) -> None:
        """A press does not check it: only the recorded answer does."""

    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.body()
        self.draw(painter_on(self), body)

    def draw(self, painter: QPainter, body: QRectF) -> None:
        """Its focus ring lies around `body`."""
        theme = self.theme
        self._draw_ground(painter, body)
        gap = theme.px(self.gap)
        key = keycap_width(self._key, theme) + gap if self._shows_key else 0
        weight = 600 if self.isChecked() else 400
        width, height = theme.width(self.text(), self.role, weight) + 1, float(self.height())
        left = (self.width() - width - key) / 2
        painter.setFont(theme.font(self.role, weight))
        painter.setPen(theme.surface if self.isChecked() and not self._negative else theme.text)
        painter.drawText(mirrored(self, QRectF(left, 0, width, height)), Qt.AlignmentFlag.AlignVCenter, self.text())
        if key:
            cap = mirrored(self, QRectF(left + width + gap, 0, keycap_width(self._key, theme), 1))
            draw_keycap(painter, cap.left(), height / 2, self._key, theme)

    def _draw_ground(self, painter: QPainter, body: QRectF) -> None:
        theme, radius = self.theme, self.theme.px(6)
        if self.isChecked() and not self._negative:
            draw_frame(painter, body, radius, fill=theme.text, border=theme.text)
        elif self.isChecked():
            draw_frame(painter, body, radius, fill=theme.inset, border=theme.text, width=theme.heavy)
        else:
            ground = theme.inset if self.underMouse() else theme.surface
            draw_frame(painter, body, radius, fill=ground, border=theme.border_strong, width=theme.line)
