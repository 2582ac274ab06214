"""What was written under the sections, and what a phrase left to be filled in there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.content import Content
from desktop.record.notes import left_open, title_of
from desktop.ui.card import Card
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class NotesCard(Card):
    """Not there while nothing is written."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self.hide()

    def show_notes(self, content: Content | None, notes: Mapping[str, str]) -> None:
        """Without content, under the sections' ids."""
        order = [section.id for section in content.sections] if content else []
        ids = sorted(notes, key=lambda id: order.index(id) if id in order else len(order))
        self.show_rows([self._row(title_of(content, id) if content else id, notes[id]) for id in ids], str(len(ids)))
        self.setVisible(bool(notes))

    def _row(self, title: str, text: str) -> QWidget:
        row, theme = QWidget(), self.theme
        lines = QVBoxLayout(row)
        lines.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
        lines.setSpacing(0)
        lines.addWidget(Label(theme, title, "note", colour=theme.muted))
        lines.addWidget(Label(theme, text, "body", wrap=True))
        if found := left_open(text):
            words = self.tr("Not filled in: {places}").format(places=", ".join(found))
            lines.addWidget(Label(theme, words, "note", weight=600, wrap=True))
        return row
