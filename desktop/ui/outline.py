"""A frame round something in the window, which the hand goes through."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.theme import Theme

WIDTH = 3


class Outline(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self._within = theme, parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def go_round(self, target: QWidget | None) -> None:
        if target is None or not target.isVisible():
            self.hide()
            return
        self.setGeometry(QRect(target.mapTo(self._within, QPoint(0, 0)), target.size()))
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        inside = QRectF(self.rect()).adjusted(*(WIDTH / 2,) * 2, *(-WIDTH / 2,) * 2)
        draw_frame(painter_on(self), inside, self.theme.px(6), border=self.theme.accent, width=WIDTH)
