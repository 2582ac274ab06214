"""What the patient takes home, assembled from the assessment: what is an emergency comes first, always and whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desktop.clinical.assessment import Assessment
from desktop.clinical.citation import source_of
from desktop.clinical.condition import verdict
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE
from desktop.clinical.handouts import GAP, Edition, HandoutLine, Handouts, Part, card_id
from desktop.clinical.knowledge import know
from desktop.clinical.languages import Language, english
from desktop.clinical.limits import due
from desktop.clinical.plan import Imaging
from desktop.clinical.rules import Urgency
from desktop.clinical.words import upper_first

COMFORTING: tuple[Part, ...] = ("pain", "no-scan")
DONE: tuple[Part, ...] = ("pain", "next")
ASK_RESULTS = "ask_results"
"""The way of asking that itself says when the results are told."""


class Piece(NamedTuple):
    """`filled`: a day or a name that was filled in, which stands out."""

    text: str
    filled: bool = False


@dataclass(frozen=True)
class Said:
    """One line in one language; `foreign` where the translation lacks it and English stands in."""

    id: str
    pieces: tuple[Piece, ...]
    foreign: bool = False

    @property
    def words(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Section:
    head: Said
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class Card:
    """The front is what to go for; the back is what to show; `cut` is for whoever prints it."""

    head: Said
    signs: tuple[Said, ...]
    close: Said
    back_head: Said
    said: Said
    call: Said
    cut: Said


@dataclass(frozen=True)
class PatientSheet:
    """`sections`: call the same day, what helps, why no scan, what next; those without a line are left out."""

    language: Language
    title: Said
    lead: tuple[Said, ...]
    emergency: Section
    picture: Said
    picture_alt: Said
    close: tuple[Said, ...]
    sections: tuple[Section, ...]
    contact_head: Said
    contact_none: Said
    out_of_hours: Said
    feedback: Said
    qr_below: Said
    card: Card
    draft_note: Said
    teach_back: Said
    edition: Edition
    sources: tuple[str, ...]

    @property
    def lines(self) -> tuple[Said, ...]:
        """All of the large page in the order in which it is read."""
        body = (said for section in self.sections for said in (section.head, *section.lines))
        return (self.title, *self.lead, self.emergency.head, *self.emergency.lines, self.picture, *self.close, *body)


def patient_sheet(
    handouts: Handouts,
    content: Content,
    assessment: Assessment,
    zone: ZoneInfo,
    language: Language | None = None,
    treated: Mapping[str, Urgency] = MappingProxyType({}),
) -> PatientSheet:
    """`zone` is the practice's, for the days; without a language it is English. `treated`: how the clinician treats
    flags that were decided, by rule; that moves what is done, and never takes a warning away or brings a comfort."""
    return _Sheet(handouts, content, assessment, zone, language or english(handouts), treated).sheet()


class _Sheet:
    def __init__(
        self,
        handouts: Handouts,
        content: Content,
        assessment: Assessment,
        zone: ZoneInfo,
        language: Language,
        treated: Mapping[str, Urgency],
    ) -> None:
        self.handouts, self.assessment, self.zone, self.language = handouts, assessment, zone, language
        self.english = english(handouts)
        self.citations = content.citations
        self.knowledge = know(content, assessment.person, assessment.answers)
        self.levels = {flag.rule.id: treated.get(flag.rule.id, flag.urgency) for flag in assessment.flags}
        self.urgency = max(self.levels.values(), default=Urgency.none)
        standing = [line for line in handouts.lines if self._stands(line)]
        self.replaced = {id for line in standing for id in line.replaces}
        self.standing = [line for line in standing if line.id not in self.replaced]

    def sheet(self) -> PatientSheet:
        return PatientSheet(
            language=self.language,
            title=self._one("title"),
            lead=self._all("lead"),
            emergency=Section(self._one("emergency-head"), self._all("emergency")),
            picture=self._one("picture"),
            picture_alt=self._one("picture-alt"),
            close=self._all("emergency-close"),
            sections=tuple(section for section in self._sections() if section.lines),
            contact_head=self._one("contact-head"),
            contact_none=self._one("contact-none"),
            out_of_hours=self._one("out-of-hours"),
            feedback=self._one("feedback"),
            qr_below=self._one("qr-below"),
            card=self._card(),
            draft_note=self._one("draft-note"),
            teach_back=self._one("teach-back"),
            edition=self.handouts.edition,
            sources=self._sources(),
        )

    def _sources(self) -> tuple[str, ...]:
        """Short names of what the lines rest on; our own judgement is no source for a patient."""
        cites = (source_of(cite) for line in self.standing for cite in line.cites)
        found = (self.citations[id].short for id in cites if not id.startswith("backstop-"))
        return tuple(dict.fromkeys(found))

    def _sections(self) -> Iterator[Section]:
        yield Section(self._one("same-day-head"), self._all("same-day"))
        yield Section(self._one("pain-head"), self._all("pain"))
        yield Section(self._one("no-scan-head"), self._all("no-scan"))
        yield Section(self._one("next-head"), self._next())

    def _card(self) -> Card:
        short = [line for line in self._lines("emergency") if line.card]
        return Card(
            head=self._one("card-head"),
            signs=tuple(self._say(card_id(line.id)) for line in short),
            close=self._one("card-close"),
            back_head=self._one("card-back-head"),
            said=self._one("card-said"),
            call=self._one("card-999"),
            cut=self._one("card-cut"),
        )

    def _stands(self, line: HandoutLine) -> bool:
        if line.at_least and self.urgency < Urgency.of(line.at_least):
            return False
        if line.up_to and self._highest(line.part) > Urgency.of(line.up_to):
            return False
        if line.plan and not (self.assessment.complete and self._plans(line.plan)):
            return False
        return self._is_brought(line)

    def _plans(self, nothing: str) -> bool:
        return any(line.kind == nothing for line in self.assessment.plan.nothing)

    def _is_brought(self, line: HandoutLine) -> bool:
        """What is not known brings a warning and never a comfort."""
        if line.unless_no:
            if verdict(self.handouts.conditions[line.unless_no], self.knowledge) is not False:
                return True
            if not line.rules and not line.when:
                return False
        if line.rules and not self._speaking(line.part) & set(line.rules):
            return False
        return line.when is None or verdict(self.handouts.conditions[line.when], self.knowledge) is True

    def _highest(self, part: Part) -> Urgency:
        """Comfort is held against the flags as they were raised, however they are treated."""
        return max(self.urgency, self.assessment.urgency) if part in COMFORTING else self.urgency

    def _speaking(self, part: Part) -> set[str]:
        """The rules that may bring a line. As in the plan: in an emergency the advice of what may wait for weeks would
        only get in the way, and what was set aside is not done. Warnings stand for all that was raised."""
        least = Urgency.none
        if part == "lead":
            least = Urgency.emergency
        elif part in DONE:
            least = Urgency.same_day if self.urgency is Urgency.emergency else Urgency.routine
        return {id for id, level in self.levels.items() if level >= least}

    def _lines(self, part: Part) -> list[HandoutLine]:
        return [line for line in self.standing if line.part == part]

    def _all(self, part: Part) -> tuple[Said, ...]:
        return tuple(self._said(line) for line in self._lines(part))

    def _one(self, part: Part) -> Said:
        return self._said(self._lines(part)[0])

    def _said(self, line: HandoutLine) -> Said:
        return self._say(line.id, ends=due(self.assessment.at, line.within))

    def _say(self, id: str, *, ends: datetime | None = None, who: str = "", what: str = "") -> Said:
        """In the sheet's language, or whole in English where it, or what is filled in, has no translation."""
        needed = [id, *filter(None, (who, what))]
        foreign = any(text not in self.language.texts for text in needed)
        language = self.english if foreign else self.language
        day = self._day(ends, language) if ends else ""
        values = {"day": day, "who": language.texts.get(who, ""), "what": language.texts.get(what, "")}
        return Said(id, _filled(language.texts[id], values), foreign)

    def _day(self, moment: datetime, language: Language) -> str:
        here = moment.astimezone(self.zone)
        return f"{language.days[here.weekday()]}{SPACE}{here.day}{SPACE}{language.months[here.month - 1]}"

    def _next(self) -> tuple[Said, ...]:
        planned = [] if self.urgency is Urgency.emergency else [*self._planned()]
        return _each_once([*planned, *self._all("next")]) or self._all("no-plan")

    def _planned(self) -> Iterator[Said]:
        plan = self.assessment.plan
        for line in plan.imaging:
            if not line.then:
                yield from self._imaging(line)
        yield from self._bloods()
        for asked in plan.referral:
            asking = self.handouts.asked_by(asked.how)
            if asking.words and asking.id not in self.replaced:
                yield self._say(asking.id, who=self.handouts.who_is(asked.contact).id, ends=asked.due)

    def _imaging(self, line: Imaging) -> Iterator[Said]:
        what = self.handouts.scan_of(line.modality, line.region).id
        if line.due is None:
            return self._from_plan("scan-maybe", what=what)
        part: Part = "scan-ours" if line.arranged_by.startswith("GP") else "scan-theirs"
        return self._from_plan(part, what=what, ends=line.due)

    def _bloods(self) -> Iterator[Said]:
        plan = self.assessment.plan
        if not plan.bloods:
            return
        dated = [line.due for line in plan.bloods if line.due]
        if not dated:
            yield from self._from_plan("bloods-undated")
            return
        yield from self._from_plan("bloods", ends=min(dated))
        told = [line.due for line in plan.referral if line.due >= max(dated)]
        if told and not any(self.handouts.asked_by(line.how).id == ASK_RESULTS for line in plan.referral):
            yield from self._from_plan("results", ends=min(told))

    def _from_plan(self, part: Part, *, ends: datetime | None = None, what: str = "") -> Iterator[Said]:
        return (self._say(line.id, ends=ends, what=what) for line in self._lines(part))


def _filled(words: str, values: Mapping[str, str]) -> tuple[Piece, ...]:
    """A day stands out; the line begins with a capital, whatever was filled in there."""
    pieces = [
        Piece(values[text], filled=text == "day") if place % 2 else Piece(text)
        for place, text in enumerate(GAP.split(words))
    ]
    first, *rest = [piece for piece in pieces if piece.text]
    return (Piece(upper_first(first.text), first.filled), *rest)


def _each_once(lines: Sequence[Said]) -> tuple[Said, ...]:
    return tuple({said.words: said for said in lines}.values())
