"""The patient's form: handed over on this screen, printed, and what was ticked on paper typed in afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError
from desktop.clinical.waiting_room import FormQuestion, fits, load_waiting_room
from desktop.ui.button import Button
from desktop.ui.card import Card
from desktop.ui.error_card import ErrorCard
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.form_row import FormRow
from desktop.ui.form_start import broken_words
from desktop.ui.label import Label
from desktop.ui.rows import said_words
from desktop.ui.side_panel import SidePanel, page_of
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


class FormPanel(SidePanel):
    """Signals: heard (item id, answer or None), hand_over_asked, print_asked, save_asked."""

    heard = Signal(str, object)
    hand_over_asked = Signal()
    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__(theme, translate("Compare", "Patient’s form"))
        self._content = content
        self.rows: dict[str, FormRow] = {}
        self.hand_over = Button(theme, self.tr("Hand the screen to the patient"), key="Ctrl+Shift+W", shortcut=False)
        self.print_button = Button(theme, self.tr("Print the form"), small=True)
        self.save_button = Button(theme, self.tr("Save as PDF…"), small=True)
        self.hand_over.clicked.connect(self.hand_over_asked)
        self.print_button.clicked.connect(self.print_asked)
        self.save_button.clicked.connect(self.save_asked)
        self._replace(self._made())

    def show_now(self) -> None:
        """The rows stay what they are; only their answers follow."""
        self._later.stop()
        if self.assessment is not None:
            self._show_answers(self.assessment)

    def enter(self) -> None:
        (self.hand_over if self.rows else self.back).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _made(self) -> QWidget:
        try:
            room = load_waiting_room(self._content)
        except ContentError as error:
            what, safe, todo = broken_words(error)
            return page_of(
                self.theme,
                ErrorCard(self.theme, what=what, safe=safe, todo=todo, details=tuple(map(str, error.mistakes)), most=3),
            )
        card = Card(self.theme, self.tr("Type in a form from paper"))
        self.rows = {one.item.id: self._row(one) for one in room.questions}
        card.put_rows(list(self.rows.values()))
        says = self.tr(
            "The patient answers alone, in plain words, on this screen or on paper. What they say may raise a flag; it "
            "rules nothing out and is marked “patient says” until you confirm it. An emergency answer sends them to "
            "the desk."
        )
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=self.theme.px(8), line_gap=self.theme.px(6))
        for button in (self.hand_over, self.print_button, self.save_button):
            flow.addWidget(button)
        return page_of(self.theme, Label(self.theme, says, "note", colour=self.theme.muted, wrap=True), buttons, card)

    def _row(self, question: FormQuestion) -> FormRow:
        row = FormRow(self.theme, question)
        row.heard.connect(self.heard)
        row.moved.connect(lambda step: self._move(row, step))
        return row

    def _move(self, row: FormRow, step: int) -> None:
        """After the answer has shown or hidden its details."""
        self.show_now()
        shown = [one for one in self.rows.values() if not one.isHidden()]
        place = min(max(shown.index(row) + step, 0), len(shown) - 1)
        shown[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_answers(self, assessment: Assessment) -> None:
        for id, row in self.rows.items():
            item, answer = row.question.item, assessment.answers.get(id)
            said = assessment.patient_says.get(id)
            row.show_said(said, "" if answer is None else said_words(item, answer))
            row.setVisible(fits(row.question, assessment) or said is not None or answer is not None)
