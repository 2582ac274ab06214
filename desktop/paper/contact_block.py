"""At the foot of the last page: whom to call, in the largest type after the title, and the warning signs as a code."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.dates import SPACE, date_words
from desktop.clinical.patient_sheet import PatientSheet
from desktop.paper.blocks import draw_down
from desktop.paper.fonts import runs, width_of
from desktop.paper.handed import Handed
from desktop.paper.handout_look import Size
from desktop.paper.look import INK, LINE, RULE_STRONG
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.qr import QrCode
from desktop.paper.spoken import right, spoken
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import group

NOT_APPROVED = "No clinician has approved these words yet"
SPARE = 45 * mm
"""Of the dashed line on which a missing number is written."""


class ContactBlock(Flowable):
    def __init__(self, sheet: PatientSheet, handed: Handed, size: Size) -> None:
        super().__init__()
        self.sheet, self.handed, self.size = sheet, handed, size
        self.mirrored = sheet.language.direction == "right-to-left"
        self.number = spoken(sheet.contact_none, sheet.language, size.contact_text)
        self.lines = [*self._lines()]
        self.code = QrCode(warning_text(sheet, handed), alt=f"QR code: {sheet.qr_below.words}", size=size.qr)
        caption = Style(size.small, size.small * 1.4, INK, align="centre")
        self.caption = spoken(sheet.qr_below, sheet.language, caption)
        self.element = group("Sect", *self.lines, self.code, self.caption)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width = width
        self.column = width - self.code.width - 4 * mm
        self.left = sum(line.wrap(self.column)[1] for line in self.lines)
        self.right = self.code.height + self.caption.wrap(self.code.width)[1]
        self.height = max(self.left, self.right) + 3 * mm
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        canvas.rule(0, self.height, self.width, INK, RULE_STRONG)
        top = self.height - 2 * mm
        if not self.handed.practice.telephone:
            self._spare_line(canvas, top - self.lines[0].height + 1.5 * mm)
        draw_down(canvas, self.lines, self.width - self.column if self.mirrored else 0, top)
        side = 0 if self.mirrored else self.width - self.code.width
        self.code.drawOn(canvas, side, self.height - 1 * mm - self.code.height)
        self.caption.drawOn(canvas, side, self.height - 1 * mm - self.code.height - self.caption.height + 1 * mm)

    def _spare_line(self, canvas: TaggedCanvas, height: float) -> None:
        """Dashed means open: it is written in by hand."""
        style = self.size.contact_text
        drawn = runs(self.sheet.contact_none.words, style.font)
        words = sum(width_of(piece, font) for font, piece in drawn) * style.size + 3 * mm
        start = self.column - words - SPARE + self.width - self.column if self.mirrored else words
        canvas.saveState()
        canvas.setStrokeColor(LINE)
        canvas.setDash(3, 2)
        canvas.line(start, height, start + SPARE, height)
        canvas.restoreState()

    def _lines(self) -> Iterator[Paragraph]:
        """Names, numbers and hours are as the practice gave them, in a line of their own."""
        practice, size, language = self.handed.practice, self.size, self.sheet.language
        if practice.telephone:
            yield self._as_given(f"{practice.name} {unbroken(practice.telephone)}".strip(), size.contact_text)
        else:
            yield self.number
            if practice.name:
                yield self._as_given(practice.name, size.contact_text)
        if practice.hours:
            yield self._as_given(practice.hours, size.text)
        yield spoken(self.sheet.out_of_hours, language, size.text)
        yield self._as_given(". ".join([*self._fine_print()]) + ".", size.small_text)
        yield spoken(self.sheet.feedback, language, size.small_text)

    def _as_given(self, words: str, style: Style) -> Paragraph:
        return Paragraph(words, right(style) if self.mirrored else style)

    def _fine_print(self) -> Iterator[str]:
        edition = self.sheet.edition
        yield f"Version {edition.version}. Sources: {', '.join(self.sheet.sources)}"
        yield f"Checked {date_words(edition.written)}, again by {date_words(edition.review_by)}"
        yield f"Approved by {edition.approved_by}" if edition.approved_by else NOT_APPROVED


def warning_text(sheet: PatientSheet, handed: Handed) -> str:
    """What a telephone shows that reads the code: when to go, and whom to call."""
    card, practice = sheet.card, handed.practice
    signs = "\n".join(f"- {line.words}" for line in card.signs)
    reach = f"{practice.name} {practice.telephone}".strip() if practice.telephone else ""
    return "\n".join(filter(None, [card.head.words, signs, card.close.words, card.call.words, reach]))


def unbroken(number: str) -> str:
    return number.replace(" ", SPACE)
