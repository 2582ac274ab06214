"""Something not yet ruled out, with the questions that would decide it: press one to go there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.assessment import Undecided
from desktop.clinical.content import Content
from desktop.ui.drawing import draw_line, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.phrase import Phrase
from desktop.ui.question_chip import QuestionChip
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme


class UndecidedRow(QWidget):
    """`brief`: the chips follow the title on its line."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme, content: Content, undecided: Undecided, *, chips: int, brief: bool) -> None:
        super().__init__()
        self.theme, self._content, self._undecided, self._shown = theme, content, undecided, chips
        self._chips = FlowLayout(gap=theme.px(5), line_gap=theme.px(4))
        title = Phrase(theme, undecided.rule.flag, weight=600)
        if brief:
            self._chips.addWidget(title)
        for id in undecided.needs[:chips]:
            self._add_chip(id)
        if len(undecided.needs) > chips:
            self._more = TextLink(theme, f"+ {len(undecided.needs) - chips} more", f"More for {undecided.rule.flag}")
            self._more.clicked.connect(self._show_all)
            self._chips.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(28), theme.px(4), 0, theme.px(5))
        layout.setSpacing(theme.px(4))
        if not brief:
            layout.addWidget(title)
        layout.addLayout(self._chips)
        if not undecided.needs:
            layout.addWidget(Label(theme, _left_open(content, undecided), "small", colour=theme.muted, wrap=True))
        self.setAccessibleName(f"Not yet ruled out: {undecided.rule.flag}, {undecided.urgency.word.replace('-', ' ')}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _add_chip(self, id: str) -> None:
        item = self._content.items[id]
        chip = QuestionChip(self.theme, item.label, f"Go to: {item.ask}")
        chip.setToolTip(item.ask)
        chip.clicked.connect(lambda: self.asked_for.emit(id))
        self._chips.addWidget(chip)

    def _show_all(self) -> None:
        self._more.hide()
        for id in self._undecided.needs[self._shown :]:
            self._add_chip(id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, size = painter_on(self), self.theme, self.theme.px(18)
        draw_urgency(painter, QRectF(0, theme.px(4), size, size), self._undecided.urgency, theme, undecided=True)
        foot = self.height() - 1
        draw_line(painter, QPointF(0, foot), QPointF(self.width(), foot), theme.border)


def _left_open(content: Content, undecided: Undecided) -> str:
    labels = ", ".join(content.items[id].label.lower() for id in undecided.left_open)
    return f"Asked, and still open: {labels}" if labels else "Age or sex is not known"
