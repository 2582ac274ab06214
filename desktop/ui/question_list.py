"""The middle column: the section's head, its questions, and the keys that answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Section
from desktop.clinical.content import Content
from desktop.record.consultation import can_be_none
from desktop.ui.announce import announce
from desktop.ui.answer_row import ROOMY, ROW, AnswerRow
from desktop.ui.button import Button
from desktop.ui.choice_field import ChoiceField
from desktop.ui.column import Column
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.grounded import Grounded
from desktop.ui.in_sight import when_released
from desktop.ui.key_bar import KeyBar, Keys, answer_keys, choice_keys, field_keys, value_keys
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.narrow import head_over
from desktop.ui.rows import is_shown, place_of, progress_of, sections, top_items
from desktop.ui.running import running
from desktop.ui.section_page import WIDEST, SectionPage
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme

NOTE = 62
"""The note below the questions, and the edge of the card."""


class QuestionList(QWidget):
    """Signals: answered (item id, answer or None), stands (the id of a field that has what is recorded again),
    focused (item id), section_shown (section id),
    none_asked (the ids of the questions that are to be answered no in one go), held (the id of a field, a text that is
    being typed), noted (section id, its note), phrases_asked (a field).
    """

    answered = Signal(str, object)
    stands = Signal(str)
    held = Signal(str, object)
    noted = Signal(str, str)
    phrases_asked = Signal(object)
    focused = Signal(str)
    section_shown = Signal(str)
    none_asked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        content: Content,
        today: Callable[[], date],
        earlier: Callable[[str], str] = lambda id: "",
        note_of: Callable[[str], str] = lambda section: "",
        typed_in: Callable[[str], str] = lambda id: "",
    ) -> None:
        super().__init__()
        self.earlier, self._note_of, self._typed_in = earlier, note_of, typed_in
        self.theme, self.content, self._today = theme, content, today
        self._assessment: Assessment | None = None
        self._pages: dict[str, SectionPage] = {}
        self._unsaved: dict[str, str] = {}
        self._row_height = ROW
        self._section = sections(content)[0]
        self._title = Label(theme, "", "h2", weight=600)
        self._count = Label(theme, "", "body", colour=theme.muted)
        self.choose_section = Button(theme, self.tr("Sections"), name=self.tr("Choose a section"), small=True)
        self.none_button = Button(theme, self.tr("None of these"), small=True)
        self.none_button.clicked.connect(lambda: self.none_asked.emit(self.open_to_none()))
        self.next_section_button = Button(theme, self.tr("Next section"), key="S", shortcut=False, small=True)
        self.next_section_button.show_key(theme.single_keys)
        self.next_section_button.clicked.connect(self.show_next_section)
        self.key_bar = KeyBar(theme)
        self.column = Column(theme, self.tr("Questions"), theme.window)
        self._lay_out()

    @property
    def page(self) -> SectionPage:
        return self._pages[self._section.id]

    def page_of(self, section_id: str) -> SectionPage:
        """Of a section that has been shown."""
        return self._pages[section_id]

    @property
    def section(self) -> Section:
        return self._section

    def show_assessment(self, assessment: Assessment) -> None:
        self._assessment = assessment
        if self._section.id in self._pages:
            self.page.show_assessment(assessment)
        self._show_head()

    def open_to_none(self) -> tuple[str, ...]:
        """What *None of these* would answer: never in the safety screen, never what has to be examined, and nothing
        that the patient has said: that is confirmed or denied by itself."""
        if self._assessment is None or self._section.safety_screen:
            return ()
        assessment = self._assessment
        return tuple(
            item.id
            for item in top_items(self._section)
            if can_be_none(item)
            and is_shown(assessment, item)
            and item.id not in {*assessment.answers, *assessment.patient_says}
        )

    def show_section(self, section_id: str) -> None:
        """At its first question without an answer."""
        self._open(section_id)
        self.page.go_to_start()

    def show_next_section(self) -> None:
        all_sections = sections(self.content)
        place = [section.id for section in all_sections].index(self._section.id)
        self.show_section(all_sections[(place + 1) % len(all_sections)].id)

    def go_to(self, item_id: str) -> None:
        if self._assessment is not None:
            section, row, item = place_of(self.content, self._assessment, item_id)
            self._open(section.id)
            self.page.go_to(row.id, item.id)

    def show_unsaved(self, unsaved: Mapping[str, str]) -> None:
        """What the disk refused, by the id of question or note: beside each until it is saved or taken back."""
        if unsaved or self._unsaved:
            self._unsaved = dict(unsaved)
            for page in self._pages.values():
                page.show_unsaved(self._unsaved)

    def _open(self, section_id: str) -> None:
        if section_id != self._section.id:
            let_go(self.column)
        self._section = next(section for section in sections(self.content) if section.id == section_id)
        if section_id not in self._pages:
            self._pages[section_id] = self._make_page(self._section)
        for id, page in self._pages.items():
            page.setVisible(id == section_id)
        if self._assessment is not None:
            self.page.show_assessment(self._assessment)
        self.column.verticalScrollBar().setValue(0)
        self._show_head()
        self.section_shown.emit(section_id)

    def _tell_end(self) -> None:
        """Who sees it sees that nothing moved; who hears it would go on pressing."""
        words = self.tr("End of {section}: {count}.").format(section=self._title.text(), count=self._count.text())
        further = self.tr("S goes to the next section.") if self.theme.single_keys else ""
        announce(self, f"{words} {further}".rstrip())

    def _make_page(self, section: Section) -> SectionPage:
        page = SectionPage(self.theme, self.content, section, self._today, self.earlier, self._note_of, self._typed_in)
        page.set_row_height(self._row_height)
        page.answered.connect(self.answered)
        page.stands.connect(self.stands)
        page.show_unsaved(self._unsaved)
        page.held.connect(self.held)
        page.noted.connect(self.noted)
        page.phrases_asked.connect(self.phrases_asked)
        page.focused.connect(self.focused)
        page.asked_for.connect(self.go_to)
        page.section_done.connect(self.show_next_section)
        page.ended.connect(self._tell_end)
        self.column.add(page)
        return page

    def _show_head(self) -> None:
        if self._assessment is None:
            return
        state = progress_of(self.content, self._assessment, self._section)
        self._title.setText(self._section.title)
        left = len(self.open_to_none())
        self.none_button.setVisible(left > 1)
        self.none_button.setToolTip(self.tr("Answers the %n open question(s) of this section with no", "", left))
        self._count.setText(self.tr("{asked} of {of} asked").format(asked=state.asked, of=state.of))

    def _lay_out(self) -> None:
        theme = self.theme
        head = QHBoxLayout()
        set_margins(head, theme.px(8), theme.px(6), theme.px(16), theme.px(4))
        head.setSpacing(theme.px(10))
        words = Grounded(theme.window)
        flow = FlowLayout(words, gap=theme.px(10), line_gap=0)
        for label in (self._title, self._count):
            flow.addWidget(label)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        head.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.none_button)
        head.addWidget(self.choose_section)
        head.addWidget(self.next_section_button)
        self.choose_section.hide()
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(12), 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head_over(head, theme.px(WIDEST + 16)))
        layout.addWidget(self.column, 1)
        layout.addWidget(self.key_bar)
        running().focusChanged.connect(self._keep_in_sight)

    def _room_for_rows(self) -> int:
        """As high as leaves the whole safety screen in sight, with its note: the same in every section."""
        room = self.column.viewport().height() / self.theme.scale - NOTE
        return max(ROW, min(ROOMY, int(room / len(self.content.safety_screen.items))))

    def _keep_in_sight(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.column.isAncestorOf(now):
            when_released(self, self._show_focus)
            self.key_bar.show_keys(_keys_of(now) or self.key_bar.keys)

    def _show_focus(self) -> None:
        now = self.focusWidget()
        if now is not None and self.column.isAncestorOf(now):
            self.column.ensureWidgetVisible(now, 0, self.theme.px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A strip or banner that came above may have covered the question in hand."""
        super().resizeEvent(event)
        self._row_height = self._room_for_rows()
        for page in self._pages.values():
            page.set_row_height(self._row_height)
        stay_in_sight: Callable[[], None] | None = getattr(self.focusWidget(), "stay_in_sight", None)
        if stay_in_sight is not None:
            stay_in_sight()
        else:
            QTimer.singleShot(0, self, lambda: self._keep_in_sight(None, self.focusWidget()))


def _keys_of(widget: QWidget) -> Keys | None:
    """What its single keys do; in a field that is typed in, a letter is a letter. A button leaves them to its row."""
    match widget:
        case AnswerRow() if widget.buttons:
            return answer_keys()
        case AnswerRow(field=ChoiceField()) | ChoiceField():
            return choice_keys()
        case AnswerRow():
            return value_keys()
        case QLineEdit() | QPlainTextEdit():
            return field_keys()
    # The grid and the list of the map, which are loaded late, bring theirs along.
    own: Callable[[], Keys] | None = getattr(widget, "own_keys", None)
    return own() if own else None
