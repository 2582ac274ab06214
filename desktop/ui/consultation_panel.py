"""The consultation: sections, questions and assessment side by side, as many as the width holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Answer
from desktop.record.notes import LONGEST
from desktop.ui.action import Action
from desktop.ui.assessment_panel import AssessmentPanel
from desktop.ui.causes_reading import CausesReading
from desktop.ui.compare_list import PAGES, page_words
from desktop.ui.consultation_model import ConsultationModel
from desktop.ui.earlier_words import earlier_words
from desktop.ui.keys import character
from desktop.ui.menu import Menu
from desktop.ui.middle import COULD_BE, FORM, NOTE, Middle
from desktop.ui.note_hints import NoteHints
from desktop.ui.number_button import NUMBER_KEY
from desktop.ui.patient_banner import PatientBanner
from desktop.ui.plan_lines import Doubt
from desktop.ui.question_list import QuestionList
from desktop.ui.room import RoomPanel
from desktop.ui.rows import progress
from desktop.ui.section_list import SectionList
from desktop.ui.tab_order import in_tab_order
from desktop.ui.tabs import Tabs
from desktop.ui.theme import Theme
from desktop.ui.typed import too_long
from desktop.ui.urgency_banner import UrgencyBanner

THREE_COLUMNS = 1180 - 88
TWO_COLUMNS = 900
SECTIONS = 200
ASSESSMENT = 452


class ConsultationPanel(RoomPanel):
    """Signals: documents_asked, review_asked, read_asked (rule id), said (a sentence for the status
    line), moved (the focus is at another question), phrases_asked (for which field),
    hand_over_asked, print_asked and save_asked (the patient’s form).
    """

    documents_asked = Signal()
    review_asked = Signal()
    moved = Signal()
    phrases_asked = Signal(object)
    hand_over_asked = Signal()
    print_asked = Signal()
    save_asked = Signal()
    read_asked = Signal(str)
    said = Signal(str)

    def __init__(self, theme: Theme, model: ConsultationModel, causes: CausesReading, doubt: Doubt) -> None:
        """`doubt` says of a contact that its number is old."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme, self.model = theme, model
        consultation = model.consultation
        self.content = consultation.content
        self.banner = PatientBanner(theme, self.content)
        self.sections = SectionList(theme, self.content)
        self.questions = QuestionList(
            theme, self.content, model.today, partial(earlier_words, consultation), model.note_of, model.typed_in
        )
        self.assessment = AssessmentPanel(theme, self.content, consultation.zone, causes, doubt)
        self.middle = Middle(theme, self.content, self.questions, causes, model.today)
        self.hints = NoteHints(self.content, model.today, lambda: model.assessment)
        self.urgency = UrgencyBanner(theme, compact=True)
        self.tabs = Tabs(theme, (self.tr("Questions"), self.tr("Assessment")))
        self._columns = 0
        self._strip: QWidget | None = None
        self.help = self.tr(
            "Answer the questions with single keys or the buttons. What is not asked stays open, and is never a no. "
            "The assessment at the side follows each answer; F2 goes to the question that would settle most."
        )
        self._connect()
        self._lay_out()
        self.banner.show_patient(consultation.patient, consultation.began_at, consultation.zone)
        self.show_assessment(model.shown)

    def of_whom(self) -> str:
        return self.banner.accessibleName()

    def enter(self) -> None:
        """Where the GP left off, or at the first question of the safety screen."""
        last = self.model.in_hand or self.model.consultation.last_item
        if last is not None and last in self.content.items:
            self.questions.go_to(last)
        else:
            self.questions.show_section(self.questions.section.id)

    def reopen(self, names: Collection[str]) -> None:
        self.questions.page.reopen(names)

    def show_resumed(self, strip: QWidget | None) -> None:
        """Where it was left, and what changed since."""
        self._strip = strip
        if strip is not None:
            self._place_strip()
            # Made last, but read before the questions.
            in_tab_order(self.sections, strip, self.middle)

    def show_assessment(self, assessment: Assessment) -> None:
        for panel in (self.banner, self.sections, self.questions):
            panel.show_assessment(assessment)
        self.middle.show_assessment(assessment)
        self._show_unsaved()
        self.assessment.show_checked(assessment, self.model.self_test.check)
        self.urgency.show_headline(self.assessment.banner.headline)
        count = len(assessment.open_flags)
        self.tabs.show_note(1, self.tr("%n flag(s)", "", count) if count else "")
        screen = assessment.safety_screen
        self.tabs.tell(self.tr("Safety screen {asked} of {of}").format(asked=screen.asked, of=screen.of))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the question that has the focus had no use for."""
        if character(event) == NUMBER_KEY.lower():
            self.assessment.banner.copy_number()
        else:
            super().keyPressEvent(event)

    def _say_copied(self, number: str) -> None:
        self.said.emit(self.tr("Number copied: {number}").format(number=number))

    def _connect(self) -> None:
        self.assessment.banner.number_copied.connect(self._say_copied)
        self.banner.documents_asked.connect(self.documents_asked)
        self.banner.review_asked.connect(self.review_asked)
        self.sections.chosen.connect(self._show_section)
        self.sections.compare.chosen.connect(self.show_page)
        self.middle.turned.connect(self.sections.show_page)
        self.middle.asked_for.connect(self.go_to)
        self.middle.accepted.connect(self.model.answer)
        self.middle.kept.connect(self._keep_note)
        self.middle.heard.connect(self._hear)
        self.middle.hand_over_asked.connect(self.hand_over_asked)
        self.middle.print_asked.connect(self.print_asked)
        self.middle.save_asked.connect(self.save_asked)
        self.middle.left.connect(lambda: self.go_to(self._row_in_hand()))
        self.assessment.comparison_asked.connect(lambda: self.show_page(COULD_BE))
        self.questions.answered.connect(self.model.answer)
        self.questions.noted.connect(self._write_note)
        self.hints.read_asked.connect(self._read)
        self.questions.held.connect(self.model.hold)
        self.questions.phrases_asked.connect(self.phrases_asked)
        self.questions.none_asked.connect(self.model.answer_none)
        self.questions.section_shown.connect(self.sections.show_section)
        self.questions.focused.connect(self._take_in_hand)
        self.questions.choose_section.clicked.connect(self._open_sections)
        self.assessment.read_asked.connect(self.read_asked)
        self.assessment.asked_for.connect(self.go_to)
        self.tabs.chosen.connect(lambda _: self._arrange())
        self.questions.stands.connect(self.model.stand)
        self.model.assessed.connect(self.show_assessment)
        # What has no widget around it is not deleted with the panel: a lambda in its hands would hold it for ever.
        self.model.not_saved.connect(self._show_unsaved)
        self.model.kept.connect(self._show_unsaved)
        self.model.stepped.connect(self._show_step)

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Consultation")
        return (
            Action(
                "none",
                self.tr("None of these: answer the rest of the section with no"),
                lambda: self.model.answer_none(self.questions.open_to_none()),
                group=group,
                available=lambda: bool(self.questions.open_to_none()),
            ),
            Action("next-best", self.tr("Go to the next best question"), self.go_to_next, "F2", group),
            Action("write note", self.tr("Write a note on this section"), self.write_note, "Ctrl+Shift+N", group),
            Action("read note", self.tr("Read a note"), lambda: self.show_page(NOTE), "Ctrl+Shift+R", group),
            Action("patient form", self.tr("Patient’s form: on this screen or on paper"), self._show_form, "", group),
            Action(
                "copy number",
                self.tr("Copy the number to ring"),
                self.assessment.banner.copy_number,
                group=group,
                available=lambda: bool(self.assessment.banner.headline.telephone),
            ),
            Action("undo", self.tr("Undo the last answer"), self.model.undo, "Ctrl+Z", group),
            Action("redo", self.tr("Do the answer again"), self.model.redo, "Ctrl+Shift+Z", group),
            Action("review", self.tr("Review and sign"), self.review_asked.emit, "Ctrl+Return", group),
            Action("documents", self.tr("Documents of this encounter"), self.documents_asked.emit, "Ctrl+P", group),
        )

    def _write_note(self, section: str, text: str) -> None:
        self.model.write_note(section, text)
        page = self.questions.page_of(section)
        page.note.show_note(self.model.note_of(section))
        self.hints.look_at(page, text)

    def _keep_note(self, text: str) -> None:
        """Below what is written under the last section already."""
        section = self.content.sections[-1]
        before = self.model.consultation.writing.notes.get(section.id, "")
        whole = f"{before}\n{text.strip()}" if before else text.strip()
        if len(whole) > LONGEST:
            self.said.emit(too_long(whole))
        elif text.strip() and self.model.write_note(section.id, whole):
            self.said.emit(self.tr("Kept as a note under “{section}”.").format(section=section.title))

    def write_note(self) -> None:
        self.tabs.choose(0)
        self.middle.show_questions()
        self.questions.page.note.enter()

    def _show_form(self) -> None:
        self.show_page(FORM)

    def _hear(self, item_id: str, answer: Answer | None) -> None:
        """Taken back it is not asked again."""
        if answer is None:
            self.model.answer_taken_back(item_id)
        else:
            self.model.hear(item_id, answer)

    def go_to_next(self) -> None:
        """The question whose answer would settle most, and why it is that one."""
        best = self.assessment.next_best
        question = best.question(self.model.assessment) if self.model.self_test.passed else None
        if question is not None:
            self.go_to(question.item)
            self.said.emit(best.words(question))
        else:
            done = self.tr("No question left would decide a rule.")
            self.said.emit(done if self.model.self_test.passed else self._withheld())

    def _read(self, text: str) -> None:
        self.middle.read(text, self.model.assessment, self._row_in_hand())

    def _show_unsaved(self) -> None:
        self.questions.show_unsaved(self.model.unsaved)

    def _withheld(self) -> str:
        return self.tr("Advice is withheld while the rules are not known to be right.")

    def _show_step(self, item_id: str, words: str) -> None:
        if item_id:
            self.go_to(item_id)
        self.said.emit(words)

    def show_page(self, page: str) -> None:
        """A page that compares, in the place of the questions. What is advice waits for the self-test."""
        if page in (NOTE, FORM) or self.model.self_test.passed:
            self.tabs.choose(0)
            self.middle.show_page(page, self.model.assessment, self._row_in_hand())
        else:
            self.said.emit(self._withheld())

    def _show_section(self, section_id: str) -> None:
        self.middle.show_questions()
        self.questions.show_section(section_id)

    def _row_in_hand(self) -> str:
        return self.model.in_hand or self.content.safety_screen.items[0].id

    def _take_in_hand(self, item_id: str) -> None:
        self.model.in_hand = item_id
        self.moved.emit()
        self.sections.show_question(self.content.items[item_id])

    def go_to(self, item_id: str) -> None:
        self.tabs.choose(0)
        self.middle.show_questions()
        self.questions.go_to(item_id)

    def _open_sections(self) -> None:
        menu = Menu(self.theme, self)
        for one in progress(self.content, self.model.assessment):
            menu.addAction(f"{one.section.title}\t{one.asked}/{one.of}").setData(one.section.id)
        menu.addSeparator()
        for page in PAGES:
            menu.addAction(page_words(page)).setData(page)
        menu.triggered.connect(lambda action: self._choose(action.data()))
        button = self.questions.choose_section
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _choose(self, place: str) -> None:
        if place in PAGES:
            self.show_page(place)
        else:
            self._show_section(place)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(self.banner, 0, 0, 1, 3)
        self._grid.addWidget(self.urgency, 2, 0, 1, 3)
        self._grid.addWidget(self.tabs, 3, 0, 1, 3)
        self._grid.addWidget(self.sections, 4, 0, 2, 1)
        self._grid.addWidget(self.middle, 5, 1)
        self._grid.addWidget(self.assessment, 4, 2, 2, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(5, 1)
        self.sections.setFixedWidth(self.theme.px(SECTIONS))
        self._arrange()

    def _place_strip(self) -> None:
        """Over the questions, which it is about: the columns beside them keep their height. Over everything where one
        column is shown at a time."""
        if self._strip is not None:
            single = self._columns == 1
            place = (1, 0, 1, 3) if single else (4, 1, 1, 1)
            self._grid.addWidget(self._strip, *place)

    def _arrange(self) -> None:
        """Three columns, two with the sections in a menu, or one with tabs. Nothing is out of reach at any width."""
        width, before = self.width() / self.theme.scale, self._columns
        self._columns = 3 if width >= THREE_COLUMNS else 2 if width >= TWO_COLUMNS else 1
        if self._columns != before:
            self._place_strip()
        single = self._columns == 1
        self.sections.setVisible(self._columns == 3)
        self.questions.choose_section.setVisible(self._columns < 3)
        self.questions.next_section_button.setVisible(not single)
        self.tabs.setVisible(single)
        self.middle.setVisible(not single or self.tabs.current == 0)
        self.assessment.setVisible(not single or self.tabs.current == 1)
        self.assessment.show_edge(not single)
        on_questions = self.tabs.current == 0
        self.urgency.setVisible(single and on_questions)
        self.questions.key_bar.setVisible(not single and self.theme.single_keys)
        for button in (self.banner.documents, self.banner.review):
            button.show_key(not single)
        self._grid.setColumnStretch(1, 0 if single and not on_questions else 1)
        self._grid.setColumnStretch(2, 1 if single and not on_questions else 0)
        wide = ASSESSMENT if self._columns == 3 else 400
        wide = min(520, wide + max(0, int(width) - 1460)) if self._columns == 3 else wide
        self.assessment.setMinimumWidth(0 if single else self.theme.px(wide))
        self.assessment.setMaximumWidth(16777215 if single else self.theme.px(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The outer columns are white, the questions stand on grey; a hairline between them."""
        QPainter(self).fillRect(self.rect(), self.theme.window)
