"""The patient's own answers beside a feature: a mark and words for each, and what was not asked, to go to."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.side_by_side import PatientAnswer
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.marks import AnswerMark, draw_answer
from desktop.ui.question_chip import QuestionChip
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme


class PatientSaid(QWidget):
    """Signals: asked_for (item id)."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme, answers: tuple[PatientAnswer, ...], marks: dict[str, AnswerMark]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(3))
        for one in answers:
            if one.asked:
                words = one.words if len(answers) == 1 else f"{one.label}: {one.words}"
                layout.addWidget(Said(theme, words[:1].upper() + words[1:], marks.get(one.item)))
        missing = [one for one in answers if not one.asked]
        if missing:
            self._add_missing(theme, layout, missing, alone=len(answers) == 1)
        layout.addStretch()

    def _add_missing(self, theme: Theme, layout: QVBoxLayout, missing: list[PatientAnswer], *, alone: bool) -> None:
        names = ", ".join(one.label.lower() for one in missing)
        words = self.tr("not asked") if alone else self.tr("not asked: {what}").format(what=names)
        layout.addWidget(Said(theme, words, "not asked"))
        first = missing[0]
        if first.words == "not asked":
            chip = QuestionChip(theme, self.tr("ask"), self.tr("Ask: {question}").format(question=first.label))
            chip.setToolTip(self.tr("Go to: {question}").format(question=first.label))
            chip.clicked.connect(lambda: self.asked_for.emit(first.item))
            layout.addWidget(chip)


class Said(QWidget):
    def __init__(self, theme: Theme, words: str, mark: AnswerMark | None) -> None:
        super().__init__()
        self.theme, self._mark = theme, mark
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(22), 0, 0, 0)
        colour = theme.muted if mark == "not asked" else theme.text
        layout.addWidget(Label(theme, words, "small", colour=colour, wrap=True))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._mark is not None:
            size = self.theme.px(15)
            place = mirrored(self, QRectF(0, self.theme.px(1), size, size))
            draw_answer(painter_on(self), place, self._mark, self.theme)
