"""The questions of one section as a card of rows. Made when the section is first shown, and kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Union

from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Item, Section
from desktop.clinical.content import Content
from desktop.record.notes import note_id
from desktop.ui.answer_row import AnswerRow
from desktop.ui.body_map_fold import BodyMapFold
from desktop.ui.detail_field import DetailField
from desktop.ui.drawing import draw_frame
from desktop.ui.grounded import Grounded
from desktop.ui.reason_field import field_name
from desktop.ui.regions import MARKS
from desktop.ui.rows import is_shown, row_state, top_items
from desktop.ui.section_note import SectionNote
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.examination_panel import ExaminationPanel

WIDEST = 760
FOOT = 10
"""So high is the rounded end of the card."""
MAPS = {"pain_site": "pain_site", "limb_numbness": "numb_dermatomes"}
"""Below which question a body map stands, and which item it opens for."""

Stop = Union[AnswerRow, "ExaminationPanel"]


class SectionPage(Grounded):
    """Signals: answered (item id, answer or None), stands (the id of a field that has what is recorded again), held
    (the id of a field, a text that is being typed), noted (section id, its note), focused and asked_for (item id),
    section_done, ended (there is no question further down to go on to), phrases_asked (a field).
    """

    answered = Signal(str, object)
    stands = Signal(str)
    held = Signal(str, object)
    noted = Signal(str, str)
    phrases_asked = Signal(object)
    focused = Signal(str)
    asked_for = Signal(str)
    section_done = Signal()
    ended = Signal()

    def __init__(
        self,
        theme: Theme,
        content: Content,
        section: Section,
        today: Callable[[], date],
        earlier: Callable[[str], str] = lambda id: "",
        note_of: Callable[[str], str] = lambda section: "",
        typed_in: Callable[[str], str] = lambda id: "",
    ) -> None:
        """`earlier` says in words what was answered at the last visit, where it is not answered today; `note_of` what
        is written under a section; `typed_in` what was typed for a question and is not recorded.
        """
        super().__init__(theme.window)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.earlier, self._note_of = earlier, note_of
        self.note = SectionNote(theme, section.title)
        self.theme, self.content, self.section = theme, content, section
        self._items = top_items(section)
        in_grid = _in_grid(self._items)
        self.grid = self._make_grid() if in_grid else None
        self._items = tuple(item for item in self._items if item.id not in in_grid)
        self.rows = {item.id: AnswerRow(theme, item, today) for item in self._items}
        self.maps = {row: self._make_map(row, tool) for row, tool in MAPS.items() if row in self.rows}
        self._lay_out([item.id for item in section.items if item.id in in_grid or item.id in self.rows])
        self.setMaximumWidth(theme.px(WIDEST))
        for id, row in self.rows.items():
            if text := typed_in(id):
                row.show_typed(text)
        if text := typed_in(note_id(section.id)):
            self.note.show_typed(text)

    def show_assessment(self, assessment: Assessment) -> None:
        for item in self._items:
            row = self.rows[item.id]
            state = row_state(self.content, assessment, item)
            state = replace(state, earlier=self.earlier(item.id))
            if row.state != state:
                row.show_state(state)
            row.setVisible(is_shown(assessment, item) or row.is_unrecorded)
        self.note.show_note(self._note_of(self.section.id))
        if self.grid is not None:
            self.grid.show_answers(assessment.answers)
        closed = {id for id in MARKS if not is_shown(assessment, self.content.items[id])}
        for one in self.maps.values():
            one.show_answers(assessment.answers, closed)
            one.setVisible(one.tool not in closed)
        self._round_the_top()
        self._let_tab_reach_one()

    def reopen(self, names: Collection[str]) -> None:
        """Where a reason for not examining was being typed, by the names of the fields."""
        for row in self.shown_rows():
            asked: tuple[AnswerRow | DetailField, ...] = (row, *row.details())
            for one in asked:
                if field_name(one.item.ask) in names:
                    one.ask_why()
        if self.grid is not None:
            self.grid.reopen(names)

    def set_row_height(self, height: int) -> None:
        for row in self.rows.values():
            row.set_height(height)

    def shown_rows(self) -> list[AnswerRow]:
        return [row for row in self.rows.values() if not row.isHidden()]

    def _round_the_top(self) -> None:
        """The row at the top leaves the corners of the card to the page; the others cover theirs."""
        top = next(iter(self._stops()), None)
        for row in self.rows.values():
            row.cover(row is not top)

    def go_to(self, item_id: str, detail_id: str | None = None) -> None:
        if self.grid is not None and item_id not in self.rows:
            self.grid.enter(item_id)
            return
        row = self.rows[item_id]
        if detail_id in (None, item_id) or not row.enter_details(detail_id):
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_start(self) -> None:
        """The first question without an answer, or else the first."""
        stops = self._stops()
        first = next((stop for stop in stops if _is_open(stop)), stops[0] if stops else None)
        if isinstance(first, AnswerRow):
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif first is not None:
            first.enter(first.first_open())

    def show_unsaved(self, unsaved: Mapping[str, str]) -> None:
        """By the id of question or note, wherever that stands; what is not among it is saved."""
        rows: dict[str, list[str]] = {}
        for id, words in unsaved.items():
            row = self._row_of(id)
            rows.setdefault(row, []).append(words if row == id else f"{self.content.items[id].label}: {words}")
        for id, shown in self.rows.items():
            shown.show_unsaved("; ".join(rows.get(id, ())))
        self.note.show_unsaved(unsaved=note_id(self.section.id) in unsaved)
        if self.grid is not None:
            self.grid.show_unsaved({id: words for id, words in unsaved.items() if id in self.grid.table.items()})

    def _row_of(self, id: str) -> str:
        """A detail stands in the row of its question."""
        while id in self.content.items and (above := self.content.items[id].detail_of) is not None:
            id = above
        return id

    def _make_grid(self) -> ExaminationPanel:
        from desktop.ui.examination_panel import ExaminationPanel

        return ExaminationPanel(self.theme, self.content)

    def _make_map(self, row: str, tool: str) -> BodyMapFold:
        fold = BodyMapFold(self.theme, self.content.items, tool)
        fold.answered.connect(self.answered)
        fold.left.connect(lambda: self.go_to(row))
        return fold

    def _lay_out(self, ids: list[str]) -> None:
        """The grid stands where its first question would, a map below its question."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(self.theme.px(1),) * 4)
        layout.setSpacing(0)
        for id in ids:
            if id in self.rows:
                self._connect(self.rows[id])
                layout.addWidget(self.rows[id])
            elif self.grid is not None and layout.indexOf(self.grid) < 0:
                self._connect_grid(self.grid)
                layout.addWidget(self.grid)
            if id in self.maps:
                layout.addWidget(self.maps[id])
        self._connect_note(self.note)
        layout.addWidget(self.note)
        layout.addStretch()

    def _connect(self, row: AnswerRow) -> None:
        row.answered.connect(self.answered)
        row.stands.connect(self.stands)
        row.held.connect(self.held)
        row.asked_for.connect(self.asked_for)
        row.section_done.connect(self.section_done)
        row.moved.connect(lambda step: self._move(row, step))
        row.focused.connect(self._note_focus)

    def _connect_note(self, note: SectionNote) -> None:
        note.written.connect(lambda text: self.noted.emit(self.section.id, text))
        note.stands.connect(lambda: self.stands.emit(note_id(self.section.id)))
        note.held.connect(lambda text: self.held.emit(note_id(self.section.id), text))
        note.phrases_asked.connect(self.phrases_asked)
        note.left.connect(self._back_to_rows)

    def _back_to_rows(self) -> None:
        """To the row that Tab reaches: the one used last."""
        held = next((row for row in self.shown_rows() if row.is_stop), None)
        if held is not None:
            held.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.go_to_start()

    def _connect_grid(self, grid: ExaminationPanel) -> None:
        grid.answered.connect(self.answered)
        grid.left.connect(lambda step: self._move(grid, step))
        grid.focused.connect(self.focused)

    def _stops(self) -> list[Stop]:
        """What the arrows go over: the rows, and the grid as one of them."""
        layout = self.layout()
        placed = (layout.itemAt(place) for place in range(layout.count())) if layout is not None else ()
        widgets = (item.widget() for item in placed if item is not None)
        stops = (one for one in widgets if isinstance(one, AnswerRow) or one is self.grid)
        return [one for one in stops if one is not None and not one.isHidden()]

    def _move(self, stop: Stop, step: int) -> None:
        stops = self._stops()
        if stop in stops:
            place = min(max(stops.index(stop) + step, 0), len(stops) - 1)
            reached = stops[place]
            if reached is stop and step > 0:
                self.ended.emit()
            if isinstance(reached, AnswerRow):
                reached.setFocus(Qt.FocusReason.ShortcutFocusReason)
            else:
                reached.enter(reached.grid.cells.in_order()[0 if step > 0 else -1])

    def _note_focus(self, item_id: str) -> None:
        self._let_tab_reach_one(item_id)
        self.focused.emit(item_id)

    def _let_tab_reach_one(self, item_id: str | None = None) -> None:
        """One row for Tab, the one used last; the arrows go to the others."""
        rows = self.shown_rows()
        held = next((row for row in rows if row.is_stop), None)
        chosen = self.rows[item_id] if item_id else held or (rows[0] if rows else None)
        for row in self.rows.values():
            row.be_stop(row is chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only the foot of the card is painted anew, where it was and where it is: the rows lie over the rest."""
        super().resizeEvent(event)
        for height in (event.oldSize().height(), event.size().height()):
            self.update(0, height - self.theme.px(FOOT), self.width(), self.theme.px(FOOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.grounded()
        if not self.shown_rows() and self.grid is None:
            return
        draw_frame(painter, QRectF(self.rect()), self.theme.px(8), fill=self.theme.surface, border=self.theme.border)


def _is_open(stop: Stop) -> bool:
    return stop.state.answer is None if isinstance(stop, AnswerRow) else stop.first_open() is not None


def _in_grid(items: tuple[Item, ...]) -> set[str]:
    """What the examination grid asks. Other sections don't load it."""
    examined = {item.id for item in items if item.examined}
    if not examined:
        return examined
    from desktop.clinical.levels import load_levels

    return examined.intersection(load_levels().items())
