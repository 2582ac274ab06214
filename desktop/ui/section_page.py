"""The questions of one section as a card of rows. Made when the section is first shown, and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Section
from desktop.clinical.content import Content
from desktop.ui.answer_row import AnswerRow
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.rows import details_of, is_shown, row_state, top_items
from desktop.ui.theme import Theme

WIDEST = 760


class SectionPage(QWidget):
    """Signals: answered (item id, answer or None), focused and asked_for (item id), section_done."""

    answered = Signal(str, object)
    focused = Signal(str)
    asked_for = Signal(str)
    section_done = Signal()

    def __init__(self, theme: Theme, content: Content, section: Section, today: Callable[[], date]) -> None:
        super().__init__()
        self.theme, self.content, self.section = theme, content, section
        self._items = top_items(section)
        self._details = {item.id: details_of(content, item) for item in self._items}
        self.rows = {item.id: AnswerRow(theme, item, today) for item in self._items}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(1), theme.px(1), theme.px(1), theme.px(1))
        layout.setSpacing(0)
        for row in self.rows.values():
            self._connect(row)
            layout.addWidget(row)
        layout.addStretch()
        self.setMaximumWidth(theme.px(WIDEST))

    def show_assessment(self, assessment: Assessment) -> None:
        for item in self._items:
            row = self.rows[item.id]
            state = row_state(self.content, assessment, item, self._details[item.id])
            if row.state != state:
                row.show_state(state)
            row.setVisible(is_shown(assessment, item))
        self._let_tab_reach_one()

    def shown_rows(self) -> list[AnswerRow]:
        return [row for row in self.rows.values() if not row.isHidden()]

    def go_to(self, item_id: str, detail_id: str | None = None) -> None:
        row = self.rows[item_id]
        if detail_id in (None, item_id) or not row.enter_details(detail_id):
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_start(self) -> None:
        """The first question without an answer, or else the first."""
        rows = self.shown_rows()
        first = next((row for row in rows if row.state.answer is None), rows[0] if rows else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _connect(self, row: AnswerRow) -> None:
        row.answered.connect(self.answered)
        row.asked_for.connect(self.asked_for)
        row.section_done.connect(self.section_done)
        row.moved.connect(lambda step: self._move(row, step))
        row.focused.connect(self._note_focus)

    def _move(self, row: AnswerRow, step: int) -> None:
        rows = self.shown_rows()
        if row in rows:
            place = min(max(rows.index(row) + step, 0), len(rows) - 1)
            rows[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _note_focus(self, item_id: str) -> None:
        self._let_tab_reach_one(item_id)
        self.focused.emit(item_id)

    def _let_tab_reach_one(self, item_id: str | None = None) -> None:
        """One stop for Tab, the row used last; the arrows go to the others."""
        rows = self.shown_rows()
        held = next((row for row in rows if row.focusPolicy() is Qt.FocusPolicy.StrongFocus), None)
        chosen = self.rows[item_id] if item_id else held or (rows[0] if rows else None)
        for row in self.rows.values():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is chosen else Qt.FocusPolicy.ClickFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        rows = self.shown_rows()
        if not rows:
            return
        painter = painter_on(self)
        card = QRectF(0, 0, self.width(), rows[-1].geometry().bottom() + 2)
        draw_frame(painter, card, self.theme.px(8), fill=self.theme.surface, border=self.theme.border)
