"""A4 with what every page carries: who it is about, what it is for, its number, and DEMO where nobody is real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate, Paragraph

from desktop.clinical.checklist import Person
from desktop.paper.fonts import REGULAR, SEMIBOLD, markup
from desktop.paper.identity import identity_line, short_name
from desktop.paper.look import BOTTOM, INK, LEFT, LINE, MUTED, PAGE, RULE_LIGHT, SETTINGS, SMALLEST, TOP, WIDTH
from desktop.record.encounter import Patient

RIGHT_COLUMN = 44 * mm
FOOTER = ParagraphStyle("footer", fontName=REGULAR, fontSize=SMALLEST, leading=9.2, textColor=MUTED)
FOOTER_RIGHT = ParagraphStyle("footer right", FOOTER, alignment=TA_RIGHT)
WATERMARK = Color(INK.red, INK.green, INK.blue, alpha=0.12)


@dataclass(frozen=True)
class Sheet:
    title: str
    patient: Patient | None
    person: Person
    footer: str
    demo: bool


def write_sheet(file: BinaryIO, sheet: Sheet, story: list[Flowable]) -> int:
    """Draws the story and says how many pages it took."""
    footer = Paragraph(markup(sheet.footer), FOOTER)
    place = Paragraph(markup(f"{short_name(sheet.patient)} · page 8 of 8"), FOOTER_RIGHT)
    foot = max(footer.wrap(WIDTH - RIGHT_COLUMN, 1000)[1], place.wrap(RIGHT_COLUMN - 4 * mm, 1000)[1]) + 3.4 * mm
    running = identity_line(sheet.patient, sheet.person, SETTINGS[1].text, short=True)
    head = running.wrap(WIDTH, 1000)[1] + 3 * mm

    def before(canvas: Canvas, _: object) -> None:
        if sheet.demo:
            _watermark(canvas)

    def before_later(canvas: Canvas, _: object) -> None:
        before(canvas, _)
        running.drawOn(canvas, LEFT, PAGE[1] - TOP - head + 3 * mm)

    def finish(canvas: Canvas, page: int, pages: int) -> None:
        _foot(canvas, footer, foot, f"{short_name(sheet.patient)} · page {page} of {pages}")

    document = BaseDocTemplate(
        file,
        pagesize=PAGE,
        title=sheet.title,
        author="Backstop",
        subject="For a clinician’s use",
        lang="en-GB",
        invariant=1,
    )
    document.addPageTemplates(
        [
            PageTemplate("first", [_frame(0, foot)], onPage=before, autoNextPageTemplate="later"),
            PageTemplate("later", [_frame(head, foot)], onPage=before_later),
        ]
    )
    document.build([NextPageTemplate("later"), *story], canvasmaker=_canvas(finish))
    return int(document.page)


def _frame(head: float, foot: float) -> Frame:
    height = PAGE[1] - TOP - BOTTOM - head - foot
    return Frame(LEFT, BOTTOM + foot, WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColor(WATERMARK)
    canvas.setFont(SEMIBOLD, 40)
    canvas.translate(PAGE[0] / 2, PAGE[1] / 2)
    canvas.rotate(45)
    for line in (-220, 0, 220):
        canvas.drawCentredString(0, line, "DEMO")
    canvas.restoreState()


def _foot(canvas: Canvas, left: Paragraph, height: float, right: str) -> None:
    top = BOTTOM + height - 3.4 * mm
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(RULE_LIGHT)
    canvas.line(LEFT, top + 1.4 * mm, LEFT + WIDTH, top + 1.4 * mm)
    canvas.restoreState()
    place = Paragraph(markup(right), FOOTER_RIGHT)
    place.wrap(RIGHT_COLUMN - 4 * mm, 1000)
    place.drawOn(canvas, LEFT + WIDTH - RIGHT_COLUMN + 4 * mm, top - place.height)
    left.drawOn(canvas, LEFT, top - left.height)


def _canvas(finish: Any) -> type[Canvas]:
    """A canvas that holds its pages back until it knows how many there are."""

    class Held(Canvas):
        def __init__(self, *args: Any, **options: Any) -> None:
            # Else every page names Helvetica, which is not embedded.
            super().__init__(*args, **{**options, "initialFontName": REGULAR})
            self.held: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self.held.append(dict(self.__dict__))
            # What reportlab's own manual does for "page x of y"; the stubs leave it out.
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for number, state in enumerate(self.held, 1):
                self.__dict__.update(state)
                finish(self, number, len(self.held))
                super().showPage()
            super().save()

    return Held
