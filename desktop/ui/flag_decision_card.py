"""What is done with one flag: accepted, or treated as something else, with the reason where that is less."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.reasons import Reason
from desktop.clinical.rules import Urgency
from desktop.record.decisions import LEVELS, SET_ASIDE, FlagDecision
from desktop.ui.drawing import draw_edge, draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.levels import level_words
from desktop.ui.marks import draw_urgency
from desktop.ui.reason_strip import ReasonStrip
from desktop.ui.regrow import regrow
from desktop.ui.review_model import ReviewModel
from desktop.ui.segment import Segment
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme


class FlagDecisionCard(QWidget):
    def __init__(self, theme: Theme, model: ReviewModel, flag: FlagDecision, because: str) -> None:
        super().__init__()
        self.theme, self.model, self.flag = theme, model, flag
        self._title = Label(theme, flag.title, "body", weight=600, wrap=True)
        self._note = Label(theme, because, "small", colour=theme.muted, wrap=True)
        self.accept = Segment(theme, self.tr("Accept"), "", flag.title)
        self.other = Segment(theme, self.tr("Override…"), "", flag.title, negative=True)
        for button in (self.accept, self.other):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.accept.clicked.connect(lambda: self._accept())
        self.other.clicked.connect(self.open_override)
        self._levels: dict[str, Segment] = {}
        self._treat_as = flag.treated_as
        self.reasons = ReasonStrip(theme, model.review.reasons, flag.title)
        self._override = self._override_part(model.review.reasons)
        self._lay_out()
        model.refused.connect(self._show_refused)
        self.show_flag(flag, because)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_flag(self, flag: FlagDecision, because: str) -> None:
        self.flag = flag
        overridden = flag.outcome in ("raised", "lowered", "set aside")
        self._note.setText(self._outcome_words() or because)
        self.accept.setChecked(flag.outcome == "accepted")
        self.accept.setText(self.tr("Accepted") if flag.outcome == "accepted" else self.tr("Accept"))
        self.other.setChecked(overridden)
        self.other.setText(self.tr("Overridden") if overridden else self.tr("Override…"))
        for button in (self.accept, self.other):
            button.setAccessibleName(f"{button.text()}: {flag.title}")
            button.updateGeometry()
        if overridden:
            self._treat_as = flag.treated_as
            self.reasons.show_given(flag.reason, flag.text)
        self._show_levels()
        regrow(self)
        self.setAccessibleName(f"{flag.title}. {level_words(Urgency.of(flag.urgency))}. {self._note.text()}")
        self.update()

    def open_override(self) -> None:
        """Open, the reasons have the focus: a digit sets the flag aside for that reason."""
        shown = self._override.isHidden()
        self._override.setVisible(shown)
        regrow(self)
        if shown:
            if self.flag.outcome in ("not decided", "accepted"):
                self._treat_as = SET_ASIDE
                self._show_levels()
            self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept(self) -> None:
        self._override.hide()
        regrow(self)
        if self.flag.outcome == "accepted":
            self.model.take_back(self.flag.rule)
        else:
            self.model.accept(self.flag.rule)

    def _choose(self, level: str) -> None:
        """Upward needs no reason."""
        self._treat_as = level
        self._show_levels()
        if LEVELS.index(level) > LEVELS.index(self.flag.urgency):
            self.model.override(self.flag.rule, level)
        elif self.reasons.chosen:
            self.model.override(self.flag.rule, level, self.reasons.chosen, self.reasons.words.text())
        else:
            self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, reason: str, text: str) -> None:
        lower = LEVELS.index(self._treat_as) < LEVELS.index(self.flag.urgency)
        self.model.override(self.flag.rule, self._treat_as if lower else SET_ASIDE, reason, text)

    def _show_levels(self) -> None:
        for level, button in self._levels.items():
            button.setChecked(level == self._treat_as)
        above = LEVELS.index(self._treat_as) > LEVELS.index(self.flag.urgency)
        self.reasons.setVisible(not above)

    def _outcome_words(self) -> str:
        flag = self.flag
        match flag.outcome:
            case "raised":
                level = level_words(Urgency.of(flag.treated_as)).lower()
                return self.tr("Treated as {level}: more urgent than the rule").format(level=level)
            case "lowered":
                level = level_words(Urgency.of(flag.treated_as)).lower()
                return self.tr("Treated as {level}. {why}").format(level=level, why=flag.why)
            case "set aside":
                return self.tr("Set aside. {why}").format(why=flag.why)
        return ""

    def _show_refused(self, about: str, why: str) -> None:
        if about == f"flag {self.flag.rule}":
            self.reasons.show_refused(why)

    def _override_part(self, reasons: Sequence[Reason]) -> QWidget:
        theme, part = self.theme, QWidget()
        levels = QWidget()
        flow = FlowLayout(levels, gap=theme.px(6), line_gap=theme.px(5))
        flow.addWidget(Label(theme, self.tr("Treat as"), "small"))
        for level in [*reversed(LEVELS[1:]), SET_ASIDE]:
            if level == self.flag.urgency:
                continue
            words = self.tr("Set aside") if level == SET_ASIDE else level_words(Urgency.of(level))
            button = self._levels[level] = Segment(theme, words, "", self.flag.title)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, level=level: self._choose(level))
            flow.addWidget(button)
        self._back = TextLink(theme, self.tr("Take the override back"))
        self._back.clicked.connect(self._take_back)
        flow.addWidget(self._back)
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, theme.px(4), 0, theme.px(2))
        lines.setSpacing(theme.px(6))
        lines.addWidget(levels)
        lines.addWidget(self.reasons)
        self.reasons.given.connect(self._give)
        self.reasons.cancelled.connect(self._leave)
        part.hide()
        return part

    def _take_back(self) -> None:
        self.reasons.show_given("", "")
        self.reasons.words.put("")
        let_go(self._override)
        self._override.hide()
        regrow(self)
        self.model.take_back(self.flag.rule)
        self.other.setFocus()

    def _leave(self) -> None:
        let_go(self._override)
        self._override.hide()
        regrow(self)
        self.other.setFocus()

    def _lay_out(self) -> None:
        theme = self.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._note)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addLayout(words, 1)
        head.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(43), theme.px(8), theme.px(12), theme.px(8))
        layout.setSpacing(theme.px(2))
        layout.addLayout(head)
        layout.addWidget(self._override)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        urgency = Urgency.of(self.flag.urgency)
        severity = theme.severity(urgency)
        body = QRectF(self.rect())
        dashed = self.flag.outcome == "not decided"
        draw_frame(painter, body, theme.px(8), fill=theme.surface, border=theme.border_strong, dashed=dashed)
        draw_edge(self, painter, body, theme.px(8), theme.edge, severity.graphic)
        size = theme.px(18)
        mark = mirrored(self, QRectF(theme.px(15), theme.px(10), size, size))
        draw_urgency(painter, mark, urgency, theme)
