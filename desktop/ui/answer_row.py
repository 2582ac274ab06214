"""One question with its answer: mark, question, Yes and No at a fixed place, and the details it opens below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleStateChangeEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from desktop.clinical.checklist import CouldNotExamine, Item, Unsure
from desktop.clinical.words import answer_words
from desktop.record.notes import LONGEST
from desktop.ui.announce import announce
from desktop.ui.answer_button import AnswerButton
from desktop.ui.answer_buttons import answer_buttons
from desktop.ui.balanced_label import BalancedLabel
from desktop.ui.choice_field import ChoiceField, ways_words
from desktop.ui.conflict_line import ConflictLine
from desktop.ui.detail_field import DetailField, Field, make_field
from desktop.ui.detail_strip import DetailStrip
from desktop.ui.drawing import draw_frame, draw_line
from desktop.ui.grounded import Grounded
from desktop.ui.keys import Nothing, answer_of, character
from desktop.ui.label import Label
from desktop.ui.marks import AnswerMark, draw_answer, mark_of
from desktop.ui.more_button import MoreButton
from desktop.ui.reason_field import ReasonField
from desktop.ui.row_below import RowBelow
from desktop.ui.row_state_label import RowStateLabel
from desktop.ui.rows import Conflict, RowState, flag_words
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.text_field import TextField
from desktop.ui.theme import Theme
from desktop.ui.typed import too_long
from desktop.ui.value_field import ValueField

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
ENDS = {Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}

NARROW = 590
ROW, ROOMY = 41, 46
"""The first so that the thirteen questions of the safety screen stand in a window 690 high."""


class AnswerRow(Grounded):
    """Signals: answered (item id, answer or None), stands (item id: what is recorded is in its field again), held (item
    id, a text that is being typed or None), moved (rows down), section_done, focused and asked_for (item id).
    """

    answered = Signal(str, object)
    stands = Signal(str)
    held = Signal(str, object)
    moved = Signal(int)
    section_done = Signal()
    focused = Signal(str)
    asked_for = Signal(str)

    def __init__(self, theme: Theme, item: Item, today: Callable[[], date]) -> None:
        super().__init__(theme.surface)
        self.theme, self.item, self._today = theme, item, today
        self.state = RowState(item, None)
        self._ways = ways_words(item, keys=theme.single_keys)
        self._refused = ""
        self._unsaved = False
        self._height = ROW
        self.is_stop: bool | None = None
        self._question = BalancedLabel(theme, item.ask, "body", wrap=True)
        self._note: Label | None = None
        self._state_label = RowStateLabel(theme)
        self.buttons: dict[object, AnswerButton] = answer_buttons(theme, item)
        self.more = MoreButton(theme, item.ask)
        self.field: Field | None = None if self.buttons else make_field(theme, item, today, labelled=False)
        self._below = RowBelow(theme)
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_state(self.state)

    def show_state(self, state: RowState) -> None:
        self.state = state
        for value, button in self.buttons.items():
            button.setChecked(state.answer is not None and value == state.answer)
        if isinstance(self.field, ChoiceField):
            self.field.show_state(state)
        elif self.field is not None:
            self.field.show_answer(state.answer)
        self._question.set_weight(600 if self._mark() == "yes" else 400)
        self._show_note(self._meaning())
        self._below.show_conflicts(state.conflicts, self._conflict_line)
        self._state_label.show_state(state)
        was_open = self.is_open
        self._below.show_details(state.details, self._make_strip)
        self._describe()
        if self.is_open != was_open:
            self._tell_open()
        self.update()

    @property
    def is_open(self) -> bool:
        """Whether its answer has opened details below it."""
        return bool(self.details())

    @property
    def message(self) -> str:
        """Why an answer was refused or not saved."""
        return self._below.message

    def details(self) -> list[DetailField]:
        """Those that are shown."""
        return self._below.strip.fields() if self._below.strip is not None else []

    def _show_note(self, words: str) -> None:
        if words and self._note is None:
            self._note = Label(self.theme, "", "small", colour=self.theme.muted, wrap=True)
            self._words.insertWidget(self._words.count() - 1, self._note)
        if self._note is not None:
            self._note.show_text(words)

    def _tell_open(self) -> None:
        """The focus goes on to the next question: whoever sees nothing would pass them by."""
        changed = QAccessible.State()
        changed.expanded = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self, changed))
        if self.is_open and self.hasFocus():
            labels = ", ".join(state.item.label for state in self.state.details)
            words = self.tr("Details opened: {labels}. Up and Enter go there.").format(labels=labels)
            announce(self, words)

    def _conflict_line(self, conflict: Conflict) -> ConflictLine:
        line = ConflictLine(self.theme, conflict)
        line.asked_for.connect(self.asked_for)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside three answers a question would take a third line."""
        super().resizeEvent(event)
        if self.item.is_timed:
            self._state_label.be_narrow(self.width() < self.theme.px(NARROW))

    def set_height(self, height: int) -> None:
        """Before text size; more than what it needs only where there is room for all of them."""
        if height != self._height:
            self._height = height
            self.setMinimumHeight(self.theme.px(height))

    def show_unsaved(self, words: str) -> None:
        """The answer that could not be written stays in sight, and is not shown as given. Without words it could be."""
        if words:
            self._say(self.tr("Not saved: {words}").format(words=words))
            self._unsaved = True
        elif self._unsaved:
            self._say("")

    def show_typed(self, text: str) -> None:
        """What was typed here and is in no record; also what is too long for one."""
        if isinstance(self.field, TextField):
            self.field.setPlainText(text)
            self._say(too_long(text) if len(text) > LONGEST else "")

    def be_stop(self, chosen: bool) -> None:
        """Whether Tab comes by; with single keys off it comes to the answers too, which have no other key then."""
        if chosen is self.is_stop:
            return
        self.is_stop = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        if not self.theme.single_keys:
            policy = Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus
            choices = self.field.buttons if isinstance(self.field, ChoiceField) else []
            for button in (*self.buttons.values(), *choices, self.more):
                button.setFocusPolicy(policy)

    @property
    def is_unrecorded(self) -> bool:
        """Whether text stands in it that is in no record: then it stays in sight whatever is asked."""
        return isinstance(self.field, TextField) and self.field.is_unrecorded

    def enter_details(self, item_id: str | None = None) -> bool:
        if self.field is not None and item_id in (None, self.item.id) and not isinstance(self.field, ChoiceField):
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return self._below.strip is not None and self._below.strip.enter(item_id)

    def ask_why(self) -> None:
        self._below.ask_why(self._make_reason)

    def _make_reason(self) -> ReasonField:
        field = ReasonField(self.theme, self.item.ask)
        field.given.connect(self._record_reason)
        field.cancelled.connect(self._close_reason)
        return field

    def _lay_out(self) -> None:
        theme = self.theme
        outer = QVBoxLayout(self)
        above = 0 if self.buttons or isinstance(self.field, ValueField) else 6
        set_margins(outer, theme.px(42), theme.px(above), theme.px(8), theme.px(1))
        outer.setSpacing(theme.px(1))
        outer.addLayout(self._head())
        if self.field is not None and not isinstance(self.field, ValueField):
            self._below.addWidget(self.field)
        outer.addLayout(self._below)
        self.setMinimumHeight(theme.px(self._height))

    def _head(self) -> QBoxLayout:
        theme = self.theme
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        self._words = words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self._question)
        words.addStretch()
        head.addLayout(words, 1)
        head.addWidget(self._state_label, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in self.buttons.values():
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        if isinstance(self.field, ValueField):
            head.addWidget(self.field, 0, Qt.AlignmentFlag.AlignVCenter)
            head.addWidget(self._unit(), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        if self.buttons or isinstance(self.field, ValueField):
            head.addStrut(theme.px(38))
        head.setContentsMargins(0, 0, 0, 0)
        return head

    def _unit(self) -> Label:
        """As wide for every unit, so that the fields stand in one column."""
        unit = self.item.unit if self.item.unit and self.item.unit != "year" else ""
        label = Label(self.theme, unit, "note", colour=self.theme.muted)
        label.setMinimumWidth(self.theme.px(84))
        return label

    def _connect(self) -> None:
        for value, button in self.buttons.items():
            button.clicked.connect(lambda _=False, value=value: self._press(value))
        self.more.chosen.connect(self._choose_other)
        if self.field is not None:
            self.field.answered.connect(lambda answer: self.answered.emit(self.item.id, answer))
            self.field.left.connect(self._leave)
            if not isinstance(self.field, ChoiceField):
                self.field.refused.connect(self._say)
                self.field.stands.connect(lambda: self.stands.emit(self.item.id))
            if isinstance(self.field, TextField):
                self.field.held.connect(lambda text: self.held.emit(self.item.id, text))

    def _make_strip(self) -> DetailStrip:
        strip = DetailStrip(self.theme, self._today)
        strip.answered.connect(self.answered)
        strip.stands.connect(self.stands)
        strip.could_not.connect(lambda id, reason: self.answered.emit(id, CouldNotExamine(reason)))
        strip.left.connect(self._leave)
        return strip

    def _press(self, value: object) -> None:
        """A second press on the same answer takes it back to not asked."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.answered.emit(self.item.id, None if self.state.answer == value else value)

    def _choose_other(self, answer: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if answer == "could not examine":
            self.ask_why()
        else:
            self.answered.emit(self.item.id, Unsure() if answer == "unsure" else None)

    def _record_reason(self, reason: str) -> None:
        self._close_reason()
        self.answered.emit(self.item.id, CouldNotExamine(reason))
        self.moved.emit(1)

    def _close_reason(self) -> None:
        self._below.close_reason()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, step: int) -> None:
        """From a field or a detail: on to the next row, or back to this one."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if step:
            self.moved.emit(step)

    def _say(self, message: str) -> None:
        self._refused, self._unsaved = message, False
        self._below.say(message)
        self._describe()
        self.update()

    def _mark(self) -> AnswerMark:
        if self._refused:
            return "refused"
        return "patient says" if self.state.said is not None else mark_of(self.item, self.state.answer)

    def _meaning(self) -> str:
        """What stands behind a chosen word, or why it could not be examined."""
        answer = self.state.answer
        if self.state.earlier and self.state.said is None:
            return self.state.earlier
        if isinstance(answer, CouldNotExamine):
            return answer_words(self.item, answer).capitalize()
        if self.item.is_timed:
            return ""
        if isinstance(answer, str) and ":" in (words := self.item.choices.get(answer, "")):
            return words.partition(":")[2].strip().capitalize()
        return ""

    def _describe(self) -> None:
        state = f"{self.item.ask} {self.state.words}"
        flag = f", {flag_words(self.state.urgency)}" if self.state.urgency else ""
        refused = f", {self._refused}" if self._refused else ""
        conflicts = "".join(f", {conflict.words}" for conflict in self.state.conflicts)
        self.setAccessibleName(f"{state}{flag}{conflicts}{refused}")
        self.setAccessibleDescription(". ".join(part for part in (self._ways, self.item.help) if part))

    def _show_keys(self, shown: bool) -> None:
        for button in self.buttons.values():
            button.show_key(shown)
        if isinstance(self.field, ChoiceField):
            self.field.show_keys(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, code = character(event), Qt.Key(event.key())
        answer = answer_of(self.item, key, self.state.answer)
        if answer is not Nothing:
            self.answered.emit(self.item.id, answer)
            if self.item.kind != "multi" or isinstance(answer, Unsure):
                self.moved.emit(1)
        elif key == "x":
            self.ask_why()
        elif key == "s":
            self.section_done.emit()
        elif code == Qt.Key.Key_Delete:
            self._take_back()
        elif code in STEPS or code in ENDS:
            self.moved.emit((STEPS | ENDS)[code])
        elif code in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_details()
        elif isinstance(self.field, ValueField) and key and key in "0123456789<>.-":
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
            self.field.insert(key)
            self.field.setModified(True)
        else:
            super().keyPressEvent(event)

    def _take_back(self) -> None:
        if isinstance(self.field, ValueField):
            self.field.restore()
        self._say("")
        self.answered.emit(self.item.id, None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_keys(True)
        self.focused.emit(self.item.id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_keys(False)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(560), max(super().sizeHint().height(), self.theme.px(self._height)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, rect = self.grounded(), self.theme, QRectF(self.rect())
        foot = rect.bottomLeft() - QPointF(0, 1), rect.bottomRight() - QPointF(0, 1)
        draw_line(painter, *foot, theme.border)
        if self.hasFocus():
            draw_frame(painter, rect, theme.px(7), fill=theme.accent_tint, border=theme.focus, width=2.5)
        size, middle = theme.px(20), self._middle()
        mark = mirrored(self, QRectF(theme.px(12), middle - size / 2, size, size))
        draw_answer(painter, mark, self._mark(), theme)

    def _middle(self) -> float:
        """The line of the question: details below do not move the mark."""
        return self.more.geometry().center().y() + 0.5
