"""What is overdue or falls due today, on the Today screen; the whole board is one press away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.clinical.rules import Urgency
from desktop.record.board import Board, FollowUp
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.chip import Chip
from desktop.ui.followup_words import by_words, family_words
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow

MOST = 4


class DueCard(Card):
    """Signals: asked (uid of a follow-up; empty for the board)."""

    asked = Signal(str)

    def __init__(self, theme: Theme, board: Board) -> None:
        super().__init__(theme, self.tr("Follow-up"))
        self.board = board

    def show_due(self) -> None:
        overdue, open_now = self.board.counts()
        count = self.tr("{overdue} overdue, {open} open").format(overdue=overdue, open=open_now)
        due = [one for one in self.board.open() if one.group in ("overdue", "today")]
        rows: list[QWidget] = [self._row(one) for one in due[:MOST]]
        if open_now:
            rows.append(self._rest(len(due) - MOST))
            self.show_rows(rows, count)
        else:
            self.show_rows([], "")
            self.show_empty(
                self.tr("Nothing to follow up"),
                self.tr("Each line of a plan stands here once its encounter is signed."),
            )

    def _row(self, one: FollowUp) -> TodayRow:
        given = f", {one.patient.given}" if one.patient.given else ""
        row = TodayRow(self.theme, family_words(one.patient), given, f"{one.stored.what} · {one.stored.owner}")
        words = by_words(one, self.board.zone)
        if one.late is not None:
            row.add(Chip(self.theme, words, ink=self.theme.on_emergency, ground=self.theme.emergency_fill, weight=600))
        else:
            severity = self.theme.severity(Urgency.of(one.stored.urgency))
            row.add(Chip(self.theme, words, ink=severity.text, ground=severity.tint, weight=600))
        name = self.tr("Open the follow-up of {patient}: {what}").format(patient=one.patient.name, what=one.stored.what)
        button = Button(self.theme, self.tr("Open"), name=name, small=True)
        button.clicked.connect(lambda: self.asked.emit(one.uid))
        row.add(button)
        return row

    def _rest(self, more: int) -> TodayRow:
        words = self.tr("%n more due by today", "", more) if more > 0 else self.tr("The whole board")
        row = TodayRow(self.theme, "", words, self.tr("By deadline, with how each of them ended"))
        button = Button(self.theme, self.tr("Follow-up"), name=self.tr("Go to the follow-ups"), small=True)
        button.clicked.connect(lambda: self.asked.emit(""))
        row.add(button)
        return row
