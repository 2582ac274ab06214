"""Which documents this encounter is to come to: chosen before it is signed, printed together after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.paper.documents import PDF, Document
from desktop.ui.card import Card
from desktop.ui.check_box import CheckBox
from desktop.ui.label import Label
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme

LEFT_OUT = ("large",)
"""Not chosen unless somebody chooses it."""


class DocumentsCard(Card):
    """Signals: look_asked, left_out_now (ids). What is chosen stays chosen while answers and decisions change."""

    look_asked = Signal()
    left_out_now = Signal(object)

    def __init__(self, theme: Theme, title: str, left_out: Iterable[str]) -> None:
        super().__init__(theme, title)
        self.boxes: dict[str, CheckBox] = {}
        self.left_out = frozenset(left_out)
        self._shown: list[tuple[str, str]] = []
        self.look = TextLink(theme, self.tr("Look at them"))
        self.look.clicked.connect(self.look_asked)

    def show_documents(self, documents: Sequence[Document], notes: dict[str, str]) -> None:
        """`notes` is what stands beside each. The note for the record system is copied, never printed."""
        shown = [document for document in documents if document.kind == PDF]
        now = [(document.title, notes[document.id]) for document in shown]
        if now == self._shown:
            return
        self._shown = now
        self.boxes = {document.id: self._box(document) for document in shown}
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(self.theme.px(14), 0, self.theme.px(14), self.theme.px(8))
        lines.setSpacing(self.theme.px(6))
        for document in shown:
            lines.addWidget(self._row(self.boxes[document.id], notes[document.id]))
        lines.addWidget(self.look)
        self.put_rows([body])
        self._tell()

    def _row(self, box: CheckBox, note: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(box)
        words = Label(self.theme, note, "note", colour=self.theme.muted, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(words, 1)
        box.setAccessibleDescription(note)
        return row

    def _box(self, document: Document) -> CheckBox:
        box = CheckBox(self.theme, document.title)
        box.setChecked(document.id not in self.left_out)
        box.toggled.connect(lambda on, id=document.id: self._choose(id, on=on))
        return box

    def _choose(self, id: str, *, on: bool) -> None:
        self.left_out = self.left_out - {id} if on else self.left_out | {id}
        self._tell()

    def _tell(self) -> None:
        chosen = sum(box.isChecked() for box in self.boxes.values())
        self.show_count(self.tr("%n to print once it is signed", "", chosen))
        self.left_out_now.emit(self.left_out)
