"""The steps of the first run: done, here, to come. Not pressed: `Back` and `Next` go one at a time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.drawing import draw_frame, icon, painter_on
from desktop.ui.sides import mirrored, text_side
from desktop.ui.theme import Theme

ROW, RING = 40, 24


class RunSteps(QWidget):
    def __init__(self, theme: Theme, words: list[str]) -> None:
        super().__init__()
        self.theme, self._words, self._here = theme, words, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, number: int) -> None:
        self._here = number
        self.setAccessibleName(
            self.tr("Step {number} of {of}: {words}").format(
                number=number + 1, of=len(self._words), words=self._words[number]
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(ROW * len(self._words)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        for number, words in enumerate(self._words):
            top = theme.px(ROW) * number
            ring = mirrored(self, QRectF(0, top + theme.px(8), theme.px(RING), theme.px(RING)))
            self._draw_ring(painter, ring, number)
            painter.setFont(theme.font("body", 600 if number == self._here else 400))
            painter.setPen(theme.text if number <= self._here else theme.muted)
            line = mirrored(self, QRectF(theme.px(RING + 10), top, self.width(), theme.px(ROW)))
            painter.drawText(line, text_side(self), words)

    def _draw_ring(self, painter: QPainter, ring: QRectF, number: int) -> None:
        theme, radius = self.theme, ring.width() / 2
        if number < self._here:
            draw_frame(painter, ring, radius, fill=theme.text)
            size = theme.px(14)
            tick = icon("check", theme.surface, size, self.devicePixelRatioF())
            painter.drawPixmap(round(ring.center().x() - size / 2), round(ring.center().y() - size / 2), tick)
            return
        here = number == self._here
        draw_frame(painter, ring, radius, fill=theme.accent if here else None, border=None if here else theme.muted)
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.on_accent if here else theme.muted)
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(number + 1))
