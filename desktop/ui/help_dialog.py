"""F1: what has the focus, in plain words, why it is asked, and on whose authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.clinical.checklist import Item
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.manual_links import open_manual
from desktop.ui.room import RoomPanel
from desktop.ui.sheet_dialog import SheetDialog
from desktop.ui.text_link import TextLink
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window

WIDTH, HEIGHT = 620, 420


@dataclass(frozen=True)
class Help:
    title: str
    lines: tuple[str, ...]


class HelpDialog(SheetDialog):
    def __init__(self, window: Window, help: Help) -> None:
        super().__init__(window, window.theme, help.title, WIDTH)
        self.help = help
        self.add_title(help.title)
        column = Column(self.theme, self.tr("Help"))
        for words in help.lines:
            column.add(Label(self.theme, words, "body", wrap=True))
        self.lines.addWidget(column, 1)
        name = self.tr("Open the manual at this place")
        self.manual = Button(self.theme, self.tr("Open the manual"), name=name, key="F1", shortcut=False, small=True)
        self.manual.clicked.connect(self.accept)
        self.manual.clicked.connect(lambda: open_manual(window))
        read = TextLink(self.theme, self.tr("Read more in the library"), self.tr("Read more in the library"))
        read.clicked.connect(self.accept)
        read.clicked.connect(lambda: window.all_actions.run("read"))
        keys = TextLink(self.theme, self.tr("All keys"), self.tr("Show all keys"))
        keys.clicked.connect(self.accept)
        keys.clicked.connect(lambda: window.all_actions.run("keys"))
        foot = FlowLayout(gap=self.theme.px(8))
        for way in (self.manual, read, keys):
            foot.addWidget(way)
        self.lines.addLayout(foot)
        self.place(self.theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.manual.click()
        else:
            super().keyPressEvent(event)


def help_for(window: Window, focused: QWidget | None) -> Help:
    """The nearest thing around the focus that has help of its own: a question, or the room."""
    for widget in _outwards(focused or QApplication.focusWidget()):
        item = getattr(widget, "item", None)
        if isinstance(item, Item):
            return Help(item.ask, tuple(_item_lines(window, item)))
        if isinstance(widget, RoomPanel) and widget.help:
            return Help(window.rooms.words(window.rooms.current), (widget.help,))
    panel = window.rooms.panel(window.rooms.current)
    return Help(window.rooms.words(window.rooms.current), (panel.help,) if panel.help else ())


def _item_lines(window: Window, item: Item) -> Iterator[str]:
    content = window.clinic.content
    if item.help:
        yield item.help
    yield translate("Help", "Why it is asked: {why}").format(why=item.why)
    for words in item.choices.values():
        yield f"· {words}"
    for cite in item.cites:
        yield translate("Help", "Source: {source}").format(source=content.source_words(cite))


def _outwards(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()
