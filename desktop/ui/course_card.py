"""The course of a patient: what changed since the visit before, worsening first, plots, and T for the table."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.dates import date_words
from desktop.clinical.words import answer_words
from desktop.record.course import Change, Course
from desktop.ui.button import Button
from desktop.ui.course_plot import CoursePlot
from desktop.ui.figure_table import FigureTable
from desktop.ui.figures import Cell, Figures
from desktop.ui.label import Label
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.theme import Theme


class CourseCard(SettingsGroup):
    """Signals: pdf_asked."""

    pdf_asked = Signal()

    def __init__(self, theme: Theme, course: Course, zone: ZoneInfo) -> None:
        super().__init__(theme, self._title(), "")
        self.course, self._zone = course, zone
        self.in_table = False
        self.turn = Button(theme, self.tr("Table of values"), key="T", shortcut=False, small=True)
        self.turn.clicked.connect(self.toggle)
        self.pdf = Button(theme, self.tr("Save as PDF…"), small=True)
        self.pdf.clicked.connect(self.pdf_asked)
        self.table = FigureTable(theme, self.figures())
        self.plots = [CoursePlot(theme, chart, self._span(), zone) for chart in course.charts]
        for part in (self.turn, self.pdf):
            part.setEnabled(bool(course.charts))
        self._lay_out()

    def toggle(self) -> None:
        self.in_table = not self.in_table
        self._show()
        if self.in_table:
            self.table.setFocus()

    def figures(self) -> Figures:
        """The values of the plots, one row for each day and value: the latest first."""
        heads = (self.tr("Measured"), self.tr("Day"), self.tr("Value"))
        rows = sorted(
            (
                (at, name, f"{value:g} {chart.unit if len(chart.lines) == 1 else ''}".strip())
                for chart in self.course.charts
                for line in chart.lines
                for name in (f"{chart.title}, {line.name}" if line.name else chart.title,)
                for at, value in line.points
            ),
            reverse=True,
        )
        cells = tuple(
            (Cell(name), Cell(date_words(at.astimezone(self._zone))), Cell(value)) for at, name, value in rows
        )
        return Figures("course", self.tr("Course"), "", heads, cells, self.tr("Nothing was measured yet."))

    def change_words(self, change: Change) -> str:
        item = change.item
        return f"{item.label}: {answer_words(item, change.before)} → {answer_words(item, change.after)}"

    def _title(self) -> str:
        return self.tr("Course")

    def _span(self) -> tuple[datetime, datetime]:
        times = [at for chart in self.course.charts for line in chart.lines for at, _ in line.points]
        return min(times), max(times)

    def _changes(self) -> QWidget:
        theme, part = self.theme, QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(3))
        since = self.course.since
        if since is None:
            words = self.tr("With a second signed encounter it says here what has changed since.")
            lines.addWidget(Label(theme, words, "note", colour=theme.muted, wrap=True))
            return part
        day = date_words(since.astimezone(self._zone))
        lines.addWidget(Label(theme, self.tr("Changed since {day}").format(day=day), "body", weight=600))
        for change in self.course.changes:
            worse = self.tr("Worse") + " · " if change.worse else ""
            weight = 600 if change.worse else 400
            lines.addWidget(Label(theme, f"{worse}{self.change_words(change)}", "note", weight=weight, wrap=True))
        if not self.course.changes:
            no = self.tr("Nothing that was asked both times has another answer.")
            lines.addWidget(Label(theme, no, "note", wrap=True))
        note = self.tr("Only what was asked both times is compared; earlier answers never count as asked today.")
        lines.addWidget(Label(theme, note, "small", colour=theme.muted, wrap=True))
        return part

    def _show(self) -> None:
        self.table.setVisible(self.in_table)
        for plot in self.plots:
            plot.setVisible(not self.in_table)
        self.turn.show_words(self.tr("Plots") if self.in_table else self.tr("Table of values"))

    def _lay_out(self) -> None:
        self.lines.addWidget(self._changes())
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        for button in (self.turn, self.pdf):
            line.addWidget(button)
        line.addStretch()
        for part in (*self.plots, self.table, buttons):
            self.lines.addWidget(part)
        self._show()
