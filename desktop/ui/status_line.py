"""The line at the bottom: what is saved, the last answer by name, the rules, and whether patients are invented."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.ui.announce import announce
from desktop.ui.chip import Chip
from desktop.ui.drawing import icon
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.grounded import Grounded
from desktop.ui.key_bar import KeyHint
from desktop.ui.label import Label
from desktop.ui.rules_age import old_words
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.text_link import QuietLink
from desktop.ui.theme import Theme

HINTS_FROM, SHORTER_BELOW, GAP = 1180, 760, 16


class StatusLine(Grounded):
    """`about` leads to what Backstop is for, from every screen."""

    def __init__(
        self, theme: Theme, content: Content, zone: ZoneInfo, *, today: date, demo: bool, who: str = ""
    ) -> None:
        super().__init__(theme.surface)
        self.theme, self._zone = theme, zone
        self._saved = Label(theme, "", "small")
        self._last = Label(theme, "", "small", colour=theme.muted)
        day = date_words(content.pathway.dated)
        rules = self.tr("Rules {rules}, dated {day}").format(rules=content.rule_set, day=day)
        self._rules, self._rules_shorter = rules, f"{content.rule_set}, {day}"
        self._line = layout = FlowLayout(self, gap=theme.px(GAP), line_gap=0)
        self._undo = KeyHint(theme, "Ctrl+Z", self.tr("Undo"))
        self._can_undo, self._is_saved, self._is_told = False, True, False
        # What changes stands at the near end, so that nothing else moves with it.
        layout.far = self.about = QuietLink(theme, rules, self.tr("{rules}. What Backstop is for").format(rules=rules))
        # Rooms are made after it, so that Tab would come to it in their middle; the palette leads there by keyboard.
        self.about.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self._saved, self._last, self._undo, self.about):
            layout.addWidget(part)
        if old := old_words(content, today):
            layout.addWidget(Chip(theme, old, dashed=True, weight=600))
        if who:
            layout.addWidget(Label(theme, who, "small", colour=theme.muted))
        self._work = Label(theme, "", "small", colour=theme.muted)
        self._locking = Label(theme, "", "small", weight=600)
        for part in (self._work, self._locking):
            layout.addWidget(part)
        self.show_work("")
        self._locking.show_text("")
        if demo:
            layout.addWidget(Chip(theme, self.tr("DEMO"), ground=theme.inset, weight=600))
        elif not content.pathway.approved_by:
            words = self.tr("Rules not signed off: not for real patients")
            layout.addWidget(Chip(theme, words, dashed=True, weight=600))
        self._hints = (KeyHint(theme, "Ctrl+K", self.tr("Find anything")), KeyHint(theme, "F1", self.tr("Help")))
        for hint in self._hints:
            layout.addWidget(hint)
        self.setMinimumHeight(theme.px(30))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.show_saved(None)

    def show_saved(self, at: datetime | None) -> None:
        saved = self.tr("Saved {time}").format(time=f"{at.astimezone(self._zone):%H:%M:%S}") if at else ""
        self._saved.setText(saved or self.tr("No consultation open"))
        if self._is_saved is not (at is not None):
            self._is_saved = at is not None
            left = self.theme.px(38 if self._is_saved else 20)
            set_margins(self._line, left, self.theme.px(3), self.theme.px(14), self.theme.px(3))
            self.update()

    def show_signed(self, at: datetime) -> None:
        self.show_saved(at)
        self._saved.setText(self.tr("Signed {time}").format(time=f"{at.astimezone(self._zone):%H:%M:%S}"))

    def show_last(self, words: str, *, undo: bool = False) -> None:
        self._last.setText(words)
        self._can_undo, self._is_told = undo, False
        self._show_hints()

    def tell(self, words: str) -> None:
        """What became of what was asked for, also to whoever does not see it. An answer says so in its own row."""
        self.show_last(words)
        if words:
            self._is_told = True
            self._show_hints()
            announce(self, words)

    def show_work(self, words: str) -> None:
        """What the demonstration is still busy with."""
        self._work.show_text(words)

    def show_locking(self, near: bool) -> None:
        """No key that could be an answer: whoever reads it has a question in hand."""
        words = self.tr("Locks in 20 seconds: move the mouse or press Shift to stay") if near else ""
        self._locking.show_text(words)
        self._show_hints()
        if words:
            announce(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A second line for keys or the last answer alone would cost a question its place."""
        super().resizeEvent(event)
        self._show_hints()

    def _show_hints(self) -> None:
        """Where text is large a second line costs a question as well: the rules go without their words."""
        self.about.setText(self._rules if self.width() >= self.theme.px(SHORTER_BELOW) else self._rules_shorter)
        wide = self.width() >= self.theme.px(HINTS_FROM) and not self._locking.text()
        self._undo.setVisible(wide and self._can_undo)
        for hint in self._hints:
            hint.setVisible(wide)
        self._last.setVisible(bool(self._last.text()) and (self._is_told or self._has_room()))

    def _has_room(self) -> bool:
        """For the last answer on the line of the others: asked without showing it, which would lay them out at once."""
        margins, shown = self._line.contentsMargins(), [one for one in self._parts() if not one.isHidden()]
        gaps = self.theme.px(GAP) * len(shown)
        widths = sum(one.sizeHint().width() for one in (*shown, self._last))
        return widths + gaps + margins.left() + margins.right() <= self.width()

    def _parts(self) -> list[QWidget]:
        items = (self._line.itemAt(place) for place in range(self._line.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [one for one in widgets if one is not None and one is not self._last]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.grounded(), self.theme
        painter.fillRect(0, 0, self.width(), 1, theme.border)
        size = theme.px(14)
        pixmap = icon("check", theme.text, size, self.devicePixelRatioF())
        if self._is_saved:
            place = QRectF(theme.px(18), self._saved.geometry().center().y() - size // 2 + 1, size, size)
            painter.drawPixmap(mirrored(self, place).toRect(), pixmap)
