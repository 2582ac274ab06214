"""The manual in the program: its contents, and the page that is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.manual import FIRST, contents, page
from desktop.ui.action import Action
from desktop.ui.button import Button
from desktop.ui.drawing import painter_on
from desktop.ui.find_bar import FindBar
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.library_list import LibraryList
from desktop.ui.manual_html import manual_html
from desktop.ui.manual_view import ManualView
from desktop.ui.room import RoomPanel
from desktop.ui.sides import inner_edge, set_margins

if TYPE_CHECKING:
    from desktop.ui.window import Window

CONTENTS, TEXT = 250, 860
WITH_CONTENTS = 760


class ManualPanel(RoomPanel):
    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window, self.theme, self.state = window, window.theme, window.manual
        self.help = self.tr("The manual: choose a page on the left. Alt+Left goes back to the page before.")
        self.contents = LibraryList(self.theme, self.tr("Contents of the manual"))
        self.contents.show_contents({name: dict(titles) for name, titles in contents().items()})
        self.view = ManualView(self.theme, self.tr("Page of the manual"))
        self.find_bar = FindBar(self.theme, self.view)
        self.back_button = Button(self.theme, "←", name=self.tr("Back to the page before (Alt+Left)"), small=True)
        self.first_button = Button(self.theme, self.tr("Contents"), name=self.tr("Contents of the manual"), small=True)
        self._lay_out()
        self.contents.chosen.connect(self.go)
        self.view.followed.connect(lambda kind, id: self.go(id))
        self.back_button.clicked.connect(self.go_back)
        self.first_button.clicked.connect(lambda: self.go(FIRST))
        self.find_bar.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))

    def enter(self) -> None:
        self.show_place()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def room_actions(self) -> Sequence[Action]:
        group = self.tr("Manual")
        return (
            Action("manual find", self.tr("Find in this page of the manual"), self._find, "Ctrl+F", group),
            Action("manual back", self.tr("Back to the page of the manual before"), self.go_back, "Alt+Left", group),
        )

    def go(self, place: str) -> None:
        if self.state.go(place, scroll=self.view.verticalScrollBar().value()):
            self.show_place()

    def go_back(self) -> None:
        self.show_place(self.state.go_back())

    def show_place(self, scroll: int = 0) -> None:
        shown = page(self.state.id)
        if shown is None:
            return
        self.view.show_html(manual_html(shown, width=self.view.text_width()))
        self.contents.scheduleDelayedItemsLayout()
        self.contents.clearSelection()
        self.contents.select(self.state.id)
        self.back_button.setEnabled(bool(self.state.back))
        heading = self.state.heading
        if heading and not scroll:
            QTimer.singleShot(0, self.view, lambda: self.view.scrollToAnchor(heading))
        else:
            QTimer.singleShot(0, self.view, lambda: self.view.verticalScrollBar().setValue(scroll))

    def _find(self) -> None:
        self.find_bar.open_with(self.view.textCursor().selectedText(), focus=True)

    def _lay_out(self) -> None:
        theme, middle, head = self.theme, QWidget(), QWidget()
        buttons = FlowLayout(head, gap=theme.px(8), line_gap=theme.px(6))
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.first_button)
        lines = QVBoxLayout(middle)
        set_margins(lines, theme.px(28), theme.px(14), theme.px(12), 0)
        lines.setSpacing(theme.px(10))
        for widget in (head, self.find_bar):
            lines.addWidget(widget)
        lines.addWidget(self.view, 1)
        for widget in (head, self.find_bar, self.view):
            widget.setMaximumWidth(theme.px(TEXT))
        self.contents.setFixedWidth(theme.px(CONTENTS))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.contents)
        layout.addWidget(middle, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are as wide as the text."""
        super().resizeEvent(event)
        self.contents.setVisible(self.width() / self.theme.scale >= WITH_CONTENTS)
        if self.isVisible() and event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, lambda: self.show_place(self.view.verticalScrollBar().value()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.fillRect(self.rect(), theme.surface)
        if self.contents.isVisible():
            painter.fillRect(inner_edge(self.contents, self.height()), theme.border)
