"""The course of a patient: what changed since the visit before, worsening first, plots, and T for the table."""

from __future__ import annotations

from datetime import datetime, timedelta
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
from desktop.ui.options import Options
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.theme import Theme
from desktop.ui.timeline import Timeline, visit_words

ALL = "all"


class CourseCard(SettingsGroup):
    """Signals: pdf_asked."""

    pdf_asked = Signal()

    def __init__(self, theme: Theme, course: Course, zone: ZoneInfo, now: datetime) -> None:
        """`shown` is the part of the course within the time that was chosen."""
        super().__init__(theme, self._title(), "")
        self.course, self._zone, self._now = course, zone, now
        self.shown = course
        self.in_table = False
        spans = {"1": self.tr("1 year"), "3": self.tr("3 years"), ALL: self.tr("All")}
        self.spans = Options(theme, self.tr("Over which time"), spans, ALL)
        self.spans.chosen.connect(self.show_span)
        self.turn = Button(theme, self.tr("Table of values"), key="T", shortcut=False, small=True)
        self.turn.clicked.connect(self.toggle)
        self.pdf = Button(theme, self.tr("Save as PDF…"), small=True)
        self.pdf.clicked.connect(self.pdf_asked)
        self._drawn: QWidget | None = None
        self.timeline: Timeline | None = None
        self.plots: list[CoursePlot] = []
        self._lay_out()
        self._draw()

    def toggle(self) -> None:
        self.in_table = not self.in_table
        self._show()
        if self.in_table:
            self.table.setFocus()

    def show_span(self, years: str) -> None:
        """Of timeline, plots, table and PDF: the last year, three, or all of it."""
        self.shown = self.course if years == ALL else self.course.after(self._now - timedelta(days=365 * int(years)))
        self._draw()

    def figures(self) -> Figures:
        """Encounters and values of the plots, one row for each: the latest first."""
        heads = (self.tr("What"), self.tr("Day"), self.tr("Value"))
        rows = sorted(
            (
                (at, name, f"{value:g} {chart.unit if len(chart.lines) == 1 else ''}".strip())
                for chart in self.shown.charts
                for line in chart.lines
                for name in (f"{chart.title}, {line.name}" if line.name else chart.title,)
                for at, value in line.points
            ),
            reverse=True,
        )
        rows += [(visit.at, self.tr("Encounter"), visit_words(visit)) for visit in self.shown.visits]
        rows.sort(key=lambda row: row[0], reverse=True)
        cells = tuple(
            (Cell(name), Cell(date_words(at.astimezone(self._zone))), Cell(value)) for at, name, value in rows
        )
        return Figures("course", self.tr("Course"), "", heads, cells, self.tr("Nothing in this time."))

    def change_words(self, change: Change) -> str:
        item = change.item
        return f"{item.label}: {answer_words(item, change.before)} → {answer_words(item, change.after)}"

    def _title(self) -> str:
        return self.tr("Course")

    def _draw(self) -> None:
        """Timeline and plots share one time axis."""
        theme, moments = self.theme, self.shown.moments
        if self._drawn is not None:
            self._drawn.hide()
            self._drawn.deleteLater()
        self.table, self.plots, self.timeline = FigureTable(theme, self.figures()), [], None
        self._drawn = QWidget()
        lines = QVBoxLayout(self._drawn)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(8))
        if moments:
            span = moments[0], moments[-1]
            self.timeline = Timeline(theme, self.shown.visits, span, self._zone)
            self.plots = [CoursePlot(theme, chart, span, self._zone) for chart in self.shown.charts]
            for part in (self.timeline, *self.plots):
                lines.addWidget(part)
        else:
            nothing = self.tr("Nothing was asked or measured in this time; All shows what there is.")
            lines.addWidget(Label(theme, nothing, "note", wrap=True))
        lines.addWidget(self.table)
        self._place.addWidget(self._drawn)
        for part in (self.turn, self.pdf):
            part.setEnabled(bool(moments))
        self._drawn.show()
        self._show()

    def _changes(self) -> QWidget:
        theme, part = self.theme, QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(3))
        since = self.course.since
        if since is None:
            words = self.tr("With a second signed encounter within a year it says here what has changed since.")
            lines.addWidget(Label(theme, words, "note", colour=theme.muted, wrap=True))
            return part
        day = date_words(since.astimezone(self._zone))
        lines.addWidget(Label(theme, self.tr("Changed since {day}").format(day=day), "body", weight=600))
        for change in self.course.changes:
            # Nothing is called better: an improvement takes no flag back (product, principle 3).
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
        for plot in (*self.plots, *filter(None, [self.timeline])):
            plot.setVisible(not self.in_table)
        self.turn.show_words(self.tr("Plots") if self.in_table else self.tr("Table of values"))

    def _lay_out(self) -> None:
        self.lines.addWidget(self._changes())
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(10))
        line.addWidget(self.spans, 1)
        for button in (self.turn, self.pdf):
            line.addWidget(button)
        place = QWidget()
        self._place = QVBoxLayout(place)
        self._place.setContentsMargins(0, 0, 0, 0)
        for part in (buttons, place):
            self.lines.addWidget(part)
