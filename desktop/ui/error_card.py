"""An error that stays: what happened, what is safe, what to do, and each line of detail to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_answer
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme


class ErrorCard(QWidget):
    """`most`: how many of the details are shown, or `shown` instead of them; all of them are copied."""

    def __init__(
        self,
        theme: Theme,
        *,
        what: str,
        safe: str,
        todo: str,
        details: Sequence[str],
        most: int | None = None,
        shown: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        self.theme, self._what, self._details = theme, what, tuple(details)
        self.copy = Button(theme, self.tr("Copy details"), small=True)
        self.copy.clicked.connect(self._copy)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(44), theme.px(10), theme.px(14), theme.px(12))
        layout.setSpacing(theme.px(6))
        layout.addWidget(Label(theme, what, "body", weight=600, wrap=True))
        for words in (safe, todo):
            layout.addWidget(Label(theme, words, "note", wrap=True))
        for line in self._shown(most) if shown is None else shown:
            layout.addWidget(Label(theme, line, "small", wrap=True))
        layout.addWidget(self.copy)
        self.setAccessibleName(f"{what} {safe} {todo}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _shown(self, most: int | None) -> tuple[str, ...]:
        if most is None or len(self._details) <= most:
            return self._details
        more = self.tr("and %n more: “Copy details” has them all.", "", len(self._details) - most)
        return (*self._details[:most], more)

    def _copy(self) -> None:
        QApplication.clipboard().setText("\n".join((self._what, *self._details)))
        self.copy.show_words(self.tr("Copied"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_frame(painter, QRectF(self.rect()), theme.px(4), fill=theme.surface, border=theme.border)
        painter.fillRect(mirrored(self, QRectF(0, 0, theme.px(5), self.height())), theme.danger_field)
        draw_answer(
            painter, mirrored(self, QRectF(theme.px(15), theme.px(11), theme.px(20), theme.px(20))), "refused", theme
        )
