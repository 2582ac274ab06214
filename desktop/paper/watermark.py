"""DEMO behind every page of an invented patient."""

from __future__ import annotations

from desktop.paper.fonts import SEMIBOLD
from desktop.paper.look import INK, WHITE, mixed
from desktop.paper.tagged_canvas import TaggedCanvas

# Ink of 12 % on white. Not see-through: print services turn a page with anything see-through into a picture.
GREY = mixed(INK, WHITE, 0.12)


def watermark(canvas: TaggedCanvas, size: tuple[float, float]) -> None:
    canvas.saveState()
    canvas.setFillColor(GREY)
    canvas.setFont(SEMIBOLD, 40)
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(45)
    for line in (-220, 0, 220):
        canvas.drawCentredString(0, line, "DEMO")
    canvas.restoreState()
