"""First run: which rules these are, whether anybody has approved them, and whose bank holidays count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.clinical.working_days import nations
from desktop.record.first_run import FirstRun
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.run_page import RunPage, words_of
from desktop.ui.theme import Theme
from desktop.ui.unapproved import unapproved_words


class PathwayPage(RunPage):
    def __init__(self, theme: Theme, run: FirstRun, content: Content) -> None:
        super().__init__(theme, run)
        pathway = content.pathway
        words = self.tr("{title}, {rules}, dated {day}").format(
            title=pathway.title, rules=content.rule_set, day=date_words(pathway.dated)
        )
        self.lines.addWidget(Label(theme, words, "body", weight=600, wrap=True))
        by = self.tr("Approved by {name}").format(name=pathway.approved_by)
        self.lines.addWidget(Label(theme, by if pathway.approved_by else unapproved_words(), "note", wrap=True))
        name = self.tr("Bank holidays of")
        self.nations = Options(theme, name, nations(), run.nation)
        self.nations.chosen.connect(lambda nation: setattr(run, "nation", nation))
        self.lines.addWidget(Label(theme, name, "note", weight=600))
        self.lines.addWidget(self.nations)

    def read_out(self) -> str:
        """Whether anybody has approved the rules is not for the eye alone."""
        return words_of(self)

    def in_order(self) -> list[QWidget]:
        return [*self.nations.buttons.values()]

    def take_focus(self) -> None:
        self.nations.buttons[self.run.nation].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)
