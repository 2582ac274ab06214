"""The middle column: the questions, or for a while one of the pages beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.clinical.content import Content
from desktop.ui.question_list import QuestionList
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.clinical.assessment import Assessment
    from desktop.ui.causes_reading import CausesReading
    from desktop.ui.form_panel import FormPanel
    from desktop.ui.side_panel import SidePanel

COULD_BE, NOTE, FORM = "could be", "note", "form"


class Middle(QStackedWidget):
    """Signals: asked_for (item id), left (Escape), turned (which page, or nothing for the questions), accepted (item id
    and answer, read from a note), kept (a text as a note), heard (item id and what the patient wrote), hand_over_asked,
    print_asked and save_asked (the patient's form).
    """

    asked_for = Signal(str)
    left = Signal()
    turned = Signal(str)
    accepted = Signal(str, object)
    kept = Signal(str)
    heard = Signal(str, object)
    hand_over_asked = Signal()
    print_asked = Signal()
    save_asked = Signal()

    def __init__(
        self, theme: Theme, content: Content, questions: QuestionList, causes: CausesReading, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.theme, self.content, self.questions, self._causes = theme, content, questions, causes
        self._today = today
        self._pages: dict[str, SidePanel] = {}
        self.addWidget(questions)

    @property
    def page(self) -> str:
        return next((name for name, panel in self._pages.items() if panel is self.currentWidget()), "")

    def show_questions(self) -> None:
        if self.page:
            self.setCurrentWidget(self.questions)
            self.turned.emit("")

    def show_page(self, name: str, assessment: Assessment, item_id: str) -> None:
        if name not in self._pages:
            self._pages[name] = self._made(name)
        panel = self._pages[name]
        panel.item_id = item_id
        panel.show_assessment(assessment)
        panel.show_now()
        self.setCurrentWidget(panel)
        panel.enter()
        self.turned.emit(name)

    def show_assessment(self, assessment: Assessment) -> None:
        """Only the page that is seen: the others are made anew when they are opened."""
        if self.page:
            self._pages[self.page].show_assessment(assessment)

    def read(self, text: str, assessment: Assessment, item_id: str) -> None:
        """On the page that reads notes."""
        from desktop.ui.note_panel import NotePanel

        self.show_page(NOTE, assessment, item_id)
        panel = self._pages[NOTE]
        assert isinstance(panel, NotePanel)
        panel.read(text)

    def _made(self, name: str) -> SidePanel:
        """Each brings much with it, so it is loaded when it is first asked for."""
        panel: SidePanel
        if name == NOTE:
            from desktop.ui.note_panel import NotePanel

            panel = NotePanel(self.theme, self.content, self._today)
            panel.accepted.connect(self.accepted)
            panel.kept.connect(self.kept)
        elif name == FORM:
            panel = self._form()
        elif name == COULD_BE:
            from desktop.ui.could_be_panel import CouldBePanel

            panel = CouldBePanel(self.theme, self._causes)
        else:
            from desktop.ui.change_panel import ChangePanel

            panel = ChangePanel(self.theme, self.content)
        panel.asked_for.connect(self.asked_for)
        panel.left.connect(self.left)
        self.addWidget(panel)
        return panel

    def _form(self) -> FormPanel:
        from desktop.ui.form_panel import FormPanel

        panel = FormPanel(self.theme, self.content)
        panel.heard.connect(self.heard)
        panel.hand_over_asked.connect(self.hand_over_asked)
        panel.print_asked.connect(self.print_asked)
        panel.save_asked.connect(self.save_asked)
        return panel

    def sizeHint(self) -> QSize:
        """Of what is seen: a page that is away takes no room."""
        return (self.currentWidget() or self.questions).sizeHint()

    def minimumSizeHint(self) -> QSize:
        return (self.currentWidget() or self.questions).minimumSizeHint()
