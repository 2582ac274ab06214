"""Above the board: how many there are, open, done or cancelled, whose, of what kind, and words to look for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.outcomes import Outcome
from desktop.ui.button import Button
from desktop.ui.combo_box import ComboBox
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.followup_words import kind_words
from desktop.ui.label import Label
from desktop.ui.line_field import LineField
from desktop.ui.options import Options
from desktop.ui.phrase import Phrase
from desktop.ui.theme import Theme


class FollowUpHead(QWidget):
    """Signals: changed (another filter), print_asked, save_asked."""

    changed = Signal()
    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, theme: Theme, outcomes: Sequence[Outcome]) -> None:
        super().__init__()
        self.theme = theme
        self.state = "open"
        self.counts = Phrase(theme, "", "body", colour=theme.muted)
        self.print = Button(theme, self.tr("Print worklist"), key="Ctrl+Shift+P", shortcut=False)
        self.print.show_key(False)
        self.print.clicked.connect(self.print_asked)
        self.save = Button(theme, self.tr("Save as PDF…"))
        self.save.clicked.connect(self.save_asked)
        choices = {"open": self.tr("Open"), "done": self.tr("Done"), "cancelled": self.tr("Cancelled")}
        self.states = Options(theme, self.tr("Which follow-ups"), choices, "open")
        self.states.chosen.connect(self._choose_state)
        self.owner = self._combo(self.tr("Who does it"))
        self.kind = self._combo(self.tr("Kind"))
        self.kind.addItem(self.tr("Every kind"), "")
        for kind in dict.fromkeys(kind for outcome in outcomes for kind in outcome.kinds):
            self.kind.addItem(kind_words(kind), kind)
        self.search = LineField(theme, self.tr("Patient or text"), width=180)
        self.search.setPlaceholderText(self.tr("Patient or text"))
        self.search.textChanged.connect(lambda _: self.changed.emit())
        self._lay_out()

    def show_owners(self, owners: Sequence[str]) -> None:
        """The one that is chosen stays, even if nothing is theirs any more."""
        chosen = self.chosen_owner
        names = list(owners) if not chosen or chosen in owners else [*owners, chosen]
        self.owner.clear()
        self.owner.addItem(self.tr("Anyone"), "")
        for name in names:
            self.owner.addItem(name, name)
        self.owner.setCurrentIndex(max(self.owner.findData(chosen), 0))

    @property
    def chosen_owner(self) -> str:
        return str(self.owner.currentData() or "")

    @property
    def chosen_kind(self) -> str:
        return str(self.kind.currentData() or "")

    @property
    def filtered(self) -> bool:
        return bool(self.chosen_owner or self.chosen_kind or self.search.text().strip())

    def clear(self) -> None:
        self.owner.setCurrentIndex(0)
        self.kind.setCurrentIndex(0)
        self.search.clear()
        self.changed.emit()

    def _choose_state(self, state: str) -> None:
        self.state = state
        self.changed.emit()

    def _combo(self, name: str) -> QComboBox:
        combo = ComboBox(self.theme)
        combo.setAccessibleName(name)
        combo.setMinimumHeight(self.theme.px(34))
        combo.setMaximumWidth(self.theme.px(190))  # with the panel beside it all of it fits in one line
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.activated.connect(lambda _: self.changed.emit())
        return combo

    def _lay_out(self) -> None:
        theme = self.theme
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        words = QWidget()
        told = FlowLayout(words, gap=theme.px(12), line_gap=0)
        told.addWidget(Label(theme, self.tr("Follow-up"), "h1", weight=600))
        told.addWidget(self.counts)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        top.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.save)
        top.addWidget(self.print)
        filters = QWidget()
        flow = FlowLayout(filters, gap=theme.px(10), line_gap=theme.px(6))
        self.states.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for part in (*self.states.buttons.values(), self.owner, self.kind, self.search):
            flow.addWidget(part)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(8))
        lines.addLayout(top)
        lines.addWidget(filters)
        for part in (filters, self):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
