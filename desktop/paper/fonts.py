"""The bundled fonts. reportlab has no fallback per glyph, so a string is cut into runs, each in a font that has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from desktop.paper.bidi import is_right_to_left, shaped
from resources import FOLDER

REGULAR = "SourceSans3-Regular"
SEMIBOLD = "SourceSans3-Semibold"
BOLD = "SourceSans3-Bold"
FALLBACK = {REGULAR: "DejaVuSans", SEMIBOLD: "DejaVuSans-Bold", BOLD: "DejaVuSans-Bold"}
ARABIC = {REGULAR: "NotoSansArabic-Regular", SEMIBOLD: "NotoSansArabic-Bold", BOLD: "NotoSansArabic-Bold"}
FIRST_ARABIC = "\u0600"

# They only say how the sign before them looks.
SELECTORS = "\ufe0e\ufe0f"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Nothing breaks a line at a hyphen on paper, and with the plain one a date can be searched for.
PLAIN = {"\N{NON-BREAKING HYPHEN}": "-", "\t": " ", "\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}


def runs(text: str, font: str = REGULAR) -> list[tuple[str, str]]:
    """Pieces of `text`, each with the font that draws it."""
    shown = printable(text)
    return drawn_by(shaped(shown) if is_right_to_left(shown) else shown, font)


def drawn_by(shown: str, font: str) -> list[tuple[str, str]]:
    """Pieces of what `runs` gave, in another order."""
    if glyphs(font).keys() >= set(map(ord, shown)):
        return [(font, shown)]
    return [(face, "".join(piece)) for face, piece in groupby(shown, lambda char: _face(char, font))]


@lru_cache(maxsize=16384)
def width_of(text: str, font: str) -> float:
    """At size 1, in a font that has its glyphs."""
    widths: Mapping[int, float] = _face_of(font).charWidths
    return sum(widths[ord(char)] for char in text) / 1000


@lru_cache(maxsize=1024)
def printable(text: str) -> str:
    """As it is printed: composed, pictures named, and a mark for what has no glyph or turns the line around."""
    for sign, plain in PLAIN.items():
        text = text.replace(sign, plain)
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


def has_glyph(char: str, font: str) -> bool:
    """Whether a font draws `char`, where `font` is asked for."""
    return ord(char) in glyphs(_face(char, font))


@lru_cache
def glyphs(font: str) -> Mapping[int, int]:
    """The characters that a font has; the font is registered with reportlab at the first call."""
    found: Mapping[int, int] = _face_of(font).charToGlyph
    return found


@lru_cache
def _face_of(font: str) -> TTFontFace:
    path = FOLDER / "fonts" / f"{font}.ttf"
    # Shaping would depend on what else is installed; without it every machine writes the same bytes.
    made = TTFont(font, str(path), shapable=False)
    pdfmetrics.registerFont(made)
    return made.face


def _face(char: str, font: str) -> str:
    """A fallback is registered when it is first asked for: most papers never need one."""
    if ord(char) in glyphs(font):
        return font
    if char >= FIRST_ARABIC and ord(char) in glyphs(ARABIC[font]):
        return ARABIC[font]
    glyphs(FALLBACK[font])
    return FALLBACK[font]


def _shown(char: str) -> str:
    if char in SELECTORS:
        return ""
    if char == "\n" or _can_be_drawn(char):
        return char
    picture = unicodedata.category(char) == "So"
    return f"[{unicodedata.name(char).lower()}]" if picture else REPLACEMENT


def _can_be_drawn(char: str) -> bool:
    # reportlab draws characters above FFFF, but what is copied from the file is then another character.
    if ord(char) > 0xFFFF or not has_glyph(char, REGULAR):
        return False
    # Controls, overrides of the direction, lone surrogates, private and unassigned characters.
    return not unicodedata.category(char).startswith("C")
