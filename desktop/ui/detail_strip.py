"""What an answer opens, inside its row: the details, and the reason when something could not be examined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.checklist import Item
from desktop.ui.detail_field import DetailField
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.rows import RowState
from desktop.ui.theme import Theme

LONGEST = 300
BELOW = 6
"""Between its ground and the end of the row."""


class DetailStrip(QWidget):
    """Signals: answered (item id, answer or None), stands (item id), could_not (item id, reason), left (1 down, -1 up
    or 0, the row).
    """

    answered = Signal(str, object)
    stands = Signal(str)
    could_not = Signal(str, str)
    left = Signal(int)

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self.theme, self._today = theme, today
        self._fields: dict[str, DetailField] = {}
        self._shown: set[str] = set()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4 + BELOW))
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_details(self, details: tuple[RowState, ...]) -> None:
        shown = {state.item.id for state in details}
        for state in details:
            self._field(state.item).show_state(state)
        for id, field in self._fields.items():
            field.setVisible(id in shown)
        if self._shown != shown:
            self._shown = shown
            self._align()
        self.setVisible(bool(details))

    def _align(self) -> None:
        """Yes and No below each other, where their questions are short enough to stand before them."""
        questions = [field.question for field in self.fields() if field.question is not None]
        widths = [one.sizeHint().width() for one in questions]
        widest = max((width for width in widths if width <= self.theme.px(LONGEST)), default=0)
        for one, width in zip(questions, widths, strict=True):
            one.setMinimumWidth(widest if width <= widest else 0)

    def fields(self) -> list[DetailField]:
        return [field for field in self._fields.values() if not field.isHidden()]

    def enter(self, item_id: str | None = None) -> bool:
        """Into the named detail, or the first; whether there was one to go to."""
        for field in self.fields():
            if item_id in (None, field.item.id):
                field.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def _field(self, item: Item) -> DetailField:
        if item.id not in self._fields:
            field = DetailField(self.theme, item, self._today)
            field.answered.connect(self.answered)
            field.stands.connect(self.stands)
            field.could_not.connect(self.could_not)
            field.left.connect(lambda step, field=field: self._leave(field, step))
            self._fields[item.id] = field
            self._layout.addWidget(field)
        return self._fields[item.id]

    def _leave(self, field: DetailField, step: int) -> None:
        """To the next detail, or out of the strip at its end."""
        fields = self.fields()
        place = fields.index(field) + step if field in fields else len(fields)
        if step and 0 <= place < len(fields):
            fields[place].field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.left.emit(max(step, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        ground = QRectF(self.rect()).adjusted(0, 0, 0, -self.theme.px(BELOW))
        draw_frame(painter, ground, self.theme.px(6), fill=self.theme.inset)
