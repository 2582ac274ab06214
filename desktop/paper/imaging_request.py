"""A request for one picture: which, of what, by when, the question, and each answer that decides if it is safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.assessment import Flag
from desktop.clinical.dates import time_words
from desktop.clinical.plan import Imaging
from desktop.clinical.rules import Urgency
from desktop.clinical.words import lower_first
from desktop.paper import sentences
from desktop.paper.answers import reasons, short_answer
from desktop.paper.basis import Basis
from desktop.paper.blocks import Beside, Bullet, Ruled
from desktop.paper.composer import Composer
from desktop.paper.flow import Gap
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.heading import TitleLine
from desktop.paper.identity import IdentityLine
from desktop.paper.look import LETTER_SETTINGS
from desktop.paper.paragraph import Paragraph, Span, strong
from desktop.paper.sources import short_sources

TITLE = "Imaging request"
RADIOLOGY = "radiology"
# In the order in which a radiographer asks.
SAFETY = (
    "pregnant",
    "mri_implant",
    "mri_metal_eye",
    "mri_recent_clips",
    "claustrophobia",
    "mri_unavailable",
    "egfr",
    "contrast_allergy",
    "metformin",
    "anticoagulant",
)
BEFORE = ("imaging_finding", "imaging_date", "spinal_surgery_ever")
NOT_ASKED = "Not asked"


@dataclass(frozen=True)
class Fact:
    """An answer on the request; `open` where somebody still has to ask."""

    label: str
    words: str
    open: bool


@dataclass(frozen=True)
class RequestWords:
    what: str
    urgency: Urgency
    limit: str
    arranged_by: str
    question: str
    because: tuple[str, ...]
    contrast: str
    safety: tuple[Fact, ...]
    advice: tuple[str, ...]
    sources: tuple[str, ...]


def request_words(basis: Basis, line: Imaging) -> RequestWords:
    flags = [flag for flag in basis.assessment.flags if flag.rule.id in line.rules]
    by = sentences.by_words(line.within, line.due, basis.zone)
    contrast = "With contrast, as the plan has it" if line.contrast else "As the radiologist decides"
    return RequestWords(
        what=f"{line.modality}, {line.region}",
        urgency=max((flag.urgency for flag in flags), default=Urgency.none),
        limit=", ".join(filter(None, [by, line.timing])) or sentences.NO_LIMIT,
        arranged_by=line.arranged_by,
        question=_question(line, flags),
        because=tuple(f"{flag.rule.flag} ({flag.rule.id}): {' and '.join(reasons(flag))}." for flag in flags),
        contrast=contrast,
        safety=tuple(safety_facts(basis)),
        advice=(*line.safety, *line.alternatives),
        sources=tuple(dict.fromkeys(short_sources(basis.content, flag.rule) for flag in flags)),
    )


def safety_facts(basis: Basis) -> Iterator[Fact]:
    """What is not to be asked of this patient is left out; what was not asked says so."""
    for id in (*SAFETY, *BEFORE):
        item = basis.content.items[id]
        if id in basis.assessment.answers:
            yield Fact(item.label, short_answer(basis.content, basis.assessment, id).partition(": ")[2], False)
        elif id in basis.assessment.not_asked and id not in basis.assessment.waiting:
            yield Fact(item.label, NOT_ASKED, True)


def _question(line: Imaging, flags: list[Flag]) -> str:
    suspected = "; ".join(lower_first(flag.rule.flag) for flag in flags if not flag.folded_into) or line.why
    purpose = f" For {line.purpose}." if line.purpose else ""
    return f"Does it show or exclude what we suspect: {suspected}?{purpose}"


class RequestPaper(Composer):
    settings = LETTER_SETTINGS
    title = TITLE

    def __init__(self, basis: Basis, line: Imaging) -> None:
        super().__init__(basis)
        self.words = request_words(basis, line)

    def story(self) -> Iterator[Flowable]:
        words, heading = self.words, self.basis.heading
        moment = time_words(self.assessment.at, self.zone)
        yield TitleLine(TITLE, [heading.practice_line, moment], self.set.muted)
        yield Gap(2.6 * mm)
        yield Beside(self._to(), self._from())
        yield Gap(2.6 * mm)
        yield IdentityLine(self.basis.patient, self.assessment.person, self.set.text)
        yield Gap(2.6 * mm)
        level = sentences.urgency_words(words.urgency)
        yield self.bar(words.urgency, f"{level}: {words.what}, {words.limit}", [words.question], filled=False)
        yield from self.section("Clinical question", self._question())
        yield from self.section("Safety", self._safety())
        yield from self.section("What to arrange for it", [Bullet(self.text(line)) for line in words.advice])
        yield from self.section("Requested by", self._requested())

    def _to(self) -> list[Paragraph]:
        contact = self.content.contacts.get(RADIOLOGY)
        number = " · ".join(filter(None, [contact.telephone, contact.hours])) if contact else ""
        return [
            self.muted("To"),
            self.text(contact.name if contact else "Radiology", SEMIBOLD),
            self.text(number or sentences.NO_NUMBER),
        ]

    def _from(self) -> list[Paragraph]:
        heading = self.basis.heading
        place = ", ".join(filter(None, [heading.practice, heading.telephone]))
        arranged = f"Arranged by: {self.words.arranged_by}"
        who = self.text(heading.clinician or sentences.NO_CLINICIAN, SEMIBOLD)
        return [self.muted("From"), who, *(self.text(line) for line in (place, arranged) if line)]

    def _question(self) -> Iterator[Flowable]:
        for because in self.words.because:
            yield Bullet(self.text(because))
        yield Gap(self.set.pad * 0.6)
        yield self.text([strong("Contrast: "), Span(f"{self.words.contrast}.")])

    def _safety(self) -> Iterator[Flowable]:
        for fact in self.words.safety:
            words = Span(fact.words, SEMIBOLD if fact.open else self.set.text.font)
            yield from self.labelled(fact.label, [[words]])
            yield Ruled()
            yield Gap(self.set.pad * 0.5)

    def _requested(self) -> Iterator[Flowable]:
        yield self.text(self.basis.heading.clinician or sentences.NO_CLINICIAN, SEMIBOLD)
        yield self.muted(self.basis.state_words)
        for sources in self.words.sources:
            yield self.muted(f"Source: {sources}.")
