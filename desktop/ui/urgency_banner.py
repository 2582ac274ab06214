"""The one place of alarm: a sentence with a verb, a place and an hour. It says so to a screen reader when it rises."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.dates import HYPHEN, SPACE
from desktop.clinical.rules import Urgency
from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.headline import Headline
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.number_button import NumberButton
from desktop.ui.phrase import Phrase
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme

UNBROKEN = 34
"""Letters of a number and its hours that stay on one line of a strip."""


class UrgencyBanner(QFrame):
    """Signals: asked_for (item id), number_copied (the number)."""

    asked_for = Signal(str)
    number_copied = Signal(str)

    def __init__(self, theme: Theme, *, compact: bool = False) -> None:
        super().__init__()
        self.theme, self._compact = theme, compact
        self.headline = Headline(Urgency.none, "", "", "")
        self._level = Label(theme, "", "note", weight=600, wrap=True)
        self._action = Label(theme, "", "h3" if compact else "urgency", weight=600, wrap=True)
        self._number = Phrase(theme, "", "body", weight=600)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ring = NumberButton(theme)
        self.ring.clicked.connect(self.copy_number)
        self._detail = Label(theme, "", "note", wrap=True)
        self.ask_button = Button(theme, self.tr("Ask now"), primary=True, small=True)
        self.ask_button.clicked.connect(lambda: self.asked_for.emit(self.headline.ask or ""))
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(55), theme.px(9), theme.px(12), theme.px(9 if compact else 10))
        layout.setSpacing(theme.px(2))
        rung = FlowLayout(gap=theme.px(10), line_gap=theme.px(2))
        for part in (self.ring, self._number):
            rung.addWidget(part)
        for line in (self._level, self._action, rung, self._detail, self.ask_button):
            layout.addWidget(line) if isinstance(line, QWidget) else layout.addLayout(line)
        layout.insertSpacing(4, theme.px(2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._show(self.headline)

    def show_headline(self, headline: Headline, further: str = "") -> None:
        """`further` names flags that are new but raise nothing: they are said too, without the focus moving."""
        before = self.headline.urgency
        told = headline.words if headline.urgency != before else further
        if headline != self.headline:
            self._show(headline)
        if told and not self._compact:
            announce(self, told, urgent=headline.urgency >= before)

    def copy_number(self) -> None:
        if number := self.headline.telephone:
            QGuiApplication.clipboard().setText(number.replace(SPACE, " ").replace(HYPHEN, "-"))
            self.number_copied.emit(number)

    def _show(self, headline: Headline) -> None:
        self.headline = headline
        self._level.show_text("" if self._compact else headline.level)
        number = headline.number if len(headline.number) > UNBROKEN else headline.number.replace(" ", SPACE)
        strip = " · ".join(part for part in (f"{headline.level}: {headline.action}", number) if part)
        self._action.setText(strip if self._compact else headline.action)
        pressed = headline.telephone if len(headline.telephone) <= UNBROKEN and not self._compact else ""
        self.ring.show_number(pressed)
        beside = headline.number.removeprefix(pressed).removeprefix(" · ") if pressed else headline.number
        self._number.show_text("" if self._compact else beside)
        self._detail.show_text("" if self._compact else headline.detail)
        self.ask_button.setVisible(headline.ask is not None and not self._compact)
        self._colour()
        self.setAccessibleName(headline.words)
        self.update()

    def _colour(self) -> None:
        theme, urgency = self.theme, self.headline.urgency
        severity = theme.severity(urgency)
        filled = urgency is Urgency.emergency
        self._level.set_colour(severity.on if filled else severity.text)
        self._action.set_colour(severity.on if filled else theme.text)
        self._number.set_colour(severity.on if filled else theme.text)
        self.ring.ring = severity.on if filled else theme.focus
        self._detail.set_colour(severity.on if filled else theme.text if urgency else theme.muted)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        urgency, rect = self.headline.urgency, QRectF(self.rect())
        severity = theme.severity(urgency)
        filled = urgency is Urgency.emergency
        ground = severity.fill if filled else severity.tint
        edge = theme.emergency_edge if filled else severity.graphic
        dashed = not urgency and self.headline.open
        draw_frame(painter, rect, 0 if self._compact else theme.px(8), fill=ground, border=edge, dashed=dashed)
        mark = mirrored(self, QRectF(theme.px(16), theme.px(8 if self._compact else 13), *(theme.px(26),) * 2))
        draw_urgency(painter, mark, urgency, theme, on=severity.on if filled else None)
