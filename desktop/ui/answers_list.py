"""Every answer in the order of the questions, with who said it; then what was not asked, by name."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Answer
from desktop.clinical.content import Content
from desktop.clinical.words import answer_words
from desktop.record.encounter import Saying
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class AnswersList(QWidget):
    def __init__(self, theme: Theme, content: Content, zone: ZoneInfo) -> None:
        super().__init__()
        self.theme, self.content, self._zone = theme, content, zone
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(3))
        for column, stretch in enumerate((4, 3, 4)):
            self._grid.setColumnStretch(column, stretch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_answers(self, assessment: Assessment, said: Mapping[str, Saying]) -> None:
        self._clear()
        told: dict[str, Answer] = {**assessment.patient_says, **assessment.answers}
        untouched: list[str] = []
        for section in self.content.sections:
            given = [item for item in section.items if item.id in told]
            missing = [item.label for item in section.items if item.id in assessment.not_asked]
            missing = [label for label in missing if label not in [item.label for item in given]]
            if given or (missing and section.safety_screen):
                self._heading(section.title)
            elif missing:
                untouched.append(section.title)
            for item in given:
                words = answer_words(item, told[item.id])
                self._row(item.label, words, self._whose(said.get(item.id)))
            if missing and (given or section.safety_screen):
                names = ", ".join(missing)
                self._note(self.tr("Not asked: {labels}").format(labels=names))
        if untouched:
            self._heading(self.tr("Nothing asked"))
            self._note(", ".join(untouched))

    def _whose(self, saying: Saying | None) -> str:
        if saying is None:
            return ""
        at = saying.at.astimezone(self._zone)
        if saying.by == "patient":
            return self.tr("the patient says, {time}; not confirmed").format(time=f"{at:%H:%M}")
        return f"{saying.who}, {at:%H:%M}"

    def _heading(self, words: str) -> None:
        label = Label(self.theme, words, "note", weight=600)
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 3)

    def _row(self, label: str, answer: str, whose: str) -> None:
        row = self._grid.rowCount()
        for column, words in enumerate((label, answer, whose)):
            weight = 600 if column == 1 else 400
            colour = self.theme.muted if column == 2 else None
            cell = Label(self.theme, words, "small", weight=weight, colour=colour, wrap=True)
            self._grid.addWidget(cell, row, column)

    def _note(self, words: str) -> None:
        label = Label(self.theme, words, "small", colour=self.theme.muted, wrap=True)
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 3)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
