"""Finding words in the page that is open: how often they stand there, next and previous."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.button import Button
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.line_field import LineField
from desktop.ui.page_view import PageView
from desktop.ui.theme import Theme


class FindBar(QWidget):
    """Signals: left (closed with Escape or its button)."""

    left = Signal()

    def __init__(self, theme: Theme, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.field = LineField(theme, self.tr("Find in this page"))
        self.field.setPlaceholderText(self.tr("Find in this page"))
        self.field.textChanged.connect(self._look)
        self.count = Label(theme, "", "note", colour=theme.muted)
        self.before = Button(theme, self.tr("Previous"), key="Shift+F3", small=True)
        self.after = Button(theme, self.tr("Next"), key="F3", small=True)
        self.close_button = Button(theme, self.tr("Close"), name=self.tr("Close the find bar"), small=True)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.close_button.clicked.connect(self.leave)
        for button in (self.before, self.after):
            button.show_key(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(6))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.field, 1)
        for widget in (self.count, self.before, self.after, self.close_button):
            layout.addWidget(widget)
        self.hide()

    def open_with(self, words: str, *, focus: bool) -> None:
        self.show()
        self.field.setText(words)
        self._look(words)
        if focus:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()

    def leave(self) -> None:
        self._view.mark("")
        let_go(self)
        self.hide()
        self.left.emit()

    def _look(self, words: str) -> None:
        found = self._view.mark(words)
        self._say(self._view.step(1) if found else 0, found)

    def _step(self, by: int) -> None:
        found = self._view.matches
        self._say(self._view.step(by), found)

    def _say(self, at: int, of: int) -> None:
        if of:
            self.count.setText(self.tr("{at} of {of}").format(at=at, of=of))
        else:
            self.count.setText(self.tr("not on this page") if self.field.text().strip() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
