"""One proposed answer with the words it was read from: one press accepts it, another puts it away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.reading.reader import Proposal
from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, draw_ring, painter_on
from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class ProposalRow(QWidget):
    """Signals: accepted, dismissed, focused (the row). `warning`: what stands answered already."""

    accepted = Signal(object)
    dismissed = Signal(object)
    focused = Signal(object)

    def __init__(self, theme: Theme, one: Proposal, question: str, answer: str, read: str, warning: str) -> None:
        super().__init__()
        self.theme, self.proposal = theme, one
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{question} {answer}. {read} {warning}".strip())
        yes = self.tr("Replace") if warning else self.tr("Accept")
        accept = Button(theme, yes, key="Y", shortcut=False, name=f"{yes}: {question} {answer}", small=True)
        dismiss = Button(theme, self.tr("Dismiss"), name=f"{self.tr('Dismiss')}: {question}", small=True)
        accept.clicked.connect(lambda: self.accepted.emit(self))
        dismiss.clicked.connect(lambda: self.dismissed.emit(self))
        self.accept, self.dismiss = accept, dismiss
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Label(theme, question, "note", colour=theme.muted, wrap=True))
        lines.addWidget(Label(theme, answer, "body", weight=600, wrap=True))
        lines.addWidget(Label(theme, read, "small", colour=theme.muted, wrap=True))
        if warning:
            lines.addWidget(Label(theme, warning, "small", weight=600, wrap=True))
        layout = QHBoxLayout(self)
        set_margins(layout, theme.px(14), theme.px(6), theme.px(12), theme.px(6))
        layout.setSpacing(theme.px(8))
        layout.addLayout(lines, 1)
        layout.addWidget(accept)
        layout.addWidget(dismiss)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Y, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.accepted.emit(self)
        elif event.key() == Qt.Key.Key_Delete:
            self.dismissed.emit(self)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, rect = painter_on(self), self.theme, QRectF(self.rect())
        painter.fillRect(0, 0, self.width(), 1, theme.border)
        if self.hasFocus():
            draw_frame(painter, rect, theme.px(4), fill=theme.accent_tint)
            draw_ring(painter, rect, theme.px(4), theme.focus)
