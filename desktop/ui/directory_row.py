"""One service of the directory: name, number, hours, how to refer, and whether somebody has to look at it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.dates import date_words
from desktop.clinical.plan_words import telephone_words
from desktop.clinical.rules import Urgency
from desktop.record.directory import Service
from desktop.ui.button import Button
from desktop.ui.chip import Chip
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class DirectoryRow(QWidget):
    """Signals: edit_asked, confirmed (checked today), removed (a service of the practice's own)."""

    edit_asked = Signal()
    confirmed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, service: Service) -> None:
        super().__init__()
        self.theme, self.service = theme, service
        self.edit_button = self._button(self.tr("Edit"), self.tr("Edit {name}"), self.edit_asked)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Label(theme, service.name, "body", weight=600, wrap=True))
        for line in filter(None, (self._reached(), service.how)):
            words.addWidget(Label(theme, line, "note", wrap=True))
        words.addLayout(self._chips())
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.px(6))
        buttons.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignRight)
        if service.stale and not service.empty:
            today = self._button(self.tr("Checked today"), self.tr("Checked today: {name}"), self.confirmed)
            buttons.addWidget(today, 0, Qt.AlignmentFlag.AlignRight)
        if service.own:
            remove = self._button(self.tr("Remove"), self.tr("Remove {name}"), self.removed)
            buttons.addWidget(remove, 0, Qt.AlignmentFlag.AlignRight)
        buttons.addStretch()
        layout = QHBoxLayout(self)
        set_margins(layout, theme.px(14), theme.px(8), theme.px(12), theme.px(8))
        layout.addLayout(words, 1)
        layout.addLayout(buttons)
        self.setAccessibleName(". ".join(filter(None, (service.name, self._reached(), service.how, *self._warnings()))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _reached(self) -> str:
        return " · ".join(filter(None, (telephone_words(self.service.telephone), self.service.hours)))

    def _warnings(self) -> list[str]:
        """Dashed means open: missing, or not looked at for long."""
        one = self.service
        if one.empty:
            first = one.level is Urgency.emergency
            return [self.tr("No number: emergencies name it, fill it in first") if first else self.tr("No number")]
        if one.checked is None:
            return [self.tr("Never checked")]
        return [self.tr("Last checked {date}").format(date=date_words(one.checked))] if one.stale else []

    def _chips(self) -> FlowLayout:
        line = FlowLayout(gap=self.theme.px(6), line_gap=self.theme.px(2))
        for words in self._warnings():
            line.addWidget(Chip(self.theme, words, dashed=True))
        if not self._warnings() and self.service.checked is not None:
            said = self.tr("Checked {date}").format(date=date_words(self.service.checked))
            line.addWidget(Label(self.theme, said, "small", colour=self.theme.muted))
        return line

    def _button(self, words: str, name: str, asked: SignalInstance) -> Button:
        button = Button(self.theme, words, name=name.format(name=self.service.name), small=True)
        button.clicked.connect(asked)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        border = theme.border_strong if self.service.empty else theme.border
        body = QRectF(self.rect())
        draw_frame(painter_on(self), body, theme.px(8), fill=theme.surface, border=border, dashed=self.service.empty)
