"""The document as it will be printed: the pages of the PDF itself, or the words of a plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.paper.reading import ReadPdf
from desktop.ui.label import Label
from desktop.ui.page_sheet import PageSheet
from desktop.ui.scroll_bar import with_bars
from desktop.ui.theme import Theme

WIDEST, MARGIN = 760, 16


class Preview(QScrollArea):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        with_bars(self, theme)
        self.theme = theme
        self._pages: list[PageSheet] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(self.tr("Preview"))
        self.viewport().setAutoFillBackground(False)

    def show_pdf(self, data: bytes) -> None:
        pdf = ReadPdf(data)
        self._show([PageSheet(self.theme, pdf, page) for page in range(len(pdf))])

    def show_text(self, text: str) -> None:
        words = Label(self.theme, text, "note", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._show([words])

    def _show(self, parts: list[QWidget]) -> None:
        theme, body = self.theme, QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(*[theme.px(MARGIN)] * 4)
        layout.setSpacing(theme.px(MARGIN))
        for part in parts:
            layout.addWidget(
                part, 0, Qt.AlignmentFlag.AlignHCenter if isinstance(part, PageSheet) else Qt.AlignmentFlag(0)
            )
        layout.addStretch()
        self.setWidget(body)
        # After it is the widget of the area, which switches the ground on.
        body.setAutoFillBackground(False)
        self._pages = [part for part in parts if isinstance(part, PageSheet)]
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * self.theme.px(MARGIN)
        for page in self._pages:
            page.fit(max(min(room, self.theme.px(WIDEST)), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
