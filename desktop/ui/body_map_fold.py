"""The body map below the question it answers: one button opens it in place, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.checklist import Answer, Item
from desktop.ui.button import Button
from desktop.ui.drawing import draw_line, painter_on
from desktop.ui.let_go import let_go
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.body_map_panel import BodyMapPanel

KEY = "Ctrl+B"


class BodyMapFold(QWidget):
    """Signals: answered (item id, answer or None), left (back to the question). `tool` is the item it opens for."""

    answered = Signal(str, object)
    left = Signal()

    def __init__(self, theme: Theme, items: Mapping[str, Item], tool: str) -> None:
        super().__init__()
        self.theme, self._items, self.tool = theme, items, tool
        self._answers: Mapping[str, Answer] = {}
        self._closed: Collection[str] = ()
        self.panel: BodyMapPanel | None = None
        self.button = Button(theme, self.tr("Body map"), key=KEY, small=True)
        self.button.clicked.connect(self.turn)
        self._lines = QVBoxLayout(self)
        set_margins(self._lines, theme.px(42), theme.px(2), theme.px(12), theme.px(6))
        self._lines.setSpacing(theme.px(4))
        self._lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_answers(self, answers: Mapping[str, Answer], closed: Collection[str]) -> None:
        """Nothing is drawn while it is folded."""
        self._answers, self._closed = answers, closed
        if self.is_open and self.panel is not None:
            self.panel.show_answers(answers, closed)

    @property
    def is_open(self) -> bool:
        return self.panel is not None and not self.panel.isHidden()

    def turn(self) -> None:
        """Open, or closed again."""
        if self.is_open:
            self.close_map()
        else:
            self.open_map()

    def open_map(self) -> None:
        panel = self.panel or self._make()
        panel.show()
        panel.show_answers(self._answers, self._closed)
        panel.choose_tool(self.tool)
        self._say(self.tr("Close the body map"))
        panel.enter()

    def close_map(self) -> None:
        if self.panel is not None:
            let_go(self.panel)
            self.panel.hide()
        self._say(self.tr("Body map"))
        self.left.emit()

    def _say(self, words: str) -> None:
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.button.setShortcut(KEY)
        self.button.updateGeometry()
        self.button.update()

    def _make(self) -> BodyMapPanel:
        from desktop.ui.body_map_panel import BodyMapPanel

        self.panel = BodyMapPanel(self.theme, self._items, self.tool)
        self.panel.answered.connect(self.answered)
        self.panel.left.connect(self.close_map)
        self._lines.setContentsMargins(self.theme.px(12), self.theme.px(2), self.theme.px(12), self.theme.px(6))
        self._lines.addWidget(self.panel)
        return self.panel

    def paintEvent(self, event: QPaintEvent) -> None:
        foot = QPointF(0, self.height() - 1), QPointF(self.width(), self.height() - 1)
        draw_line(painter_on(self), *foot, self.theme.border)
