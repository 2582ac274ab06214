"""Text and colours as a page writes them down, each letter and each look worked out once for a document.

reportlab looks its font up, formats every number and measures every piece at each call. A summary has hundreds of
pieces in a dozen looks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics

ESCAPED = {ord(sign): f"\\{sign}" for sign in "()\\"}
ASCII = {code: ESCAPED.get(code, chr(code)) for code in range(32, 127)}


class Letters(dict[int, str]):
    """For `str.translate`: how a document writes the letters of a font. reportlab gives each letter beyond ASCII a
    code when it first comes, and after 256 of them goes on in a further font, which a letter then names around itself.
    """

    def __init__(self, document: Any, font: str, size: float) -> None:
        super().__init__(ASCII)
        self.document, self.size = document, size
        self.font: Any = pdfmetrics.getFont(font)
        self.chosen = self._choose(0)

    def __missing__(self, code: int) -> str:
        ((subset, raw),) = self.font.splitString(chr(code), self.document)
        written = "".join(ESCAPED.get(byte, f"\\{byte:03o}") for byte in raw)
        if subset:
            written = f") Tj {self._choose(subset)} ({written}) Tj {self.chosen} ("
        self[code] = written
        return written

    def _choose(self, subset: int) -> str:
        return f"{self.font.getSubsetInternalName(subset, self.document)} {number(self.size)} Tf"


class Operators:
    """Of one document."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._letters: dict[tuple[str, float], Letters] = {}

    def letters(self, font: str, size: float) -> Letters:
        found = self._letters.get((font, size))
        if found is None:
            found = self._letters[font, size] = Letters(self.document, font, size)
        return found


def number(value: float) -> str:
    """A thousandth of a point is finer than any printer."""
    return f"{value:.3f}"


@lru_cache(maxsize=64)
def fill(colour: Color) -> str:
    return f"{number(colour.red)} {number(colour.green)} {number(colour.blue)} rg"


@lru_cache(maxsize=64)
def stroke(colour: Color) -> str:
    return fill(colour).upper()
