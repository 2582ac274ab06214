"""The right column: urgency and coverage pinned, then flags, what is not yet ruled out, and the plan."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.clinical.assessment import Assessment, Flag
from desktop.clinical.content import Content
from desktop.ui.column import Column
from desktop.ui.coverage_bar import CoverageBar
from desktop.ui.error_card import ErrorCard
from desktop.ui.flag_card import FlagCard
from desktop.ui.headline import headline
from desktop.ui.label import Label
from desktop.ui.plan_lines import plan_lines
from desktop.ui.plan_row import PlanRow
from desktop.ui.rules_check import RulesCheck
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme
from desktop.ui.undecided_row import UndecidedRow
from desktop.ui.urgency_banner import UrgencyBanner
from desktop.ui.withheld import CHECKING, FAILED, SAFE, TODO, what_failed

MOST_UNDECIDED = 5
BESIDE_FLAGS = 2
HELD_BACK = "Held back until a flag is raised or the safety screen is complete."


class AssessmentPanel(QWidget):
    """Signals: asked_for (the item a GP wants to go to)."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme, content: Content, zone: ZoneInfo) -> None:
        super().__init__()
        self.theme, self.content, self.zone = theme, content, zone
        self._assessment: Assessment | None = None
        self._toggled: set[str] = set()
        self._all_undecided = False
        self.banner = UrgencyBanner(theme)
        self.coverage = CoverageBar(theme, content)
        self._flags, self._undecided, self._plan = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._withheld: ErrorCard | None = None
        self._lay_out()
        self.banner.asked_for.connect(self.asked_for)

    def show_checked(self, assessment: Assessment, check: RulesCheck) -> None:
        """Nothing a rule says is shown before the rules have passed their own test."""
        passed = check.verdict == "passed"
        self._column.setVisible(passed)
        if check.verdict == "failed" and self._withheld is None:
            self._show_failed(check)
        if passed:
            self.show_assessment(assessment)
        else:
            self.banner.show_headline(CHECKING if check.verdict == "checking" else FAILED)
            self.coverage.show_assessment(assessment)

    def _show_failed(self, check: RulesCheck) -> None:
        what = what_failed(check)
        self._withheld = ErrorCard(self.theme, what=what, safe=SAFE, todo=TODO, details=check.failures, most=5)
        column = Column(self.theme, "Why advice is withheld")
        column.lines.setContentsMargins(0, 0, self.theme.px(2), self.theme.px(12))
        column.add(self._withheld)
        self._lines.addWidget(column, 1)

    def show_assessment(self, assessment: Assessment) -> None:
        before, self._assessment = self._assessment, assessment
        self.banner.show_headline(headline(self.content, assessment, self.zone))
        self.coverage.show_assessment(assessment)
        if before is None or before.flags != assessment.flags:
            self._show_flags()
        flagged = before is not None and bool(before.flags)
        if before is None or before.undecided != assessment.undecided or flagged != bool(assessment.flags):
            self._show_undecided()
        if before is None or before.plan != assessment.plan or before.complete != assessment.complete:
            self._show_plan()

    def _show_flags(self) -> None:
        assert self._assessment is not None
        _clear(self._flags)
        flags = self._assessment.open_flags
        if not flags:
            return
        self._flags.addWidget(self._heading("Flags", str(len(flags))))
        for place, flag in enumerate(flags):
            is_open = (place == 0) != (flag.rule.id in self._toggled)
            card = FlagCard(self.theme, flag, self._folded_into(flag), is_open=is_open)
            card.toggled.connect(self._toggle)
            self._flags.addWidget(card)

    def _folded_into(self, flag: Flag) -> tuple[Flag, ...]:
        assert self._assessment is not None
        return tuple(other for other in self._assessment.flags if flag.rule.id in other.folded_into)

    def _toggle(self, rule_id: str) -> None:
        self._toggled ^= {rule_id}
        self._show_flags()
        for card in self.findChildren(FlagCard):
            if card.flag.rule.id == rule_id:
                card.head.setFocus()

    def _show_undecided(self) -> None:
        assert self._assessment is not None
        _clear(self._undecided)
        found = self._assessment.undecided
        if not found:
            return
        brief = bool(self._assessment.open_flags)
        most = BESIDE_FLAGS if brief else MOST_UNDECIDED
        more = self._more_undecided(len(found) - most) if len(found) > most else None
        self._undecided.addWidget(self._heading("Not yet ruled out", "press a question to go to it", more))
        for undecided in found if self._all_undecided else found[:most]:
            row = UndecidedRow(self.theme, self.content, undecided, chips=2 if brief else 3, brief=brief)
            row.asked_for.connect(self.asked_for)
            self._undecided.addWidget(row)

    def _more_undecided(self, count: int) -> TextLink:
        words = "Show the most urgent" if self._all_undecided else f"+ {count} more"
        link = TextLink(self.theme, words, f"{words}, not yet ruled out")
        link.clicked.connect(self._toggle_undecided)
        return link

    def _toggle_undecided(self) -> None:
        self._all_undecided = not self._all_undecided
        self._show_undecided()

    def _show_plan(self) -> None:
        assert self._assessment is not None
        _clear(self._plan)
        lines = plan_lines(self._assessment.plan, self.zone)
        self._plan.addWidget(self._heading("Plan", f"{len(lines)} lines" if len(lines) > 1 else ""))
        for line in lines:
            self._plan.addWidget(PlanRow(self.theme, line))
        if not lines:
            words = HELD_BACK if not self._assessment.complete else "No flag asks for anything."
            self._plan.addWidget(Label(self.theme, words, "note", colour=self.theme.muted, wrap=True))

    def _heading(self, title: str, note: str, link: TextLink | None = None) -> QWidget:
        heading = QWidget()
        line = QHBoxLayout(heading)
        line.setContentsMargins(0, self.theme.px(4), 0, self.theme.px(2))
        line.addWidget(Label(self.theme, title, "note", weight=600))
        line.addStretch()
        line.addWidget(link or Label(self.theme, note, "small", colour=self.theme.muted))
        return heading

    def _lay_out(self) -> None:
        theme = self.theme
        self._column = column = Column(theme, "Assessment")
        column.lines.setContentsMargins(0, 0, theme.px(2), theme.px(12))
        for place, part in enumerate((self._flags, self._undecided, self._plan)):
            part.setSpacing(theme.px(6 if part is self._flags else 0))
            column.lines.insertLayout(place, part)
        pinned = QVBoxLayout()
        pinned.setContentsMargins(0, 0, theme.px(14), 0)
        pinned.setSpacing(theme.px(10))
        pinned.addWidget(self.banner)
        pinned.addWidget(self.coverage)
        self._lines = layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(12), 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(pinned)
        layout.addWidget(column, 1)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            _clear(inner)
