"""One page of the document in sight, drawn when it is first seen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.paper.reading import ReadPdf
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.page_picture import image_of
from desktop.ui.theme import Theme


class PageSheet(QWidget):
    """Its words are its description for a screen reader."""

    def __init__(self, theme: Theme, pdf: ReadPdf, page: int) -> None:
        super().__init__()
        self.theme, self._pdf, self._page = theme, pdf, page
        self._image, self._drawn_for = QImage(), 0
        self.setAccessibleName(self.tr("Page {page} of {pages}").format(page=page + 1, pages=len(pdf)))
        self.setAccessibleDescription(pdf.text(page))

    def fit(self, width: int) -> None:
        wide, high = self._pdf.size(self._page)
        self.setFixedSize(width, round(width * high / wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        wanted = round(self.width() * ratio)
        if self._drawn_for != wanted:
            width, _ = self._pdf.size(self._page)
            self._image = image_of(self._pdf.picture(self._page, wanted / width))
            self._image.setDevicePixelRatio(ratio)
            self._drawn_for = wanted
        painter = painter_on(self)
        body = QRectF(self.rect())
        painter.fillRect(body, Qt.GlobalColor.white)
        # Dot for dot: pdfium may draw one column more, and squeezing it in would cut through the letters.
        painter.drawImage(body.topLeft(), self._image)
        draw_frame(painter, body, 0, border=self.theme.border_strong)
