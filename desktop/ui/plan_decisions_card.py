"""The plan as it will be signed: every line stands, is changed, or says why it was dropped; lines can be added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.record.decisions import PlanLine
from desktop.ui.card import Card
from desktop.ui.care_row import CareRow
from desktop.ui.label import Label
from desktop.ui.plan_decision_row import PlanDecisionRow
from desktop.ui.review_model import ReviewModel
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.typed_line import TypedLine


class PlanDecisionsCard(Card):
    def __init__(
        self, theme: Theme, title: str, model: ReviewModel, now: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        super().__init__(theme, title)
        self.model, self._now, self._zone = model, now, zone
        self.rows: dict[str, PlanDecisionRow] = {}
        self.add = TypedLine(theme, self.tr("Add a line to the plan"))
        self.add.setPlaceholderText(self.tr("Add a line: what is to be done, then Enter"))
        self.add.returnPressed.connect(self._add)
        self.care = CareRow(theme)
        self.remarks = Label(theme, "", "note", colour=theme.muted, wrap=True)
        set_margins(self.remarks, theme.px(14), theme.px(8), theme.px(14), 0)
        self.care.all_done.connect(self._all_done)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        foot.addWidget(self.add)
        self._ids: list[str] | None = None

    def show_plan(self, plan: tuple[PlanLine, ...]) -> None:
        """Rows stay as long as their line is there, so that what is being typed stays too."""
        ids = [line.id for line in plan]
        turned = [line.id for line in plan if line.id in self.rows and self.rows[line.id].line.stands != line.stands]
        for id in turned:
            # Made anew, because a row that was open keeps the height it had.
            del self.rows[id]
        if ids != self._ids or turned:
            self._ids = ids
            kept = {line.id: self.rows.get(line.id) or self._row(line) for line in plan}
            self.rows = kept
            self.put_rows([self.care, *kept.values(), self.remarks, self._foot])
        for line in plan:
            self.rows[line.id].show_line(line)
        if len(turned) == 1:
            self.rows[turned[0]].take_focus()
        self._show_care([line for line in plan if line.stands and line.kind == "immediate"])
        standing = sum(line.stands for line in plan)
        self.show_count(
            self.tr("%n line(s); all but advice become follow-ups", "", standing)
            if plan
            else self.tr("no line is proposed")
        )

    def show_remarks(self, remarks: Sequence[str]) -> None:
        """What the rules say of the plan as a whole: signed with it, and nobody's to do."""
        self.remarks.show_text("\n".join(remarks))

    def _show_care(self, lines: list[PlanLine]) -> None:
        self.care.setVisible(bool(lines))
        self.care.show_open(sum(not line.done for line in lines))

    def _all_done(self) -> None:
        self.model.mark_done([line.id for line in self.model.decisions.still_to_do])

    def _row(self, line: PlanLine) -> PlanDecisionRow:
        return PlanDecisionRow(self.theme, self.model, line, self._now, self._zone)

    def _add(self) -> None:
        if self.add.text().strip() and self.model.add_line(self.add.text().strip()):
            self.add.put("")
            self.add.setFocus()
