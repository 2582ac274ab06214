"""Lines of text. reportlab's own paragraph reads markup, has no second font for a missing glyph and no tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from desktop.paper.fonts import REGULAR, SEMIBOLD, runs, width_of
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, Role

# The line keeps to reportlab's page coordinates, in which a capital letter is two thirds of the size high.
CAPITAL = 0.66
BREAKS = re.compile(r"([ \n])")


class Span(NamedTuple):
    """Words in one font and colour; without a colour they have that of the paragraph."""

    text: str
    font: str = REGULAR
    colour: Color | None = None


Words = str | Sequence[Span]


@dataclass(frozen=True)
class Style:
    size: float
    leading: float
    colour: Color
    font: str = REGULAR
    align: Literal["left", "right", "centre"] = "left"
    indent: float = 0


class Word(NamedTuple):
    """What no line breaks; `end` is the space or the new line behind it. Widths are those at size 1."""

    pieces: tuple[Span, ...]
    width: float
    end: str
    space: float


class Line(NamedTuple):
    pieces: tuple[Span, ...]
    width: float


def strong(text: str) -> Span:
    return Span(text, SEMIBOLD)


class Paragraph(Flowable):
    """`role` None: not read out, as it only says again what was said before."""

    element: Element | None

    def __init__(self, words: Words, style: Style, role: Role | None = "P") -> None:
        super().__init__()
        self.spans = (Span(words, style.font),) if isinstance(words, str) else tuple(words)
        self.style = style
        self.element = Element(role) if role else None
        self._lines: tuple[Line, ...] = ()
        # Of a piece the lines stay as they are.
        self._broken_at: float | None = -1

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        if self._broken_at not in (width, None):
            self._lines = _lines(self.spans, (width - self.style.indent) / self.style.size)
            self._broken_at = width
        self.width, self.height = width, len(self._lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """No line stands alone at the foot or the head of a page."""
        self.wrap(width)
        here = min(int((height + 0.001) // self.style.leading), len(self._lines) - 2)
        if here < 2:
            return []
        return [self._piece(self._lines[:here]), self._piece(self._lines[here:])]

    def _piece(self, lines: tuple[Line, ...]) -> Paragraph:
        made = Paragraph(self.spans, self.style, None)
        made.element, made._lines, made._broken_at = self.element, lines, None
        return made

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        with canvas.tagged(self.element):
            self._draw(canvas, self._lines)

    def _draw(self, canvas: TaggedCanvas, lines: Sequence[Line]) -> None:
        size, leading = self.style.size, self.style.leading
        text = canvas.beginText()
        font, colour = "", None
        base = self.height - (leading + size * CAPITAL) / 2
        for line in lines:
            text.setTextOrigin(self._start(line), base)
            for piece in line.pieces:
                if piece.font != font:
                    font = piece.font
                    text.setFont(font, size)
                if (piece.colour or self.style.colour) is not colour:
                    colour = piece.colour or self.style.colour
                    text.setFillColor(colour)
                text.textOut(piece.text)
            base -= leading
        canvas.drawText(text)

    def _start(self, line: Line) -> float:
        free = self.width - self.style.indent - line.width * self.style.size
        return self.style.indent + {"left": 0, "centre": free / 2, "right": free}[self.style.align]


def _lines(spans: tuple[Span, ...], room: float) -> tuple[Line, ...]:
    """As many words as fit into each; a word that is wider than a line is cut into lines of its own."""
    found: list[Line] = []
    line: list[Word] = []
    used = 0.0
    for word in _words(spans):
        if line and used + word.width > room:
            found.append(_line(line))
            line, used = [], 0.0
        if word.width > room:
            *whole, word = _cut(word, room)
            found += [_line([piece]) for piece in whole]
        line.append(word)
        used += word.width + word.space
        if word.end == "\n":
            found.append(_line(line))
            line, used = [], 0.0
    return (*found, _line(line)) if line or not found else tuple(found)


def _line(words: Sequence[Word]) -> Line:
    """The space at its end has no width: it is for readers, which join the lines."""
    pieces: list[Span] = []
    for word in words:
        pieces += word.pieces
        if word.end and pieces:
            last = pieces[-1]
            pieces[-1] = Span(f"{last.text} ", last.font, last.colour)
    width = sum(word.width for word in words) + sum(word.space for word in words[:-1])
    return Line(_joined(pieces), width)


def _joined(pieces: Sequence[Span]) -> tuple[Span, ...]:
    alike = groupby(pieces, key=lambda piece: piece[1:])
    return tuple(Span("".join(piece.text for piece in together), *look) for look, together in alike)


def _cut(word: Word, room: float) -> Iterator[Word]:
    here: list[Span] = []
    used = 0.0
    for piece in word.pieces:
        for char in piece.text:
            wide = width_of(char, piece.font)
            if here and used + wide > room:
                yield Word(_joined(here), used, "", 0)
                here, used = [], 0.0
            here.append(piece._replace(text=char))
            used += wide
    yield Word(_joined(here), used, word.end, word.space)


@lru_cache(maxsize=4096)
def _words(spans: tuple[Span, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    pieces: list[Span] = []
    for span in spans:
        for font, run in runs(span.text, span.font):
            for part in BREAKS.split(run):
                if part in (" ", "\n"):
                    found += _ended(pieces, part, font)
                    pieces = []
                elif part:
                    pieces.append(Span(part, font, span.colour))
    return tuple(found + _ended(pieces, "", REGULAR))


def _ended(pieces: list[Span], end: str, font: str) -> list[Word]:
    """Spaces that follow each other are one."""
    if not pieces and end != "\n":
        return []
    wide = sum(width_of(piece.text, piece.font) for piece in pieces)
    return [Word(tuple(pieces), wide, end, width_of(" ", font) if end == " " else 0)]
