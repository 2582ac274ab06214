"""What a referral letter says, before it is set: PDF, Word file and plain text draw the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.clinical.assessment import Flag
from desktop.clinical.checklist import Item
from desktop.clinical.dates import DAYS, SPACE
from desktop.clinical.letters import Completeness, Letter, Letters, questions_for
from desktop.clinical.plan import Imaging, Referral
from desktop.clinical.plan_words import is_called, starts_elsewhere, within_words
from desktop.clinical.rules import Urgency
from desktop.clinical.words import lower_first
from desktop.paper import decided, sentences
from desktop.paper.answers import Kind, labels, reasons, words_of, written, written_notes
from desktop.paper.basis import Basis
from desktop.paper.sources import sources_for_others

GREETING = "Dear colleague,"
CLOSING = "Yours sincerely"
ALSO = "Also found"
MOST = 6
# Said of every row, so that silence is never taken for a no.
SAID = {
    Kind.yes: "Yes",
    Kind.value: "",
    Kind.no: "No",
    Kind.unsure: "Unsure",
    Kind.could_not_examine: "Could not examine",
    Kind.patient_says: "Patient says, not confirmed",
    Kind.not_asked: "Not asked",
}


@dataclass(frozen=True)
class Part:
    """The answers of one kind in a row; `said` is empty for what was found."""

    said: str
    words: str


@dataclass(frozen=True)
class LetterRow:
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Reason:
    """A flag the letter rests on: its title with rule, why it is raised, its sources, and why it was set aside."""

    title: str
    because: tuple[str, ...]
    sources: str
    overridden: str


@dataclass(frozen=True)
class LetterWords:
    title: str
    to: str
    number: str
    how: str
    urgency: Urgency
    head: str
    ask: str
    opening: str
    rows: tuple[LetterRow, ...]
    rest: str
    written: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    arranged: tuple[str, ...]
    reply: str
    reasons: tuple[Reason, ...]
    still_open: tuple[str, ...]
    completeness: Completeness


def letter_words(basis: Basis, letters: Letters, line: Referral) -> LetterWords:
    return _Words(basis, letters, line).words()


class _Words:
    def __init__(self, basis: Basis, letters: Letters, line: Referral) -> None:
        self.basis, self.letters, self.line = basis, letters, line
        self.content, self.assessment = basis.content, basis.assessment
        self.letter: Letter = letters.letter_to(line.contact)
        self.flags = [flag for flag in self.assessment.flags if flag.rule.id in line.rules]
        self.open = [flag for flag in self.flags if not flag.folded_into] or self.flags

    def words(self) -> LetterWords:
        urgency = max((flag.urgency for flag in self.flags), default=Urgency.none)
        return LetterWords(
            title=self.letter.title,
            to=self.line.to,
            number=self._number(),
            how=f"{self.line.how}, {self._by(self.line.within, self.line.due)}",
            urgency=urgency,
            head=f"{sentences.urgency_words(urgency)}: {lower_first(self._suspicions())}",
            ask=self._ask(),
            opening=self._opening(),
            rows=tuple(self._rows()),
            rest=self._rest(),
            written=(*written(self.content, self.assessment), *written_notes(self.basis)),
            questions=tuple(questions_for(self.letter, self.assessment)),
            arranged=tuple(self._arranged()),
            reply=self._reply(),
            reasons=tuple(map(self._reason, self.open)),
            still_open=tuple(self._still_open()),
            completeness=self.letters.completeness(self.content, self.assessment, self.letter),
        )

    def _number(self) -> str:
        contact = self.content.contacts[self.line.contact]
        return " · ".join(filter(None, [contact.telephone or sentences.NO_NUMBER, contact.hours]))

    def _suspicions(self) -> str:
        return "; ".join([*(flag.rule.flag for flag in self.open[:MOST]), *self._further()])

    def _further(self) -> list[str]:
        """The head and the first sentence name the most urgent flags; all of them stand at the end."""
        more = len(self.open) - MOST
        return [f"{more} further flag{'s' if more > 1 else ''}, named at the end"] if more > 0 else []

    def _ask(self) -> str:
        scans = [f"{line.modality}, {line.region}: {self._limit(line)}" for line in self._imaging()]
        return " ".join([self.letter.ask, *(f"{scan}." for scan in scans)])

    def _imaging(self) -> list[Imaging]:
        return [
            line for line in self.assessment.plan.imaging if set(line.rules) & set(self.line.rules) and not line.then
        ]

    def _limit(self, line: Imaging) -> str:
        if starts_elsewhere(line.timing):
            return within_words(line.within, line.timing)
        when = self._by(line.within, line.due) if line.within else ""
        return ", ".join(filter(None, [when, line.timing])) or sentences.NO_LIMIT

    def _opening(self) -> str:
        """Who, what is suspected, why, and by when the receiver is asked to act."""
        found = dict.fromkeys(reason for flag in self.open[:MOST] for reason in _lower(reasons(flag)))
        because = "; ".join(found)
        suspected = lower_first(self._suspicions())
        by = self._by(self.line.within, self.line.due)
        return f"I refer {self._who()}: {suspected}. Why: {because}. I ask you to act {by}."

    def _who(self) -> str:
        patient, person = self.basis.patient, self.assessment.person
        name = " ".join(filter(None, [patient.title, patient.given, patient.family])) if patient else ""
        age = f"aged {person.age}" if person.age is not None else "of unknown age"
        return ", ".join(filter(None, [name.replace(" ", SPACE) or "this patient", age, str(person.sex or "")]))

    def _rows(self) -> Iterator[LetterRow]:
        told: set[str] = set()
        for group in self.letter.rows:
            ids = [id for id in self.letters.groups[group] if id not in told]
            told.update(ids)
            parts = tuple(self._parts(ids, SAID))
            if parts:
                yield LetterRow(self.letters.labels[group], parts)
        left = [id for id in self.content.items if id not in told]
        told_of = (Kind.yes, Kind.value, Kind.unsure, Kind.could_not_examine, Kind.patient_says)
        found = {kind: SAID[kind] for kind in told_of}
        also = tuple(self._parts(left, found))
        if also:
            yield LetterRow(ALSO, also)

    def _parts(self, ids: Iterable[str], said: dict[Kind, str]) -> Iterator[Part]:
        ids = list(ids)
        for kind, label in said.items():
            words = words_of(self.content, self.assessment, ids, kind)
            if kind is Kind.not_asked:
                missing = [id for id in ids if id in self._open_items() and id not in self.assessment.waiting]
                words = [labels(self.content, missing)] if missing else []
            if words:
                yield Part(label, "; ".join(words))

    def _rest(self) -> str:
        """The rest of the checklist, in numbers: what is not in the letter is in the summary, and was not all asked."""
        told = {id for group in self.letter.rows for id in self.letters.groups[group]}
        left = [item for item in self.content.items.values() if item.id not in told]
        no, missing = self._count(left, answered=True), self._count(left, answered=False)
        return f"Of the other questions, answered no: {no}; not asked: {missing}. The clinical summary names them."

    def _count(self, items: list[Item], *, answered: bool) -> int:
        if not answered:
            return sum(item.id in self._open_items() for item in items)
        return sum(len(words_of(self.content, self.assessment, [item.id], Kind.no)) for item in items)

    def _open_items(self) -> set[str]:
        """Of which neither clinician nor patient said anything."""
        return set(self.assessment.not_asked) - set(self.assessment.patient_says)

    def _arranged(self) -> Iterator[str]:
        """What the clinician adds, and what the plan has beside this referral."""
        if self.basis.note:
            yield self.basis.note
        own = (self.line.to, sentences.reached_words(self.line))
        for action in decided.actions(self.basis):
            if action.who not in own and not is_called(self.line, action.what):
                yield _arranged_words(action)
        named = {flag.rule.id for flag in self.open}
        for flag in self.assessment.flags:
            overridden = self.basis.overridden(flag.rule.id)
            if overridden and flag.rule.id not in named:
                level = sentences.urgency_words(flag.urgency).lower()
                title = f"Also raised: {flag.rule.flag} ({flag.rule.id}, {level})"
                yield sentences.sentence(f"{title}. {overridden}")
        for line in self.basis.decisions.dropped:
            yield sentences.sentence(f"Not done: {lower_first(decided.dropped_words(line))}")

    def _reply(self) -> str:
        telephone = self.basis.heading.telephone
        return f"{self.letter.reply} Our number: {telephone}." if telephone else self.letter.reply

    def _reason(self, flag: Flag) -> Reason:
        level = sentences.urgency_words(flag.urgency).lower()
        title = f"{flag.rule.flag} ({flag.rule.id}, {level})"
        sources = sources_for_others(self.content, flag.rule)
        return Reason(title, tuple(reasons(flag)), sources, self.basis.overridden(flag.rule.id))

    def _still_open(self) -> Iterator[str]:
        """The emergencies that these answers leave open, with what would decide them."""
        for one in sentences.undecided_emergencies(self.assessment):
            yield f"{one.rule.flag} ({one.rule.id}): {sentences.undecided_words(self.content, self.assessment, one)}"

    def _by(self, within: str | None, due: datetime | None) -> str:
        return sentences.by_words(within, due, self.basis.zone)


def _lower(found: Iterable[str]) -> list[str]:
    return [lower_first(words) for words in found]


def _arranged_words(action: sentences.Action) -> str:
    who = f" ({action.who})" if action.who else ""
    if action.done:
        return f"Done: {lower_first(action.what)}{who}, {action.by.removeprefix(decided.DONE)}."
    by = f"by {action.by}" if action.by.startswith(DAYS) else action.by
    return f"Planned: {lower_first(action.what)}{who}, {by}."
