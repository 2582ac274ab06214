"""What is said when a follow-up goes on: one of its ways, and the fields that this way asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.checklist import Answer, CouldNotExamine
from desktop.clinical.dates import date_in
from desktop.record.board import FollowUp
from desktop.record.closing import Closing
from desktop.ui.choice_field import ChoiceField
from desktop.ui.detail_field import DetailField
from desktop.ui.entry import Entry
from desktop.ui.followup_ways import CANCEL, DATE, HAND_OVER, REOPEN, Way, ways_of
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.rows import RowState
from desktop.ui.theme import Theme
from desktop.ui.way_button import WayButton

TEXT, BORN, DUE, OWNER = "text", "born", "due", "owner"


class FollowUpForm(QWidget):
    """Signals: changed (another way is chosen)."""

    changed = Signal()

    def __init__(self, theme: Theme, closing: Closing, one: FollowUp, today: Callable[[], date]) -> None:
        super().__init__()
        self.theme, self.closing, self.one, self._today = theme, closing, one, today
        self.ways = ways_of(closing, one)
        self.way: Way | None = None
        self.answers: dict[str, Answer] = {}
        self.entries: dict[str, Entry] = {}
        self.fields: dict[str, DetailField] = {}
        self.reason = ""
        self.buttons = [
            WayButton(theme, way.words, way.hint, str(place)) for place, way in enumerate(self.ways, start=1)
        ]
        self._wrong = Label(theme, "", "small", weight=600, colour=theme.danger_field, wrap=True)
        self._wrong.hide()
        self.asked: QWidget | None = None
        self._lay_out()

    def choose(self, place: int) -> None:
        if 0 <= place < len(self.ways):
            self.way = self.ways[place]
            for other, button in enumerate(self.buttons):
                button.show_chosen(other == place)
            self._ask(self.way)
            self.changed.emit()

    def choose_id(self, id: str) -> None:
        """By its id, or the first one."""
        ids = [way.id for way in self.ways]
        self.choose(ids.index(id) if id in ids else 0)

    def take_focus(self) -> None:
        """Where typing begins."""
        if self.way is None:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.fields:
            next(iter(self.fields.values())).field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.entries:
            next(iter(self.entries.values())).field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> bool:
        """Whether every field that stands half typed could be read."""
        fields = [field.field for field in self.fields.values()]
        read = [field.commit() for field in fields if not isinstance(field, ChoiceField)]
        return all(read)

    def text(self, name: str) -> str:
        return self.entries[name].text if name in self.entries else ""

    @property
    def born(self) -> date | None:
        return date_in(self.text(BORN))

    def show_mistakes(self, mistakes: Mapping[str, str]) -> None:
        """Each beside its field; what belongs to none stands above them."""
        for name, entry in self.entries.items():
            entry.show_wrong(mistakes.get(name, ""))
        others = [why for name, why in mistakes.items() if name not in self.entries]
        self._wrong.show_text(" ".join(others))
        wrong = next((entry for name, entry in self.entries.items() if name in mistakes), None)
        if wrong is not None:
            wrong.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, way: Way) -> None:
        if self.asked is not None:
            self.asked.hide()
            self.asked.deleteLater()
        self.answers, self.entries, self.fields, self.reason = {}, {}, {}, ""
        self._wrong.hide()
        self.asked = QWidget()
        lines = QVBoxLayout(self.asked)
        lines.setContentsMargins(0, self.theme.px(4), 0, 0)
        lines.setSpacing(self.theme.px(8))
        for part in self._parts(way):
            lines.addWidget(part)
        self._lines.addWidget(self.asked)
        self.asked.show()

    def _parts(self, way: Way) -> list[QWidget]:
        if way.outcome is not None:
            return self._result_parts(way)
        if way.id == DATE:
            hint = self.tr("24/11 10:42, 24 Nov, or + 2 weeks")
            return [self._entry(DUE, self.tr("New date"), hint), self._entry(TEXT, self.tr("Why another date"))]
        if way.id == HAND_OVER:
            return [self._entry(OWNER, self.tr("Who does it now"))]
        if way.id == CANCEL:
            choices = {reason.id: reason.words.split(":")[0] for reason in self.closing.reasons}
            options = Options(self.theme, self.tr("Why it is not needed any more"), choices, "")
            options.chosen.connect(self._choose_reason)
            return [options, self._entry(TEXT, self.tr("In a few words"))]
        assert way.id == REOPEN
        return [self._entry(TEXT, self.tr("Why it is opened again"))]

    def _result_parts(self, way: Way) -> list[QWidget]:
        outcome = way.outcome
        assert outcome is not None
        parts: list[QWidget] = [self._field(id) for id in outcome.asks]
        label = self.tr("What was found") if outcome.needs_text else self.tr("Note")
        parts.append(self._entry(TEXT, label))
        if (outcome.asks or outcome.sets) and self.one.patient.born:
            hint = self.tr("From the result itself, so that nobody gets another’s")
            parts.append(self._entry(BORN, self.tr("Birth date on the result"), hint))
        return parts

    def _field(self, id: str) -> DetailField:
        item = self.closing.clinic.content.items[id]
        field = self.fields[id] = DetailField(self.theme, item, self._today)
        field.show_state(RowState(item, None))
        field.answered.connect(self._answer)
        field.could_not.connect(lambda id, why: self._answer(id, CouldNotExamine(why)))
        field.left.connect(lambda step, id=id: self._step(id, step))
        return field

    def _answer(self, id: str, answer: Answer | None) -> None:
        if answer is None:
            self.answers.pop(id, None)
        else:
            self.answers[id] = answer
        self.fields[id].show_state(RowState(self.fields[id].item, answer))

    def _step(self, id: str, step: int) -> None:
        """Up and down through the fields; after the last one to what is typed."""
        ids = list(self.fields)
        place = ids.index(id) + step
        if step and 0 <= place < len(ids):
            self.fields[ids[place]].field.setFocus(Qt.FocusReason.TabFocusReason)
        elif step > 0 and TEXT in self.entries:
            self.entries[TEXT].field.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_reason(self, id: str) -> None:
        self.reason = id

    def _entry(self, name: str, label: str, hint: str = "") -> Entry:
        self.entries[name] = Entry(self.theme, label, hint=hint)
        return self.entries[name]

    def _lay_out(self) -> None:
        theme = self.theme
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(6))
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, place=place: self.choose(place))
            self._lines.addWidget(button)
        self._lines.addWidget(self._wrong)
