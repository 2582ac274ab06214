"""The window that opens instead of the application when the content files have mistakes."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.mistakes import ContentError
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.drawing import painter_on
from desktop.ui.error_card import ErrorCard
from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.style import current_theme


class MistakesWindow(QWidget):
    def __init__(self, error: ContentError) -> None:
        super().__init__()
        self.theme = theme = current_theme()
        lines = tuple(map(str, error.mistakes))
        what = self.tr("The files of questions and rules have %n mistake(s).", "", len(lines))
        safe = self.tr(
            "Nothing was opened or changed: every consultation in the store is as it was left. No advice is given."
        )
        todo = self.tr(
            "Decide without Backstop today. Put these files back as they were installed, or have whoever maintains "
            "the rules mend each line below; then open Backstop again."
        )
        self.card = ErrorCard(theme, what=what, safe=safe, todo=todo, details=lines)
        self.close_button = Button(theme, self.tr("Close Backstop"), primary=True)
        self.close_button.clicked.connect(self.close)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        self._lay_out()
        self.setWindowTitle(self.tr("Backstop: no advice"))
        self.resize(900, 600)

    def _lay_out(self) -> None:
        theme = self.theme
        column = Column(theme, self.tr("Mistakes"))
        set_margins(column.lines, 0, 0, theme.px(14), 0)
        column.add(self.card)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(24), theme.px(18), theme.px(10), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(Label(theme, self.tr("Backstop gives no advice"), "h1", weight=600, wrap=True))
        layout.addWidget(column, 1)
        layout.addLayout(foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)
