"""The imaging request on paper: what, by when, the clinical question and the safety answers."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.dates import time_words
from desktop.clinical.plan import Imaging
from desktop.paper import sentences
from desktop.paper.basis import Basis
from desktop.paper.blocks import Beside, Bullet, Ruled
from desktop.paper.composer import Composer
from desktop.paper.flow import Gap
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.heading import TitleLine
from desktop.paper.identity import IdentityLine
from desktop.paper.look import LETTER_SETTINGS
from desktop.paper.paragraph import Paragraph, Span, strong
from desktop.paper.request_words import RADIOLOGY, request_words

TITLE = "Imaging request"


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
            yield from self.labelled(fact.label, [[words]], whole=True)
            yield Ruled()
            yield Gap(self.set.pad * 0.5)

    def _requested(self) -> Iterator[Flowable]:
        yield self.text(self.basis.heading.clinician or sentences.NO_CLINICIAN, SEMIBOLD)
        yield self.muted(self.basis.state_words)
        for sources in self.words.sources:
            yield self.muted(f"Source: {sources}.")
