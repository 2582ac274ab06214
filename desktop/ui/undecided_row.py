"""Something not yet ruled out, with the fewest questions that could raise it: press one to go there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from desktop.clinical.content import Content
from desktop.clinical.rules import Urgency
from desktop.ui.drawing import draw_line
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.grounded import Grounded
from desktop.ui.label import Label
from desktop.ui.levels import level_words
from desktop.ui.marks import draw_urgency
from desktop.ui.next_best import OpenRule
from desktop.ui.phrase import Phrase
from desktop.ui.question_chip import QuestionChip
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


class UndecidedRow(Grounded):
    """`brief`: the chips follow the title on its line, if all of them have room there."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme, content: Content, rule: OpenRule, *, brief: bool) -> None:
        super().__init__(theme.surface)
        self.theme, self._content, self.rule = theme, content, rule
        self._urgency = Urgency(rule.urgency)
        self._chips = FlowLayout(gap=theme.px(5), line_gap=theme.px(4))
        title = Phrase(theme, rule.flag, weight=600)
        if brief:
            self._chips.addWidget(title)
            self._chips.head = title
        for id in rule.questions:
            self._add_chip(id)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(28), theme.px(4), 0, theme.px(5))
        layout.setSpacing(theme.px(4))
        if not brief:
            layout.addWidget(title)
        layout.addLayout(self._chips)
        if not rule.questions:
            layout.addWidget(Label(theme, _left_open(content, rule), "small", colour=theme.muted, wrap=True))
        words = self.tr("Not yet ruled out: {flag}, {urgency}")
        self.setAccessibleName(words.format(flag=rule.flag, urgency=level_words(self._urgency).lower()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _add_chip(self, id: str) -> None:
        item, is_best = self._content.items[id], id == self.rule.best
        name = self.tr("Next best question, go to: {question}") if is_best else self.tr("Go to: {question}")
        name = name.format(question=f"{item.ask} {self.rule.why}" if is_best else item.ask)
        chip = QuestionChip(self.theme, item.label, name, key="F2" if is_best else "")
        chip.setToolTip(f"{item.ask}\n{self.rule.why} (F2)" if is_best else item.ask)
        chip.clicked.connect(lambda: self.asked_for.emit(id))
        self._chips.addWidget(chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, size = self.grounded(), self.theme, self.theme.px(18)
        mark = mirrored(self, QRectF(0, theme.px(4), size, size))
        draw_urgency(painter, mark, self._urgency, theme, undecided=True)
        foot = self.height() - 1
        draw_line(painter, QPointF(0, foot), QPointF(self.width(), foot), theme.border)


def _left_open(content: Content, rule: OpenRule) -> str:
    labels = ", ".join(content.items[id].label.lower() for id in rule.left_open)
    if not labels:
        return translate("UndecidedRow", "Age or sex is not known")
    return translate("UndecidedRow", "Asked, and still open: {labels}").format(labels=labels)
