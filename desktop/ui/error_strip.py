"""What happened, what is safe, what to do. It stays until it is put away; it never covers the questions."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.errors import RecordError
from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_answer
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme
from desktop.ui.told import told, why_unwritten


class ErrorStrip(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._what = Label(theme, "", "body", weight=600, wrap=True)
        self._safe = Label(theme, "", "note", wrap=True)
        self._todo = Label(theme, "", "note", wrap=True)
        close = Button(theme, self.tr("Put away"), name=self.tr("Put this message away"), small=True)
        close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(0)
        for line in (self._what, self._safe, self._todo):
            words.addWidget(line)
        layout = QHBoxLayout(self)
        set_margins(layout, theme.px(44), theme.px(8), theme.px(16), theme.px(8))
        layout.addLayout(words, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_error(self, error: RecordError, *, unsaved: str = "") -> None:
        not_saved = " " + self.tr("Not saved: {what}.").format(what=unsaved) if unsaved else ""
        what, safe, todo = told(error)
        self.show_words(f"{what}{not_saved}", safe, todo)

    def show_unwritten(self, error: OSError) -> None:
        what = self.tr("The file was not written: {why}.").format(why=why_unwritten(error))
        todo = self.tr("Free some space or mend the folder, then try again.")
        self.show_words(what, self.tr("Every answer is saved."), todo)

    def show_words(self, what: str, safe: str, todo: str) -> None:
        self._what.setText(what)
        self._safe.setText(safe)
        self._todo.setText(todo)
        self.setAccessibleName(f"{what} {safe} {todo}")
        self.show()
        announce(self, self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_frame(painter, QRectF(self.rect()), 0, fill=theme.surface, border=theme.border)
        painter.fillRect(mirrored(self, QRectF(0, 0, theme.px(5), self.height())), theme.danger_field)
        draw_answer(
            painter, mirrored(self, QRectF(theme.px(16), theme.px(9), theme.px(20), theme.px(20))), "refused", theme
        )
