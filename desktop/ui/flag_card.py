"""A raised flag: what, because of which answers, on whose authority; the first one open, the others one line."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from desktop.clinical.assessment import Flag
from desktop.clinical.dates import date_words
from desktop.clinical.rules import STALE
from desktop.ui.chip import Chip
from desktop.ui.chip_face import ChipFace
from desktop.ui.drawing import draw_edge, draw_frame, icon, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.grounded import Grounded
from desktop.ui.marks import draw_urgency
from desktop.ui.painted_button import PaintedButton
from desktop.ui.paragraphs import Paragraph, Paragraphs
from desktop.ui.sides import fold_icon, mirrored, set_margins
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

BEFORE, BEHIND, EDGE, GAP = 35, 28, 5, 6


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
        self._basis: Paragraphs | None = None
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
        if self.head.show_new(is_new):
            self._lines.activate()

    def _body(self) -> QVBoxLayout:
        theme = self.theme
        self._open = body = QVBoxLayout()
        set_margins(body, theme.px(9), 0, theme.px(12), theme.px(8))
        body.setSpacing(theme.px(3))
        because = Paragraph(because_words(self.flag) + ".", "note", theme.text)
        body.addWidget(Paragraphs(theme, (because, self._small(self.flag.sources[0])), gap=theme.px(3)))
        body.addLayout(self._basis_line())
        return body

    def _small(self, words: str) -> Paragraph:
        return Paragraph(words, "small", self.theme.muted)

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
        """Made when it is first asked for."""
        if self._basis is None:
            self._basis = Paragraphs(self.theme, map(self._small, self._basis_words()), gap=self.theme.px(3))
            self._open.addWidget(self._basis)
        else:
            self._basis.setVisible(self._basis.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = self.grounded(), QRectF(self.rect())
        radius = self.theme.px(8)
        draw_frame(painter, rect, radius, fill=self.theme.surface, border=self.theme.border)
        draw_edge(self, painter, rect, radius, self.theme.edge, self.theme.severity(self.flag.urgency).graphic)


class FlagHead(PaintedButton):
    """The line that opens and folds the card: what it is, whether it is new, and its rule."""

    def __init__(self, theme: Theme, flag: Flag, *, is_open: bool) -> None:
        super().__init__(theme)
        turn = self.tr("Fold") if is_open else self.tr("Open")
        self.setAccessibleName(f"{_words(flag)}. {turn}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flag, self._is_open, self._is_new = flag, is_open, False
        self._title = Paragraph(flag.rule.flag, "body", theme.text, 600)
        self._id = Paragraph(flag.rule.id, "small", theme.text)
        self._chip = ChipFace(Paragraph(self.tr("new"), "small", theme.text, 600), None, theme.border_strong)
        self._fit()

    def show_new(self, is_new: bool) -> bool:
        """Whether that is anything else than before."""
        changed = is_new is not self._is_new
        if changed:
            self._is_new = is_new
            self._fit()
            self.updateGeometry()
            self.update()
        return changed

    def _fit(self) -> None:
        """What stands behind the title, from the far side, and what that leaves. Layouts ask a hundred times over."""
        theme = self.theme
        beside = (self._id, self._chip) if self._is_new else (self._id,)
        self._beside = [(one, one.size(theme)) for one in beside]
        self._taken = theme.px(BEFORE) + theme.px(BEHIND) + sum(size.width() + GAP for _, size in self._beside)
        self._least = max(self._title.metrics(theme).height(), *(size.height() for _, size in self._beside))
        self._heights: dict[int, int] = {}
        self.setAccessibleDescription(", ".join((self._id.text, *([self._chip.words.text] if self._is_new else []))))

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            words = max(self._title.high(self.theme, width - self._taken), self._least)
            self._heights[width] = words + 2 * self.theme.px(EDGE)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """At any width: how high it is depends on the one it gets."""
        return QSize(self._taken, self._least + 2 * self.theme.px(EDGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.body()
        painter, theme = painter_on(self), self.theme
        mark = mirrored(self, QRectF(theme.px(9), theme.px(7), theme.px(18), theme.px(18)))
        draw_urgency(painter, mark, self._flag.urgency, theme)
        self._draw_words(painter)
        size = theme.px(16)
        name = fold_icon(self, is_open=self._is_open)
        chevron = icon(name, theme.muted, size, self.devicePixelRatioF())
        place = QRectF(self.width() - theme.px(22), theme.px(8), size, size)
        painter.drawPixmap(mirrored(self, place).topLeft(), chevron)

    def _draw_words(self, painter: QPainter) -> None:
        theme, top, right = self.theme, self.theme.px(EDGE), float(self.width() - self.theme.px(BEHIND))
        room = self.width() - self._taken
        title = QRectF(theme.px(BEFORE), top, room, self._title.high(theme, room))
        self._title.draw(painter, mirrored(self, title), theme)
        for what, size in self._beside:
            place = QRectF(right - size.width(), top, size.width(), size.height())
            what.draw(painter, mirrored(self, place), theme)
            right -= size.width() + GAP


def _words(flag: Flag) -> str:
    level = flag.urgency.word.replace("-", " ").capitalize()
    words = translate("FlagCard", "{level} flag: {flag}, because {reasons}")
    return words.format(level=level, flag=flag.rule.flag, reasons=because_words(flag))


def because_words(flag: Flag) -> str:
    return translate("FlagCard", " and ").join(flag.because)
