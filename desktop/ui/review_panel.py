"""Review and sign: the impression first, then what was asked, the flags, the plan; then it is signed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.assessment import Assessment
from desktop.paper.documents import Document
from desktop.record.decisions import FlagDecision
from desktop.record.roles import Act
from desktop.ui.action import Action
from desktop.ui.announce import announce
from desktop.ui.asked_card import AskedCard
from desktop.ui.card import Card
from desktop.ui.column import Column
from desktop.ui.consultation_model import ConsultationModel
from desktop.ui.document_desk import DocumentDesk
from desktop.ui.documents_card import DocumentsCard
from desktop.ui.drawing import painter_on
from desktop.ui.flag_card import because_words
from desktop.ui.flag_decision_card import FlagDecisionCard
from desktop.ui.headline import headline
from desktop.ui.impression_card import ImpressionCard
from desktop.ui.notes_card import NotesCard
from desktop.ui.notice_strip import NoticeStrip
from desktop.ui.patient_banner import PatientBanner
from desktop.ui.plan_decisions_card import PlanDecisionsCard
from desktop.ui.plan_lines import plan_lines
from desktop.ui.review_model import ReviewModel
from desktop.ui.room import RoomPanel
from desktop.ui.sides import set_margins
from desktop.ui.sign_bar import SignBar
from desktop.ui.theme import Theme
from desktop.ui.two_columns import TwoColumns
from desktop.ui.typed_line import TypedLine
from desktop.ui.urgency_banner import UrgencyBanner

TWO_COLUMNS = 960
SHARES = 9, 11
"""A line of the plan has its fields beside it."""


class ReviewPanel(RoomPanel):
    """Signals: back_asked, asked_for (item id), documents_asked, signed. `papers` are the documents as a draft."""

    back_asked = Signal()
    asked_for = Signal(str)
    documents_asked = Signal()
    signed = Signal()

    def __init__(
        self,
        theme: Theme,
        model: ReviewModel,
        consultation: ConsultationModel,
        now: Callable[[], datetime],
        papers: DocumentDesk,
        left_out: Iterable[str],
        *,
        may_sign: bool,
    ) -> None:
        super().__init__()
        self.theme, self.model, self._consultation = theme, model, consultation
        self.review, self.papers = model.review, papers
        held = self.review.consultation
        content, zone, patient = held.content, held.zone, held.patient
        self.banner = PatientBanner(theme, content)
        self.banner.documents.hide()
        self.banner.review.hide()
        self.banner.show_patient(patient, held.began_at, zone)
        self.urgency = UrgencyBanner(theme, compact=True)
        self.draft_only = NoticeStrip(theme)
        self.impression = ImpressionCard(theme, self.tr("1 · Your own impression"))
        self.asked = AskedCard(theme, self.tr("2 · What was asked"), content, zone)
        self.notes = NotesCard(theme, self.tr("Your notes"))
        self.flags = Card(theme, self.tr("3 · Flags"))
        self.plan = PlanDecisionsCard(theme, self.tr("4 · Plan"), model, now, zone)
        self.documents = DocumentsCard(theme, self.tr("5 · Documents"), left_out)
        self.bar = SignBar(theme, patient.name, held.name, may_sign=may_sign, amends=held.is_amendment)
        self.cards: dict[str, FlagDecisionCard] = {}
        self._connect()
        self._lay_out()
        if not may_sign:
            # Before the page is worked through, and not only at its foot.
            self.draft_only.say(self.tr("You may not sign. What you decide here is kept, for a clinician to sign."), ())
        self.show_review()

    def of_whom(self) -> str:
        return self.banner.accessibleName()

    def enter(self) -> None:
        self.show_review()
        if not self.review.impression_asked:
            self.impression.take_focus()
        else:
            self._begin()

    def refresh(self) -> None:
        self.show_review()

    def reopen(self, names: Collection[str]) -> None:
        cards = [(card, card.open_override) for card in self.cards.values()]
        for part, open_it in (*cards, *((row, row.open_edit) for row in self.plan.rows.values())):
            hidden = (field for field in part.findChildren(TypedLine) if not field.isVisible())
            if any(field.accessibleName() in names for field in hidden):
                open_it()

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Review and sign")
        return (
            Action("review-sign", self.tr("Sign"), self._go_on, "Ctrl+Return", group, needs=Act.SIGN),
            Action(
                "review-documents", self.tr("Documents of this encounter"), self.documents_asked.emit, "Ctrl+P", group
            ),
            Action("review-back", self.tr("Back to the questions"), self.bar.leave, "", group),
        )

    def show_review(self) -> None:
        assessment, asked = self.review.consultation.assessment, self.review.impression_asked
        decisions = self.review.decisions
        self.banner.show_assessment(assessment)
        self.urgency.show_headline(
            headline(self.review.consultation.content, assessment, self.review.consultation.zone)
        )
        self.impression.show_impression(self.review.impression, asked=asked)
        self.asked.show_asked(assessment, self.review.consultation.said)
        self.notes.show_notes(self.review.consultation.content, decisions.notes)
        self._show_flags(assessment, decisions.flags)
        self.plan.show_plan(decisions.plan)
        said = plan_lines(assessment.plan, self.review.consultation.zone)
        self.plan.show_remarks([line.words for line in said if line.is_remark])
        if asked:
            self.papers.refresh()
            self.documents.show_documents(self.papers.documents, self._document_notes())
        for part in (self.urgency, self.asked, self.flags, self.plan, self.documents):
            part.setVisible(asked)
        # No flag is named before the clinician has said what they think.
        missing = self.review.missing if asked else self.review.missing[:1]
        self.bar.show_missing((*missing, *self._consultation.unsaved_words()))

    def _document_notes(self) -> dict[str, str]:
        """What is missing is seen before it is signed, not when the page is in the hand."""
        return {document.id: self._document_note(document) for document in self.papers.documents}

    def _document_note(self, document: Document) -> str:
        found = document.completeness
        words = self.tr("{asked} of {of} answers").format(asked=found.asked, of=found.of) if found else ""
        empty = self.tr("no number entered") if self.papers.number_of(document) == "" else ""
        return " · ".join(filter(None, (words, empty, self.papers.doubt_of(document))))

    def _show_flags(self, assessment: Assessment, flags: Sequence[FlagDecision]) -> None:
        """Those that another one speaks for are shown only when that one is set aside."""
        set_aside = {flag.rule for flag in flags if flag.outcome == "set aside"}
        folded = {flag.rule.id: set(flag.folded_into) - set_aside for flag in assessment.flags}
        because = {flag.rule.id: because_words(flag) for flag in assessment.flags}
        shown = [flag for flag in flags if not folded.get(flag.rule) or flag.decided]
        if [flag.rule for flag in shown] != list(self.cards):
            self.cards = {
                flag.rule: self.cards.get(flag.rule) or self._flag_card(flag, because[flag.rule]) for flag in shown
            }
            self.flags.put_rows([_framed(self.theme, card) for card in self.cards.values()])
        for flag in shown:
            self.cards[flag.rule].show_flag(flag, because[flag.rule])
        self.flags.show_count(self.tr("%n; raising an urgency needs no reason, lowering does", "", len(shown)))
        if not shown:
            self.flags.show_empty(
                self.tr("No flag raised by what was asked"),
                self.tr("This is not “low risk”. The plan may be added to by hand."),
            )

    def _flag_card(self, flag: FlagDecision, because: str) -> FlagDecisionCard:
        card = FlagDecisionCard(self.theme, self.model, flag, because)
        card.accept.clicked.connect(lambda: self._leave(card))
        return card

    def _leave(self, card: FlagDecisionCard) -> None:
        """From a flag that was just accepted to the next that is open. From the last one nowhere: Enter pressed once
        too often must not begin to sign."""
        if card.flag.outcome == "accepted" and self._undecided:
            self._undecided[0].accept.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _undecided(self) -> list[FlagDecisionCard]:
        return [card for card in self.cards.values() if card.flag.outcome == "not decided"]

    def _begin(self) -> None:
        """The focus goes past what was asked, which is only looked at: that is told."""
        announce(self.asked, self.asked.accessibleName())
        self._focus_first_open()

    def _focus_first_open(self) -> None:
        target: QWidget = self._undecided[0].accept if self._undecided else self.bar.sign
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """The same key opened this page, so it goes on from the impression as well."""
        if self.review.impression_asked:
            if not self.bar.go_on() and self._undecided:
                self._focus_first_open()
        else:
            self.impression.go_on.click()

    def _give_impression(self, text: str) -> None:
        first = not self.review.impression_asked
        if self.model.write_impression(text) and first:
            self._begin()

    def _connect(self) -> None:
        self.impression.given.connect(self._give_impression)
        self.asked.asked_for.connect(self.asked_for)
        self.documents.look_asked.connect(self.documents_asked)
        self.model.changed.connect(self.bar.ask_anew)
        self.model.changed.connect(self.show_review)
        self.bar.back_asked.connect(self.back_asked)
        self.bar.signed.connect(self.signed)

    def _lay_out(self) -> None:
        theme = self.theme
        self._scroll = Column(theme, self.tr("Review and sign"))
        set_margins(self._scroll.lines, theme.px(20), theme.px(12), theme.px(12), theme.px(12))
        self._scroll.follow_focus()
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(12))
        for card in (self.impression, self.asked, self.notes, self.flags, self.documents):
            left.addWidget(card)
        self._columns = TwoColumns(theme, side, self.plan, SHARES)
        self._scroll.add(self._columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.banner, self.urgency, self.draft_only):
            layout.addWidget(part)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.bar)
        self._arrange()

    def _arrange(self) -> None:
        self._columns.arrange(beside=self.width() / self.theme.scale >= TWO_COLUMNS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.bar.leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)


def _framed(theme: Theme, card: QWidget) -> QWidget:
    frame = card.parentWidget()
    if frame is not None and frame.objectName() == "frame":
        return frame
    holder = QWidget()
    holder.setObjectName("frame")
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
    lines.addWidget(card)
    return holder
