"""The mark and the name, as on the first screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.sides import mirrored, text_side
from desktop.ui.theme import Theme

BARS = (0.54, 0.42, 0.54, 0.42)


class Brand(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Backstop")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(130), self.theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        side = theme.px(28)
        draw_mark(painter, mirrored(self, QRectF(0, 1, side, side)), theme)
        painter.setFont(theme.font("h2", 600))
        painter.setPen(theme.text)
        words = mirrored(self, QRectF(side + theme.px(11), 0, self.width(), self.height()))
        painter.drawText(words, text_side(self), "Backstop")


def draw_mark(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """A stack of vertebrae in a rounded square."""
    draw_frame(painter, rect, rect.width() * 0.2, fill=theme.accent)
    height = rect.height() * 0.12
    for place, width in enumerate(BARS):
        left = rect.center().x() - rect.width() * width / 2
        top = rect.top() + rect.height() * (0.18 + 0.175 * place)
        draw_frame(painter, QRectF(left, top, rect.width() * width, height), height / 2, fill=theme.on_accent)
