"""One question of the waiting-room form, typed in from paper: digits choose, and the answer is the patient's."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.checklist import Answer
from desktop.clinical.waiting_room import FormQuestion
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.keys import character, digit
from desktop.ui.label import Label
from desktop.ui.segment import Segment
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class FormRow(QWidget):
    """Signals: heard (item id, answer or None), moved (rows down)."""

    heard = Signal(str, object)
    moved = Signal(int)

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__()
        self.theme, self.question = theme, question
        self._said: Answer | None = None
        self._taken = False
        self.segments = [
            Segment(theme, words, str(place), question.ask, negative=answer in (False, "no"))
            for place, (words, answer) in enumerate(question.choices, 1)
        ]
        self._state = Label(theme, "", "small", colour=theme.muted, wrap=True)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=theme.px(6), line_gap=theme.px(5))
        for place, segment in enumerate(self.segments):
            segment.clicked.connect(partial(self.choose, place))
            flow.addWidget(segment)
        lines = QVBoxLayout(self)
        set_margins(lines, theme.px(14), theme.px(7), theme.px(12), theme.px(7))
        lines.setSpacing(theme.px(4))
        lines.addWidget(Label(theme, question.ask, "body", wrap=True))
        lines.addWidget(buttons)
        lines.addWidget(self._state)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_said(self, said: Answer | None, taken: str) -> None:
        """`taken`: what a clinician has answered already, in words; then the form changes nothing."""
        self._said, self._taken = said, bool(taken)
        for segment, (_, answer) in zip(self.segments, self.question.choices, strict=True):
            chosen = answer in said if isinstance(said, frozenset) else answer == said and type(answer) is type(said)
            segment.setChecked(said is not None and chosen)
            segment.setVisible(not self._taken)
        words = self.tr("Answered by a clinician already: {answer}. That stands.").format(answer=taken) if taken else ""
        self._state.show_text(words)
        there = ", ".join(one.text() for one in self.segments if one.isChecked()) or self.tr("nothing ticked")
        self.setAccessibleName(f"{self.question.ask} {words or there}")

    def choose(self, place: int) -> None:
        """What is chosen already is taken back."""
        if self._taken or place >= len(self.segments):
            return
        answer = self.question.choices[place][1]
        if self.question.several:
            held = self._said if isinstance(self._said, frozenset) else frozenset[str]()
            ticked = held ^ {str(answer)}
            self.heard.emit(self.question.item.id, ticked or None)
        else:
            same = answer == self._said and type(answer) is type(self._said)
            self.heard.emit(self.question.item.id, None if same else answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = digit(character(event))
        if place is not None and 0 < place <= len(self.segments):
            self.choose(place - 1)
            if not self.question.several:
                self.moved.emit(1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_keys(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_keys(False)

    def _show_keys(self, shown: bool) -> None:
        for segment in self.segments:
            segment.show_key(shown)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.fillRect(0, 0, self.width(), 1, theme.border)
        if self.hasFocus():
            body = QRectF(self.rect())
            draw_frame(painter, body, theme.px(7), fill=theme.accent_tint, border=theme.focus, width=2.5)
