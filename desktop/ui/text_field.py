"""The answer to a question in a few sentences, kept as they were typed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.clinical.checklist import Answer, Item
from desktop.ui.theme import Theme
from desktop.ui.typed import typed_words
from desktop.ui.writing_field import WritingField


class TextField(WritingField):
    """Signals: answered (text or None)."""

    answered = Signal(object)

    def __init__(self, theme: Theme, item: Item) -> None:
        super().__init__(theme, item.label)
        self.item = item
        self.written.connect(lambda text: self.answered.emit(text if text.strip() else None))

    def show_answer(self, answer: Answer | None) -> None:
        self.show_text(typed_words(self.item, answer))
