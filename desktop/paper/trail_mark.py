"""Where the audit trail stood when a paper was made, small at its foot: with it `backstop store verify --head` shows
later that no row before was cut off or exchanged. It is drawn, and not read out: it says nothing to the patient."""

from __future__ import annotations

from dataclasses import replace

from reportlab.lib.units import mm

from desktop.clinical.dates import SPACE
from desktop.paper.look import BOTTOM, LEFT, MUTED, SMALLEST, WIDTH
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.tagged_canvas import TaggedCanvas

STYLE = Style(SMALLEST, 10, MUTED)
FOOT = BOTTOM - 1 * mm - STYLE.leading
"""Below the last line of the page, and where every printer still reaches."""


def mark_words(audit: str) -> str:
    """Nothing for a paper that is made without a record being open."""
    return f"Record{SPACE}{audit}" if audit else ""


def draw_mark(canvas: TaggedCanvas, words: str) -> None:
    """At the foot of a page of A4, on the right."""
    with canvas.decoration("Footer"):
        mark = Paragraph(words, replace(STYLE, align="right"), None)
        mark.wrap(WIDTH)
        mark.drawOn(canvas, LEFT, FOOT)
