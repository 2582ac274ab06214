"""The right column: urgency and coverage pinned, then flags, what is not yet ruled out, and the plan."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.assessment import Assessment, Flag
from desktop.clinical.checklist import PATIENT_FACTS
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE
from desktop.clinical.rules import Urgency
from desktop.ui.cause_line import CauseLine
from desktop.ui.causes_reading import CausesReading, counts
from desktop.ui.column import Column
from desktop.ui.column_heading import ColumnHeading
from desktop.ui.conflict_line import ConflictLine
from desktop.ui.coverage_bar import CoverageBar
from desktop.ui.error_card import ErrorCard
from desktop.ui.flag_card import FlagCard
from desktop.ui.grounded import Grounded
from desktop.ui.headline import further_words, headline, newly_raised
from desktop.ui.kept_rows import KeptRows, Wanted
from desktop.ui.label import Label
from desktop.ui.next_best import NextBest, OpenRule, most_urgent, open_rules
from desktop.ui.plan_lines import Doubt, PlanLine, plan_lines
from desktop.ui.plan_row import PlanRow
from desktop.ui.reading_order import in_reading_order
from desktop.ui.rows import Conflict, conflicts_of
from desktop.ui.rules_check import RulesCheck
from desktop.ui.sides import own_edge, set_margins
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme
from desktop.ui.undecided_row import UndecidedRow
from desktop.ui.urgency_banner import UrgencyBanner
from desktop.ui.withheld import checking, failed, safe, todo, what_failed

MOST_UNDECIDED = 5
BESIDE_FLAGS, IN_AN_EMERGENCY = 2, 1
"""What must be done now goes before what else it might be: the plan begins in sight, the rest is counted."""


class AssessmentPanel(Grounded):
    """Signals: asked_for (the item a GP wants to go to), read_asked (rule id), comparison_asked."""

    asked_for = Signal(str)
    read_asked = Signal(str)
    comparison_asked = Signal()

    def __init__(self, theme: Theme, content: Content, zone: ZoneInfo, causes: CausesReading, doubt: Doubt) -> None:
        super().__init__(theme.surface)
        self._edge = False
        self.theme, self.content, self.zone, self._causes = theme, content, zone, causes
        self._doubt = doubt
        self._assessment: Assessment | None = None
        self._toggled: set[str] = set()
        self._all_undecided = False
        self.banner = UrgencyBanner(theme)
        self.coverage = CoverageBar(theme, content)
        self._flags, self._undecided, self._plan = KeptRows(spacing=theme.px(6)), KeptRows(), KeptRows()
        self._misfits = KeptRows()
        self.next_best = NextBest(content)
        self._could_be = KeptRows()
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
            self.banner.show_headline(checking() if check.verdict == "checking" else failed())
            self.coverage.show_assessment(assessment)

    def _show_failed(self, check: RulesCheck) -> None:
        what = what_failed(check)
        self._withheld = ErrorCard(self.theme, what=what, safe=safe(), todo=todo(), details=check.failures, most=5)
        column = Column(self.theme, self.tr("Why advice is withheld"))
        set_margins(column.lines, 0, 0, self.theme.px(2), self.theme.px(12))
        column.add(self._withheld)
        self._lines.addWidget(column, 1)

    def show_edge(self, shown: bool) -> None:
        """The hairline to what stands beside it."""
        self._edge = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.grounded()
        if self._edge:
            painter.fillRect(own_edge(self, self.height(), last=True), self.theme.border)

    def show_assessment(self, assessment: Assessment) -> None:
        new = newly_raised(self._assessment, assessment)
        self._assessment = assessment
        self.banner.show_headline(headline(self.content, assessment, self.zone), further_words(new))
        self.coverage.show_assessment(assessment)
        with self._column.at_rest():
            self._show_misfits()
            self._show_flags()
            self._point_out(new)
            self._show_plan()
            self._show_open()
            self._show_could_be()
            in_reading_order(self._column.lines)

    def _point_out(self, new: list[Flag]) -> None:
        """Until the next answer; a column that was scrolled down goes to what is new."""
        ids = {flag.rule.id for flag in new}
        cards = [row for row in self._flags.widgets() if isinstance(row, FlagCard)]
        for card in cards:
            card.show_new(card.flag.rule.id in ids)
        first = next((card for card in cards if card.flag.rule.id in ids), None)
        if first is not None and self._column.verticalScrollBar().value():
            QTimer.singleShot(0, first, lambda: self._column.ensureWidgetVisible(first, 0, 0))

    def _show_misfits(self) -> None:
        """Age and sex have no row of their own to say on what does not fit them."""
        assert self._assessment is not None
        found = [one for fact in PATIENT_FACTS for one in conflicts_of(self.content, self._assessment, fact)]
        self._misfits.show([(conflict, partial(self._misfit_line, conflict)) for conflict in found])

    def _misfit_line(self, conflict: Conflict) -> ConflictLine:
        line = ConflictLine(self.theme, conflict)
        line.asked_for.connect(self.asked_for)
        return line

    def _show_flags(self) -> None:
        assert self._assessment is not None
        flags = self._assessment.open_flags
        rows = [self._heading(self.tr("Flags"), str(len(flags)))] if flags else []
        rows += [self._flag_row(flag, place == 0) for place, flag in enumerate(flags)]
        self._flags.show(rows, _refill)

    def _flag_row(self, flag: Flag, first: bool) -> Wanted:
        assert self._assessment is not None
        folded = tuple(other for other in self._assessment.flags if flag.rule.id in other.folded_into)
        is_open = first != (flag.rule.id in self._toggled)
        key = (flag.rule.id, flag.because, flag.sources, tuple(one.rule.id for one in folded), is_open)
        return key, lambda: self._flag_card(flag, folded, is_open=is_open)

    def _flag_card(self, flag: Flag, folded: tuple[Flag, ...], *, is_open: bool) -> FlagCard:
        assert self._assessment is not None
        today = self._assessment.at.astimezone(self.zone).date()
        card = FlagCard(self.theme, flag, folded, is_open=is_open, today=today)
        card.read_asked.connect(self.read_asked)
        card.toggled.connect(self._toggle)
        return card

    def _toggle(self, rule_id: str) -> None:
        self._toggled ^= {rule_id}
        self._show_flags()
        in_reading_order(self._column.lines)
        for card in self.findChildren(FlagCard):
            if card.flag.rule.id == rule_id and not card.isHidden():
                card.head.setFocus()

    def _show_open(self) -> None:
        """The fewest questions for each rule shown, and for no other: all of them would take too long."""
        assert self._assessment is not None
        found, brief = self._assessment.undecided, bool(self._assessment.open_flags)
        beside = IN_AN_EMERGENCY if self._assessment.urgency is Urgency.emergency else BESIDE_FLAGS
        most = beside if brief else MOST_UNDECIDED
        more = len(found) - most
        following = self.next_best.question(self._assessment)
        shown = found if self._all_undecided else most_urgent(found, most, following)
        rows = [self._open_heading(more)] if found else []
        for rule in open_rules(shown, self._assessment, self.next_best):
            rows.append(((rule, brief), partial(self._open_row, rule, brief)))
        self._undecided.show(rows, _refill)

    def _open_row(self, rule: OpenRule, brief: bool) -> UndecidedRow:
        row = UndecidedRow(self.theme, self.content, rule, brief=brief)
        row.asked_for.connect(self.asked_for)
        return row

    def _open_heading(self, more: int) -> Wanted:
        if more <= 0:
            return self._heading(self.tr("Not yet ruled out"), self.tr("press a question to go to it"))
        words = self.tr("Show the most urgent") if self._all_undecided else self.tr("+ %n more", "", more)
        title = self.tr("Not yet ruled out")
        name = self.tr("{words}, not yet ruled out").format(words=words)
        return (title, words, name), lambda: self._heading_of(title, self._more_link(words, name))

    def _more_link(self, words: str, name: str) -> TextLink:
        link = TextLink(self.theme, words, name)
        link.clicked.connect(self._toggle_undecided)
        return link

    def _toggle_undecided(self) -> None:
        self._all_undecided = not self._all_undecided
        self._show_open()
        in_reading_order(self._column.lines)

    def _show_could_be(self) -> None:
        """One line for each of the causes that most answers speak for; the rest is on the page.

        Beside a flag only the first, in the heading: the plan must not begin below the fold.
        """
        assert self._assessment is not None
        found = [(one.cause.name, counts(one)) for one in self._causes.leading(self._assessment)]
        if found and self._assessment.open_flags:
            name, count = found[0]
            only = f"{name}: {count.replace(' ', SPACE)}"
            self._could_be.show([(("could be", "only", only), partial(self._could_be_heading, only))], _refill)
            return
        rows: list[Wanted] = [("could be", self._could_be_heading)] if found else []
        self._could_be.show([*rows, *((line, partial(CauseLine, self.theme, *line)) for line in found)], _refill)

    def _could_be_heading(self, only: str = "") -> QWidget:
        link = TextLink(self.theme, self.tr("Compare"), self.tr("What it could be: compare the causes"))
        link.clicked.connect(self.comparison_asked)
        return ColumnHeading(self.theme, self.tr("What it could be"), link, only)

    def _show_plan(self) -> None:
        assert self._assessment is not None
        lines = plan_lines(self._assessment.plan, self.zone, self._doubt)
        count = sum(not line.is_remark for line in lines)
        rows = [self._heading(self.tr("Plan"), self.tr("%n line(s)", "", count) if count > 1 else "")]
        rows += [(line, partial(PlanRow, self.theme, line)) for line in lines]
        if not lines:
            held = self.tr("Held back until a flag is raised or the safety screen is complete.")
            words = held if not self._assessment.complete else self.tr("Empty. A line can be added when reviewing.")
            rows.append((words, lambda: Label(self.theme, words, "note", colour=self.theme.muted, wrap=True)))
        self._plan.show(rows, _refill)

    def _heading(self, title: str, note: str) -> Wanted:
        return (title, note), lambda: self._heading_of(title, Label(self.theme, note, "small", colour=self.theme.muted))

    def _heading_of(self, title: str, beside: QWidget) -> QWidget:
        return ColumnHeading(self.theme, title, beside)

    def _lay_out(self) -> None:
        theme = self.theme
        self._column = column = Column(theme, self.tr("Assessment"), theme.surface)
        set_margins(column.lines, 0, 0, theme.px(2), theme.px(12))
        for place, part in enumerate((self._misfits, self._flags, self._undecided, self._could_be, self._plan)):
            column.lines.insertLayout(place, part.lines)
        pinned = QVBoxLayout()
        set_margins(pinned, 0, 0, theme.px(14), 0)
        pinned.setSpacing(theme.px(10))
        pinned.addWidget(self.banner)
        pinned.addWidget(self.coverage)
        self._lines = layout = QVBoxLayout(self)
        set_margins(layout, theme.px(14), theme.px(12), 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(pinned)
        layout.addWidget(column, 1)


def _refill(row: QWidget, key: Hashable) -> bool:
    """A row that shows another line instead."""
    match row, key:
        case PlanRow(), PlanLine():
            row.show_line(key)
        case CauseLine(), (str(name), str(counts)):
            row.show_cause(name, counts)
        case ColumnHeading(only=Label() as line), ("could be", "only", str(only)):
            line.setText(only)
        case ColumnHeading(), (str(title), str(note)):
            return row.say_instead(title, note)
        case ColumnHeading(), (str(title), str(note), str(name)):
            return row.say_instead(title, note, name)
        case _:
            return False
    return True
