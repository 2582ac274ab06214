"""Lines of text. reportlab's own paragraph reads markup, has no second font for a missing glyph and no tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from desktop.paper.bidi import is_right_to_left, visual
from desktop.paper.fonts import REGULAR, SEMIBOLD, drawn_by, printable, runs, width_of
from desktop.paper.operators import Letters, fill, number
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, Role

# The line keeps to reportlab's page coordinates, in which a capital letter is two thirds of the size high.
CAPITAL = 0.66
LOOKED_BACK = 7
BREAKS = re.compile(r"([ \n])")


class Span(NamedTuple):
    """Words in one font and colour; without a colour they have that of the paragraph."""

    text: str
    font: str = REGULAR
    colour: Color | None = None


Words = str | Sequence[Span]
Align = Literal["left", "right", "centre"]


@dataclass(frozen=True)
class Style:
    size: float
    leading: float
    colour: Color
    font: str = REGULAR
    align: Align = "left"
    indent: float = 0
    right_to_left: bool = False


class Piece(NamedTuple):
    """`number` is that of its span: what right-to-left letters turn around stays within one."""

    text: str
    font: str
    colour: Color | None
    number: int


class Word(NamedTuple):
    """What no line breaks; `end` is the space or the new line behind it, `spaced` the pieces with a space for either.
    Widths are those at size 1.
    """

    pieces: tuple[Piece, ...]
    spaced: tuple[Piece, ...]
    width: float
    end: str
    space: float


class Line(NamedTuple):
    pieces: tuple[Piece, ...]
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
        self.turned = style.right_to_left or any(is_right_to_left(span.text) for span in self.spans)
        if self.turned and self.element:
            self.element.actual = "".join(printable(span.text) for span in self.spans)
        self._lines: tuple[Line, ...] = ()
        # Of a piece the lines stay as they are.
        self._broken_at: float | None = -1

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        if self._broken_at not in (width, None):
            lines = _lines(_words(self.spans), (width - self.style.indent) / self.style.size)
            self._lines = tuple(map(self._in_order, lines) if self.turned else lines)
            self._broken_at = width
        self.width, self.height = width, len(self._lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """No line stands alone at the foot or the head of a page, and no question is parted if a line ends with one."""
        self.wrap(width)
        here = min(int((height + 0.001) // self.style.leading), len(self._lines) - 2)
        if here < 2:
            return []
        here = self._end_of_question(here)
        if here < 2:
            return []
        return [self._piece(self._lines[:here]), self._piece(self._lines[here:])]

    def _end_of_question(self, here: int) -> int:
        """The last of these lines that ends with a stop, else with a comma; few are looked through, and where these are
        all and none of them does, the whole paragraph goes over to the next page."""
        for stops in ((";", "."), (",",)):
            for place in range(here, max(here - LOOKED_BACK, 1), -1):
                if self._lines[place - 1].pieces[-1].text.rstrip().endswith(stops):
                    return place
        return here if here > LOOKED_BACK else 0

    def _piece(self, lines: tuple[Line, ...]) -> Paragraph:
        made = Paragraph(self.spans, self.style, None)
        made.element, made._lines, made._broken_at = self.element, lines, None
        return made

    def _in_order(self, line: Line) -> Line:
        """From left to right; each span keeps its own order, so that a name does not take the words beside it along."""
        spans = [list(pieces) for _, pieces in groupby(line.pieces, key=lambda piece: piece.number)]
        if self.style.right_to_left:
            spans.reverse()
        first, *rest = (piece for pieces in spans for piece in self._turned(pieces))
        if self.style.right_to_left and first.text.startswith(" "):
            # The space at the end of the line has no width.
            first = first._replace(text=first.text.lstrip())
            rest = [*rest[:-1], rest[-1]._replace(text=f"{rest[-1].text} ")] if rest else []
        return Line((first, *rest), line.width)

    def _turned(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        span = self.spans[pieces[0].number]
        text = "".join(piece.text for piece in pieces)
        if is_right_to_left(span.text):
            text = visual(text, right_to_left=self.style.right_to_left)
        elif self.style.right_to_left:
            # Such as a telephone number, which is read from left to right; what follows it stands on its left.
            text = " " * (len(text) - len(text.rstrip())) + text.rstrip()
        for font, run in drawn_by(text, span.font):
            yield Piece(run, font, span.colour, pieces[0].number)

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:
        """Without a coordinate system of its own, as there are hundreds on a page."""
        assert isinstance(canvas, TaggedCanvas)
        with canvas.tagged(self.element):
            self._draw(canvas, x, y)

    def _draw(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        size, leading = self.style.size, self.style.leading
        found = ["BT", f"{number(leading)} TL"]
        letters: Letters | None = None
        font, colour = "", None
        base = y + self.height - (leading + size * CAPITAL) / 2
        left: float | None = None
        for line in self._lines:
            start = x + self._start(line)
            if start != left:
                found.append(f"1 0 0 1 {number(start)} {number(base)} Tm")
                left = start
            for piece in line.pieces:
                if letters is None or piece.font != font:
                    font, letters = piece.font, canvas.operators.letters(piece.font, size)
                    found.append(letters.chosen)
                if (piece.colour or self.style.colour) is not colour:
                    colour = piece.colour or self.style.colour
                    found.append(fill(colour))
                found.append(f"({piece.text.translate(letters)}) Tj")
            found.append("T*")
            base -= leading
        canvas.put(" ".join([*found, "ET"]))

    def _start(self, line: Line) -> float:
        free = self.width - self.style.indent - line.width * self.style.size
        return self.style.indent + {"left": 0, "centre": free / 2, "right": free}[self.style.align]


def _lines(words: Iterable[Word], room: float) -> list[Line]:
    """As many words as fit into each; a word that is wider than a line is cut into lines of its own."""
    found: list[Line] = []
    line: list[Word] = []
    used = 0.0
    for word in words:
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
    return [*found, _line(line)] if line or not found else found


def _line(words: Sequence[Word]) -> Line:
    """The space at its end has no width: it is for readers, which join the lines."""
    pieces = [piece for word in words for piece in word.spaced]
    width = sum(word.width for word in words) + sum(word.space for word in words[:-1])
    return Line(_joined(pieces), width)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    alike = groupby(pieces, key=lambda piece: piece[1:])
    return tuple(Piece("".join(piece.text for piece in together), *look) for look, together in alike)


def _cut(word: Word, room: float) -> Iterator[Word]:
    here: list[Piece] = []
    used = 0.0
    for piece in word.pieces:
        for char in piece.text:
            wide = width_of(char, piece.font)
            if here and used + wide > room:
                yield _word(_joined(here), used, "", 0)
                here, used = [], 0.0
            here.append(piece._replace(text=char))
            used += wide
    yield _word(_joined(here), used, word.end, word.space)


# As many as the papers of one encounter have; no more, as there are names among them.
@lru_cache(maxsize=1024)
def _words(spans: tuple[Span, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    pieces: list[Piece] = []
    for place, span in enumerate(spans):
        for font, run in runs(span.text, span.font):
            for part in BREAKS.split(run):
                if part in (" ", "\n"):
                    found += _ended(pieces, part, font)
                    pieces = []
                elif part:
                    pieces.append(Piece(part, font, span.colour, place))
    return tuple(found + _ended(pieces, "", REGULAR))


def _ended(pieces: list[Piece], end: str, font: str) -> list[Word]:
    """Spaces that follow each other are one."""
    if not pieces and end != "\n":
        return []
    wide = sum(width_of(piece.text, piece.font) for piece in pieces)
    return [_word(tuple(pieces), wide, end, width_of(" ", font) if end == " " else 0)]


def _word(pieces: tuple[Piece, ...], width: float, end: str, space: float) -> Word:
    spaced = pieces
    if end and pieces:
        *before, last = pieces
        spaced = (*before, last._replace(text=f"{last.text} "))
    return Word(pieces, spaced, width, end, space)
