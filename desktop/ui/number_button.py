"""The number to ring, to be read from across the desk. Pressed, it is copied, for whoever dials by computer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent

from desktop.ui.drawing import draw_frame, draw_keycap, draw_ring, icon, keycap_width, painter_on
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme

NUMBER_KEY = "P"
EDGE, GAP, ICON = 10, 7, 16


class NumberButton(PaintedButton):
    """`ring` is the colour of its focus: on the filled banner the usual one would not be seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring: QColor = theme.focus
        self._font = theme.font("h3", 600)
        self._key = NUMBER_KEY if theme.single_keys else ""
        self.setToolTip(self.tr("Copy the number (P)") if self._key else self.tr("Copy the number"))

    def show_number(self, number: str) -> None:
        if number != self.text():
            self.setText(number)
            self.setAccessibleName(self.tr("Copy the number {number}").format(number=number))
            self.updateGeometry()
        self.setVisible(bool(number))

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = px(EDGE) + px(ICON) + px(GAP) + self.text_width(self._font) + self._key_room() + px(EDGE)
        return QSize(width, max(24, px(30)))

    def _key_room(self) -> int:
        return self.theme.px(GAP) + keycap_width(self._key, self.theme) if self._key else 0

    def body(self) -> QRectF:
        rect = QRectF(self.rect())
        if not self.hasFocus():
            return rect
        return draw_ring(painter_on(self), rect, self.theme.px(3), self.ring)

    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.body()
        painter, theme, middle = painter_on(self), self.theme, self.height() / 2
        ground = theme.inset if self.underMouse() or self.isDown() else theme.surface
        draw_frame(painter, body, theme.px(6), fill=ground, border=theme.border_strong, width=theme.line)
        size, left = theme.px(ICON), theme.px(EDGE)
        picture = icon("phone", theme.text, size, self.devicePixelRatioF())
        painter.drawPixmap(mirrored(self, QRectF(left, round(middle - size / 2), size, size)).topLeft(), picture)
        left += size + theme.px(GAP)
        width = self.text_width(self._font)
        painter.setFont(self._font)
        painter.setPen(theme.text)
        words = mirrored(self, QRectF(left, 0, width, self.height()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key:
            cap = QRectF(left + width + theme.px(GAP), 0, keycap_width(self._key, theme), 1)
            draw_keycap(painter, mirrored(self, cap).left(), middle, self._key, theme)
