"""A chance as a thousand dots: dark to the best estimate, grey to the end of its range, light for the rest."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.clinical.chance import Chance
from desktop.ui.drawing import painter_on
from desktop.ui.theme import Theme

DOTS, HIGH = 1000, 10


class IconGrid(QWidget):
    def __init__(self, theme: Theme, chance: Chance, words: str) -> None:
        super().__init__()
        self.theme = theme
        self._dark, self._grey = round(chance.point * DOTS), ceil(chance.high * DOTS)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(300), self.theme.px(60))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.theme.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.setPen(Qt.PenStyle.NoPen)
        step = min(self.width() / (DOTS / HIGH), self.height() / HIGH)
        size = step * 0.72
        for dot in range(DOTS):
            dark, grey = dot < self._dark, dot < self._grey
            painter.setBrush(theme.text if dark else theme.muted if grey else theme.border)
            painter.drawEllipse(QRectF(dot // HIGH * step, dot % HIGH * step, size, size))
