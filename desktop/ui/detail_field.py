"""One detail inside a row: choices, or words with a field; whichever its question needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.clinical.checklist import Item
from desktop.ui.choice_field import ChoiceField
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.let_go import put_away
from desktop.ui.phrase import Phrase
from desktop.ui.reason_field import ReasonField
from desktop.ui.rows import RowState
from desktop.ui.sides import set_margins
from desktop.ui.text_field import TextField
from desktop.ui.theme import Theme
from desktop.ui.value_field import ValueField

Field = ChoiceField | ValueField | TextField


def make_field(theme: Theme, item: Item, today: Callable[[], date], *, labelled: bool) -> Field:
    if item.kind in ("number", "date"):
        return ValueField(theme, item, today)
    if item.kind == "text":
        return TextField(theme, item)
    return ChoiceField(theme, item, labelled=labelled)


class DetailField(QWidget):
    """Signals: answered (item id, answer or None), stands (item id), could_not (item id, reason), left (1 on, -1 back,
    0 to the row).
    """

    answered = Signal(str, object)
    stands = Signal(str)
    could_not = Signal(str, str)
    left = Signal(int)

    def __init__(self, theme: Theme, item: Item, today: Callable[[], date]) -> None:
        super().__init__()
        self.theme, self.item = theme, item
        self.field = make_field(theme, item, today, labelled=True)
        self._message: Phrase | None = None
        self._reason: ReasonField | None = None
        self._layout = FlowLayout(self, gap=theme.px(6), line_gap=theme.px(4))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        if not isinstance(self.field, ChoiceField):
            set_margins(self._layout, self.theme.px(4), self.theme.px(4), 0, self.theme.px(4))
            self._layout.addWidget(Phrase(self.theme, self.item.ask, colour=self.theme.muted))
        self._layout.addWidget(self.field)
        if not isinstance(self.field, ChoiceField) and self.item.unit and self.item.unit != "year":
            self._layout.addWidget(Label(self.theme, self.item.unit, "note", colour=self.theme.muted))

    @property
    def question(self) -> Phrase | None:
        """Of a detail that takes yes or no."""
        return self.field.question if isinstance(self.field, ChoiceField) and self.item.kind == "yes-no" else None

    def _refuse(self, words: str) -> None:
        if self._message is None:
            self._message = Phrase(self.theme, "", "small", weight=600, colour=self.theme.danger_field)
            self._layout.addWidget(self._message)
        self._message.show_text(words)

    def _connect(self) -> None:
        self.field.answered.connect(lambda answer: self.answered.emit(self.item.id, answer))
        self.field.left.connect(self.left)
        if isinstance(self.field, ChoiceField):
            self.field.asked_why.connect(self.ask_why)
        else:
            self.field.refused.connect(self._refuse)
            self.field.stands.connect(lambda: self.stands.emit(self.item.id))

    def show_state(self, state: RowState) -> None:
        self.setToolTip(state.item.help)
        if isinstance(self.field, ChoiceField):
            self.field.show_state(state)
        else:
            self.field.show_answer(state.answer)

    def ask_why(self) -> None:
        """In place; nothing is recorded without a reason."""
        if self._reason is None:
            self._reason = ReasonField(self.theme, self.item.ask)
            self._reason.given.connect(self._record_reason)
            self._reason.cancelled.connect(self._close_reason)
            self._layout.addWidget(self._reason)
        self._reason.show()
        self._reason.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _record_reason(self, reason: str) -> None:
        self._close_reason()
        self.could_not.emit(self.item.id, reason)

    def _close_reason(self) -> None:
        if self._reason is not None:
            put_away(self._reason)
            self._reason = None
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
