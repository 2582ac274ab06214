"""DEMO behind every page of an invented patient."""

from __future__ import annotations

from reportlab.lib.colors import Color

from desktop.paper.fonts import SEMIBOLD
from desktop.paper.look import INK
from desktop.paper.tagged_canvas import TaggedCanvas

GREY = Color(INK.red, INK.green, INK.blue, alpha=0.12)


def watermark(canvas: TaggedCanvas, size: tuple[float, float]) -> None:
    canvas.saveState()
    canvas.setFillColor(GREY)
    canvas.setFont(SEMIBOLD, 40)
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(45)
    for line in (-220, 0, 220):
        canvas.drawCentredString(0, line, "DEMO")
    canvas.restoreState()
