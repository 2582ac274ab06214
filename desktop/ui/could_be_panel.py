"""What it could be: bone metastasis beside disc herniation, or all eleven causes. It never changes an urgency."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.clinical.side_by_side import SideBySide
from desktop.ui.cause_card import CauseCard
from desktop.ui.causes_reading import CausesReading
from desktop.ui.compare_list import page_words
from desktop.ui.error_card import ErrorCard
from desktop.ui.figure_card import FigureCard
from desktop.ui.label import Label
from desktop.ui.marks import AnswerMark, mark_of
from desktop.ui.side_by_side_table import SideBySideTable
from desktop.ui.side_panel import SidePanel, page_of
from desktop.ui.tab_order import in_tab_order
from desktop.ui.theme import Theme
from desktop.ui.view_button import ViewButton


class CouldBePanel(SidePanel):
    def __init__(self, theme: Theme, reading: CausesReading) -> None:
        super().__init__(theme, page_words("could be"))
        self._reading = reading
        self.view = "side"
        self._open: set[str] = set()
        self._cards: dict[str, CauseCard] = {}
        views = {"side": self.tr("Side by side"), "all": self.tr("All eleven")}
        self.views = {id: self._view_button(id, words) for id, words in views.items()}
        in_tab_order(*self.views.values(), self.back, self.column)
        self._check()

    def choose(self, view: str) -> None:
        self.view = view
        self._check()
        self.column.verticalScrollBar().setValue(0)
        self.show_now()

    def page(self) -> QWidget:
        assert self.assessment is not None
        table = self._reading.side_by_side(self.assessment)
        if table is None:
            return page_of(self.theme, self._broken())
        words = self.tr(
            "This page can’t change an urgency. An answer that speaks for something else takes nothing away from a "
            "flag, and the figures are not shares of a whole."
        )
        never = Label(self.theme, words, "note", weight=600, wrap=True)
        return page_of(self.theme, never, *(self._side(table) if self.view == "side" else self._all()))

    def _broken(self) -> ErrorCard:
        return ErrorCard(
            self.theme,
            what=self.tr("The files of causes have mistakes, so this page is left out."),
            safe=self.tr("Flags, urgencies and plan do not rest on these files: they stand."),
            todo=self.tr("Have whoever maintains the rules mend the lines below, then open Backstop again."),
            details=self._reading.mistakes,
        )

    def _side(self, table: SideBySide) -> list[QWidget]:
        assert self.assessment is not None
        lines = SideBySideTable(self.theme, table, self._marks())
        lines.asked_for.connect(self.asked_for)
        readings = {reading.cause.id: reading for reading in self._reading.all(self.assessment)}
        figures = [FigureCard(self.theme, readings[cause.id]) for cause in (table.left, table.right)]
        sources = dict.fromkeys(source for row in table.rows for source in row.sources)
        words = self.tr("Sources: {sources}").format(sources="; ".join(sources))
        return [
            Label(self.theme, table.above, "note", wrap=True),
            lines,
            *figures,
            Label(self.theme, words, "small", colour=self.theme.muted, wrap=True),
        ]

    def _all(self) -> list[QWidget]:
        assert self.assessment is not None
        labels = {item.id: item.label for item in self._reading.content.items.values()}
        self._cards = {}
        for reading in self._reading.all(self.assessment):
            card = CauseCard(self.theme, reading, labels, is_open=reading.cause.id in self._open)
            card.asked_for.connect(self.asked_for)
            card.toggled.connect(self._toggle)
            self._cards[reading.cause.id] = card
        return list(self._cards.values())

    def _toggle(self, cause_id: str) -> None:
        self._open ^= {cause_id}
        self.show_now()
        self._cards[cause_id].head.setFocus()

    def _marks(self) -> dict[str, AnswerMark]:
        assert self.assessment is not None
        items = self._reading.content.items
        return {id: mark_of(items[id], answer) for id, answer in self.assessment.answers.items() if id in items}

    def _view_button(self, id: str, words: str) -> ViewButton:
        button = ViewButton(self.theme, words, page_words("could be"))
        button.clicked.connect(lambda: self.choose(id))
        self.add_to_head(button)
        return button

    def _check(self) -> None:
        for id, button in self.views.items():
            button.setChecked(id == self.view)
