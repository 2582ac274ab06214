"""Settings, Audit trail: who did what, when, to which; filtered, page by page, and written out as CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.clinical.dates import date_in
from desktop.paper.file import write_file
from desktop.record.trail import PAGE, AuditTrail, Filter
from desktop.ui.button import Button
from desktop.ui.combo_box import ComboBox
from desktop.ui.entry import Entry
from desktop.ui.figure_table import FigureDelegate
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.list_header import ListHeader
from desktop.ui.scroll_bar import with_bars
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.trail_model import TrailModel

ROWS = 12


class TrailPage(QWidget):
    """`guarded` runs what the store or the disk may refuse, and shows why."""

    def __init__(self, theme: Theme, trail: AuditTrail, guarded: Callable[[Callable[[], None]], bool]) -> None:
        super().__init__()
        self.theme, self._trail, self._guarded = theme, trail, guarded
        self.model = TrailModel()
        self.who = self._combo(self.tr("Who"), self.tr("Everybody"))
        self.what = self._combo(self.tr("What"), self.tr("Everything"))
        self.whom = Entry(theme, self.tr("Patient or encounter"), hint=self.tr("Name, NHS number, or id"))
        self.since = Entry(theme, self.tr("From"), hint=self.tr("dd-Mmm-yyyy"))
        self.until = Entry(theme, self.tr("Up to and with"), hint=self.tr("dd-Mmm-yyyy"))
        self.table = self._table()
        self.said = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self.older = Button(theme, self.tr("Show older rows"), small=True)
        self.look = Button(theme, self.tr("Show"))
        self.export = Button(theme, self.tr("Save as CSV…"))
        self._connect()
        self._lay_out()
        guarded(self._begin)

    @staticmethod
    def ask_place(parent: QWidget, words: str) -> str:
        return QFileDialog.getSaveFileName(parent, words, "audit-trail.csv", "CSV (*.csv)")[0]

    def show_found(self) -> None:
        wanted = self._filter()
        if wanted is not None:
            self._guarded(lambda: self._show(wanted))

    def _begin(self) -> None:
        for combo, words in zip((self.who, self.what), self._trail.choices(), strict=True):
            for word in words:
                combo.addItem(word or self.tr("(nobody signed in)"), word)
        self._show(Filter())

    def _show(self, wanted: Filter) -> None:
        self.model.show(self._trail.rows(wanted))
        self._say()

    def _show_older(self) -> None:
        wanted = self._filter()
        if wanted is not None and self.model.rows:
            before = self.model.rows[-1].number
            self._guarded(lambda: self.model.add(self._trail.rows(wanted, before=before)))
            self._say()

    def _say(self) -> None:
        count = len(self.model.rows)
        self.older.setVisible(count > 0 and count % PAGE == 0)
        self.said.setText(
            self.tr("%n row(s) shown, the latest first. Head of the trail: {head}.", "", count).format(
                head=self._trail.head
            )
        )

    def _save(self) -> None:
        wanted = self._filter()
        place = self.ask_place(self, self.export.text()) if wanted is not None else ""
        if wanted is not None and place:
            self._guarded(lambda: self._write(wanted, Path(place)))

    def _write(self, wanted: Filter, place: Path) -> None:
        write_file(place, self._trail.csv(wanted).encode())
        self.said.setText(self.tr("Saved, not encrypted: {place}. The trail tells of it.").format(place=place))

    def _filter(self) -> Filter | None:
        """None if a date can't be read, which is then said beside it."""
        days = [self._day(entry) for entry in (self.since, self.until)]
        if None in days:
            return None
        since, until = (day if isinstance(day, date) else None for day in days)
        who, what = str(self.who.currentData() or ""), str(self.what.currentData() or "")
        return Filter(who=who, what=what, whom=self.whom.text, since=since, until=until)

    def _day(self, entry: Entry) -> date | str | None:
        text = entry.text.strip()
        day = date_in(text)
        wrong = bool(text) and day is None
        entry.show_wrong(self.tr("Write it as 28-Nov-2026.") if wrong else "")
        return None if wrong else day or ""

    def _combo(self, name: str, everything: str) -> QComboBox:
        combo = ComboBox(self.theme)
        combo.setAccessibleName(name)
        combo.addItem(everything, "")
        combo.setMinimumHeight(self.theme.px(34))
        return combo

    def _table(self) -> QTableView:
        table, theme = QTableView(), self.theme
        with_bars(table, theme)
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Rows of the audit trail"))
        table.setFont(theme.font("note"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(30))
        table.setMinimumHeight(theme.px(30 * (ROWS + 1)))
        table.setHorizontalHeader(ListHeader(theme))
        table.setItemDelegate(FigureDelegate(theme))
        table.setFrameShape(QFrame.Shape.NoFrame)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        for column, width in enumerate((54, 156, 134, 150, 236)):
            head.resizeSection(column, theme.px(width))
        return table

    def _connect(self) -> None:
        self.look.clicked.connect(self.show_found)
        self.export.clicked.connect(self._save)
        self.older.clicked.connect(self._show_older)
        for combo in (self.who, self.what):
            combo.activated.connect(lambda _: self.show_found())
        for entry in (self.whom, self.since, self.until):
            entry.field.returnPressed.connect(self.show_found)

    def _lay_out(self) -> None:
        theme = self.theme
        says = self.tr(
            "Every sign-in, answer, signature, print and export, in the order in which they came. It holds ids, no "
            "names of patients and no answers. Looking at it and saving it stand in it too."
        )
        group = SettingsGroup(theme, self.tr("What was done, and by whom"), says)
        combos = QWidget()
        flow = FlowLayout(combos, gap=theme.px(8), line_gap=theme.px(8))
        for combo in (self.who, self.what):
            flow.addWidget(combo)
        fields = QWidget()
        days = FlowLayout(fields, gap=theme.px(8), line_gap=theme.px(8))
        for entry in (self.whom, self.since, self.until):
            entry.setFixedWidth(theme.px(220))
            days.addWidget(entry)
        foot = QHBoxLayout()
        for button in (self.look, self.export):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.older)
        group.lines.addWidget(combos)
        group.lines.addWidget(fields)
        group.lines.addLayout(foot)
        group.lines.addWidget(self.said)
        group.lines.addWidget(self.table)
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.addWidget(group)
