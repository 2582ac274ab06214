"""A canvas on which everything drawn is either part of the document's structure or marked as decoration."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from desktop.paper.fonts import REGULAR, glyphs
from desktop.paper.operators import Operators, number, stroke
from desktop.paper.tags import Element, Place

# Pages in letters and digits alone are a quarter larger and slower; that was for mail of the 1990s.
rl_config.useA85 = 0

DECORATION = "/Artifact BMC"
END = "EMC"


class TaggedCanvas(Canvas):
    """What is drawn outside of `tagged` is decoration: rules, marks beside their words, what repeats on each page."""

    def __init__(self, file: BinaryIO, *, size: tuple[float, float], title: str, subject: str, language: str) -> None:
        glyphs(REGULAR)
        # Without a first font every page names Helvetica, which is not embedded.
        first: Any = REGULAR
        super().__init__(file, pagesize=size, invariant=1, lang=language, initialFontName=first)
        # The stubs leave the document out.
        self.operators = Operators(self._doc)  # type: ignore[attr-defined]
        self._begin()
        self.setTitle(title)
        self.setAuthor("Backstop")
        self.setSubject(subject)

    def put(self, operators: str) -> None:
        """As they are: of text, of a mark that was drawn before."""
        self._code.append(operators)

    def rule(self, left: float, height: float, right: float, colour: Color, width: float) -> None:
        """A level line."""
        ends = f"{number(left)} {number(height)} m {number(right)} {number(height)} l S"
        self.put(f"q {stroke(colour)} {number(width)} w {ends} Q")

    @contextlib.contextmanager
    def tagged(self, element: Element | None) -> Iterator[None]:
        """What is drawn meanwhile belongs to `element`; without one, or within `decoration`, it stays decoration."""
        if element is None or self._only_decoration:
            yield
            return
        place = Place(self.getPageNumber() - 1, self._marked)
        self._marked += 1
        element.kids.append(place)
        self._mark(f"/{element.role} <</MCID {place.number}>> BDC")
        yield
        self._mark(DECORATION)

    @contextlib.contextmanager
    def decoration(self, kind: str = "") -> Iterator[None]:
        """Nothing that is drawn meanwhile is read out. `kind`: Header or Footer."""
        self._only_decoration = True
        if kind:
            self._mark(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC")
        yield
        if kind:
            self._mark(DECORATION)
        self._only_decoration = False

    def showPage(self) -> None:
        self._code.append(END)
        super().showPage()

    def save(self) -> None:
        """Each page has been shown by now; what begins the next one is not a page."""
        self._code.clear()
        super().save()

    def _mark(self, sequence: str) -> None:
        """Ends the sequence that is open, or takes it back if nothing was drawn in it, and begins the next."""
        if self._code[-1] == DECORATION:
            self._code.pop()
        else:
            self._code.append(END)
        self._code.append(sequence)

    def _startPage(self) -> None:
        # reportlab has no public word for what begins a page.
        super()._startPage()  # type: ignore[misc]
        self._begin()

    def _begin(self) -> None:
        self._code: list[str]
        self._code.append(DECORATION)
        self._marked = 0
        self._only_decoration = False
