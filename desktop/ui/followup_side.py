"""The panel beside the board: whose it is, how late, how it can go on, and what has been done so far."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.dates import date_words, time_words
from desktop.clinical.words import lower_first
from desktop.record.board import FollowUp
from desktop.record.closing import Closing
from desktop.record.roles import Act
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.followup_form import FollowUpForm
from desktop.ui.followup_words import due_sentence, family_words, late_words, short_day, step_words
from desktop.ui.label import Label
from desktop.ui.overdue_banner import OverdueBanner
from desktop.ui.raised_banner import raised_banner
from desktop.ui.sides import after_name, mirrored, set_margins
from desktop.ui.theme import Theme


class FollowUpSide(QWidget):
    """Signals: sent (the way that is chosen is to be gone), encounter_asked, take_in_asked (uid of the follow-up)."""

    sent = Signal()
    encounter_asked = Signal(str)
    take_in_asked = Signal(str)

    def __init__(self, theme: Theme, closing: Closing) -> None:
        super().__init__()
        self.theme, self.closing = theme, closing
        self.one: FollowUp | None = None
        self.form: FollowUpForm | None = None
        self.late: OverdueBanner | None = None
        self.take_in: Button | None = None
        self.column = Column(theme, self.tr("This follow-up"))
        set_margins(self.column.lines, theme.px(16), theme.px(14), theme.px(4), theme.px(8))
        self.open_button = Button(theme, "", small=False)
        self.open_button.clicked.connect(self._open)
        self.send = Button(theme, "", key="Ctrl+Return", shortcut=False, primary=True)
        self.send.clicked.connect(self.sent)
        self._page: QWidget | None = None
        self._lay_out()

    def show_one(self, one: FollowUp | None) -> None:
        """Made anew only when it is another one, or has changed: what is being typed stays."""
        same = one is not None and self.one is not None and one.stored == self.one.stored
        if same and self._page is not None:
            self.one = one
            self._show_late()
            return
        self.one = one
        self.form = self.late = self.take_in = None
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
        self._page = self._made(one) if one is not None else self._empty()
        self.column.add(self._page)
        self.column.verticalScrollBar().setValue(0)
        self._show_buttons()

    def _made(self, one: FollowUp) -> QWidget:
        theme, zone = self.theme, self.closing.board.zone
        page = QWidget()
        lines = QVBoxLayout(page)
        set_margins(lines, 0, 0, theme.px(8), 0)
        lines.setSpacing(theme.px(7))
        lines.addLayout(self._head(one))
        lines.addWidget(Label(theme, one.stored.what, "h3", weight=600, wrap=True))
        if one.late is not None:
            self.late = OverdueBanner(theme)
            lines.addWidget(self.late)
            self._show_late()
        else:
            lines.addWidget(Label(theme, due_sentence(one, zone), "note", wrap=True))
            lines.addWidget(Label(theme, self._who(one), "note", colour=theme.muted, wrap=True))
        for part in self._raised(one):
            lines.addWidget(part)
        if self.closing.clinic.may(Act.FOLLOW_UP):
            lines.addLayout(self._ways_head(one))
            self.form = FollowUpForm(theme, self.closing, one, self.closing.board.today)
            self.form.changed.connect(self._show_way)
            lines.addWidget(self.form)
        else:
            no = self.tr("You can read this; closing and changing needs another role.")
            lines.addWidget(Label(theme, no, "note", colour=theme.muted, wrap=True))
        lines.addWidget(Label(theme, self.tr("So far"), "body", weight=600))
        for step in self.closing.board.steps(one.uid):
            name = self.closing.clinic.name_of(step.who)
            words = f"{step_words(step, zone)} ({name})" if name else step_words(step, zone)
            lines.addWidget(Label(theme, words, "small", colour=theme.muted, wrap=True))
        return page

    def _head(self, one: FollowUp) -> QVBoxLayout:
        theme, patient = self.theme, one.patient
        head = QVBoxLayout()
        head.setSpacing(0)
        name = QHBoxLayout()
        name.setSpacing(0)
        name.addWidget(Label(theme, family_words(patient), "h2", weight=600))
        name.addWidget(Label(theme, after_name(f", {patient.given}") if patient.given else "", "h2"))
        name.addStretch()
        head.addLayout(name)
        age = patient.age_at(self.closing.clock(), self.closing.board.zone)
        facts = []
        if patient.born:
            facts.append(self.tr("born {day} ({age} y)").format(day=date_words(patient.born), age=age))
        if patient.nhs_number:
            facts.append(self.tr("NHS No. {number}").format(number=patient.nhs_number_spaced))
        if patient.telephone:
            facts.append(patient.telephone)
        head.addWidget(Label(theme, " · ".join(facts), "small", colour=theme.muted, wrap=True))
        return head

    def _ways_head(self, one: FollowUp) -> QHBoxLayout:
        line = QHBoxLayout()
        is_open = one.stored.state == "open"
        title = self.tr("How it goes on") if is_open else self.tr("It is closed")
        line.addWidget(Label(self.theme, title, "body", weight=600))
        line.addStretch()
        if is_open:
            line.addWidget(Label(self.theme, self.tr("closing needs one"), "small", colour=self.theme.muted))
        return line

    def _raised(self, one: FollowUp) -> list[QWidget]:
        """The flag that a result has raised stands here until somebody acts on it."""
        if one.stored.kind != "looking" or not one.stored.rules:
            return []
        banner = raised_banner(self.theme, self.closing.clinic.content, one, self.closing.board.zone)
        parts: list[QWidget] = [banner]
        if one.stored.state == "open" and self.closing.clinic.may(Act.SIGN) and self.closing.has_result(one.uid):
            self.take_in = Button(self.theme, self.tr("Take it into the record"), key="Ctrl+I", shortcut=False)
            self.take_in.clicked.connect(lambda: self.take_in_asked.emit(one.uid))
            parts.append(self.take_in)
        return parts

    def _show_late(self) -> None:
        one = self.one
        if one is None or self.late is None or one.late is None or one.stored.due is None:
            return
        late = self.tr("Overdue by {time}").format(time=late_words(one.late))
        due = time_words(one.stored.due, self.closing.board.zone)
        what = self.tr("It was due {moment}.").format(moment=due)
        self.late.show_late(late, f"{what} {self._what_to_do(one)}", self._number(one))

    def _what_to_do(self, one: FollowUp) -> str:
        if one.stored.kind == "telling":
            return self.tr("Ring the patient today, or give the reason and a new date.")
        service = self.closing.whom_to_ring(one)
        if service is None:
            return self.tr("Do it today, or give the reason and a new date.")
        if service.name == one.stored.owner:
            return self.tr("Phone {owner} now and ask for it today.").format(owner=service.name)
        return self.tr("Phone the {service} now; it is with {owner}.").format(
            service=lower_first(service.name), owner=one.stored.owner
        )

    def _number(self, one: FollowUp) -> str:
        """Of the patient where they are to be told; else of the service, as the directory has it."""
        if one.stored.kind == "telling":
            return one.patient.telephone or self.tr("No telephone number is recorded for the patient.")
        service = self.closing.whom_to_ring(one)
        if service is None:
            return ""
        if service.empty:
            return self.tr("No number in the directory: Settings, Directory.")
        return f"{service.telephone} ({service.hours})" if service.hours else service.telephone

    def _who(self, one: FollowUp) -> str:
        number = self._number(one) if one.stored.state == "open" else ""
        who = self.tr("Who does it: {owner}").format(owner=one.stored.owner)
        return f"{who} · {number}" if number else who

    def _show_way(self) -> None:
        """The fields it asks for come into sight once they have their place."""
        self._show_buttons()
        QTimer.singleShot(0, self, self._to_the_fields)

    def _to_the_fields(self) -> None:
        if self.form is not None and self.form.asked is not None:
            self.column.ensureWidgetVisible(self.form.asked, 0, self.theme.px(12))

    def _show_buttons(self) -> None:
        one, way = self.one, self.form.way if self.form is not None else None
        self.open_button.setVisible(one is not None)
        self.send.setVisible(way is not None)
        if one is not None:
            made = one.stored.made_at.astimezone(self.closing.board.zone)
            self.open_button.show_words(self.tr("Encounter of {day}").format(day=short_day(made)))
        if way is not None:
            self.send.show_words(way.verb)

    def _open(self) -> None:
        if self.one is not None:
            self.encounter_asked.emit(self.one.stored.encounter)

    def _empty(self) -> QWidget:
        return Label(self.theme, self.tr("Choose a line to see what can be done."), "note", wrap=True)

    def _lay_out(self) -> None:
        theme = self.theme
        foot = QWidget()
        line = FlowLayout(foot, gap=theme.px(8), line_gap=theme.px(6))
        set_margins(line, theme.px(16), theme.px(8), theme.px(12), theme.px(12))
        for button in (self.send, self.open_button):
            line.addWidget(button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.column, 1)
        lines.addWidget(foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, painter_on(self)
        draw_frame(painter, QRectF(self.rect()), 0, fill=theme.surface)
        painter.fillRect(mirrored(self, QRectF(0, 0, 1, self.height())), theme.border)
