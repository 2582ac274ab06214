"""One way in which a follow-up can go on: its digit, the words, and what it asks for."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.ui.drawing import draw_frame, draw_keycap, keycap_width, painter_on
from desktop.ui.label import Label
from desktop.ui.row_button import RowButton
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme


class WayButton(RowButton):
    def __init__(self, theme: Theme, words: str, hint: str, digit: str) -> None:
        super().__init__(theme, f"{digit}: {words}. {hint}" if theme.single_keys else f"{words}. {hint}")
        self._digit = digit if theme.single_keys else ""
        self.setCheckable(True)
        self.words = Label(theme, words, "body", wrap=True)
        lines = QVBoxLayout(self)
        set_margins(lines, theme.px(40), theme.px(5), theme.px(10), theme.px(6))
        lines.setSpacing(0)
        lines.addWidget(self.words)
        hints = Label(theme, hint, "small", colour=theme.muted, wrap=True)
        lines.addWidget(hints)
        hints.setVisible(bool(hint))

    def show_chosen(self, chosen: bool) -> None:
        self.setChecked(chosen)
        self.words.set_weight(600 if chosen else 400)

    def nextCheckState(self) -> None:
        """Chosen by the form, so that never two are."""

    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.body()
        painter, theme = painter_on(self), self.theme
        chosen = self.isChecked()
        ground = theme.inset if chosen or self.underMouse() else theme.surface
        edge = theme.text if chosen else theme.border_strong
        draw_frame(painter, QRectF(body), theme.px(6), fill=ground, border=edge, width=2 if chosen else 1)
        if self._digit:
            cap = mirrored(self, QRectF(theme.px(11), 0, keycap_width(self._digit, theme), 1))
            draw_keycap(painter, cap.left(), self.height() / 2, self._digit, theme)
