"""How much of the safety screen is asked: one block for each question, in its order, with the words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.headline import cauda_equina_words, screen_words
from desktop.ui.label import Label
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme


class CoverageBar(QWidget):
    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__()
        self._content = content
        self._blocks = Blocks(theme)
        self._screen = Label(theme, "", "note", weight=600)
        self._cauda_equina = Label(theme, "", "note", colour=theme.muted)
        layout = FlowLayout(self, gap=theme.px(8), line_gap=theme.px(2))
        for part in (self._blocks, self._screen, self._cauda_equina):
            layout.addWidget(part)

    def show_assessment(self, assessment: Assessment) -> None:
        asked = [item.id in assessment.answers for item in self._content.safety_screen.items]
        self._blocks.show_asked(asked)
        self._screen.setText(screen_words(assessment))
        self._cauda_equina.setText(cauda_equina_words(self._content, assessment))
        self.setAccessibleName(f"{self._screen.text()}. {self._cauda_equina.text()}")


class Blocks(QWidget):
    """Filled is asked, dashed is open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._asked: list[bool] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_asked(self, asked: list[bool]) -> None:
        if asked != self._asked:
            self._asked = asked
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(9) * len(self._asked), self.theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        for place, asked in enumerate(self._asked):
            block = mirrored(self, QRectF(theme.px(9) * place, 0, theme.px(7), theme.px(10)))
            fill = theme.muted if asked else None
            draw_frame(painter, block, theme.px(1), fill=fill, border=theme.border_strong, dashed=not asked)
