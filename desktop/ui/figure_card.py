"""What is known in figures about one cause: people in so many, with the range and the figure it started from."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.differential import CauseReading
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.icon_grid import IconGrid
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class FigureCard(QWidget):
    """Where the engine gives no figure, why there is none."""

    def __init__(self, theme: Theme, reading: CauseReading) -> None:
        super().__init__()
        self.theme = theme
        figure = reading.estimate
        words = reading.number_words[:1].upper() + reading.number_words[1:]
        weight = 600 if figure and not figure.grey else 400
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        layout.setSpacing(theme.px(5))
        layout.addWidget(Label(theme, reading.cause.name, "note", weight=600, wrap=True))
        layout.addWidget(Label(theme, words, "note", weight=weight, wrap=True))
        key = self.tr("One dot is one person in 1000. Dark: the best estimate; grey: to the end of the range.")
        if figure:
            layout.addWidget(IconGrid(theme, figure.after, words))
            layout.addWidget(Label(theme, key, "small", colour=theme.muted, wrap=True))
            layout.addWidget(Label(theme, reading.cause.no_number, "small", colour=theme.muted, wrap=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)
