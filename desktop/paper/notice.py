"""What every page of a paper for the patient must say while it is not what it will be: a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from desktop.clinical.languages import Language
from desktop.clinical.patient_sheet import PatientSheet, Piece, Said
from desktop.paper.blocks import draw_down
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.handed import Handed
from desktop.paper.look import INK
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.spoken import spoken
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import group

STYLE = Style(12, 16.8, INK, SEMIBOLD, align="centre")
PAD = 3


class Notice(Flowable):
    """In a dashed frame: dashed means open."""

    def __init__(self, lines: Sequence[Paragraph]) -> None:
        super().__init__()
        self.lines = lines
        self.element = group("Sect", *lines)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width = width
        self.height = sum(line.wrap(width - 2 * PAD)[1] for line in self.lines) + 2 * PAD
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        canvas.saveState()
        canvas.setStrokeColor(INK)
        canvas.setDash(3, 2)
        canvas.rect(0.5, 0.5, self.width - 1, self.height - 1)
        canvas.restoreState()
        draw_down(canvas, self.lines, PAD, self.height - PAD)


def notices(sheet: PatientSheet, handed: Handed) -> Iterator[Notice]:
    language = sheet.language
    if not language.approved:
        yield Notice([spoken(line, language, STYLE) for line in _draft_translation(language)])
    if handed.draft:
        yield Notice([spoken(sheet.draft_note, language, STYLE)])


def _draft_translation(language: Language) -> Iterator[Said]:
    english = f"DRAFT in {language.english_name}, not for patients: no named reviewer has approved the words"
    yield Said("draft", (Piece(english),), foreign=True)
    yield Said("draft", (Piece(language.draft_words),))
