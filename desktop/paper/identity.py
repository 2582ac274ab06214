"""Who the paper is about: the line on each page, and the short form of the footer."""

from __future__ import annotations

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Table

from desktop.clinical.checklist import Person
from desktop.clinical.dates import SPACE, date_words
from desktop.paper.fonts import BOLD, SEMIBOLD, markup
from desktop.paper.look import INK, RULE_STRONG, WIDTH, grey
from desktop.record.encounter import Patient

UNNAMED = "No identifiers given"
LONGEST = 60


def identity_line(patient: Patient | None, person: Person, style: ParagraphStyle, *, short: bool = False) -> Flowable:
    """Between two rules. `short` is for later pages: a name beyond all measure is cut there, and says so."""
    larger = ParagraphStyle("identity", style, fontSize=style.fontSize * 1.12, leading=style.leading * 1.2)
    # Only spaces between the facts may break a line, never those inside one.
    gap = f"{SPACE * 4} "
    line = Paragraph(gap.join([_name(patient, short=short), *_facts(patient, person)]), larger)
    rules: list[Any] = [
        ("LINEABOVE", (0, 0), (-1, 0), RULE_STRONG, INK),
        ("LINEBELOW", (0, 0), (-1, 0), RULE_STRONG, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), style.fontSize * 0.62),
        ("BOTTOMPADDING", (0, 0), (-1, -1), style.fontSize * 0.45),
    ]
    return Table([[line]], colWidths=[WIDTH], style=rules)


def short_name(patient: Patient | None) -> str:
    """`WALKER, Susan`; a name longer than the foot of the page ends in dots."""
    return _shortened(patient.name) if patient and patient.name else UNNAMED


def _name(patient: Patient | None, *, short: bool) -> str:
    if patient is None or not patient.name:
        return markup(UNNAMED, SEMIBOLD)
    family, given = patient.family.upper(), patient.given
    if short:
        family, given = _shortened(family), _shortened(given)
    title = f" ({patient.title})" if patient.title else ""
    comma = ", " if family and given else ""
    return markup(family, BOLD) + markup(f"{comma}{given}{title}")


def _facts(patient: Patient | None, person: Person) -> list[str]:
    age = "age not given" if person.age is None else f"{person.age}{SPACE}y"
    sex = str(person.sex).capitalize() if person.sex else "not given"
    facts = []
    if patient:
        facts.append(_fact("Born", date_words(patient.born)) + markup(f"{SPACE}({age})"))
    else:
        facts.append(_fact("Age", "not given" if person.age is None else age))
    facts.append(_fact("Sex", sex))
    if patient:
        facts.append(_fact("NHS No.", patient.nhs_number_spaced or "not given"))
    return facts


def _fact(label: str, value: str) -> str:
    return f"{grey(_unbroken(label))}{SPACE}{markup(_unbroken(value), SEMIBOLD)}"


def _unbroken(words: str) -> str:
    return words.replace(" ", SPACE)


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
