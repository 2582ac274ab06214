"""Why not: one coded reason by its digit, a few words beside it. Used for a flag and for a line of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.reasons import Reason
from desktop.ui.drawing import draw_frame, draw_ring, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.keys import character, digit
from desktop.ui.label import Label
from desktop.ui.segment import Segment
from desktop.ui.theme import Theme
from desktop.ui.typed_line import TypedLine


class ReasonStrip(QWidget):
    """Signals: given (reason id, text), cancelled."""

    given = Signal(str, str)
    cancelled = Signal()

    def __init__(self, theme: Theme, reasons: Sequence[Reason], about: str) -> None:
        super().__init__()
        self.theme, self.reasons = theme, tuple(reasons)
        self.chosen = ""
        self.buttons: dict[str, Segment] = {}
        self.words = TypedLine(theme, self.tr("In your words: {about}").format(about=about))
        self.words.setPlaceholderText(self.tr("A few words, if they help"))
        self.words.committed.connect(self._give)
        self.error = Label(theme, "", "small", colour=theme.danger_field, wrap=True)
        self.error.hide()
        self._lay_out(about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Why not: {about}. One reason by its digit").format(about=about))
        self.setAccessibleDescription(", ".join(f"{place} {one.words}" for place, one in enumerate(reasons, start=1)))

    def show_given(self, reason: str, text: str) -> None:
        self.chosen = reason
        self.words.show_value(text)
        for id, button in self.buttons.items():
            button.setChecked(id == reason)

    def show_refused(self, why: str) -> None:
        self.error.show_text(why)
        self.words.show_refused(why)

    def choose(self, id: str) -> None:
        """A reason that says nothing by itself waits for its words."""
        self.chosen = id
        for other, button in self.buttons.items():
            button.setChecked(other == id)
        reason = next(one for one in self.reasons if one.id == id)
        if reason.needs_text and not self.words.text().strip():
            self.words.setFocus()
        else:
            self.given.emit(id, self.words.text())

    def _give(self, text: str) -> None:
        if self.chosen:
            self.given.emit(self.chosen, text)

    def _lay_out(self, about: str) -> None:
        theme = self.theme
        choices = QWidget()
        flow = FlowLayout(choices, gap=theme.px(7), line_gap=theme.px(6))
        for place, reason in enumerate(self.reasons):
            button = self.buttons[reason.id] = Segment(theme, reason.words, str(place + 1), about)
            button.show_key(True)
            button.clicked.connect(lambda _=False, id=reason.id: self.choose(id))
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(9))
        layout.setSpacing(theme.px(6))
        says = self.tr("Why not? One reason; it stands in the record and the letter.")
        layout.addWidget(Label(theme, says, "small", wrap=True))
        layout.addWidget(choices)
        layout.addWidget(self.words)
        layout.addWidget(self.error)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = digit(character(event))
        if place is not None and 1 <= place <= len(self.reasons):
            self.choose(self.reasons[place - 1].id)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_frame(painter, QRectF(self.rect()), theme.px(6), fill=theme.inset)
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()), theme.px(2), theme.focus)
