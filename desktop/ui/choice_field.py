"""The choices of one question, side by side; as a detail with its own words before them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Unsure
from desktop.ui.chip import Chip
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.keys import Nothing, answer_of, character, chosen
from desktop.ui.phrase import Phrase
from desktop.ui.rows import RowState
from desktop.ui.segment import Segment
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.translation import translate
from desktop.ui.typed import hint


class ChoiceField(QWidget):
    """Signals: answered (answer or None), asked_why (could not examine), left (1 down, -1 up, 0 back to the row)."""

    answered = Signal(object)
    asked_why = Signal()
    left = Signal(int)

    def __init__(self, theme: Theme, item: Item, *, labelled: bool) -> None:
        super().__init__()
        self.theme, self.item = theme, item
        self._answer: Answer | None = None
        # What a detail asks, "Which?", says nothing without the question above it.
        self._asked = item.label if labelled else item.ask
        self._segments = {value: self._segment(place, one) for place, (value, one) in enumerate(_choices(item))}
        self._state: Chip | None = None
        self._lay_out(labelled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if labelled else Qt.FocusPolicy.NoFocus)

    def _segment(self, place: int, one: Choice) -> Segment:
        segment = Segment(self.theme, one.text, one.key, self._asked, negative=one.negative)
        segment.setToolTip(one.meaning)
        segment.setAccessibleDescription(one.meaning)
        segment.clicked.connect(lambda: self._press(place))
        return segment

    def _lay_out(self, labelled: bool) -> None:
        self._line = layout = FlowLayout(self, gap=self.theme.px(6), line_gap=self.theme.px(5))
        around = self.theme.px(4)
        # In a row of its own they begin where the question does; in a strip there is a ring around them.
        set_margins(layout, around if labelled else 0, around, around, around)
        if labelled:
            self.question = Phrase(self.theme, self.item.ask, colour=self.theme.muted)
            layout.addWidget(self.question)
        for segment in self._segments.values():
            layout.addWidget(segment)

    def show_state(self, state: RowState) -> None:
        self._answer = state.answer
        for value, segment in self._segments.items():
            segment.setChecked(_is_chosen(value, state.answer))
        words = state.words if isinstance(state.answer, Unsure | CouldNotExamine) else ""
        self._show_words(words.capitalize())
        self.setAccessibleName(f"{state.item.label}: {state.words}")
        self.setAccessibleDescription(ways_words(self.item, keys=True))

    def _show_words(self, words: str) -> None:
        """Behind the choices: what is none of them. Made when there is any."""
        if words and self._state is None:
            self._state = Chip(self.theme, "", pill=True)
            self._line.addWidget(self._state)
        if self._state is not None:
            self._state.setText(words)
            self._state.setVisible(bool(words))

    def show_keys(self, shown: bool) -> None:
        for segment in self._segments.values():
            segment.show_key(shown)

    @property
    def buttons(self) -> list[Segment]:
        return [*self._segments.values()]

    def _press(self, place: int) -> None:
        """A press on what is already chosen takes a single choice back."""
        value = list(self._segments)[place]
        if _is_chosen(value, self._answer) and self.item.kind != "multi":
            self.answered.emit(None)
        elif self.item.kind == "yes-no":
            self.answered.emit(value)
        else:
            self.answered.emit(chosen(self.item, place, self._answer))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = character(event)
        answer = answer_of(self.item, key, self._answer)
        if answer is not Nothing:
            self.answered.emit(answer)
            if self.item.kind != "multi" or isinstance(answer, Unsure):
                self.left.emit(1)
        elif key == "x":
            self.asked_why.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.answered.emit(None)
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.left.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.show_keys(True)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.show_keys(False)
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = painter_on(self)
            body = QRectF(self.rect())
            fill, ring = self.theme.accent_tint, self.theme.focus
            draw_frame(painter, body, self.theme.px(6), fill=fill, border=ring, width=2.5)


_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Escape: 0,
}


class Choice(NamedTuple):
    """The word, the key and the definition of one choice; `negative` answers say that something is not so."""

    text: str
    key: str
    meaning: str
    negative: bool = False


def ways_words(item: Item, *, keys: bool) -> str:
    """What can be given, such as `1 New, 2 Changed`: who sees reads it on the buttons or in the field. Yes and no go
    without saying."""
    if item.kind in ("number", "date"):
        return ", ".join(part for part in (item.unit, hint(item)) if part)
    if item.kind == "text" or (item.kind == "yes-no" and not item.is_timed):
        return ""
    return ", ".join(f"{one.key if keys else ''} {one.text}".strip() for _, one in _choices(item))


def _choices(item: Item) -> list[tuple[object, Choice]]:
    """Each with the value that is recorded."""
    if item.kind == "yes-no":
        yes, no = translate("ChoiceField", "Yes"), translate("ChoiceField", "No")
        return [(True, Choice(yes, "Y", "")), (False, Choice(no, "N", "", negative=True))]
    if item.is_timed:
        keys = {"new": "Y", "old": "O", "no": "N"}
        return [
            (value, Choice(_short(words), keys[value], words, negative=value == "no"))
            for value, words in item.choices.items()
        ]
    found: list[tuple[object, Choice]] = [
        (value, Choice(_short(words), str(place) if place < 10 else "", words))
        for place, (value, words) in enumerate(item.choices.items(), start=1)
    ]
    if item.kind == "multi":
        key = str(len(found) + 1) if len(found) < 9 else ""
        none, meaning = translate("ChoiceField", "None of these"), translate("ChoiceField", "Asked, and none of them")
        found.append((frozenset(), Choice(none, key, meaning, negative=True)))
    return found


def _short(words: str) -> str:
    return words.split(":")[0]


def _is_chosen(value: object, answer: Answer | None) -> bool:
    if isinstance(answer, frozenset):
        return value == answer if isinstance(value, frozenset) else value in answer
    return answer is not None and type(value) is type(answer) and value == answer
