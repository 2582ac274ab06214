"""Why an answer does not fit another one, and the way to the other. Both are kept as given."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.flow_layout import FlowLayout
from desktop.ui.phrase import Phrase
from desktop.ui.rows import Conflict
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme


class ConflictLine(QWidget):
    """Signals: asked_for (item id)."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme, conflict: Conflict) -> None:
        super().__init__()
        line = FlowLayout(self, gap=theme.px(6), line_gap=0)
        line.addWidget(Phrase(theme, conflict.words, "small", weight=600))
        for id, label in conflict.against:
            link = TextLink(theme, self.tr("Go to {question}").format(question=label), f"{conflict.words}. {label}")
            link.clicked.connect(lambda _=False, id=id: self.asked_for.emit(id))
            line.addWidget(link)
