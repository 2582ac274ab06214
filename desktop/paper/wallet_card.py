"""The card for the purse, 85.6 × 54 mm: two sides beside each other on a sheet, to be cut out and folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.dates import date_words
from desktop.clinical.patient_sheet import PatientSheet
from desktop.paper.accessible import accessible
from desktop.paper.contact_block import unbroken, warning_text
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.handed import Handed
from desktop.paper.handout import SUBJECT
from desktop.paper.look import INK, LEFT, LINE, MUTED, PAGE, TOP, WHITE, WIDTH
from desktop.paper.notice import notices
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.qr import LEAST, QrCode
from desktop.paper.spoken import Bullet, right, spoken
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Element, document, group
from desktop.paper.trail_mark import mark_words
from desktop.paper.watermark import watermark

CARD = (85.6 * mm, 54 * mm)
PAD = 3.6 * mm
BODIES = (10.0, 9.5, 9.0, 8.5, 8.0)
"""The first that fits is taken."""
MARK = 4 * mm
SMALL = Style(7.5, 10, MUTED)
CUT = Style(10, 14, MUTED)


class Side(Flowable):
    """One side of the card, its lines from the top and the last ones from the foot."""

    element: Element
    above = PAD * 0.6

    def __init__(self, top: Sequence[Flowable], foot: Sequence[Flowable]) -> None:
        super().__init__()
        self.top, self.foot = top, foot
        self.element = group("Sect", *document(top).kids, *foot)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width, self.height = CARD
        for part in (*self.top, *self.foot):
            part.wrap(self.room(part), 0)
        return CARD

    def room(self, part: Flowable) -> float:
        return CARD[0] - 2 * PAD

    def left(self, part: Flowable) -> float:
        return PAD

    @property
    def free(self) -> float:
        """What is left between; less than nothing where the type is too large."""
        return CARD[1] - sum(part.height for part in (*self.top, *self.foot)) - PAD * 1.4

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        self._ground(canvas)
        down = CARD[1] - self.above
        for part in self.top:
            down -= part.height
            part.drawOn(canvas, self.left(part), down)
        up = PAD * 0.8
        for part in reversed(self.foot):
            part.drawOn(canvas, self.left(part), up)
            up += part.height

    def _ground(self, canvas: TaggedCanvas) -> None:
        raise NotImplementedError


class Front(Side):
    """What to go for, under a head in white on ink."""

    above = PAD * 0.3

    def __init__(self, sheet: PatientSheet, body: float) -> None:
        text, language = Style(body, body * 1.4, INK), sheet.language
        head = Style(body * 1.05, body * 1.75, WHITE, SEMIBOLD)
        signs = [Bullet(line, language, text, body) for line in sheet.card.signs]
        self.head = spoken(sheet.card.head, language, head, "H1")
        super().__init__(
            [self.head, _Space(body * 0.45), *signs], [spoken(sheet.card.close, language, replace(text, font=SEMIBOLD))]
        )

    def _ground(self, canvas: TaggedCanvas) -> None:
        height = self.head.height + 2 * self.above
        canvas.saveState()
        canvas.setFillColor(INK)
        canvas.rect(0, CARD[1] - height, CARD[0], height, stroke=0, fill=1)
        canvas.restoreState()


class Back(Side):
    """What to show and whom to call, with the code beside it."""

    def __init__(self, sheet: PatientSheet, handed: Handed, body: float) -> None:
        self.sheet, self.handed = sheet, handed
        text, language = Style(body, body * 1.4, INK), sheet.language
        self.code = QrCode(warning_text(sheet, handed), alt=f"QR code: {sheet.qr_below.words}", size=LEAST)
        self.mirrored = language.direction == "right-to-left"
        head = spoken(sheet.card.back_head, language, replace(text, font=SEMIBOLD), "H2")
        top: list[Flowable] = [head, spoken(sheet.card.said, language, text)]
        super().__init__(top, [*self._reach(text)])
        self.element.kids.append(self.code.element)
        self.code.wrap(0)

    def _reach(self, text: Style) -> Iterator[Paragraph]:
        sheet, practice = self.sheet, self.handed.practice
        yield spoken(sheet.card.call, sheet.language, replace(text, font=SEMIBOLD))
        if practice.telephone:
            yield self._as_given(f"{unbroken(practice.telephone)} {practice.name}".strip(), text)
        else:
            yield spoken(sheet.contact_none, sheet.language, text)
        yield self._as_given(f"{date_words(self.handed.day)} · version {sheet.edition.version}", SMALL)

    def _as_given(self, words: str, style: Style) -> Paragraph:
        return Paragraph(words, right(style) if self.mirrored else style)

    def room(self, part: Flowable) -> float:
        """The words at the top stand beside the code, those at the foot below it."""
        beside = CARD[0] - self.code.width - PAD - 2 * mm
        return beside if part in self.top else super().room(part)

    def left(self, part: Flowable) -> float:
        return CARD[0] - PAD - self.room(part) if self.mirrored else PAD

    @property
    def free(self) -> float:
        tallest = max(sum(part.height for part in self.top), self.code.height)
        return CARD[1] - tallest - sum(part.height for part in self.foot) - PAD * 1.4

    def _ground(self, canvas: TaggedCanvas) -> None:
        self.code.drawOn(canvas, *self._corner())
        self._mark(canvas)
        if not self.handed.practice.telephone:
            canvas.saveState()
            canvas.setStrokeColor(LINE)
            canvas.setDash(3, 2)
            line = PAD * 0.8 + self.foot[-1].height + 1 * mm
            canvas.line(CARD[0] * 0.3, line, CARD[0] * 0.7, line)
            canvas.restoreState()

    def _mark(self, canvas: TaggedCanvas) -> None:
        """On the line of the day, at its other end, so that it stays with the card when that is cut out."""
        with canvas.decoration():
            mark = Paragraph(mark_words(self.handed.audit), SMALL if self.mirrored else right(SMALL), None)
            mark.wrap(CARD[0] - 2 * PAD)
            mark.drawOn(canvas, PAD, PAD * 0.8)

    def _corner(self) -> tuple[float, float]:
        across = 1 * mm if self.mirrored else CARD[0] - self.code.width - 1 * mm
        return across, CARD[1] - self.code.height - 1 * mm


class _Space(Flowable):
    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        return width, self.height

    def draw(self) -> None:
        pass


def card_pdf(sheet: PatientSheet, handed: Handed) -> bytes:
    """Without a name: it may be lost. The same inputs give the same bytes."""
    front, back = _sides(sheet, handed)
    language, title = sheet.language.code, sheet.card.head.words
    file = BytesIO()
    canvas = TaggedCanvas(file, size=PAGE, title=title, subject=SUBJECT, language=language)
    if handed.demo:
        watermark(canvas, PAGE)
    above: list[Flowable] = [*notices(sheet, handed), spoken(sheet.card.cut, sheet.language, CUT)]
    top = PAGE[1] - TOP
    for part in above:
        top -= part.wrap(WIDTH, 0)[1] + 2 * mm
        part.drawOn(canvas, LEFT, top)
    _draw(canvas, front, back, top - 2 * MARK - CARD[1], mirrored=back.mirrored)
    canvas.showPage()
    canvas.save()
    return accessible(file.getvalue(), document([*above, front, back]), title=title, language=language)


def _sides(sheet: PatientSheet, handed: Handed) -> tuple[Front, Back]:
    for body in BODIES:
        front, back = Front(sheet, body), Back(sheet, handed, body)
        front.wrap(0)
        back.wrap(0)
        if min(front.free, back.free) >= 0:
            break
    return front, back


def _draw(canvas: TaggedCanvas, front: Side, back: Side, bottom: float, *, mirrored: bool) -> None:
    """The fold is where the two sides meet; on either side of it what is read first comes first."""
    left = (PAGE[0] - 2 * CARD[0]) / 2
    for place, side in enumerate((back, front) if mirrored else (front, back)):
        side.drawOn(canvas, left + place * CARD[0], bottom)
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.rect(left, bottom, 2 * CARD[0], CARD[1])
    canvas.setDash(3, 2)
    canvas.line(left + CARD[0], bottom, left + CARD[0], bottom + CARD[1])
    canvas.setDash()
    for across in (left, left + CARD[0], left + 2 * CARD[0]):
        canvas.line(across, bottom - MARK - 2, across, bottom - 2)
        canvas.line(across, bottom + CARD[1] + 2, across, bottom + CARD[1] + MARK + 2)
    for up in (bottom, bottom + CARD[1]):
        canvas.line(left - MARK - 2, up, left - 2, up)
        canvas.line(left + 2 * CARD[0] + 2, up, left + 2 * CARD[0] + MARK + 2, up)
    canvas.restoreState()
