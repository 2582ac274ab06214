"""Follow-up: what must happen, by when and by whom, until somebody says how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.outcomes import load_outcomes
from desktop.clinical.reasons import load_reasons
from desktop.record.board import GROUPS, FollowUp
from desktop.record.closing import Closed, Closing, FollowUpRefused
from desktop.record.due_text import read_due
from desktop.record.errors import FollowUpGone
from desktop.record.roles import Act
from desktop.ui.action import Action
from desktop.ui.column import Column
from desktop.ui.drawing import painter_on
from desktop.ui.followup_form import DUE, OWNER, TEXT, FollowUpForm
from desktop.ui.followup_head import FollowUpHead
from desktop.ui.followup_list import FollowUpList
from desktop.ui.followup_side import FollowUpSide
from desktop.ui.followup_ways import CANCEL, DATE, HAND_OVER, REOPEN
from desktop.ui.label import Label
from desktop.ui.outgoing import Outgoing
from desktop.ui.room import RoomPanel

if TYPE_CHECKING:
    from desktop.ui.window import Window

SIDE, BESIDE = 376, 900
LIST_LOW, SIDE_LOW = 230, 330
"""Where the two stand one below the other, both are high enough to work with, and the whole scrolls."""
EVERY = 60_000
"""How often the clock is looked at: what becomes overdue while somebody watches is shown as such."""


class FollowUpPanel(RoomPanel):
    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window, self.theme, clinic = window, window.theme, window.clinic
        self.closing = Closing(clinic, clinic.board, load_outcomes(clinic.content.items), load_reasons())
        self.board = clinic.board
        self.outgoing = Outgoing(window)
        self.head = FollowUpHead(self.theme, self.closing.outcomes)
        self.list = FollowUpList(self.theme, clinic.zone)
        self.nothing = Label(self.theme, "", "body", wrap=True)
        self.lowers = Label(self.theme, "", "note", colour=self.theme.muted, wrap=True)
        self.side = FollowUpSide(self.theme, self.closing)
        self.found: tuple[FollowUp, ...] = ()
        self.help = self.tr(
            "Every line of a signed plan stands here until somebody says how it ended. Arrows go over the lines; D "
            "goes to how it ended, a digit chooses one of the ways, T gives another date, and Ctrl+Enter keeps it. "
            "A result runs through the rules and may raise a flag; it never takes one back."
        )
        self._clock = QTimer(self, interval=EVERY)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._connect()
        self._lay_out()

    def enter(self) -> None:
        self.refresh()
        # An empty list is not shown, and what is not shown takes no focus.
        start = self.list if self.list.isVisible() else self.head.search
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        head = self.head
        head.show_owners(self.board.owners())
        self._show_found(self.list.current)
        overdue, open_now = self.board.counts()
        today = sum(one.group == "today" for one in self.found)
        words = self.tr("{overdue} overdue, {today} today, {open} open")
        if head.state != "open" or head.filtered:
            words = self.tr("{overdue} overdue, {open} open")
        head.counts.setText(words.format(overdue=overdue, today=today, open=open_now))

    def show_follow_up(self, uid: str) -> None:
        """Whatever was filtered: this one is to be seen."""
        self.head.state = self.board.of(uid).group if self.board.of(uid).stored.state != "open" else "open"
        for state, button in self.head.states.buttons.items():
            button.setChecked(state == self.head.state)
        self.head.clear()
        self.list.select(uid)

    def room_actions(self) -> Sequence[Action]:
        group, act = self.tr("Follow-up"), Act.FOLLOW_UP
        return (
            Action("followup done", self.tr("Say how it ended"), partial(self.ask, "done"), "", group, act),
            Action("followup date", self.tr("Give another date"), partial(self.ask, "date"), "", group, act),
            Action("followup send", self.tr("Keep what was said"), self.send, "Ctrl+Return", group, act),
            Action("followup take in", self.tr("Take the result in"), self.take_in, "Ctrl+I", group, Act.SIGN),
            Action("worklist", self.tr("Print the worklist"), self.print_worklist, "Ctrl+Shift+P", group, Act.PRINT),
            Action("worklist pdf", self.tr("Save the worklist as PDF"), self.save_worklist, "", group, Act.PRINT),
        )

    def ask(self, what: str) -> None:
        """By key: how it ended, another date, the encounter, or one of the ways by its digit."""
        form, one = self.side.form, self.side.one
        if what == "open":
            if one is not None:
                self.open_encounter(one.stored.encounter)
            return
        if form is None:
            return
        if what == "date":
            form.choose_id(DATE)
        elif what.isdigit():
            form.choose(int(what) - 1)
        form.take_focus()

    def send(self) -> None:
        """Refused beside its field, and then nothing was changed."""
        form = self.side.form
        if form is None or form.way is None or not form.commit():
            return
        try:
            self._window.guarded(partial(self._send_or_look_again, form))
        except FollowUpRefused as refused:
            form.show_mistakes(refused.mistakes)

    def take_in(self) -> None:
        one = self.side.one
        if one is not None and self.side.take_in is not None:
            self._window.guarded(lambda: self._window.open(self.closing.take_in(one.uid)))

    def open_encounter(self, uid: str) -> None:
        self._window.open_encounter(uid)

    def print_worklist(self) -> None:
        self.outgoing.print(self._worklist, "worklist printed", followups=[one.uid for one in self._listed()])

    def save_worklist(self) -> None:
        name = f"worklist-{self.board.today().isoformat()}.pdf"
        followups = [one.uid for one in self._listed()]
        self.outgoing.save_pdf(name, self._worklist, "worklist saved as PDF", followups=followups)

    def _listed(self) -> tuple[FollowUp, ...]:
        """The page itself is not kept: it would hold the names of patients who are removed later. The trail tells
        which follow-ups stood on it, and their steps what each said then."""
        head = self.head
        return self.board.open(owner=head.chosen_owner, kind=head.chosen_kind, text=head.search.text())

    def _worklist(self) -> bytes:
        from desktop.paper.worklist import ToDo, worklist

        clinic = self._window.clinic
        lines = [
            ToDo(one.group, held.due, held.waits_for, one.patient, held.what, held.owner, held.urgency)
            for one in self._listed()
            for held in (one.stored,)
        ]
        practice = clinic.practice.now.name
        at, head = self.board.clock(), clinic.trail_head
        return worklist(lines, practice=practice, at=at, zone=clinic.zone, demo=clinic.demo, audit=head)

    def _send_or_look_again(self, form: FollowUpForm) -> None:
        try:
            self._send(form)
        except FollowUpGone:
            self._window.refresh()
            raise

    def _send(self, form: FollowUpForm) -> None:
        way, uid, closed = form.way, form.one.uid, Closed()
        assert way is not None
        if way.outcome is not None:
            closed = self.closing.close(uid, way.id, text=form.text(TEXT), answers=form.answers, born=form.born)
        else:
            acts: dict[str, Callable[[], None]] = {
                DATE: partial(self._move, form),
                HAND_OVER: lambda: self.closing.hand_over(uid, form.text(OWNER)),
                CANCEL: lambda: self.closing.cancel(uid, form.reason, form.text(TEXT)),
                REOPEN: lambda: self.closing.reopen(uid, form.text(TEXT)),
            }
            acts[way.id]()
        self._window.status.tell(self.tr("{verb}: {what}").format(verb=way.words, what=form.one.stored.what))
        self._after(closed, uid if way.outcome is None else "")

    def _move(self, form: FollowUpForm) -> None:
        due, why = read_due(form.text(DUE), self.board.clock(), self._window.clinic.zone)
        if due is None:
            raise FollowUpRefused(due=why or self.tr("Give the day, and the hour if it matters."))
        self.closing.move(form.one.uid, due, form.text(TEXT))

    def _after(self, closed: Closed, keep: str) -> None:
        """A flag that the result raised is shown at once; else the next line of the board."""
        place = self._place_of(self.list.current)
        if closed.raised:
            self._window.refresh()
            self.show_follow_up(closed.opened[0])
        else:
            self._window.refresh()
            if keep:
                self.list.select(keep)
            elif self.found:
                self.list.select(self.found[min(place, len(self.found) - 1)].uid)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of(self, uid: str) -> int:
        return next((place for place, one in enumerate(self.found) if one.uid == uid), 0)

    def _show_found(self, keep: str) -> None:
        head = self.head
        owner, kind, text = head.chosen_owner, head.chosen_kind, head.search.text()
        if head.state == "open":
            found = self.board.open(owner=owner, kind=kind, text=text)
            found = tuple(sorted(found, key=lambda one: GROUPS.index(one.group)))
        else:
            closed = self.board.closed(head.state, text=text)
            found = tuple(one for one in closed if owner in ("", one.stored.owner) and kind in ("", one.stored.kind))
        self.found = found
        self.list.setVisible(bool(found))
        self.nothing.show_text("" if found else self._why_nothing())
        lowers = self.tr("No result lowers an urgency by itself, and a normal one does not exclude serious disease.")
        self.lowers.show_text(lowers if found and head.state == "done" else "")
        self.list.show_all(found, keep)
        if not found:
            self.side.show_one(None)

    def _why_nothing(self) -> str:
        if self.head.filtered:
            return self.tr("Nothing fits these filters. Other follow-ups may be open: look without them.")
        if self.head.state == "open":
            return self.tr("Nothing is open. Each line of a plan stands here once its encounter is signed.")
        return self.tr("Nothing here yet. What is closed stays in the record and can be opened again.")

    def _show_one(self, uid: str) -> None:
        one = next((one for one in self.found if one.uid == uid), None)
        if one is not None:
            self._window.guarded(lambda: self.side.show_one(one))

    def _tick(self) -> None:
        if self.isVisible():
            self._window.refresh()

    def _connect(self) -> None:
        self.head.changed.connect(lambda: self._window.guarded(self.refresh))
        self.head.print_asked.connect(self.print_worklist)
        self.head.save_asked.connect(self.save_worklist)
        self.list.chosen.connect(self._show_one)
        self.list.asked.connect(self.ask)
        self.side.sent.connect(self.send)
        self.side.encounter_asked.connect(self.open_encounter)
        self.side.take_in_asked.connect(lambda _: self.take_in())

    def _lay_out(self) -> None:
        theme = self.theme
        board = QWidget()
        lines = QVBoxLayout(board)
        lines.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        lines.setSpacing(theme.px(10))
        lines.addWidget(self.head)
        lines.addWidget(self.nothing)
        lines.addWidget(self.lowers)
        lines.addWidget(self.list, 1)
        lines.addStretch()
        both = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addWidget(board, 1)
        self._columns.addWidget(self.side, 0)
        column = Column(theme, self.tr("Follow-up"))
        column.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column.add(both)
        column.lines.setStretchFactor(both, 1)
        column.follow_focus()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(BESIDE)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self.side.setFixedWidth(self.theme.px(SIDE) if beside else self.width() - self.theme.px(14))
        for part, least in ((self.list, LIST_LOW), (self.side, SIDE_LOW)):
            part.setMinimumHeight(0 if beside else self.theme.px(least))
        self._columns.setStretch(1, 0 if beside else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)
