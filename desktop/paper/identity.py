"""Who the paper is about: the line on each page, and the short form of the footer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from desktop.clinical.checklist import Person
from desktop.clinical.dates import SPACE, date_words
from desktop.paper.fonts import BOLD, SEMIBOLD
from desktop.paper.look import INK, RULE_STRONG, WIDTH, grey
from desktop.paper.paragraph import Paragraph, Span, Style, strong
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import Role
from desktop.record.encounter import Patient

UNNAMED = "No identifiers given"
LONGEST = 60


class IdentityLine(Flowable):
    """Between two rules. `short` is for later pages: a name beyond all measure is cut there, and says so."""

    def __init__(self, patient: Patient | None, person: Person, style: Style, *, short: bool = False) -> None:
        super().__init__()
        larger = replace(style, size=style.size * 1.12, leading=style.leading * 1.2)
        role: Role | None = None if short else "P"
        self.line = Paragraph(list(_spans(patient, person, short=short)), larger, role)
        self.element = self.line.element
        self.above, self.below = style.size * 0.5, style.size * 0.5

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width, self.height = width, self.line.wrap(width)[1] + self.above + self.below
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        for height in (0, self.height):
            canvas.rule(0, height, WIDTH, INK, RULE_STRONG)
        self.line.drawOn(canvas, 0, self.below)


def identity_words(patient: Patient | None, person: Person) -> str:
    """All of the line, for papers that are not drawn."""
    return "".join(span.text for span in _spans(patient, person, short=False))


def short_name(patient: Patient | None) -> str:
    """`WALKER, Susan`; a name longer than the foot of the page ends in dots."""
    return _shortened(patient.name) if patient and patient.name else UNNAMED


def _spans(patient: Patient | None, person: Person, *, short: bool) -> Iterator[Span]:
    """Only spaces between the facts may break a line, never those inside one."""
    yield from _name(patient, short=short)
    for label, value, more in _facts(patient, person):
        yield Span(f"{SPACE * 4} ")
        yield grey(_unbroken(f"{label} "))
        yield strong(_unbroken(value))
        yield Span(_unbroken(more))


def _name(patient: Patient | None, *, short: bool) -> Iterator[Span]:
    if patient is None or not patient.is_identified:
        yield Span(UNNAMED, SEMIBOLD)
        return
    family, given = patient.family.upper(), patient.given
    if short:
        family, given = _shortened(family), _shortened(given)
    title = f" ({patient.title})" if patient.title else ""
    comma = ", " if family and given else ""
    yield Span(family, BOLD)
    yield Span(f"{comma}{given}{title}")


def _facts(patient: Patient | None, person: Person) -> Iterator[tuple[str, str, str]]:
    age = "age not given" if person.age is None else f"{person.age} y"
    if patient:
        yield "Born", date_words(patient.born) if patient.born else "not given", f" ({age})"
    else:
        yield "Age", "not given" if person.age is None else age, ""
    yield "Sex", str(person.sex).capitalize() if person.sex else "not given", ""
    if patient:
        yield "NHS No.", patient.nhs_number_spaced or "not given", ""


def _unbroken(words: str) -> str:
    return words.replace(" ", SPACE)


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
