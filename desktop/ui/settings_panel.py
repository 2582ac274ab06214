"""Settings: the list of pages, and the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.column import Column
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.narrow import Narrow
from desktop.ui.nav_list import NavList
from desktop.ui.page_delegate import PageDelegate
from desktop.ui.room import RoomPanel
from desktop.ui.settings_pages import PAGES, SettingsPage
from desktop.ui.sides import inner_edge, set_margins

if TYPE_CHECKING:
    from desktop.ui.window import Window

LIST = 220


class SettingsPanel(RoomPanel):
    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window, self.theme = window, window.theme
        self._pages: dict[str, QWidget] = {}
        self._title = Label(self.theme, "", "h1", weight=600)
        self.list = NavList(self.tr("Settings"), PageDelegate(self.theme))
        self.list.chosen.connect(self.show_page)
        self.column = Column(self.theme, self.tr("Settings"))
        self.column.follow_focus()
        self.help = self.tr("Choose a page with the arrows and Enter. What is set holds at once.")
        self._lay_out()

    def enter(self) -> None:
        open_pages = self._open_pages()
        self.list.show_entries([(page.id, page.title, page.title, None) for page in open_pages])
        place = self._window.settings_page
        self.show_page(place if place in {page.id for page in open_pages} else open_pages[0].id)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, id: str) -> None:
        self._window.settings_page = id
        page = next(page for page in PAGES if page.id == id)
        if id not in self._pages:
            self._pages[id] = Narrow(page.make(self._window), self.theme.px(page.widest))
            self.column.add(self._pages[id])
        let_go(self.column)
        for other, widget in self._pages.items():
            widget.setVisible(other == id)
        if self.window().focusWidget() is None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.setText(page.title)
        self.column.setAccessibleName(page.title)
        self.list.select(id)
        self.column.verticalScrollBar().setValue(0)

    def _open_pages(self) -> list[SettingsPage]:
        may = self._window.clinic.may
        return [page for page in PAGES if page.there(self._window) and (page.needs is None or may(page.needs))]

    def _lay_out(self) -> None:
        theme = self.theme
        self.list.setFixedWidth(theme.px(LIST))
        right = QVBoxLayout()
        set_margins(right, theme.px(24), theme.px(18), theme.px(8), theme.px(8))
        right.setSpacing(theme.px(12))
        right.addWidget(self._title)
        right.addWidget(self.column, 1)
        left = QVBoxLayout()
        left.setContentsMargins(0, theme.px(14), 0, 0)
        left.addWidget(self.list, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left)
        layout.addLayout(right, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        painter.fillRect(self.rect(), theme.window)
        side = self.list.geometry()
        painter.fillRect(side.x(), 0, side.width(), self.height(), theme.surface)
        painter.fillRect(inner_edge(self.list, self.height(), top=0), theme.border)
