"""A QR code with the words themselves, so that a telephone shows them without a network."""

from __future__ import annotations

import segno
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.paper.look import BLACK, WHITE
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element

QUIET = 4
"""Modules of white around it, which readers need."""
LEAST = 22 * mm


class QrCode(Flowable):
    """Black on white, whatever else the page does; `size` without the quiet zone."""

    def __init__(self, text: str, alt: str, size: float) -> None:
        super().__init__()
        assert size >= LEAST
        # The lowest correction gives the largest modules, and paper is not a screen in the rain.
        self.matrix = segno.make(text, error="l", micro=False, boost_error=True).matrix
        self.module = size / len(self.matrix)
        self.element = Element("Figure", alt=alt)
        self.width = self.height = size + 2 * QUIET * self.module

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        with canvas.tagged(self.element):
            canvas.saveState()
            canvas.setFillColor(WHITE)
            canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
            canvas.setFillColor(BLACK)
            canvas.drawPath(self._modules(canvas), stroke=0, fill=1)
            canvas.restoreState()

    def _modules(self, canvas: TaggedCanvas) -> object:
        """Dark modules side by side are one piece: hairlines between them would be white on some printers."""
        path = canvas.beginPath()
        for row, modules in enumerate(self.matrix):
            start = None
            for column, dark in enumerate([*modules, 0]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    path.rect(*self._corner(start, row), (column - start) * self.module, self.module)
                    start = None
        return path

    def _corner(self, column: int, row: int) -> tuple[float, float]:
        return (QUIET + column) * self.module, self.height - (QUIET + row + 1) * self.module
