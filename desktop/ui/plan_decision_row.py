"""One line of the plan as it will be signed: what, who and by when; its wording and its dropping one key away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.decisions import PlanLine
from desktop.record.due_text import due_text, line_due_text, read_due
from desktop.ui.drawing import draw_line, icon, painter_on
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.literal_tip import literal
from desktop.ui.reason_strip import ReasonStrip
from desktop.ui.regrow import regrow
from desktop.ui.review_model import ReviewModel
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme
from desktop.ui.typed_line import TypedLine
from desktop.ui.view_button import ViewButton

ICONS = {
    "referral": "phone",
    "imaging": "scan-line",
    "bloods": "test-tube",
    "immediate": "hospital",
    "safety-net": "message-square",
    "own": "pencil",
}
WHO, WHEN = 164, 142
BESIDE = 500


class PlanDecisionRow(QWidget):
    def __init__(
        self, theme: Theme, model: ReviewModel, line: PlanLine, now: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        super().__init__()
        self.theme, self.model, self.line, self._now, self._zone = theme, model, line, now, zone
        self._what = Label(theme, "", "body", wrap=True)
        self._more = Label(theme, "", "small", colour=theme.muted, wrap=True)
        self._error = Label(theme, "", "small", colour=theme.danger_field, wrap=True)
        self.who = TypedLine(theme, self.tr("Who: {what}").format(what=line.what), width=WHO)
        self.when = TypedLine(theme, self.tr("By when: {what}").format(what=line.what), width=WHEN)
        self.when.setPlaceholderText(self.tr("no date"))
        self.when.describe(self.tr("Such as 24/11 10:42 or + 2 weeks; empty is no date"))
        self.who.committed.connect(lambda text: model.change_line(self.line.id, who=text.strip()))
        self.when.committed.connect(self._change_due)
        self.edit = TextLink(theme, self.tr("Edit"), self.tr("Edit or drop: {what}").format(what=line.what))
        self.back = TextLink(theme, self.tr("Put back"), self.tr("Put back: {what}").format(what=line.what))
        self.back.clicked.connect(lambda: model.keep_line(self.line.id))
        self.edit.clicked.connect(self.open_edit)
        self.wording = TypedLine(theme, self.tr("Wording: {what}").format(what=line.what))
        self.wording.committed.connect(lambda text: model.change_line(self.line.id, what=text.strip()))
        self.reasons = ReasonStrip(theme, model.review.reasons, line.what)
        self.reasons.given.connect(lambda reason, text: model.drop_line(self.line.id, reason, text))
        self.reasons.cancelled.connect(self._leave)
        self.done = ViewButton(theme, self.tr("Done"), line.what)
        self.done.clicked.connect(lambda: model.mark_done([self.line.id], done=not self.line.done))
        self._edit_part = self._make_edit_part()
        model.refused.connect(self._show_refused)
        self._lay_out()
        self.show_line(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_line(self, line: PlanLine) -> None:
        self.line = line
        stands = line.stands
        self._what.setText(line.what if stands else self.tr("Dropped: {what}").format(what=line.what))
        self._what.set_colour(self.theme.text if stands else self.theme.muted)
        self._more.show_text(self._more_words())
        self.who.show_value(line.who)
        self.who.setToolTip(literal(line.who))
        self.when.show_value(line_due_text(line, self._now(), self._zone))
        self.wording.show_value(line.what)
        for field in (self.who, self.when):
            field.setVisible(stands)
        self.done.setChecked(line.done)
        self.done.setVisible(stands and line.kind == "immediate")
        self.edit.setVisible(stands)
        self.back.setVisible(not stands)
        if not stands and not self._edit_part.isHidden():
            self._edit_part.hide()
        regrow(self)
        self.setAccessibleName(". ".join(filter(None, (self._what.text().rstrip("."), self._more.text()))))
        self.update()

    def take_focus(self) -> None:
        (self.edit if self.line.stands else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def open_edit(self) -> None:
        shown = self._edit_part.isHidden()
        self._edit_part.setVisible(shown)
        regrow(self)
        if shown:
            self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        let_go(self._edit_part)
        self._edit_part.hide()
        regrow(self)
        self.edit.setFocus()

    def _change_due(self, text: str) -> None:
        due, why = read_due(text, self._now(), self._zone)
        self._show_refused(f"line {self.line.id}", why)
        self.when.show_refused(why)
        if not why and self.model.change_line(self.line.id, due=due):
            self.when.put(due_text(due, self._now(), self._zone))

    def _show_refused(self, about: str, why: str) -> None:
        if about == f"line {self.line.id}":
            self._error.show_text(why)

    def _more_words(self) -> str:
        line = self.line
        if not line.stands:
            return line.why
        changed = self._changed_words()
        return ". ".join(part for part in (changed, _limit(line), line.more.split(". ")[0].rstrip(".")) if part)

    def _changed_words(self) -> str:
        """What the rules had proposed stays in sight."""
        line = self.line
        if line.state == "added":
            return self.tr("Added")
        if line.proposed is None:
            return ""
        before = {
            "what": line.proposed.what,
            "who": line.proposed.who,
            "due": line_due_text(line.proposed, self._now(), self._zone) or self.tr("no date"),
        }
        was = ", ".join(before[name] for name in line.changes())
        return self.tr("Changed; proposed: {was}").format(was=was) if was else ""

    def _make_edit_part(self) -> QWidget:
        theme, part = self.theme, QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        lines.setSpacing(theme.px(6))
        wording = QHBoxLayout()
        wording.addWidget(Label(theme, self.tr("Wording"), "small"))
        wording.addWidget(self.wording, 1)
        lines.addLayout(wording)
        if self.line.more:
            lines.addWidget(Label(theme, self.line.more, "small", colour=theme.muted, wrap=True))
        lines.addWidget(self.reasons)
        part.hide()
        return part

    def _lay_out(self) -> None:
        theme = self.theme
        self._error.hide()
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._more)
        self._grid = grid = QGridLayout(self)
        set_margins(grid, theme.px(40), theme.px(6), theme.px(14), theme.px(6))
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(2))
        self.who.setFixedWidth(theme.px(WHO))
        self.when.setFixedWidth(theme.px(WHEN))
        self._when_part, self._buttons = QWidget(), QWidget()
        when = QVBoxLayout(self._when_part)
        when.setContentsMargins(0, 0, 0, 0)
        when.setSpacing(theme.px(6))
        when.addWidget(self.when)
        when.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.edit)
        buttons.addWidget(self.back)
        grid.addWidget(self._error, 2, 0, 1, 4)
        grid.addWidget(self._edit_part, 3, 0, 1, 4)
        self._place(beside=True)

    def _place(self, *, beside: bool) -> None:
        """In the narrowest window who and when stand below what."""
        self._beside = beside
        for part in (self._words, self.who, self._when_part, self._buttons):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._words, 0, 0, 1, 1 if beside else 4)
        for column, part in enumerate((self.who, self._when_part, self._buttons), start=1 if beside else 0):
            self._grid.addWidget(part, 0 if beside else 1, column, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, int(beside))
        self._grid.setColumnStretch(3, int(not beside))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(BESIDE)
        if beside is not self._beside:
            self._place(beside=beside)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_line(painter, QPointF(0, 0), QPointF(self.width(), 0), theme.border)
        size = theme.px(16)
        colour = theme.text if self.line.stands else theme.muted
        pixmap = icon(ICONS.get(self.line.kind, "info"), colour, size, self.devicePixelRatioF())
        painter.drawPixmap(mirrored(self, QRectF(theme.px(14), theme.px(9), size, size)).topLeft(), pixmap)


def _limit(line: PlanLine) -> str:
    return line.timing[:1].upper() + line.timing[1:]
