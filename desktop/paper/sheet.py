"""A4 with what every page carries: who it is about, what it is for, its number, and DEMO where nobody is real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.checklist import Person
from desktop.paper.accessible import accessible
from desktop.paper.flow import Page, paginate
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.identity import IdentityLine, short_name
from desktop.paper.look import BOTTOM, INK, LEFT, LINE, MUTED, PAGE, RULE_LIGHT, SETTINGS, SMALLEST, TOP, WIDTH
from desktop.paper.paragraph import Paragraph, Span, Style
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import document
from desktop.paper.watermark import watermark
from desktop.record.encounter import Patient

SUBJECT = "For a clinician’s use"
LANGUAGE = "en-GB"
RIGHT_COLUMN = 44 * mm
FOOTER = Style(SMALLEST, 9.2, MUTED)
FOOTER_RIGHT = replace(FOOTER, align="right")


@dataclass(frozen=True)
class Sheet:
    """`state` comes first in the footer: by whom it was signed and when, or that it is a draft. `about_nobody`: a page
    of the library, which has a title where others have a patient."""

    title: str
    patient: Patient | None
    person: Person
    footer: str
    demo: bool
    state: str = ""
    draft: bool = False
    about_nobody: bool = False
    attached: bytes = b""

    @property
    def running(self) -> Flowable:
        """At the head of every page but the first."""
        if self.about_nobody:
            return Paragraph(self.title, FOOTER, None)
        return IdentityLine(self.patient, self.person, SETTINGS[1].text, short=True)


class Laid:
    """A story set on pages: how many they are is known before any of them is drawn."""

    def __init__(self, sheet: Sheet, story: Sequence[Flowable]) -> None:
        self.sheet, self.story = sheet, story
        state = Span(f"{sheet.state}. ", SEMIBOLD, INK if sheet.draft else MUTED) if sheet.state else Span("")
        self.footer = Paragraph([state, Span(sheet.footer)], FOOTER, None)
        self.running = sheet.running
        place = Paragraph(self._place(8, 8), FOOTER_RIGHT, None)
        column = RIGHT_COLUMN - 4 * mm
        self.foot = max(self.footer.wrap(WIDTH - RIGHT_COLUMN)[1], place.wrap(column)[1]) + 3.4 * mm
        self.head = self.running.wrap(WIDTH, 0)[1] + 3 * mm
        self.pages: Sequence[Page] = paginate(story, WIDTH, self._room)

    def _room(self, number: int) -> float:
        return PAGE[1] - TOP - BOTTOM - self.foot - (self.head if number else 0)

    def plain(self) -> bytes:
        """Drawn, with the marks that the structure refers to, but without the structure."""
        file = BytesIO()
        canvas = TaggedCanvas(file, size=PAGE, title=self.sheet.title, subject=SUBJECT, language=LANGUAGE)
        for number, page in enumerate(self.pages):
            self._draw(canvas, number, page)
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def pdf(self) -> bytes:
        sheet = self.sheet
        return accessible(
            self.plain(), document(self.story), title=sheet.title, language=LANGUAGE, attached=sheet.attached
        )

    def _draw(self, canvas: TaggedCanvas, number: int, page: Page) -> None:
        if self.sheet.demo:
            watermark(canvas, PAGE)
        top = PAGE[1] - TOP
        if number:
            with canvas.decoration("Header"):
                self.running.drawOn(canvas, LEFT, top - self.head + 3 * mm)
            top -= self.head
        for part, used in page.parts:
            part.drawOn(canvas, LEFT, top - used - part.height)
        with canvas.decoration("Footer"):
            self._foot(canvas, number + 1)

    def _foot(self, canvas: TaggedCanvas, number: int) -> None:
        top = BOTTOM + self.foot - 3.4 * mm
        canvas.rule(LEFT, top + 1.4 * mm, LEFT + WIDTH, LINE, RULE_LIGHT)
        place = Paragraph(self._place(number, len(self.pages)), FOOTER_RIGHT, None)
        place.wrap(RIGHT_COLUMN - 4 * mm)
        place.drawOn(canvas, LEFT + WIDTH - RIGHT_COLUMN + 4 * mm, top - place.height)
        self.footer.drawOn(canvas, LEFT, top - self.footer.height)

    def _place(self, number: int, of: int) -> str:
        whom = "" if self.sheet.about_nobody else f"{short_name(self.sheet.patient)} · "
        return f"{whom}page {number} of {of}"
