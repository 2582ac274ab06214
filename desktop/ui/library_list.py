"""The contents of the library under their sections, or what a search found."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.record.library_search import BEGIN, END, Hit
from desktop.ui.drawing import draw_chosen
from desktop.ui.nav_list import STATE, NavList
from desktop.ui.page_delegate import WRAP, PageDelegate
from desktop.ui.sides import by_content
from desktop.ui.theme import Theme

SECTION = "section"


class LibraryList(NavList):
    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(name, LibraryDelegate(theme))
        self.setWordWrap(True)

    def show_contents(self, sections: dict[str, dict[str, str]]) -> None:
        """Titles by id, under each section; a section itself can't be chosen."""
        lines: list[tuple[str, str, str, object]] = []
        for section, titles in sections.items():
            lines.append(("", section, section, SECTION))
            lines += [(id, title, f"{title}, {section}", None) for id, title in titles.items()]
        self._show(lines)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        self.setCurrentIndex(QModelIndex())
        self._show([(hit.id, hit.title, f"{hit.title}: {_bare(hit.excerpt)}", hit.excerpt) for hit in hits])

    def _show(self, lines: list[tuple[str, str, str, object]]) -> None:
        self.show_entries(lines)
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for row, line in enumerate(lines):
            self.entries.item(row).setFlags(usable if line[0] else Qt.ItemFlag.NoItemFlags)
        self.doItemsLayout()


class LibraryDelegate(PageDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size, state = super().sizeHint(option, index), index.data(STATE)
        if state == SECTION:
            return QSize(size.width(), size.height() + self.theme.px(4))
        if state:
            return QSize(size.width(), size.height() + round(self._excerpt(option, str(state)).size().height()))
        return QSize(size.width(), size.height() - self.theme.px(2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = index.data(STATE)
        if not state:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        if state == SECTION:
            self._paint_section(painter, QRectF(option.rect), str(index.data()))
        else:
            self._paint_hit(painter, option, str(index.data()), str(state))
        painter.restore()

    def _paint_section(self, painter: QPainter, rect: QRectF, words: str) -> None:
        theme = self.theme
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.muted)
        at_foot = int(Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(theme.px(20), 0, -theme.px(8), -theme.px(5)), at_foot, words)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, title: str, excerpt: str) -> None:
        theme = self.theme
        rect = QRectF(option.rect).adjusted(theme.px(8), theme.px(1), -theme.px(8), -theme.px(1))
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            draw_chosen(painter, rect, theme.px(6), theme, focused=focused)
        document = self._excerpt(option, excerpt)
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.text)
        words = rect.adjusted(theme.px(12), theme.px(4), -theme.px(6), -document.size().height() - theme.px(4))
        painter.drawText(words, WRAP, title)
        painter.translate(rect.left() + theme.px(12), rect.bottom() - document.size().height() - theme.px(3))
        document.drawContents(painter)

    def _excerpt(self, option: QStyleOptionViewItem, excerpt: str) -> QTextDocument:
        """The words found are bold; everything else of the excerpt is text, never markup."""
        document, view = QTextDocument(), option.widget
        document.setDefaultFont(self.theme.font("small"))
        document.setDocumentMargin(0)
        html = escape(excerpt).replace(BEGIN, "<b>").replace(END, "</b>")
        document.setHtml(f"<span style='color:{self.theme.muted.name()}'>{html}</span>")
        document.setTextWidth((view.width() if view is not None else self.theme.px(200)) - self.theme.px(40))
        return document


def _bare(excerpt: str) -> str:
    return excerpt.replace(BEGIN, "").replace(END, "")
