"""A raised flag: what, because of which answers, on whose authority; the first one open, the others one line."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop.clinical.assessment import Flag
from desktop.clinical.dates import date_words
from desktop.clinical.rules import STALE
from desktop.ui.chip import Chip
from desktop.ui.drawing import draw_edge, draw_frame, icon, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.grounded import Grounded
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.row_button import RowButton
from desktop.ui.sides import fold_icon, mirrored, set_margins
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


class FlagCard(Grounded):
    """`folded` are the smaller flags that this one takes in: raised too, shown inside it.

    Signals: toggled, read_asked (rule ids).
    """

    toggled = Signal(str)
    read_asked = Signal(str)

    def __init__(self, theme: Theme, flag: Flag, folded: tuple[Flag, ...], *, is_open: bool, today: date) -> None:
        super().__init__(theme.surface)
        self.theme, self.flag = theme, flag
        self._folded, self._today = folded, today
        self._basis: list[Label] = []
        self.head = FlagHead(theme, flag, is_open=is_open)
        self.head.clicked.connect(lambda: self.toggled.emit(flag.rule.id))
        self._lines = layout = QVBoxLayout(self)
        set_margins(layout, theme.px(6), theme.px(1), theme.px(2), theme.px(1))
        layout.setSpacing(0)
        layout.addWidget(self.head)
        if is_open:
            layout.addLayout(self._body())
        self.setAccessibleName(_words(flag))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_new(self, is_new: bool) -> None:
        """As high as that makes it at once: with the column, and not after it."""
        self.head.show_new(is_new)
        self._lines.activate()

    def _body(self) -> QVBoxLayout:
        theme = self.theme
        body = QVBoxLayout()
        set_margins(body, theme.px(9), 0, theme.px(12), theme.px(8))
        body.setSpacing(theme.px(3))
        body.addWidget(Label(theme, because_words(self.flag) + ".", "note", wrap=True))
        body.addWidget(Label(theme, self.flag.sources[0], "small", colour=theme.muted, wrap=True))
        body.addLayout(self._basis_line())
        for words in self._basis_words():
            label = Label(theme, words, "small", colour=theme.muted, wrap=True)
            label.hide()
            self._basis.append(label)
            body.addWidget(label)
        return body

    def _basis_line(self) -> FlowLayout:
        """A rule that rests on judgement or recall says so; the rest of its basis is one key away."""
        line = FlowLayout(gap=self.theme.px(8), line_gap=0)
        if self.flag.rule.needs_sign_off:
            line.addWidget(Chip(self.theme, self.tr("needs clinical sign-off"), dashed=True))
        if self.flag.rule.is_stale(self._today):
            words = self.tr("last reviewed {day}, over %n months ago", "", STALE)
            words = words.format(day=date_words(self.flag.rule.reviewed))
            line.addWidget(Chip(self.theme, words, dashed=True))
        name = self.tr("Read about {flag}").format(flag=self.flag.rule.flag)
        read = TextLink(self.theme, self.tr("Read about it"), name)
        read.clicked.connect(lambda: self.read_asked.emit(self.flag.rule.id))
        if self._basis_words():
            name = self.tr("Basis of {flag}").format(flag=self.flag.rule.flag)
            link = TextLink(self.theme, self._basis_title(), name)
            link.clicked.connect(self._toggle_basis)
            line.addWidget(link)
        line.addWidget(read)
        return line

    def _basis_title(self) -> str:
        more, folded = len(self.flag.sources) - 1, len(self._folded)
        parts = [self.tr("%n source(s)", "", more)] if more else []
        parts += [self.tr("%n smaller flag(s)", "", folded)] if folded else []
        return f"+ {', '.join(parts)}" if parts else self.tr("What needs sign-off")

    def _basis_words(self) -> tuple[str, ...]:
        sign_off = self.flag.rule.sign_off
        taken_in, to_sign = self.tr("Also met, taken in: {flag} ({rule})"), self.tr("To sign off: {what}")
        folded = (taken_in.format(flag=flag.rule.flag, rule=flag.rule.id) for flag in self._folded)
        return (*self.flag.sources[1:], *((to_sign.format(what=sign_off),) if sign_off else ()), *folded)

    def _toggle_basis(self) -> None:
        for label in self._basis:
            label.setVisible(label.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = self.grounded(), QRectF(self.rect())
        radius = self.theme.px(8)
        draw_frame(painter, rect, radius, fill=self.theme.surface, border=self.theme.border)
        draw_edge(self, painter, rect, radius, self.theme.edge, self.theme.severity(self.flag.urgency).graphic)


class FlagHead(RowButton):
    """The line that opens and folds the card."""

    def __init__(self, theme: Theme, flag: Flag, *, is_open: bool) -> None:
        super().__init__(theme)
        turn = self.tr("Fold") if is_open else self.tr("Open")
        self.setAccessibleName(f"{_words(flag)}. {turn}")
        self._flag, self._is_open = flag, is_open
        self._line = layout = QHBoxLayout(self)
        set_margins(layout, theme.px(35), theme.px(5), theme.px(28), theme.px(5))
        layout.addWidget(Label(theme, flag.rule.flag, "body", weight=600, wrap=True), 1)
        self._new: Chip | None = None
        layout.addWidget(Label(theme, flag.rule.id, "small", colour=theme.muted), 0, Qt.AlignmentFlag.AlignTop)

    def show_new(self, is_new: bool) -> None:
        if is_new and self._new is None:
            self._new = Chip(self.theme, self.tr("new"), weight=600)
            self._line.insertWidget(1, self._new, 0, Qt.AlignmentFlag.AlignTop)
        if self._new is not None:
            self._new.setVisible(is_new)
            self._line.activate()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.body()
        painter, theme = painter_on(self), self.theme
        mark = mirrored(self, QRectF(theme.px(9), theme.px(7), theme.px(18), theme.px(18)))
        draw_urgency(painter, mark, self._flag.urgency, theme)
        size = theme.px(16)
        name = fold_icon(self, is_open=self._is_open)
        chevron = icon(name, theme.muted, size, self.devicePixelRatioF())
        place = QRectF(self.width() - theme.px(22), theme.px(8), size, size)
        painter.drawPixmap(mirrored(self, place).topLeft(), chevron)


def _words(flag: Flag) -> str:
    level = flag.urgency.word.replace("-", " ").capitalize()
    words = translate("FlagCard", "{level} flag: {flag}, because {reasons}")
    return words.format(level=level, flag=flag.rule.flag, reasons=because_words(flag))


def because_words(flag: Flag) -> str:
    return translate("FlagCard", " and ").join(flag.because)
