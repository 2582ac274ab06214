"""Above the questions when a draft is opened again: where it was left, and what the rules changed since."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.dates import date_words
from desktop.record.consultation import Consultation
from desktop.record.encounter import Resumed
from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.narrow import head_over
from desktop.ui.section_page import WIDEST
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class ResumedStrip(QWidget):
    """Signals: re_date_asked, give_up_asked, closed."""

    re_date_asked = Signal()
    give_up_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, consultation: Consultation, reason: str) -> None:
        super().__init__()
        self.theme = theme
        resumed = consultation.resumed
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.re_date = Button(theme, self.tr("Count to now"), small=True)
        self.re_date.clicked.connect(self.re_date_asked)
        self.give_up = Button(theme, self.tr("Give the amendment up"), small=True)
        self.give_up.clicked.connect(self.give_up_asked)
        self.close_button = Button(
            theme, self.tr("Put away"), name=self.tr("Put the note about resuming away"), small=True
        )
        self.close_button.clicked.connect(self.closed)
        self.words: list[str] = []
        if resumed is not None:
            self._show(resumed, consultation, reason)
        self._lay_out()
        # Shown before they have their place, they would flash up as windows and take the keyboard with them.
        self.re_date.setVisible(bool(resumed and resumed.another_day) and not consultation.is_amendment)
        self.give_up.setVisible(consultation.is_amendment)

    def _show(self, resumed: Resumed, consultation: Consultation, reason: str) -> None:
        left = resumed.left_at.astimezone(consultation.zone)
        item = consultation.content.items.get(resumed.item or "")
        where = " " + self.tr("at “{question}”").format(question=item.label) if item else ""
        day = f"{date_words(left)} " if resumed.another_day else ""
        if consultation.is_amendment:
            self._say(self.tr("You are amending what is signed. Reason: {why}").format(why=reason), 600)
        else:
            self._say(
                self.tr("Resumed: left {day}{time}{where}").format(day=day, time=f"{left:%H:%M}", where=where), 600
            )
        if resumed.another_day and not consultation.is_amendment:
            began = date_words(consultation.began_at.astimezone(consultation.zone))
            words = self.tr("Begun {day}: ages and durations count to that day. Check the answers again.")
            self._say(words.format(day=began))
        if resumed.rules_changed and resumed.has_news:
            self._say(self.tr("The rules have changed since it was begun."))
        for words, found in (
            (self.tr("Flag that appeared by it: {names}"), resumed.appeared),
            (self.tr("Flag that no longer stands: {names}"), resumed.gone),
            (self.tr("Asked in other words now, so look again: {names}"), resumed.changed),
        ):
            if found:
                self._say(words.format(names="; ".join(found)))
        for label, answer in resumed.unreadable:
            words = self.tr("No longer asked; kept, and not counted: {label}: {answer}")
            self._say(words.format(label=label, answer=answer))

    def _say(self, words: str, weight: int = 400) -> None:
        self.words.append(words)
        self._lines.addWidget(Label(self.theme, words, "note", weight=weight, wrap=True))

    def _lay_out(self) -> None:
        theme = self.theme
        layout = QHBoxLayout()
        set_margins(layout, theme.px(20), theme.px(6), theme.px(16), theme.px(7))
        layout.setSpacing(theme.px(10))
        layout.addLayout(self._lines, 1)
        layout.setAlignment(self._lines, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.re_date, self.give_up, self.close_button):
            layout.addWidget(button)
        # Its buttons end where those of the page below do.
        whole = head_over(layout, theme.px(WIDEST + 28))
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.setAccessibleName(". ".join(self.words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed meanwhile is not for the eye alone."""
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.fillRect(self.rect(), theme.inset)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.border)
