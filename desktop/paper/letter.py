"""The referral letter: whom, who, what is suspected, how urgent and by when in the first third; two pages at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.dates import time_words
from desktop.clinical.letters import Letters
from desktop.clinical.plan import Referral
from desktop.clinical.rules import Urgency
from desktop.clinical.words import upper_first
from desktop.paper import sentences
from desktop.paper.basis import Basis
from desktop.paper.blocks import Beside, Bullet, Ruled
from desktop.paper.composer import Composer
from desktop.paper.flow import Gap
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.heading import TitleLine
from desktop.paper.identity import IdentityLine
from desktop.paper.letter_words import CLOSING, GREETING, MOST, LetterRow, LetterWords, Reason, letter_words
from desktop.paper.look import LETTER_SETTINGS
from desktop.paper.paragraph import Paragraph, Span, strong


class LetterPaper(Composer):
    settings = LETTER_SETTINGS

    def __init__(self, basis: Basis, letters: Letters, line: Referral) -> None:
        super().__init__(basis)
        self.line = line
        self.words: LetterWords = letter_words(basis, letters, line)
        self.title = self.words.title

    def story(self) -> Iterator[Flowable]:
        words = self.words
        yield TitleLine(words.title, [self.basis.heading.practice_line, upper_first(words.how)], self.set.muted)
        yield Gap(2.6 * mm)
        yield Beside(self._to(), self._from())
        yield Gap(2.6 * mm)
        yield IdentityLine(self.basis.patient, self.assessment.person, self.set.text)
        yield Gap(2.6 * mm)
        yield self.bar(words.urgency, words.head, [words.ask], filled=False)
        yield Gap(self.set.pad * 1.8)
        yield self.text(GREETING)
        yield Gap(self.set.pad)
        yield self.text(words.opening)
        yield from self.section("Asked and examined", self._asked())
        yield from self.section("Questions for you", self._list(words.questions))
        yield from self.section("Done and planned", self._list(words.arranged))
        yield Gap(self.set.pad * 1.6)
        yield self.text(words.reply)
        yield Gap(self.set.pad * 1.6)
        yield from self._closing()
        yield from self.section("What this rests on", self._basis())

    def _to(self) -> list[Paragraph]:
        number = Span(self.words.number, SEMIBOLD if self.words.urgency >= Urgency.same_day else self.set.text.font)
        return [self.muted("To"), self.text(self.words.to, SEMIBOLD), self.text([number])]

    def _from(self) -> list[Paragraph]:
        heading = self.basis.heading
        who = heading.clinician or sentences.NO_CLINICIAN
        place = ", ".join(filter(None, [heading.practice, heading.telephone]))
        lines = [self.text(line) for line in (place, time_words(self.assessment.at, self.zone)) if line]
        return [self.muted("From"), self.text(who, SEMIBOLD), *lines]

    def _asked(self) -> Iterator[Flowable]:
        rows = [self._row(row) for row in self.words.rows]
        rows += [(label, [[Span(text)]]) for label, text in self.words.written]
        for label, lines in rows:
            yield from self.labelled(label, lines, whole=True)
            yield Ruled()
            yield Gap(self.set.pad * 0.7)
        yield self.muted(self.words.rest)

    def _row(self, row: LetterRow) -> tuple[str, list[list[Span]]]:
        spans: list[Span] = []
        for part in row.parts:
            spans += [strong(f"{part.said}: "), Span(part.words)] if part.said else [Span(part.words)]
            spans.append(Span(". "))
        return row.label, [spans]

    def _list(self, lines: Sequence[str]) -> Iterator[Flowable]:
        for line in lines:
            yield Bullet(self.text(line))

    def _closing(self) -> Iterator[Flowable]:
        yield self.text(CLOSING)
        yield Gap(self.set.pad * 2)
        signed = self.basis.signed
        yield self.text([strong(self.basis.heading.clinician or (signed.who if signed else ""))])
        yield self.muted(self.basis.state_words)

    def _basis(self) -> Iterator[Flowable]:
        """Where the page is full, only the first reasons are told in full: it says so, and the summary has all."""
        small = self.set.muted
        found = self.words.reasons if self.set.names else self.words.reasons[:MOST]
        for reason in found:
            yield Paragraph(_reason(reason), small)
        further = len(self.words.reasons) - len(found)
        if further:
            titles = "; ".join(reason.title for reason in self.words.reasons[MOST:])
            yield Paragraph(f"{further} further flags, whose reasons stand in the clinical summary: {titles}.", small)
        if self.words.still_open:
            yield Gap(self.set.pad)
            open = "; ".join(self.words.still_open)
            yield Paragraph([Span("Not yet ruled out: ", SEMIBOLD), Span(f"{open}.")], replace(small))


def _reason(reason: Reason) -> list[Span]:
    spans = [strong(reason.title), Span(f": {' and '.join(reason.because)}. {reason.sources}.")]
    return spans + ([strong(f" {reason.overridden}.")] if reason.overridden else [])
