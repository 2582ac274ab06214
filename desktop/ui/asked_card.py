"""What was asked: how many yes, no, values, unsure and not asked; every answer with who said it, on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Unsure
from desktop.clinical.content import Content
from desktop.record.encounter import Saying
from desktop.ui.answers_list import AnswersList
from desktop.ui.card import Card
from desktop.ui.drawing import painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.marks import AnswerMark, draw_answer
from desktop.ui.question_chip import QuestionChip
from desktop.ui.regrow import regrow
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme

KINDS: tuple[AnswerMark, ...] = ("yes", "no", "unsure", "could not examine", "not asked")


class AskedCard(Card):
    """Signals: asked_for (item id)."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme, title: str, content: Content, zone: ZoneInfo) -> None:
        super().__init__(theme, title)
        self.content, self._said = content, title
        self.counts = QWidget()
        self._flow = FlowLayout(self.counts, gap=theme.px(11), line_gap=theme.px(4))
        self._screen = QWidget()
        self._screen_flow = FlowLayout(self._screen, gap=theme.px(6), line_gap=theme.px(4))
        self.show_all = TextLink(theme, self.tr("Show all answers"))
        self.show_all.clicked.connect(self._toggle)
        self.answers = AnswersList(theme, content, zone)
        self.answers.hide()
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
        lines.setSpacing(theme.px(7))
        for part in (self.counts, self._screen, self.answers):
            lines.addWidget(part)
        self.put_beside_title(self.show_all)
        self.put_rows([body])

    def show_asked(self, assessment: Assessment, said: Mapping[str, Saying]) -> None:
        marks: Counter[str] = Counter(
            _mark(self.content.items[id], answer) for id, answer in assessment.answers.items()
        )
        values = marks.pop("value", 0)
        marks["not asked"] = len(assessment.not_asked)
        asked = len(assessment.answers)
        self.show_count(self.tr("{asked} of {of}").format(asked=asked, of=asked + marks["not asked"]))
        self._put(self._flow, [Count(self.theme, kind, marks[kind], self._words(kind)) for kind in KINDS[:2]])
        more: list[QWidget] = [Label(self.theme, self.tr("%n value(s)", "", values), "note")]
        rare = [kind for kind in KINDS[2:] if marks[kind] or kind == "not asked"]
        more += [Count(self.theme, kind, marks[kind], self._words(kind)) for kind in rare]
        if assessment.patient_says:
            count = len(assessment.patient_says)
            words = self.tr("%n said by the patient, not confirmed", "", count)
            more.append(Label(self.theme, words, "note", weight=600))
        for widget in more:
            self._flow.addWidget(widget)
        self._show_screen(assessment)
        self._name(assessment, marks, values)
        self.answers.show_answers(assessment, said)

    def _show_screen(self, assessment: Assessment) -> None:
        screen = assessment.safety_screen
        words = self.tr("Safety screen {asked} of {of}").format(asked=screen.asked, of=screen.of)
        if screen.missing:
            words += ". " + self.tr("Not asked:")
        elif screen.unsure:
            words += ". " + self.tr("Unsure:")
        chips: list[QWidget] = [Label(self.theme, words, "note", weight=600)]
        for id in screen.missing or screen.unsure:
            label = self.content.items[id].label
            chip = QuestionChip(self.theme, label, self.tr("Go to the question: {label}").format(label=label))
            chip.clicked.connect(lambda _=False, id=id: self.asked_for.emit(id))
            chips.append(chip)
        self._put(self._screen_flow, chips)

    def _name(self, assessment: Assessment, marks: Counter[str], values: int) -> None:
        """What is read on the marks and chips, for who comes into the card without seeing them."""
        screen = assessment.safety_screen
        counts = [f"{marks[kind]} {self._words(kind)}" for kind in KINDS]
        counts.insert(2, self.tr("%n value(s)", "", values))
        words = self.tr("Safety screen {asked} of {of}").format(asked=screen.asked, of=screen.of)
        self.setAccessibleName(f"{self._said}. {words}. {', '.join(counts)}")

    def _put(self, flow: FlowLayout, widgets: list[QWidget]) -> None:
        while (item := flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            flow.addWidget(widget)

    def _toggle(self) -> None:
        shown = self.answers.isHidden()
        self.answers.setVisible(shown)
        regrow(self.answers)
        self.show_all.setText(self.tr("Hide the answers") if shown else self.tr("Show all answers"))
        self.show_all.setAccessibleName(self.show_all.text())
        self.show_all.updateGeometry()

    def _words(self, kind: AnswerMark) -> str:
        match kind:
            case "yes":
                return self.tr("yes")
            case "no":
                return self.tr("no")
            case "unsure":
                return self.tr("unsure")
            case "could not examine":
                return self.tr("could not examine")
        return self.tr("not asked")


class Count(QWidget):
    """A mark, a number and a word."""

    def __init__(self, theme: Theme, mark: AnswerMark, count: int, words: str) -> None:
        super().__init__()
        self.theme, self._mark = theme, mark
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(24), 0, 0, 0)
        layout.addWidget(Label(theme, f"{count} {words}", "note", weight=600 if mark == "not asked" and count else 400))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self.theme.px(17)
        place = mirrored(self, QRectF(0, (self.height() - size) / 2, size, size))
        draw_answer(painter_on(self), place, self._mark, self.theme)


def _mark(item: Item, answer: Answer) -> str:
    """A choice that denies is a *no*, one of several places a value, *new* and *old* are a *yes*."""
    match answer:
        case bool():
            return "yes" if answer else "no"
        case Unsure():
            return "unsure"
        case CouldNotExamine():
            return "could not examine"
        case str() if item.is_timed:
            return "no" if answer == "no" else "yes"
    return "value"
