"""The left column: sections with progress and the highest flag raised there; below, how to ask the question in hand."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Item
from desktop.clinical.content import Content
from desktop.ui.column import Column
from desktop.ui.compare_list import CompareList
from desktop.ui.drawing import draw_chosen, draw_frame
from desktop.ui.grounded import Grounded
from desktop.ui.key_bar import KeyHint
from desktop.ui.label import Label
from desktop.ui.marks import draw_answer, draw_urgency
from desktop.ui.nav_list import STATE, NavList, how_it_stands
from desktop.ui.paragraphs import NO_ROOM, Paragraph, Paragraphs
from desktop.ui.rows import Progress, progress
from desktop.ui.sides import by_content, is_mirrored, mirrored, own_edge, set_margins, text_side
from desktop.ui.theme import Theme

WORDS, LINES = 126, 3


class SectionList(Grounded):
    chosen = Signal(str)

    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__(theme.surface)
        self.theme, self.content = theme, content
        self.list = NavList(self.tr("Sections"), SectionDelegate(theme))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.list.chosen.connect(self.chosen)
        self.compare = CompareList(theme)
        self._help, self._why = Paragraphs(theme, (), gap=0), Paragraphs(theme, (), gap=0)
        self._lay_out()

    def show_assessment(self, assessment: Assessment) -> None:
        found = progress(self.content, assessment)
        self.list.show_entries([(one.section.id, one.section.title, one.words, one) for one in found])

    def show_section(self, section_id: str) -> None:
        self.list.select(section_id)

    def show_page(self, page: str) -> None:
        """While a page stands in the place of the questions, it alone is marked as what is seen."""
        self.compare.show_page(page)
        self.list.mark(not page)

    def show_question(self, item: Item) -> None:
        """A label of Qt's would break its lines anew for each question gone to, at six widths."""
        for words, text in ((self._help, item.help), (self._why, self.tr("Why: {why}").format(why=item.why))):
            words.show_paragraphs((Paragraph(text, "small", self.theme.muted),), NO_ROOM)
        self._fit()

    def _fit(self) -> None:
        """Where fewer than some lines of it would be seen, the head alone says which key has it."""
        line = QFontMetrics(self.theme.font("small")).lineSpacing()
        room = self._column.height() >= line * (LINES + 2)
        with self._column.at_rest():
            self._help.setVisible(room and bool(self._help.text()))
            self._why.setVisible(room)

    def _lay_out(self) -> None:
        theme = self.theme
        self._column = column = Column(theme, self.tr("How to ask"), theme.surface)
        set_margins(column.lines, theme.px(18), 0, theme.px(10) - 1, theme.px(8))
        # In a low window the help gives way, never the sections with their marks.
        column.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column.setMinimumHeight(1)
        column.add(KeyHint(theme, "F1", self.tr("How to ask")))
        for label in (self._help, self._why):
            column.add(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(14), 0, 0)
        layout.setSpacing(theme.px(6))
        heading = Label(theme, self.tr("Sections"), "small", weight=600, colour=theme.muted)
        set_margins(heading, theme.px(18), 0, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(self.list)
        beside_edge = QHBoxLayout()
        set_margins(beside_edge, 0, 0, 1, 0)
        beside_edge.addWidget(column)
        layout.addLayout(beside_edge, 1)
        layout.addWidget(self.compare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The column has its height only once the layout has been through.
        QTimer.singleShot(0, self, self._fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.grounded().fillRect(own_edge(self, self.height()), self.theme.border)


class SectionDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        state: Progress | None = index.data(STATE)
        room = self.theme.px(WORDS)
        lines = 1
        if (
            state is not None
            and QFontMetrics(self.theme.font("body", 600)).horizontalAdvance(state.section.title) > room
        ):
            lines = 2
        return QSize(self.theme.px(150), self.theme.px(31 if lines == 1 else 44))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state: Progress = index.data(STATE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        rect = QRectF(option.rect).adjusted(self.theme.px(8), 0, -self.theme.px(8), 0)
        chosen, focused = how_it_stands(option.widget, index)
        if chosen:
            self._draw_chosen(painter, rect, option.widget, focused=focused)
        self._draw_words(painter, rect, option.widget, state, chosen=chosen)
        painter.restore()

    def _draw_chosen(self, painter: QPainter, rect: QRectF, view: QWidget | None, *, focused: bool) -> None:
        theme = self.theme
        draw_chosen(painter, rect, theme.px(6), theme, focused=focused)
        if not focused:
            edge = QRectF(rect.topLeft(), QPointF(rect.left() + theme.px(3), rect.bottom()))
            draw_frame(painter, mirrored(view, edge, rect), theme.px(1), fill=theme.accent)

    def _draw_words(
        self, painter: QPainter, rect: QRectF, view: QWidget | None, state: Progress, *, chosen: bool
    ) -> None:
        theme = self.theme
        font = theme.font("body", 600 if chosen else 400)
        painter.setFont(font)
        painter.setPen(theme.text)
        words = QRectF(rect.left() + theme.px(10), rect.top(), theme.px(WORDS), rect.height())
        words, how = mirrored(view, words, rect), text_side(view, wrap=True)
        bounds = painter.boundingRect(words, how, state.section.title)
        painter.drawText(words, how, state.section.title)
        count = f"{state.asked}/{state.of}"
        size = theme.px(16)
        left = bounds.left() - theme.px(7) - size if is_mirrored(view) else bounds.right() + theme.px(7)
        mark = QRectF(left, rect.center().y() - size / 2, size, size)
        if state.urgency:
            draw_urgency(painter, mark, state.urgency, theme)
        elif state.section.safety_screen and state.asked < state.of:
            draw_answer(painter, mark, "not asked", theme)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.text if chosen else theme.muted)
        inside = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        painter.drawText(inside, text_side(view, far=True), count)
