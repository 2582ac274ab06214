"""What would change: for the question in hand, what the advice would be if it had another answer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.clinical.content import Content
from desktop.ui.label import Label
from desktop.ui.otherwise import otherwise
from desktop.ui.otherwise_card import OtherwiseCard
from desktop.ui.rows import said_words
from desktop.ui.side_panel import SidePanel, page_of
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


class ChangePanel(SidePanel):
    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__(theme, translate("Compare", "What would change"))
        self._content = content
        self.item_id = ""

    def page(self) -> QWidget:
        assert self.assessment is not None
        theme, item = self.theme, self._content.items[self.item_id]
        held = self.assessment.answers.get(self.item_id)
        now = self.tr("Now: {answer}").format(answer=said_words(item, held))
        nothing = self.tr("Nothing is answered or saved here. To change the answer, go back to its row.")
        parts: list[QWidget] = [
            Label(theme, item.ask, "h3", weight=600, wrap=True),
            Label(theme, now, "note", wrap=True),
            *(OtherwiseCard(theme, one) for one in otherwise(self._content, self.assessment, self.item_id)),
            Label(theme, nothing, "small", colour=theme.muted, wrap=True),
        ]
        return page_of(theme, *parts)
