"""The patient's sheet on A4: what is an emergency first, the number to call last, in clear or in large print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.dates import date_words
from desktop.clinical.patient_sheet import PatientSheet, Section
from desktop.paper.accessible import accessible
from desktop.paper.contact_block import ContactBlock, unbroken
from desktop.paper.flow import Gap, Page, Together, paginate
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.handed import Handed
from desktop.paper.handout_look import LARGE, STANDARD, Size
from desktop.paper.look import BOTTOM, INK, LEFT, LINE, PAGE, RULE_LIGHT, TOP, WIDTH
from desktop.paper.notice import notices
from desktop.paper.paragraph import Paragraph, Span, Style
from desktop.paper.picture import Picture
from desktop.paper.signs_box import SignsBox
from desktop.paper.spoken import Bullet, is_mirrored, right, spoken
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import document, group
from desktop.paper.trail_mark import draw_mark, mark_words
from desktop.paper.watermark import watermark

SUBJECT = "For the patient"


def handout_pdf(sheet: PatientSheet, handed: Handed, *, large: bool = False) -> bytes:
    """The same inputs give the same bytes. It carries a first name, a day and the head of the audit trail, and nothing
    else of the record."""
    tried = []
    for size in LARGE if large else STANDARD:
        tried.append(_Laid(sheet, handed, size))
        if len(tried[-1].pages) == 1:
            break
    # Of those with as many pages the roomiest: who needs a second side may use all of it.
    return min(tried, key=lambda laid: len(laid.pages)).pdf()


class TitleLine(Flowable):
    """The title, and on the other side for whom and from which day; a long name goes under it."""

    def __init__(self, sheet: PatientSheet, handed: Handed, size: Size) -> None:
        super().__init__()
        self.mirrored = is_mirrored(sheet.title, sheet.language)
        self.title = spoken(sheet.title, sheet.language, size.title_text, "H1")
        # Each by itself, so that a name from right to left leaves the day alone.
        name = [Span(handed.name), Span(" · ")] if handed.name else []
        whom = [*name, Span(date_words(handed.day))]
        self.whom = Paragraph(whom, size.text if self.mirrored else right(size.text))
        self.below = Paragraph(whom, right(size.text) if self.mirrored else size.text)
        self.element = group("Sect", self.title, self.whom)
        self.below.element = self.whom.element

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        half = width / 2
        self.title.wrap(width)
        self.is_long = self.whom.wrap(half)[1] > self.whom.style.leading or self.title.wrap(half)[1] > self._one_line()
        if self.is_long:
            self.height = self.title.wrap(width)[1] + self.below.wrap(width)[1]
        else:
            self.height = self.title.height
        self.width = width
        return width, self.height

    def _one_line(self) -> float:
        return self.title.style.leading

    def draw(self) -> None:
        half = self.width / 2
        if self.is_long:
            self.title.drawOn(self.canv, 0, self.height - self.title.height)
            self.below.drawOn(self.canv, 0, 0)
        else:
            self.title.drawOn(self.canv, half if self.mirrored else 0, 0)
            self.whom.drawOn(self.canv, 0 if self.mirrored else half, (self.height - self.whom.height) / 2)


class _Laid:
    """How many pages there are decides which of them carries the contact block: tried from one upwards."""

    def __init__(self, sheet: PatientSheet, handed: Handed, size: Size) -> None:
        self.sheet, self.handed, self.size = sheet, handed, size
        self.head = [*notices(sheet, handed)]
        self.contact = ContactBlock(sheet, handed, size)
        self.contact.wrap(WIDTH)
        self.story = [*self._story()]
        self.pages = self._paginated()
        if len(self.pages) > 1 and not self._ends_whole():
            self._set_over()

    def _ends_whole(self) -> bool:
        """What happens next stands on the last page with its head: there is more on it than the number to call."""
        return any(part is self.last_head for part, _ in self.pages[-1].parts)

    def _set_over(self) -> None:
        before = self.story, self.pages
        self.story = [*self._story(over=True)]
        self.pages = self._paginated()
        if len(self.pages) > len(before[1]):
            self.story, self.pages = before

    def _paginated(self) -> Sequence[Page]:
        for of in count(1):
            pages = paginate(self.story, WIDTH, partial(self._room, of))
            if len(pages) <= of:
                return [*pages, *(Page() for _ in range(of - len(pages)))]
        raise AssertionError

    def _room(self, of: int, number: int) -> float:
        foot = self._foot_height(of) + (self.contact.height + 2 * mm if number >= of - 1 else 0)
        return PAGE[1] - TOP - BOTTOM - self._head_height() - foot

    def _head_height(self) -> float:
        return sum(notice.wrap(WIDTH)[1] + 2 * mm for notice in self.head)

    def _foot_height(self, of: int) -> float:
        return self.size.text.leading + 2 * mm if of > 1 else 0

    def _story(self, *, over: bool = False) -> Iterator[Flowable]:
        """`over`: what happens next goes on the last page, which would else have little but the number to call."""
        sheet, size = self.sheet, self.size
        yield TitleLine(sheet, self.handed, size)
        yield Gap(size.gap / 2)
        for line in sheet.lead:
            yield spoken(line, sheet.language, size.heading_text)
        yield Gap(size.gap / 2)
        yield self._box()
        *sections, last = sheet.sections
        for section in sections:
            yield from self._section(section)
        if over:
            yield Together(PAGE[1])
        yield from self._section(last)

    def _box(self) -> SignsBox:
        sheet, size = self.sheet, self.size
        signs = [Bullet(line, sheet.language, size.text, size.indent) for line in sheet.emergency.lines]
        close = [spoken(line, sheet.language, size.strong) for line in sheet.close]
        head = spoken(sheet.emergency.head, sheet.language, size.box_head, "H2")
        caption = spoken(sheet.picture, sheet.language, size.caption)
        picture = Picture("saddle", caption, alt=sheet.picture_alt.words, width=size.picture)
        mirrored = is_mirrored(sheet.emergency.head, sheet.language)
        return SignsBox(head, [*signs, Gap(size.pad / 2), *close], size.pad, picture, mirrored=mirrored)

    def _section(self, section: Section) -> Iterator[Flowable]:
        sheet, size = self.sheet, self.size
        head = spoken(section.head, sheet.language, size.heading_text, "H2")
        bullets = [Bullet(line, sheet.language, size.text, size.indent) for line in section.lines]
        yield Gap(size.gap)
        self.last_head = head
        yield Together(head.wrap(WIDTH)[1] + bullets[0].wrap(WIDTH)[1])
        yield head
        yield from bullets

    def pdf(self) -> bytes:
        language, title = self.sheet.language.code, self.sheet.title.words
        file = BytesIO()
        canvas = TaggedCanvas(file, size=PAGE, title=title, subject=SUBJECT, language=language)
        for number, page in enumerate(self.pages):
            self._draw(canvas, number, page)
            canvas.showPage()
        canvas.save()
        read = document([*self.head, *self.story, self.contact])
        return accessible(file.getvalue(), read, title=title, language=language)

    def _draw(self, canvas: TaggedCanvas, number: int, page: Page) -> None:
        if self.handed.demo:
            watermark(canvas, PAGE)
        top = self._draw_notices(canvas, number)
        for part, used in page.parts:
            part.drawOn(canvas, LEFT, top - used - part.height)
        of = len(self.pages)
        if number == of - 1:
            self.contact.drawOn(canvas, LEFT, BOTTOM + self._foot_height(of))
        if of > 1:
            with canvas.decoration("Footer"):
                self._foot(canvas, number + 1, of)
        draw_mark(canvas, mark_words(self.handed.audit))

    def _draw_notices(self, canvas: TaggedCanvas, number: int) -> float:
        """Read out once, seen on every page."""
        top = PAGE[1] - TOP
        for notice in self.head:
            notice.wrap(WIDTH)
            top -= notice.height
            if number:
                with canvas.decoration("Header"):
                    notice.drawOn(canvas, LEFT, top)
            else:
                notice.drawOn(canvas, LEFT, top)
            top -= 2 * mm
        return top

    def _foot(self, canvas: TaggedCanvas, number: int, of: int) -> None:
        """The number to call stands on every page."""
        style = Style(self.size.text.size, self.size.text.leading, INK, SEMIBOLD)
        practice = self.handed.practice
        reach = Paragraph(f"{practice.name} {unbroken(practice.telephone)}".strip(), style, None)
        page = Paragraph(f"{number} / {of}", right(self.size.text), None)
        canvas.rule(LEFT, BOTTOM + style.leading, LEFT + WIDTH, LINE, RULE_LIGHT)
        page.wrap(WIDTH)
        page.drawOn(canvas, LEFT, BOTTOM - 1 * mm)
        reach.wrap(WIDTH - 30 * mm)
        reach.drawOn(canvas, LEFT, BOTTOM - 1 * mm + style.leading - reach.height)
