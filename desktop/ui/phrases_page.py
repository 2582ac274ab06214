"""Phrases: each with its abbreviation, one's own and those of the practice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.record.phrases import Phrase, PhraseRefused, Phrases
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.phrase_form import PhraseForm
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.today_row import TodayRow


class PhrasesPage(QWidget):
    """`guarded` runs what the store may refuse."""

    def __init__(self, theme: Theme, phrases: Phrases, guarded: Callable[[Callable[[], None]], bool]) -> None:
        super().__init__()
        self.theme, self.phrases, self._guarded = theme, phrases, guarded
        self.form: PhraseForm | None = None
        self._asked: Phrase | None = None
        self._keep_button: Button | None = None
        self.rows: dict[tuple[str, bool], TodayRow] = {}
        self.add_button = Button(theme, self.tr("Write a phrase"), small=True)
        self.add_button.clicked.connect(lambda: self.edit(None))
        self.list = Card(theme, self.tr("Phrases"))
        says = self.tr(
            "In a note, type a semicolon and the abbreviation, then a space or Tab: ;slr becomes what you wrote here. "
            "Ctrl+Space shows the list. Yours go before those of the practice; signed notes are never changed by them."
        )
        self._lines = QVBoxLayout(self)
        set_margins(self._lines, 0, 0, theme.px(8), theme.px(8))
        self._lines.setSpacing(theme.px(12))
        self._lines.addWidget(Label(theme, says, "note", colour=theme.muted, wrap=True))
        self._lines.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addWidget(self.list)
        self.show_now()

    def show_now(self) -> None:
        found = self.phrases.all()
        self.rows = {(one.short, one.shared): self._row(one) for one in found}
        self.list.show_rows(list(self.rows.values()), str(len(found)))
        if not found:
            self.list.show_empty(
                self.tr("No phrase yet"),
                self.tr("For example: slr for “SLR {degrees}° {side}, crossed SLR {yes or no}”. Press Write a phrase."),
            )

    def edit(self, phrase: Phrase | None) -> None:
        self.leave()
        self.form = form = PhraseForm(self.theme, phrase, may_share=self.phrases.may_share)
        form.saved.connect(lambda given: self.save(given, phrase))
        form.left.connect(self.leave)
        self._lines.insertWidget(1, form)
        self.add_button.hide()
        form.show()
        form.begin()

    def leave(self) -> None:
        """Nothing is written."""
        if self.form is not None:
            self._lines.removeWidget(self.form)
            let_go(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.add_button.show()
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self, given: Phrase, before: Phrase | None) -> None:
        """Refused beside its field."""
        try:
            self._guarded(lambda: self._keep(given, before))
        except PhraseRefused as refused:
            if self.form is not None:
                self.form.show_mistakes(refused.mistakes)

    def ask(self, phrase: Phrase) -> None:
        """In its row, by its name; the hand is at what keeps it."""
        self._asked = phrase
        self.show_now()
        if (button := self._keep_button) is not None:
            # A turn later: what had the focus is gone by then, and gives it to nobody else.
            QTimer.singleShot(0, button, lambda: button.setFocus(Qt.FocusReason.OtherFocusReason))

    def keep(self, _phrase: Phrase) -> None:
        self._asked = None
        self.show_now()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, phrase: Phrase) -> None:
        if self._guarded(lambda: self.phrases.remove(phrase)):
            self.keep(phrase)

    def _keep(self, given: Phrase, before: Phrase | None) -> None:
        self.phrases.save(given, before)
        self.leave()
        self.show_now()

    def _row(self, phrase: Phrase) -> TodayRow:
        whose = self.tr("practice") if phrase.shared else self.tr("yours")
        row = TodayRow(self.theme, phrase.typed, f" · {whose}", phrase.text)
        if not phrase.shared or self.phrases.may_share:
            self._add_buttons(row, phrase)
        return row

    def _add_buttons(self, row: TodayRow, phrase: Phrase) -> None:
        edit = self.tr("Edit {phrase}").format(phrase=phrase.typed)
        remove = self.tr("Delete {phrase}").format(phrase=phrase.typed)
        ways: Sequence[tuple[str, str, Callable[[Phrase], None]]]
        if phrase == self._asked:
            keep = self.tr("Keep {phrase}").format(phrase=phrase.typed)
            ways = ((remove, remove, self.remove), (keep, keep, self.keep))
        else:
            ways = ((self.tr("Edit"), edit, self.edit), (self.tr("Delete"), remove, self.ask))
        for words, name, work in ways:
            button = Button(self.theme, words, name=name, small=True)
            button.clicked.connect(lambda _=False, work=work: work(phrase))
            row.add(button)
        if phrase == self._asked:
            self._keep_button = button
