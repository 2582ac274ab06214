"""What would change: for the question in hand, what the advice would be if it had another answer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.clinical.content import Content
from desktop.clinical.words import answer_words
from desktop.ui.label import Label
from desktop.ui.otherwise import otherwise
from desktop.ui.otherwise_card import OtherwiseCard
from desktop.ui.side_panel import SidePanel, page_of
from desktop.ui.theme import Theme

TITLE = "What would change"
NOTHING_SAVED = "Nothing is answered or saved here. To change the answer, go back to its row."


class ChangePanel(SidePanel):
    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__(theme, TITLE)
        self._content = content
        self.item_id = ""

    def page(self) -> QWidget:
        assert self.assessment is not None
        theme, item = self.theme, self._content.items[self.item_id]
        held = self.assessment.answers.get(self.item_id)
        now = "not asked" if held is None else answer_words(item, held)
        parts: list[QWidget] = [
            Label(theme, item.ask, "h3", weight=600, wrap=True),
            Label(theme, f"Now: {now}", "note", wrap=True),
            *(OtherwiseCard(theme, one) for one in otherwise(self._content, self.assessment, self.item_id)),
            Label(theme, NOTHING_SAVED, "small", colour=theme.muted, wrap=True),
        ]
        return page_of(theme, *parts)
