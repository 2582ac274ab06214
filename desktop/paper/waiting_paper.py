"""The waiting-room form on paper: the same questions, large, with boxes to tick by hand; it is typed in afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Answer, Item, Person
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.clinical.rules import Urgency
from desktop.clinical.waiting_room import FormQuestion, WaitingRoom
from desktop.paper.blocks import Framed
from desktop.paper.flow import Gap, Together
from desktop.paper.fonts import REGULAR, SEMIBOLD
from desktop.paper.look import INK, WIDTH
from desktop.paper.paragraph import Paragraph, Span, Style
from desktop.paper.sheet import Laid, Sheet
from desktop.paper.spoken import ENGLISH, mirrored
from desktop.paper.tags import Role
from desktop.paper.tick_box import TickBox, TickBoxes
from desktop.paper.trail_mark import mark_words

TEXT, STRONG, TITLE = Style(14, 19.6, INK), Style(14, 19.6, INK, SEMIBOLD), Style(20, 25, INK, SEMIBOLD)
GAP = 2 * mm


@dataclass(frozen=True)
class FormHead:
    """Whom it is for: a first name, as on every paper that lies about in a waiting room; `record` is a number,
    `audit` the head of the audit trail."""

    at: datetime
    zone: ZoneInfo
    name: str = ""
    practice: str = ""
    record: str = ""
    audit: str = ""


def waiting_pdf(room: WaitingRoom, content: Content, person: Person, head: FormHead, *, demo: bool) -> bytes:
    """The questions that fit the person. The same ones give the same bytes."""
    form = _Form(room, content, person, head)
    place = [head.practice, head.record, mark_words(head.audit)]
    footer = " · ".join(filter(None, [f"Waiting-room form, rules {content.rule_set}", *place]))
    staff = "For staff: type it in at once, under Patient’s form in the consultation; the screen says what is urgent."
    sheet = Sheet(room.words.paper_title, None, Person(), f"{staff} {footer}.", demo, about_nobody=True)
    return Laid(sheet, list(form.parts())).pdf()


class _Form:
    def __init__(self, room: WaitingRoom, content: Content, person: Person, head: FormHead) -> None:
        self.room, self.content, self.person, self.head = room, content, person, head
        self.blank = assess(content, person, {}, head.at)
        self.screen = {item.id for item in content.safety_screen.items}
        self.questions = list(self._in_order())

    def _in_order(self) -> Iterator[FormQuestion]:
        """A detail stands under the question it belongs to: paper can't wait for the answer."""
        asked = [one for one in self.room.questions if one.item.id not in self.blank.hidden]
        there = {one.item.id for one in asked}
        for question in asked:
            if question.item.detail_of not in there:
                yield question
                yield from (one for one in asked if one.item.detail_of == question.item.id)

    def parts(self) -> Iterator[Flowable]:
        words = self.room.words
        yield self._text(words.paper_title, TITLE, "H1")
        yield Gap(GAP)
        day = date_words(self.head.at.astimezone(self.head.zone))
        name = self.head.name or "_" * 24
        yield self._text(" · ".join(filter(None, [f"{words.paper_name} {name}", day])), TEXT)
        yield Gap(GAP)
        yield self._text(words.paper_how, TEXT)
        yield Gap(GAP)
        yield Framed([self._text(words.paper_urgent, STRONG)], inset=2.5 * mm, gap=0)
        yield Gap(2 * GAP)
        for number, question in enumerate(self.questions, 1):
            yield from self._question(number, question)

    def _question(self, number: int, question: FormQuestion) -> Iterator[Flowable]:
        """Never parted from its boxes by the end of a page."""
        ask = f"{number}. {self._if_yes(question)}{question.ask}"
        parts: list[Flowable] = [self._text(ask, STRONG)]
        if question.help:
            parts += [self._text(question.help, TEXT)]
        boxes = [self._box(question, words, place) for place, (words, _) in enumerate(question.choices)]
        parts += [Gap(GAP * 0.6), TickBoxes(boxes, GAP * 0.6)]
        yield Together(sum(part.wrap(WIDTH, 0)[1] if not isinstance(part, Gap) else part.height for part in parts))
        yield from parts
        yield Gap(2.2 * GAP)

    def _if_yes(self, question: FormQuestion) -> str:
        return f"{self.room.words.if_yes} " if question.item.id in self.blank.waiting else ""

    def _box(self, question: FormQuestion, words: str, place: int) -> TickBox:
        thick = self._is_urgent(question.item, question.choices[place][1])
        return TickBox(self._text(words, TEXT), self._style(TEXT), thick=thick)

    def _is_urgent(self, item: Item, answer: Answer) -> bool:
        """Whether it raises an emergency by itself, as on the screen; the safety screen decides every emergency."""
        if not {item.id, item.detail_of} & self.screen:
            return False
        found = assess(self.content, self.person, {}, self.blank.at, patient_says={item.id: answer})
        return any(flag.urgency is Urgency.emergency for flag in found.flags)

    def _text(self, words: str, style: Style, role: Role = "P") -> Paragraph:
        made = Paragraph([Span(words, style.font if style.font == SEMIBOLD else REGULAR)], self._style(style), role)
        if made.element is not None and self.room.language.code != ENGLISH:
            made.element.language = self.room.language.code
        return made

    def _style(self, style: Style) -> Style:
        return mirrored(style) if self.room.language.from_the_right else style
