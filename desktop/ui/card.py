"""A titled card of rows; when it is empty it says what would be here and how it gets here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.phrase import Phrase
from desktop.ui.theme import Theme


class Card(QWidget):
    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.theme = theme
        self._empty = False
        self._count = Phrase(theme, "", "body", colour=theme.muted)
        self._head = head = FlowLayout(gap=theme.px(10), line_gap=0)
        head.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        head.addWidget(Label(theme, title, "h3", weight=600))
        head.addWidget(self._count)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(4))
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._rows)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def put_beside_title(self, widget: QWidget) -> None:
        """At the far end of the head, while there is room."""
        self._head.addWidget(widget)
        self._head.far = widget

    def show_rows(self, rows: Sequence[QWidget], count: str) -> None:
        self._clear()
        self._empty = not rows
        self._count.setText(count)
        for row in rows:
            self._rows.addWidget(row)
        self.update()

    def show_count(self, count: str) -> None:
        self._count.setText(count)

    def put_rows(self, rows: Sequence[QWidget]) -> None:
        """Rows that are kept: those that are not among them go, the others stay the widgets they are."""
        self._empty = False
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in rows:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._rows.addWidget(row)
        self.update()

    def show_empty(self, what: str, how: str) -> None:
        self._clear()
        self._empty = True
        lines = QWidget()
        layout = QVBoxLayout(lines)
        layout.setContentsMargins(self.theme.px(14), 0, self.theme.px(14), self.theme.px(8))
        layout.setSpacing(0)
        layout.addWidget(Label(self.theme, what, "body", weight=600, wrap=True))
        layout.addWidget(Label(self.theme, how, "note", colour=self.theme.muted, wrap=True))
        self._rows.addWidget(lines)
        self.update()

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        border = theme.border_strong if self._empty else theme.border
        draw_frame(painter, QRectF(self.rect()), theme.px(8), fill=theme.surface, border=border, dashed=self._empty)
