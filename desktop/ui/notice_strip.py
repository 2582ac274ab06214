"""A sentence above the room with a few buttons. It covers nothing and takes no key from what is below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.drawing import painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme

Choice = tuple[str, Callable[[], None]]


class NoticeStrip(QWidget):
    """Signals: left (Escape while it has the focus)."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._words = Label(theme, "", "body", wrap=True)
        self._row = QWidget()
        self._flow = FlowLayout(self._row, gap=theme.px(8), line_gap=theme.px(6))
        self.buttons: list[Button] = []
        lines = QVBoxLayout(self)
        set_margins(lines, theme.px(20), theme.px(8), theme.px(16), theme.px(8))
        lines.setSpacing(theme.px(6))
        lines.addWidget(self._words)
        lines.addWidget(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(self, words: str, choices: Sequence[Choice]) -> None:
        """The first choice is the one that is meant. Told to a screen reader as well; the focus stays."""
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(text, run, primary=not place) for place, (text, run) in enumerate(choices)]
        self._row.setVisible(bool(self.buttons))
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()
        announce(self, words)

    def take_focus(self) -> None:
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, text: str, run: Callable[[], None], *, primary: bool) -> Button:
        button = Button(self.theme, text, small=True, primary=primary)
        button.clicked.connect(run)
        self._flow.addWidget(button)
        button.show()
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.fillRect(self.rect(), theme.accent_tint)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.border)
