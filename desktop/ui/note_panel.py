"""Read a note: its words become proposals, and each waits for a press. The unclear is pointed at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.content import Content
from desktop.reading.reader import Proposal, Reading, Span
from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.label import Label
from desktop.ui.note_field import NoteField
from desktop.ui.note_reading import NoteReading, ReadingWords
from desktop.ui.proposal_row import ProposalRow
from desktop.ui.question_chip import QuestionChip
from desktop.ui.rows import said_words
from desktop.ui.side_panel import SidePanel, page_of
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

PAUSE = 350
"""Milliseconds of rest in typing before it is read."""


class NotePanel(SidePanel):
    """Signals: accepted (item id, answer), kept (the text, to stand in the record as a note)."""

    accepted = Signal(str, object)
    kept = Signal(str)

    def __init__(self, theme: Theme, content: Content, today: Callable[[], date]) -> None:
        super().__init__(theme, translate("Compare", "Read a note"))
        self._content, self._today = content, today
        self._reading, self._words = NoteReading(content), ReadingWords()
        self._read = Reading()
        self.rows: list[ProposalRow] = []
        self._dismissed: set[tuple[str, str]] = set()
        self.field = NoteField(theme, self.tr("The note, typed, dictated or pasted"))
        self.message = Label(theme, "", "note", weight=600, wrap=True)
        self.message.hide()
        self.keep = Button(theme, self.tr("Keep it as a note"), small=True)
        self.keep.clicked.connect(lambda: self.kept.emit(self.field.toPlainText()))
        self.proposals = Card(theme, self.tr("Proposed answers"))
        self.left_over = Card(theme, self.tr("Read, and left to you"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.read_now)
        self.field.textChanged.connect(self._pause.start)
        self.field.refused.connect(self._show_refused)
        how = self.tr("Nothing is answered until you press. What stands here is kept only if you keep it as a note.")
        self._made = page_of(
            theme,
            Label(theme, how, "note", colour=theme.muted, wrap=True),
            self.field,
            self.keep,
            self.message,
            self.proposals,
            self.left_over,
        )
        self._replace(self._made)
        self._show_rows()

    def show_now(self) -> None:
        """The field stays what it is; only the rows follow the answers."""
        self._later.stop()
        self._show_rows()

    def page(self) -> QWidget:
        return self._made

    def enter(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read(self, text: str) -> None:
        """What was written elsewhere."""
        self.field.setPlainText(text)
        self.read_now()

    def read_now(self) -> None:
        self._pause.stop()
        reader = self._reading.reader
        if reader is None:
            self.message.show_text(
                "\n".join((self.tr("The word lists have mistakes, so nothing is read:"), *self._reading.mistakes))
            )
            return
        text = self.field.toPlainText()
        self._read = reader.read(text, self._today())
        self.message.show_text(self._words.trouble(self._read, len(text)))
        self._show_rows()

    def open_proposals(self) -> list[Proposal]:
        """Those not yet answered so, and not put away."""
        answers = self.assessment.answers if self.assessment else {}
        return [
            one
            for one in self._read.proposals
            if self._key(one) not in self._dismissed and (one.item not in answers or answers[one.item] != one.answer)
        ]

    def _show_rows(self) -> None:
        waiting = self.open_proposals()
        self.rows = [self._row(one) for one in waiting]
        if waiting:
            self.proposals.show_rows(self.rows, str(len(waiting)))
        else:
            self.proposals.show_empty(*self._empty_words())
        left = [one for one in self._read.left if not self._is_answered(one)]
        self.left_over.setVisible(bool(left))
        self.left_over.show_rows([self._left_row(one) for one in left], str(len(left)))
        self._mark(())

    def _empty_words(self) -> tuple[str, str]:
        if self._read.proposals:
            return self.tr("All are accepted or put away"), self.tr("Ctrl+Z on the questions takes the last one back.")
        return (
            self.tr("No proposals yet"),
            self.tr("Type or paste a note above. English, and a page or two at a time."),
        )

    def _row(self, one: Proposal) -> ProposalRow:
        item = self._content.items[one.item]
        read = self.tr("read: “{words}”").format(words=self._quoted(one))
        why = self._words.why(one)
        row = ProposalRow(
            self.theme, one, item.ask, said_words(item, one.answer), f"{read} {why}".strip(), self._warning(one)
        )
        row.accepted.connect(self._accept)
        row.dismissed.connect(self._dismiss)
        row.focused.connect(lambda row: self._mark(row.proposal.spans))
        return row

    def _left_row(self, one: Proposal) -> QWidget:
        item, row = self._content.items[one.item], QWidget()
        layout = QHBoxLayout(row)
        set_margins(layout, self.theme.px(14), self.theme.px(4), self.theme.px(12), self.theme.px(4))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        words = self.tr("{question}: “{words}”").format(question=item.label, words=self._quoted(one))
        lines.addWidget(Label(self.theme, words, "note", wrap=True))
        lines.addWidget(Label(self.theme, self._words.why_left(one), "small", colour=self.theme.muted, wrap=True))
        ask = QuestionChip(self.theme, self.tr("ask"), self.tr("Ask: {question}").format(question=item.ask))
        ask.clicked.connect(lambda: self.asked_for.emit(one.item))
        layout.addLayout(lines, 1)
        layout.addWidget(ask)
        return row

    def _warning(self, one: Proposal) -> str:
        answers = self.assessment.answers if self.assessment else {}
        if one.item not in answers:
            return ""
        item = self._content.items[one.item]
        return self.tr("Answered already: {old}. Replace makes it {new}.").format(
            old=said_words(item, answers[one.item]), new=said_words(item, one.answer)
        )

    def _is_answered(self, one: Proposal) -> bool:
        return self.assessment is not None and one.item in self.assessment.answers

    def _accept(self, row: ProposalRow) -> None:
        place = self.rows.index(row)
        self.accepted.emit(row.proposal.item, row.proposal.answer)
        self._go_on(place)

    def _dismiss(self, row: ProposalRow) -> None:
        place = self.rows.index(row)
        self._dismissed.add(self._key(row.proposal))
        self._go_on(place)

    def _go_on(self, place: int) -> None:
        """To the row that took its place, so that one key after the other is enough."""
        self._later.stop()
        self._show_rows()
        rows = self.rows
        next_one: QWidget = rows[min(place, len(rows) - 1)] if rows else self.field
        next_one.show()  # a widget that no layout has shown yet takes no focus
        next_one.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, focused: tuple[Span, ...]) -> None:
        self.field.mark((span for one in self.open_proposals() for span in one.spans), focused)

    def _quoted(self, one: Proposal) -> str:
        text = self.field.toPlainText()
        return " … ".join(" ".join(text[span.start : span.end].split()) for span in one.spans)

    def _key(self, one: Proposal) -> tuple[str, str]:
        return one.item, repr(one.answer)

    def _show_refused(self, count: int) -> None:
        self.message.show_text(
            self.tr(
                "That is {count} characters, more than a note has. It was not pasted; it is still on the clipboard. "
                "Paste a part of it."
            ).format(count=f"{count:,}")
        )
        announce(self, self.message.text())
