"""The clinician's own impression: asked before the summary is shown, so that it is the clinician's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.label import Label
from desktop.ui.theme import Theme
from desktop.ui.typed_line import TypedLine


class ImpressionCard(Card):
    """Signals: given (the text, empty to go on without one)."""

    given = Signal(str)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self.field = TypedLine(theme, self.tr("Your own impression"), width=320)
        self.field.setPlaceholderText(self.tr("What you think it is, in a sentence"))
        self.field.returnPressed.connect(lambda: self.given.emit(self.field.text()))
        self.field.committed.connect(lambda text: self.given.emit(text) if text.strip() else None)
        self.go_on = Button(theme, self.tr("Show the summary"), small=True)
        self.go_on.clicked.connect(lambda: self.given.emit(self.field.text()))
        says = self.tr("Enter goes on, also when it is empty. Then the flags and the plan are shown.")
        self._says = Label(theme, says, "note", colour=theme.muted, wrap=True)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
        lines.setSpacing(theme.px(6))
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addWidget(self.go_on)
        lines.addLayout(line)
        lines.addWidget(self._says)
        self.put_rows([body])

    def show_impression(self, text: str, *, asked: bool) -> None:
        self.field.show_value(text)
        self.show_count(self.tr("optional") if asked else self.tr("before the summary; optional"))
        self.go_on.setVisible(not asked)
        self._says.setVisible(not asked)

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
