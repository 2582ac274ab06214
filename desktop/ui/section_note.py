"""The note under the questions of a section: one line until somebody writes in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.notes import LONGEST
from desktop.ui.button import Button
from desktop.ui.label import Label
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme
from desktop.ui.typed import too_long
from desktop.ui.writing_field import WritingField


class SectionNote(QWidget):
    """Signals: written (the text), stands, held (the text; None where nothing is), left, phrases_asked (its field),
    read_asked (the text, to be read).
    """

    written = Signal(str)
    stands = Signal()
    held = Signal(object)
    left = Signal()
    phrases_asked = Signal(object)
    read_asked = Signal(str)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.field = WritingField(theme, self.tr("Note: {section}").format(section=title), lines=1)
        self.field.setPlaceholderText(self.tr("Note on this section"))
        self.field.setAccessibleDescription(self.tr("Typed, dictated or pasted. Escape goes back to the questions."))
        self.phrases = Button(theme, self.tr("Put in a phrase"), name=self.tr("Put in a phrase"), small=True)
        self.phrases.setToolTip(self.tr("Put in a phrase (Ctrl+Space in the note)"))
        self.phrases.clicked.connect(self._ask_phrases)
        self.message = Label(theme, "", "small", weight=600, colour=theme.danger_field, wrap=True)
        self.message.hide()
        self._unsaved = False
        self.hint = TextLink(theme, "")
        self.hint.clicked.connect(lambda: self.read_asked.emit(self.field.toPlainText()))
        self.hint.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.field, 1)
        line.addWidget(self.phrases, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        lines.setSpacing(theme.px(2))
        lines.addLayout(line)
        lines.addWidget(self.message)
        lines.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignLeft)
        self.field.written.connect(self.written)
        self.field.stands.connect(self.stands)
        self.field.held.connect(self.held)
        self.field.refused.connect(self.message.show_text)
        self.field.left.connect(lambda _: self.left.emit())

    def show_note(self, text: str) -> None:
        self.field.show_text(text)

    def show_typed(self, text: str) -> None:
        """What is in no record is shown as it was typed; also what is too long for one."""
        self.field.setPlainText(text)
        if len(text) > LONGEST:
            self.message.show_text(too_long(text))

    def show_hint(self, count: int) -> None:
        """How many questions without an answer the note seems to speak of: a note alone raises no flag."""
        words = self.tr("The note seems to answer %n open question(s), and a note raises no flag: look", "", count)
        self.hint.setText(words)
        self.hint.setAccessibleName(words)
        self.hint.updateGeometry()
        self.hint.setVisible(count > 0)

    def show_unsaved(self, *, unsaved: bool) -> None:
        if unsaved:
            self.message.show_text(self.tr("Not saved. It is still here: leave the field once more to try again."))
        elif self._unsaved:
            self.message.show_text("")
        self._unsaved = unsaved

    def enter(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_phrases(self) -> None:
        self.enter()
        self.phrases_asked.emit(self.field)
