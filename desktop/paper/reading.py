"""A finished PDF read again: pictures of its pages for the screen, and its words."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
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
    """Kept in memory, and open only while something is read from it: nothing has to be closed. Pages count from 0,
    lengths are points."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with self._opened() as document:
            self._sizes = [document.get_page_size(page) for page in range(len(document))]

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, page: int) -> tuple[float, float]:
        width, height = self._sizes[page]
        return float(width), float(height)

    def picture(self, page: int, scale: float) -> Picture:
        """`scale` 1 is 72 dots per inch."""
        with self._opened() as document:
            bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))

    def text(self, page: int) -> str:
        with self._opened() as document:
            words = str(document[page].get_textpage().get_text_bounded())
        # pdfium marks a hyphen at the end of a line as one that may go.
        return words.replace("\x02", "-").replace("\ufffe", "-").replace("\r\n", "\n").strip()

    def _opened(self) -> AbstractContextManager[Any]:
        import pypdfium2

        return closing(pypdfium2.PdfDocument(self._data))


def pdf_text(data: bytes) -> str:
    pdf = ReadPdf(data)
    return "\n\n".join(pdf.text(page) for page in range(len(pdf)))
