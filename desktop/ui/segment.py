"""One choice of a question's choices. None is ever set beforehand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPaintEvent

from desktop.ui.drawing import draw_frame, draw_keycap, keycap_width, painter_on
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme


class Segment(PaintedButton):
    """The field has the focus, not the segment; with it the segment shows its key."""

    def __init__(self, theme: Theme, text: str, key: str, question: str, *, negative: bool = False) -> None:
        super().__init__(theme, text, f"{text}: {question}")
        self._key, self._negative = key, negative
        self._shows_key = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_key(self, shown: bool) -> None:
        self._shows_key = shown and bool(self._key) and self.theme.single_keys
        self.update()

    def nextCheckState(self) -> None:
        """A press does not check it: only the recorded answer does."""

    def _font(self) -> QFont:
        return self.theme.font("note", 600 if self.isChecked() else 400)

    def sizeHint(self) -> QSize:
        """Room for the key is always there, so that nothing moves when it shows."""
        text = self.text_width(self.theme.font("note", 600))
        key = keycap_width(self._key, self.theme) + self.theme.px(4) if self._key else 0
        return QSize(text + key + self.theme.px(14), max(24, self.theme.px(28)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        body, radius = QRectF(self.rect()), theme.px(6)
        ink = theme.text
        if self.isChecked() and not self._negative:
            draw_frame(painter, body, radius, fill=theme.text, border=theme.text)
            ink = theme.surface
        elif self.isChecked():
            draw_frame(painter, body, radius, fill=theme.inset, border=theme.text, width=2)
        else:
            ground = theme.inset if self.underMouse() else theme.surface
            draw_frame(painter, body, radius, fill=ground, border=theme.border_strong)
        key = keycap_width(self._key, theme) + theme.px(4) if self._shows_key else 0
        width = self.text_width(self._font())
        left = (body.width() - width - key) / 2
        painter.setFont(self._font())
        painter.setPen(ink)
        painter.drawText(
            mirrored(self, QRectF(left, 0, width, body.height())), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if key:
            cap = mirrored(self, QRectF(left + width + theme.px(4), 0, keycap_width(self._key, theme), 1))
            draw_keycap(painter, cap.left(), body.height() / 2, self._key, theme)
