"""The three dots of a row: the answers that have no button of their own."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent

from desktop.ui.drawing import draw_frame, icon, painter_on
from desktop.ui.menu import Menu
from desktop.ui.painted_button import PaintedButton
from desktop.ui.theme import Theme


class MoreButton(PaintedButton):
    chosen = Signal(str)

    def __init__(self, theme: Theme, question: str) -> None:
        super().__init__(theme)
        self.setAccessibleName(self.tr("More answers: {question}").format(question=question))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if theme.single_keys else Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("More answers: unsure, could not examine, not asked"))
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        menu = Menu(self.theme, self)
        for answer, words, key in self._choices():
            menu.addAction(f"{words}\t{key}" if self.theme.single_keys else words).setData(answer)
        menu.triggered.connect(lambda action: self.chosen.emit(action.data()))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _choices(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("unsure", self.tr("Unsure"), "U"),
            ("could not examine", self.tr("Could not examine…"), "X"),
            ("not asked", self.tr("Not asked"), "Del"),
        )

    def sizeHint(self) -> QSize:
        side = max(24, self.theme.px(28))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.body()
        painter, size = painter_on(self), self.theme.px(18)
        if self.underMouse() or self.isDown():
            draw_frame(painter, body, self.theme.px(6), fill=self.theme.inset)
        pixmap = icon("ellipsis", self.theme.text, size, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, pixmap)
