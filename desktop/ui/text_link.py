"""A link in the accent colour, underlined under the pointer and with the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent

from desktop.ui.drawing import painter_on
from desktop.ui.painted_button import PaintedButton
from desktop.ui.theme import Theme


class TextLink(PaintedButton):
    weight = 600

    def __init__(self, theme: Theme, text: str, name: str = "") -> None:
        super().__init__(theme, text, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(
            self.theme.width(self.text(), "small", self.weight) + 1 + self.theme.px(10), max(24, self.theme.px(24))
        )

    def ink(self) -> QColor:
        return self.theme.accent

    def paintEvent(self, event: QPaintEvent) -> None:
        self.body()
        painter = painter_on(self)
        font = self.theme.font("small", self.weight)
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(self.ink())
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())


class QuietLink(TextLink):
    """Of what is read more often than pressed."""

    weight = 400

    def ink(self) -> QColor:
        return self.theme.muted
