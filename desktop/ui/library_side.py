"""Beside a page: its headings, the rules that rest on it, other pages, and the sources with their dates."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.clinical.content import Content
from desktop.clinical.library import Page
from desktop.ui.page_html import headings_html, rules_html, see_also_html, sources_html
from desktop.ui.page_view import PageView
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme


class LibrarySide(QWidget):
    def __init__(self, theme: Theme, content: Content) -> None:
        super().__init__()
        self._content = content
        self.view = PageView(theme, self.tr("About this page"))
        self.view.set_ground("window")
        layout = QVBoxLayout(self)
        set_margins(layout, theme.px(16), theme.px(16), theme.px(4), theme.px(8))
        layout.addWidget(self.view)

    def show_page(self, page: Page | None, titles: dict[str, str]) -> None:
        """`titles` of the pages to see also, by id."""
        html = ""
        if page is not None:
            html = self._part(self.tr("On this page"), headings_html(page)) + self.ends(page, titles)
        self.view.show_html(html)

    def show_rule(self, titles: dict[str, str]) -> None:
        self.view.show_html(self._part(self.tr("Pages about it"), see_also_html(titles)))

    def ends(self, page: Page, titles: dict[str, str]) -> str:
        """What belongs to the page beside its text; below it where there is no room beside."""
        return (
            self._part(self.tr("Rules that rest on it"), rules_html(page, self._content))
            + self._part(self.tr("See also"), see_also_html(titles))
            + self._part(self.tr("Sources"), sources_html(page, self._content))
        )

    def show_source(self, number: str) -> None:
        self.view.scrollToAnchor(f"source{number}")

    @staticmethod
    def _part(title: str, html: str) -> str:
        return f"<h3>{title}</h3>{html}" if html else ""
