"""Lines of a handout as paragraphs in the direction of their language, and bullets that stand on its side."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import Flowable

from desktop.clinical.languages import Language
from desktop.clinical.patient_sheet import Said
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.paragraph import Align, Paragraph, Span, Style
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, Role, group

ENGLISH = "en-GB"
MIRRORED: dict[Align, Align] = {"left": "right", "right": "left", "centre": "centre"}


def spoken(said: Said, language: Language, style: Style, role: Role | None = "P") -> Paragraph:
    """What was filled in stands out. A line that is in English because nobody translated it says so to readers."""
    spans = [Span(piece.text, SEMIBOLD if piece.filled else style.font) for piece in said.pieces]
    made = Paragraph(spans, mirrored(style) if is_mirrored(said, language) else style, role)
    if said.foreign and made.element:
        made.element.language = ENGLISH
    return made


def mirrored(style: Style) -> Style:
    """What begins at the left in other languages begins at the right."""
    return replace(style, align=MIRRORED[style.align], right_to_left=True)


def is_mirrored(said: Said, language: Language) -> bool:
    return language.direction == "right-to-left" and not said.foreign


class Bullet(Flowable):
    """One item of a list. The dot is drawn, so that it has the same weight in every font."""

    def __init__(self, said: Said, language: Language, style: Style, indent: float) -> None:
        super().__init__()
        self.words = spoken(said, language, style)
        self.mirrored = is_mirrored(said, language)
        self.style, self.indent = style, indent
        self.element = Element("LI", [group("LBody", self.words)])

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width, self.height = width, self.words.wrap(width - self.indent)[1]
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        dot = self.style.size * 0.13
        across = self.width - dot if self.mirrored else dot
        canvas.saveState()
        canvas.setFillColor(self.style.colour)
        canvas.circle(across, self.height - self.style.leading * 0.53, dot, stroke=0, fill=1)
        canvas.restoreState()
        self.words.drawOn(canvas, 0 if self.mirrored else self.indent, 0)


def right(style: Style) -> Style:
    return replace(style, align="right")
