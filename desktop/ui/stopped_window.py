"""The window that opens instead of the application: what stands in its way, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.errors import RecordError
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.drawing import painter_on
from desktop.ui.error_card import ErrorCard
from desktop.ui.error_dialog import about_this_copy
from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.style import current_theme
from desktop.ui.told import told


class StoppedWindow(QWidget):
    """`head` and `card` are put in by each kind of it."""

    def __init__(self) -> None:
        super().__init__()
        self.theme = current_theme()
        self.close_button = Button(self.theme, self.tr("Close Backstop"), primary=True)
        self.close_button.clicked.connect(self.close)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        self.setWindowTitle("Backstop")
        self.resize(900, 600)

    def put_in(self, head: str, card: ErrorCard) -> None:
        self.card, theme = card, self.theme
        column = Column(theme, head)
        set_margins(column.lines, 0, 0, theme.px(14), 0)
        column.add(card)
        foot = QHBoxLayout()
        # Under the card, which leaves room for the scroll bar.
        set_margins(foot, 0, 0, theme.px(26), 0)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(24), theme.px(18), theme.px(10), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(Label(theme, head, "h1", weight=600, wrap=True))
        layout.addWidget(column, 1)
        layout.addLayout(foot)
        self.close_button.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)


class UnopenedWindow(StoppedWindow):
    """The store can't be opened, before there is anybody to sign in."""

    def __init__(self, error: RecordError) -> None:
        super().__init__()
        details = (*about_this_copy(), type(error).__name__)
        card = ErrorCard(self.theme, **told(error)._asdict(), details=details, shown=())
        self.put_in(self.tr("Backstop could not open its store"), card)
        self.resize(760, 320)
