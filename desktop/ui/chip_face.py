"""A chip painted by the row it stands in: as a widget of its own it would cost as much as the row."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.ui.drawing import draw_frame
from desktop.ui.paragraphs import Paragraph
from desktop.ui.sides import text_start
from desktop.ui.theme import Theme

SIDE, EDGE, LEAST = 8, 2, 22


class ChipFace(NamedTuple):
    words: Paragraph
    ground: QColor | None
    frame: QColor | None

    def size(self, theme: Theme) -> QSize:
        words = self.words.size(theme)
        return QSize(words.width() + 2 * theme.px(SIDE), max(theme.px(LEAST), words.height() + 2 * theme.px(EDGE)))

    def draw(self, painter: QPainter, place: QRectF, theme: Theme) -> None:
        draw_frame(painter, place, theme.px(4), fill=self.ground, border=self.frame)
        painter.setFont(theme.font(self.words.role, self.words.weight))
        painter.setPen(self.words.colour)
        within = place.adjusted(theme.px(SIDE), theme.px(EDGE), -theme.px(SIDE), -theme.px(EDGE))
        painter.drawText(within, Qt.AlignmentFlag.AlignVCenter | text_start(), self.words.text)
