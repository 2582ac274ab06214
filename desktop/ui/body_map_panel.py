"""The body map: what a click marks, the two figures, the same as a list, and in words what is marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Unsure
from desktop.clinical.words import upper_first
from desktop.ui.body_map import BodyMap
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.figure import View
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.key_bar import KeyHint
from desktop.ui.label import Label
from desktop.ui.let_go import put_away
from desktop.ui.patterns import draw_swatch
from desktop.ui.phrase import Phrase
from desktop.ui.reason_field import ReasonField
from desktop.ui.region_list import RegionList
from desktop.ui.regions import MARKS, Mark, in_words, mark_words, toggled
from desktop.ui.segment import Segment
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme

VIEWS: tuple[View, ...] = ("front", "back")
BESIDE = 572
"""Narrower than this, the list stands below the figures."""


class BodyMapPanel(QWidget):
    """Signals: answered (item id, answer or None), left (Escape)."""

    answered = Signal(str, object)
    left = Signal()

    def __init__(self, theme: Theme, items: Mapping[str, Item], tool: str = "pain_site") -> None:
        super().__init__()
        self.theme, self.tool = theme, tool
        self._items = {id: items[id] for id in MARKS}
        self._answers: Mapping[str, Answer] = {}
        self.tools = {id: self._tool(place, id) for place, id in enumerate(MARKS)}
        self.maps = {view: BodyMap(theme, view, self._items) for view in VIEWS}
        self.list = RegionList(theme)
        self._heading = Label(theme, "", "note", weight=600)
        self._sentence = Label(theme, "", "body", wrap=True)
        self._reason: ReasonField | None = None
        self._lay_out()
        self._connect()
        self.setAccessibleName(self.tr("Body map"))
        self.show_answers({})

    def show_answers(self, answers: Mapping[str, Answer], closed: Collection[str] = ()) -> None:
        """`closed` are questions that are not asked now: their tool is left out, their answer stays in sight."""
        self._answers = {id: answers[id] for id in MARKS if id in answers}
        open_tools = [id for id in MARKS if id not in closed]
        for id, button in self.tools.items():
            button.setVisible(id in open_tools)
        if self.tool not in open_tools and open_tools:
            self.tool = open_tools[0]
        self._draw()

    def choose_tool(self, item_id: str) -> None:
        """Which question a click answers; one that is closed cannot be chosen."""
        if not self.tools[item_id].isHidden():
            self.tool = item_id
            self._draw()

    def enter(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _draw(self) -> None:
        for id, button in self.tools.items():
            button.setChecked(id == self.tool)
        for one in self.maps.values():
            one.show_answers(self._answers, self.tool)
        headings = {"pain_site": self.tr("Where it hurts"), "numb_dermatomes": self.tr("Root areas")}
        self._heading.setText(headings[self.tool])
        self.list.show_answer(self._items[self.tool], self._answers.get(self.tool))
        words = in_words(self._items, self._answers)
        self._sentence.setText(self.tr("In words: {words}").format(words=words))

    def _toggle(self, item_id: str, choice: str) -> None:
        self.answered.emit(item_id, toggled(self._answers.get(item_id), choice))

    def _tool(self, place: int, item_id: str) -> Segment:
        what = self.tr("what a click marks")
        button = Segment(self.theme, upper_first(mark_words(MARKS[item_id])), str(place + 1), what)
        button.show_key(True)
        button.clicked.connect(lambda: self.choose_tool(item_id))
        return button

    def _connect(self) -> None:
        for one in self.maps.values():
            one.pressed.connect(self._toggle)
        found = self.list
        found.toggled.connect(lambda choice: self._toggle(self.tool, choice))
        found.tool_chosen.connect(lambda place: self.choose_tool(list(MARKS)[place]))
        found.unsure.connect(lambda: self.answered.emit(self.tool, Unsure()))
        found.cleared.connect(lambda: self.answered.emit(self.tool, None))
        found.asked_why.connect(self.ask_why)
        found.left.connect(self.left)
        found.stood_on.connect(self._point_out)

    def _point_out(self, choice: str) -> None:
        for one in self.maps.values():
            one.point_out(self.tool, choice)

    def ask_why(self) -> None:
        """In place; nothing is recorded without a reason."""
        if self._reason is None:
            self._reason = ReasonField(self.theme, self._items[self.tool].ask)
            self._reason.given.connect(self._record_reason)
            self._reason.cancelled.connect(self._close_reason)
            self._lines.addWidget(self._reason)
        self._reason.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _record_reason(self, reason: str) -> None:
        self._close_reason()
        self.answered.emit(self.tool, CouldNotExamine(reason))

    def _close_reason(self) -> None:
        if self._reason is not None:
            put_away(self._reason)
            self._reason = None
        self.enter()

    def _lay_out(self) -> None:
        theme = self.theme
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(*(theme.px(12),) * 4)
        self._lines.setSpacing(theme.px(8))
        self._lines.addLayout(self._tool_row())
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(theme.px(14))
        self._middle.addLayout(self._figures())
        self._middle.addLayout(self._list_column(), 1)
        self._lines.addLayout(self._middle)
        self._lines.addWidget(self._sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _tool_row(self) -> FlowLayout:
        theme = self.theme
        row = FlowLayout(None, gap=theme.px(8), line_gap=theme.px(4))
        for button in self.tools.values():
            row.addWidget(button)
        row.addWidget(Phrase(theme, self.tr("a click marks; again to take away"), colour=theme.muted))
        for mark in MARKS.values():
            row.addWidget(Legend(theme, mark))
        return row

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        captions = {"front": self.tr("Front: right is on the left"), "back": self.tr("Back")}
        for view in VIEWS:
            column = QVBoxLayout()
            column.setSpacing(self.theme.px(4))
            words = Label(self.theme, captions[view], "small", colour=self.theme.muted, wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
            column.addWidget(self.maps[view], 0, Qt.AlignmentFlag.AlignHCenter)
            column.addStretch()
            row.addLayout(column)
        return row

    def _list_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px(2))
        column.addWidget(self._heading)
        column.addWidget(self.list)
        hints = FlowLayout(None, gap=self.theme.px(9), line_gap=self.theme.px(2))
        for key, words in self._keys():
            hints.addWidget(KeyHint(self.theme, key, words))
        column.addLayout(hints)
        column.addStretch()
        return column

    def _keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Space", self.tr("mark")),
            ("U", self.tr("unsure")),
            ("/", self.tr("could not examine")),
            ("Del", self.tr("not asked")),
        )

    def minimumSizeHint(self) -> QSize:
        """As narrow as the figures: the list can go below them."""
        figures = sum(one.sizeHint().width() for one in self.maps.values())
        return QSize(figures + self.theme.px(34), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(BESIDE)
        ways = QBoxLayout.Direction
        self._middle.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)


class Legend(Label):
    def __init__(self, theme: Theme, mark: Mark) -> None:
        super().__init__(theme, mark_words(mark), "small")
        self.theme, self._mark = theme, mark
        set_margins(self, theme.px(28), 0, 0, 0)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self.theme.px(20)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        high = self.theme.px(14)
        place = mirrored(self, QRectF(0, (self.height() - high) / 2, self.theme.px(22), high))
        draw_swatch(painter, place, self._mark, self.theme)
        painter.end()
        super().paintEvent(event)
