"""What happened, what is safe, what to do: on the screens before anybody is signed in."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.record.errors import RecordError
from desktop.ui.announce import announce
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_answer
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme
from desktop.ui.told import told


class Refusal(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._what = Label(theme, "", "body", weight=600, wrap=True)
        self._safe = Label(theme, "", "note", wrap=True)
        self._todo = Label(theme, "", "note", wrap=True)
        lines = QVBoxLayout(self)
        set_margins(lines, theme.px(44), theme.px(8), theme.px(12), theme.px(10))
        lines.setSpacing(theme.px(2))
        for line in (self._what, self._safe, self._todo):
            lines.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_error(self, error: RecordError) -> None:
        self.show_words(*told(error))

    def show_words(self, what: str, safe: str, todo: str) -> None:
        for line, words in ((self._what, what), (self._safe, safe), (self._todo, todo)):
            line.show_text(words)
        self.setAccessibleName(f"{what} {safe} {todo}")
        self.show()
        announce(self, self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_frame(painter, QRectF(self.rect()), theme.px(4), fill=theme.surface, border=theme.border)
        painter.fillRect(mirrored(self, QRectF(0, 0, theme.px(5), self.height())), theme.danger_field)
        draw_answer(
            painter, mirrored(self, QRectF(theme.px(15), theme.px(9), theme.px(20), theme.px(20))), "refused", theme
        )
