"""A finished PDF read again: pictures of its pages for the screen, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Picture:
    """32 bits for each pixel: red, green, blue, and one to spare."""

    width: int
    height: int
    stride: int
    pixels: bytes


class ReadPdf:
    """Opened from memory. Pages are counted from 0, lengths are points."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def picture(self, page: int, scale: float) -> Picture:
        """`scale` 1 is 72 dots per inch."""
        bitmap = self._document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))

    def text(self, page: int) -> str:
        words = str(self._document[page].get_textpage().get_text_bounded())
        # pdfium marks a hyphen at the end of a line as one that may go.
        return words.replace("\x02", "-").replace("\ufffe", "-").replace("\r\n", "\n").strip()

    def close(self) -> None:
        self._document.close()


def pdf_text(data: bytes) -> str:
    pdf = ReadPdf(data)
    try:
        return "\n\n".join(pdf.text(page) for page in range(len(pdf)))
    finally:
        pdf.close()
