"""Left of the buttons, in a place of its own width: not asked, unsure, or the mark of the flag that rests on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent

from desktop.clinical.checklist import Unsure
from desktop.clinical.rules import Urgency
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.rows import RowState, patient_says_words
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


class RowStateLabel(Label):
    """Never narrower than *not asked*, so that a question does not wrap anew when it is answered."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, translate("Rows", "not asked"), "small", colour=theme.muted)
        self.theme = theme
        self._framed = self._said = False
        self._words, self._is_open = "", True
        self._urgency = Urgency.none
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._widest, self._is_narrow = self.sizeHint().width(), False
        self.setMinimumWidth(self._widest)

    def be_narrow(self, narrow: bool) -> None:
        """Where there is no room for them the dashed ring stands for the words *not asked*."""
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            self.setMinimumWidth(self.theme.px(20) if narrow else self._widest)
            self.setText("" if narrow and self._is_open else self._words)

    def show_state(self, state: RowState) -> None:
        self._said = state.said is not None
        self._framed = isinstance(state.answer, Unsure) or self._said
        self._urgency = state.urgency
        self._words, self._is_open = _words(state), state.answer is None and not self._said
        self.setText("" if self._is_narrow and self._is_open else self._words)
        side, edge = (self.theme.px(8), self.theme.px(2)) if self._framed else (0, 0)
        self.setContentsMargins(side, edge, side, edge)
        self.set_colour(self.theme.text if self._framed else self.theme.muted)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._framed or self._urgency:
            painter = painter_on(self)
            if self._framed:
                edge = self.theme.border_strong
                draw_frame(painter, QRectF(self.rect()), self.theme.px(11), border=edge, dashed=self._said)
            else:
                draw_urgency(painter, self._mark_place(), self._urgency, self.theme)
            painter.end()
        super().paintEvent(event)

    def _mark_place(self) -> QRectF:
        size = self.theme.px(18)
        return mirrored(self, QRectF(self.width() - size - self.theme.px(2), (self.height() - size) / 2, size, size))


def _words(state: RowState) -> str:
    if state.said is not None:
        return patient_says_words(state.item, state.said)
    match state.answer:
        case None:
            return translate("Rows", "not asked")
        case Unsure():
            return translate("Rows", "Unsure")
    return ""
