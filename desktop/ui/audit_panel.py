"""Audit: what the practice can count of itself, and past encounters under the rules in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.audit import Audit
from desktop.record.roles import Act
from desktop.record.tables import table_csv
from desktop.ui.action import Action
from desktop.ui.behind_list import BehindList
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.drawing import painter_on
from desktop.ui.figure_table import FigureTable
from desktop.ui.figures import Cell, Figures, csv_rows, figures_of
from desktop.ui.label import Label
from desktop.ui.months_plot import MonthsPlot
from desktop.ui.options import Options
from desktop.ui.outgoing import Outgoing
from desktop.ui.rescreen_card import RescreenCard
from desktop.ui.room import RoomPanel
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins

if TYPE_CHECKING:
    from desktop.ui.window import Window


class AuditPanel(RoomPanel):
    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window, self.theme, self.clinic = window, window.theme, window.clinic
        self.audit: Audit = window.clinic.audit
        self.outgoing = Outgoing(window)
        self.span = 12
        self.figures: list[Figures] = []
        self.tables: dict[str, FigureTable] = {}
        self.behind: BehindList | None = None
        spans = {"3": self.tr("3 months"), "12": self.tr("12 months"), "36": self.tr("3 years")}
        self.spans = Options(self.theme, self.tr("Over which time"), spans, "12")
        self.spans.chosen.connect(self._choose_span)
        self.csv = Button(self.theme, self.tr("Save as CSV…"), small=True)
        self.pdf = Button(self.theme, self.tr("Save as PDF…"), small=True)
        self.rescreen = RescreenCard(window, window.rescreening)
        self.column = Column(self.theme, self.tr("Audit"))
        self._page: QWidget | None = None
        self.help = self.tr(
            "Counts of what was signed here and of what followed from it. A number in the accent colour opens the list "
            "behind it with Enter; Escape goes back. Nothing of it leaves this computer but what you save."
        )
        self._connect()
        self._lay_out()

    def enter(self) -> None:
        self.refresh()
        first = next(iter(self.tables.values()), None) or self.spans.buttons[str(self.span)]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        if self.behind is not None:
            return
        start, end = self._time()
        months = self.audit.months(*self._months())
        self.figures = figures_of(self.audit, self.clinic.content, months, start, end)
        held = next((name for name, table in self.tables.items() if table.hasFocus()), "")
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
        self._page, self.tables = QWidget(), {}
        lines = QVBoxLayout(self._page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self.theme.px(12))
        for one in self.figures:
            lines.addWidget(self._group(one))
        months_group = self.tables.get("months")
        self.plot = MonthsPlot(
            self.theme, months, self.tr("Encounters by month, as columns; the table has the numbers")
        )
        if months_group is not None:
            group = months_group.parentWidget()
            assert isinstance(group, SettingsGroup)
            group.lines.insertWidget(2, self.plot)
        self._place.addWidget(self._page)
        self._page.show()
        if held in self.tables:
            self.tables[held].setFocus(Qt.FocusReason.OtherFocusReason)
        self.rescreen.show_now()
        # What has to be done comes first, what was done last.
        self._order.removeWidget(self.rescreen)
        self._order.insertWidget(0 if self.clinic.rescreening.is_due() else 1, self.rescreen)

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Audit")
        return (
            Action("audit csv", self.tr("Save the figures as CSV"), self.save_csv, "", group, Act.AUDIT),
            Action("audit pdf", self.tr("Save the figures as PDF"), self.save_pdf, "", group, Act.AUDIT),
            Action(
                "audit trail",
                self.tr("Read the audit trail"),
                lambda: self._window.show_settings("trail"),
                "",
                group,
                Act.AUDIT,
            ),
        )

    def show_behind(self, cell: Cell, words: str) -> None:
        """In the place of the figures, until Escape."""
        if cell.behind is not None:
            self._window.guarded(lambda: self._show_behind(cell, words))

    def leave_behind(self) -> None:
        if self.behind is not None:
            self.behind.hide()
            self.behind.deleteLater()
            self.behind = None
            self._all.show()
            self.enter()

    def save_csv(self) -> None:
        self.outgoing.save_csv(self._name("csv"), lambda: table_csv(csv_rows(self.figures)), "audit figures exported")

    def save_pdf(self) -> None:
        self.outgoing.save_pdf(self._name("pdf"), self._report, "audit figures exported")

    def _report(self) -> bytes:
        from desktop.paper.listing import Listing, Table, listing_pdf
        from desktop.paper.months_plot import MonthsDrawing

        tables: list[Table | MonthsDrawing] = [
            Table(one.title, one.heads, [[cell.words for cell in row] for row in one.rows], _shares(one), one.nothing,
                  one.says)
            for one in self.figures
        ]  # fmt: skip
        counted = self.audit.months(*self._months())
        place = next((number for number, one in enumerate(self.figures) if one.id == "months" and one.rows), None)
        if place is not None:
            tables.insert(place + 1, MonthsDrawing(counted))
        months = self._months()
        parts = (self.clinic.practice.now.name, self.tr("{start} to {end}").format(start=months[0], end=months[1]))
        about = " · ".join(part for part in parts if part)
        return listing_pdf(
            Listing(self.tr("Audit of the practice"), about, tables, self.clinic.demo, self.clinic.trail_head)
        )

    def _save_findings(self, form: str) -> None:
        heads, rows = self.rescreen.heads(), self.rescreen.rows()
        name = f"rules-{self.clinic.board.today().isoformat()}.{form}"
        if form == "csv":
            self.outgoing.save_csv(name, lambda: table_csv([list(heads), *rows]), "screening exported")
        else:
            self.outgoing.save_pdf(name, lambda: self._findings_pdf(heads, rows), "screening exported")

    def _findings_pdf(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
        from desktop.paper.listing import Listing, Table, listing_pdf

        title, state = self.tr("Past encounters under the rules in force"), self.rescreen.state.text()
        nothing = self.tr("The rules say nothing else.")
        table = Table(self.tr("Where the rules say something else now"), heads, rows, (42, 30, 36, 66), nothing)
        return listing_pdf(Listing(title, state, [table], self.clinic.demo, self.clinic.trail_head))

    def _show_behind(self, cell: Cell, words: str) -> None:
        assert cell.behind is not None
        self.behind = BehindList(self.theme, words, cell.behind(), self.audit.patient, self.clinic.zone)
        self.behind.opened.connect(self._window.open_encounter)
        self.behind.left.connect(self.leave_behind)
        self._all.hide()
        self._place_behind.addWidget(self.behind)
        self.behind.show()
        self.behind.take_focus()

    def _group(self, one: Figures) -> SettingsGroup:
        group = SettingsGroup(self.theme, one.title, one.says)
        if not one.rows:
            group.lines.addWidget(Label(self.theme, one.nothing, "note", wrap=True))
            return group
        table = self.tables[one.id] = FigureTable(self.theme, one)
        table.asked.connect(self.show_behind)
        group.lines.addWidget(table)
        return group

    def _choose_span(self, months: str) -> None:
        self.span = int(months)
        self._window.guarded(self.refresh)

    def _months(self) -> tuple[str, str]:
        today = self.clinic.board.today()
        count = today.year * 12 + today.month - 1 - (self.span - 1)
        return f"{count // 12:04}-{count % 12 + 1:02}", f"{today.year:04}-{today.month:02}"

    def _time(self) -> tuple[datetime, datetime]:
        first, now = self._months()[0], self.clinic.board.clock()
        return datetime(int(first[:4]), int(first[5:]), 1, tzinfo=self.clinic.zone), now

    def _name(self, form: str) -> str:
        return f"audit-{self.clinic.board.today().isoformat()}.{form}"

    def _connect(self) -> None:
        self.csv.clicked.connect(self.save_csv)
        self.pdf.clicked.connect(self.save_pdf)
        self.rescreen.opened.connect(self._window.open_encounter)
        self.rescreen.csv_asked.connect(lambda: self._save_findings("csv"))
        self.rescreen.pdf_asked.connect(lambda: self._save_findings("pdf"))

    def _lay_out(self) -> None:
        theme = self.theme
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        set_margins(head, 0, 0, theme.px(24), 0)
        head.addWidget(Label(theme, self.tr("Audit"), "h1", weight=600))
        head.addWidget(self.spans, 1)
        for button in (self.csv, self.pdf):
            head.addWidget(button)
        self._all, inner = QWidget(), QWidget()
        self._place = QVBoxLayout(inner)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._order = QVBoxLayout(self._all)
        self._order.setContentsMargins(0, 0, 0, 0)
        self._order.setSpacing(theme.px(12))
        self._order.addWidget(inner)
        self._order.addWidget(self.rescreen)
        both = QWidget()
        self._place_behind = QVBoxLayout(both)
        set_margins(self._place_behind, 0, 0, theme.px(12), theme.px(12))
        self._place_behind.addWidget(self._all)
        self.column.add(both)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(20), theme.px(12), theme.px(8), theme.px(8))
        layout.setSpacing(theme.px(10))
        layout.addLayout(head)
        layout.addWidget(self.column, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)


def _shares(one: Figures) -> Sequence[float]:
    """Words need more of the page than numbers."""
    return {"rules": [12, 60, 16, 22, 64], "times": [30, 40, 20, 30, 26, 28]}.get(one.id, [20] * len(one.heads))
