"""The examination grid as a card: the cells, what they mean in words, and the keys that fill them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.checklist import Answer, CouldNotExamine, Unsure
from desktop.clinical.content import Content
from desktop.clinical.levels import LevelTable, level_words, load_levels
from desktop.ui.drawing import draw_line, painter_on
from desktop.ui.examination_grid import ExaminationGrid
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.key_bar import KeyHint
from desktop.ui.label import Label
from desktop.ui.let_go import put_away
from desktop.ui.reason_field import ReasonField, field_name
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


class ExaminationPanel(QWidget):
    """Signals: answered (item id, answer or None), left (1 down, -1 up), focused (item id)."""

    answered = Signal(str, object)
    left = Signal(int)
    focused = Signal(str)

    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__()
        self.theme, self.table = theme, load_levels()
        self._items = content.items
        self.grid = ExaminationGrid(theme, self.table, content.items)
        self._message = Label(theme, "", "small", weight=600, colour=theme.danger_field, wrap=True)
        self._level = Label(theme, "", "body", wrap=True)
        self._guide = Label(theme, "", "small", colour=theme.muted, wrap=True)
        self._reason: ReasonField | None = None
        self._unsaved = False
        self._lay_out()
        self._connect()
        self.setAccessibleName(self.tr("Power and reflexes"))
        self.show_answers({})

    def _keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("0–5", self.tr("power")),
            ("0", self.tr("reflex absent")),
            ("1", self.tr("reduced")),
            ("2", self.tr("normal")),
            ("3", self.tr("brisk")),
            ("/", self.tr("could not examine")),
            ("U", self.tr("unsure")),
            ("Del", self.tr("not asked")),
        )

    def show_answers(self, answers: Mapping[str, Answer]) -> None:
        self.grid.show_answers(answers)
        words = level_words(self.table, answers)
        self._level.show_text(self.tr("In words: {words}").format(words=words) if words else "")
        self._guide.setText(f"{missing_words(self.table, answers)} {self.table.guide}")

    def enter(self, item_id: str | None = None) -> None:
        """At the named cell, or where it was left."""
        if item_id is None:
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.grid.go_to(item_id)

    def first_open(self) -> str | None:
        """The first cell without an answer, down the right side and then the left."""
        return next((id for id in self.grid.cells.in_order() if self.grid.cells.answer(id) is None), None)

    def show_unsaved(self, unsaved: Mapping[str, str]) -> None:
        """By the id of the cell."""
        if unsaved:
            given = "; ".join(f"{self._items[id].label}, {words}" for id, words in unsaved.items())
            self._message.show_text(self.tr("Not saved: {words}").format(words=given))
        elif self._unsaved:
            self._message.show_text("")
        self._unsaved = bool(unsaved)

    def ask_why(self, item_id: str) -> None:
        """In place; nothing is recorded without a reason."""
        self._close_reason()
        self._reason = ReasonField(self.theme, self._items[item_id].ask)
        self._reason.given.connect(lambda reason: self._record_reason(item_id, reason))
        self._reason.cancelled.connect(self._return)
        self._below.insertWidget(0, self._reason)
        self._reason.show()
        self._reason.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reopen(self, names: Collection[str]) -> None:
        for id in self.grid.cells.in_order():
            if field_name(self._items[id].ask) in names:
                self.ask_why(id)

    def _record_reason(self, item_id: str, reason: str) -> None:
        self._return()
        self.answered.emit(item_id, CouldNotExamine(reason))
        self.grid.step(1)

    def _return(self) -> None:
        self._close_reason()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_reason(self) -> None:
        if self._reason is not None:
            put_away(self._reason)
            self._reason = None

    def _connect(self) -> None:
        self.grid.answered.connect(self.answered)
        self.grid.asked_why.connect(self.ask_why)
        self.grid.refused.connect(self._message.show_text)
        self.grid.left.connect(self.left)
        self.grid.focused.connect(self.focused)

    def _lay_out(self) -> None:
        theme = self.theme
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.px(1), theme.px(4), theme.px(1), theme.px(8))
        lines.setSpacing(0)
        lines.addWidget(self.grid)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), 0)
        self._below.setSpacing(theme.px(4))
        for label in (self._message, self._level, self._guide):
            self._below.addWidget(label)
        hints = FlowLayout(None, gap=theme.px(9), line_gap=theme.px(2))
        for key, words in self._keys():
            hints.addWidget(KeyHint(theme, key, words))
        self._below.addLayout(hints)
        lines.addLayout(self._below)
        self._message.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line at its foot, as below every row of the card on which it stands."""
        foot = QPointF(0, self.height() - 1), QPointF(self.width(), self.height() - 1)
        draw_line(painter_on(self), *foot, self.theme.border)


def missing_words(table: LevelTable, answers: Mapping[str, Answer]) -> str:
    """Unsure, and could not be examined, are not examined either."""
    ids = table.items()
    done = sum(id in answers and not isinstance(answers[id], Unsure | CouldNotExamine) for id in ids)
    return translate("Examination", "{done} of {of} examined.").format(done=done, of=len(ids))
