"""A page that takes the place of the questions for a while: title, what it shows, and Escape back to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.assessment import Assessment
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.label import Label
from desktop.ui.narrow import Narrow, head_over
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme

WIDEST = 760


class SidePanel(QWidget):
    """`item_id` is the question in hand. Signals: asked_for (item id), left."""

    asked_for = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.theme = theme
        self.assessment: Assessment | None = None
        self.item_id = ""
        self.back = Button(theme, self.tr("Back"), name=self.tr("Back to the questions (Esc)"), small=True)
        self.back.setToolTip(self.tr("Back to the questions (Esc)"))
        self.back.clicked.connect(self.left)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.show_now)
        self._title = Label(theme, title, "h2", weight=600, wrap=True)
        self._head = QHBoxLayout()
        self.column = Column(theme, title)
        self._page: QWidget | None = None
        self._lay_out()

    def show_assessment(self, assessment: Assessment) -> None:
        """After the paint: nothing here is urgent."""
        self.assessment = assessment
        self._later.start()

    def show_now(self) -> None:
        """Made anew: whoever looks at this page is not answering."""
        self._later.stop()
        place = self.column.verticalScrollBar().value()
        self._replace(self.page())
        QTimer.singleShot(0, self, lambda: self.column.verticalScrollBar().setValue(place))

    def page(self) -> QWidget:
        raise NotImplementedError

    def enter(self) -> None:
        self.back.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_to_head(self, widget: QWidget) -> None:
        self._head.insertWidget(self._head.count() - 1, widget)

    def _replace(self, page: QWidget) -> None:
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
        self._page = Narrow(page, self.theme.px(WIDEST))
        self.column.add(self._page)

    def _lay_out(self) -> None:
        theme = self.theme
        set_margins(self._head, theme.px(8), theme.px(6), theme.px(16), theme.px(4))
        self._head.setSpacing(theme.px(10))
        self._head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self.back)
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(12), 0, 0, theme.px(6))
        layout.setSpacing(theme.px(4))
        layout.addLayout(head_over(self._head, theme.px(WIDEST + 16)))
        layout.addWidget(self.column, 1)


def page_of(theme: Theme, *parts: QWidget) -> QWidget:
    page = QWidget()
    lines = QVBoxLayout(page)
    lines.setContentsMargins(0, 0, 0, theme.px(8))
    lines.setSpacing(theme.px(8))
    for part in parts:
        if isinstance(part, Label):
            set_margins(part, theme.px(8), 0, theme.px(8), 0)  # below the title
        lines.addWidget(part)
    lines.addStretch()
    return page
