"""A note into proposals. Nothing is answered here: each waits for a press, and what is unclear is only pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from desktop.clinical.answer import AnswerError, read_answer
from desktop.clinical.checklist import Answer
from desktop.reading.context import YEAR, Context, Standing
from desktop.reading.durations import spans_of_time
from desktop.reading.figures import SIDES, figures
from desktop.reading.lexicon import Lexicon
from desktop.reading.patterns import longest
from desktop.reading.sentence import Mention
from desktop.reading.sentences import Speller, Token, sentences, words_of

Why = Literal[Standing, "figure", "screen", "both", "which"]
PDF = ("%pdf", "jvberi0")
"""As it is, and as base64."""
MARKED_UP = ("{\\rtf", "<!doctype", "<html", "<?xml", "pk\x03\x04")
LATIN = 0x24F
Trouble = Literal["", "pdf", "not text", "foreign", "too long", "nothing"]
MOST = 30_000
"""Characters read of one note; a note is a page or two, and the window waits meanwhile."""
LONGEST = 400
"""Words of one sentence: what has more was not written by hand, and is read in pieces."""
ENGLISH = frozenset(
    ("the", "and", "of", "with", "no", "has", "had", "to", "for", "is", "was", "not", "since", "pain", "he", "she", "a")
)
PAIN = frozenset(("pain", "ache", "lbp", "backache", "sciatica"))
WORSE = frozenset(("worse", "worsening", "now", "new", "newly", "increasing", "progressing", "progressive"))


@dataclass(frozen=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True)
class Proposal:
    """`why` and `cue`: what made it so. `answer` None: read, and left to the clinician."""

    item: str
    answer: Answer | None
    spans: tuple[Span, ...]
    why: Why
    cue: str = ""


@dataclass(frozen=True)
class Reading:
    """`proposals` wait for a press, `left` was read and is not proposed. `read_to`: how far the text was read."""

    proposals: tuple[Proposal, ...] = ()
    left: tuple[Proposal, ...] = ()
    trouble: Trouble = ""
    read_to: int = 0


class Reader:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._speller = Speller(lexicon.vocabulary)
        self._screen = {item.id for item in lexicon.content.safety_screen.items}

    def read(self, text: str, today: date) -> Reading:
        """`today` is the day of the encounter: a year after it is a slip of the pen."""
        trouble = trouble_of(text)
        if trouble in ("pdf", "not text"):
            return Reading(trouble=trouble)
        read_to = len(text) if len(text) <= MOST else max(text.rfind("\n", 0, MOST), MOST // 2)
        found: list[Proposal] = []
        foreign = 0
        for row in self._pieces(text[:read_to]):
            if self._is_foreign(words_of(row)):
                foreign += 1
            else:
                found += self._of_sentence(row)
        settled = tuple(self._settle(one for one in found if self._can_be(one, today)))
        proposals = tuple(one for one in settled if one.answer is not None)
        left = tuple(one for one in settled if one.answer is None)
        if not trouble and not settled and text.strip():
            trouble = "foreign" if foreign or _is_other_script(text[:read_to]) else "nothing"
        return Reading(proposals, left, "too long" if read_to < len(text) else trouble, read_to)

    def _can_be(self, one: Proposal, today: date) -> bool:
        """What its item does not take would be lost when the encounter is opened again."""
        if not isinstance(one.answer, float):
            return True
        if one.item == "cancer_year" and one.answer > today.year:
            return False
        try:
            read_answer(self._lexicon.content.items[one.item], one.answer, today)
        except AnswerError:
            return False
        return True

    def _pieces(self, text: str) -> Iterator[tuple[Token, ...]]:
        for row in sentences(text, self._speller):
            yield from (row[at : at + LONGEST] for at in range(0, len(row), LONGEST))

    def _is_foreign(self, words: Sequence[str]) -> bool:
        hits = {
            place
            for match in self._lexicon.cues.find(words)
            if match.meaning.kind == "foreign"
            for place in match.places
        }
        return bool(hits) and not ENGLISH & {word for place, word in enumerate(words) if place not in hits}

    def _of_sentence(self, row: tuple[Token, ...]) -> Iterator[Proposal]:
        words = words_of(row)
        measured = tuple(figures(self._lexicon, words))
        mentions = [
            one
            for one in self._mentions(words)
            if not any(it.first <= one.first and one.last < it.last for it in measured)
        ]
        context = Context(self._lexicon, words, mentions)
        for mention in mentions:
            yield from self._of_mention(row, context, mention)
        yield from _duration(row, context)
        for one in measured:
            standing, cue = context.standing_of_figure(one.first, one.last)
            said = standing == "said"
            yield Proposal(
                one.item,
                one.answer if said else None,
                _spans(row, one.first, one.last),
                "figure" if said else standing,
                cue,
            )

    def _mentions(self, words: Sequence[str]) -> list[Mention]:
        found = [
            one
            for one in self._lexicon.terms.find(words)
            if not one.meaning.needs or one.meaning.needs & set(words[: one.first])
        ]
        beside = {match.places: match for match in found if match.meaning.beside}
        alone = longest([match for match in found if not match.meaning.beside])
        return sorted([*alone, *beside.values()], key=lambda one: one.first)

    def _of_mention(self, row: tuple[Token, ...], context: Context, mention: Mention) -> Iterator[Proposal]:
        standing, cue = context.standing(mention)
        term, spans = mention.meaning, _spans(row, mention.first, mention.last)
        if standing == "old" and self._is_old(context, mention):
            yield from (Proposal(item, "old", spans, "said", cue) for item, was in term.means.items() if was == "new")
            return
        if standing not in ("said", "denied"):
            yield from (Proposal(item, None, spans, standing, cue) for item in term.means)
            return
        says = term.means if standing == "said" else term.denied
        for item, answer in says.items():
            if item in self._screen and answer in (False, "no"):
                yield Proposal(item, None, spans, "screen", cue)
            else:
                yield Proposal(item, answer, spans, standing, cue)
        if standing == "said":
            yield from self._details(row, context, mention)

    def _is_old(self, context: Context, mention: Mention) -> bool:
        """Of the safety screen only what is said to have lasted and not to have changed."""
        low, high = context.reach(mention)
        if WORSE & set(context.words[low:high]):
            return False
        lasting = any(span.weeks > 2 for span in context.times(mention))
        return lasting and (context.has_not_changed(mention) or not self._screen & set(mention.meaning.means))

    def _details(self, row: tuple[Token, ...], context: Context, mention: Mention) -> Iterator[Proposal]:
        """The side named with it, the year of a cancer, the weeks of a pain."""
        words, spans = context.words, _spans(row, mention.first, mention.last)
        low, high = context.sentence.part(mention.first)
        sides = {SIDES[word] for word in words[low:high] if word in SIDES}
        if len(sides) == 1:
            side = sides.pop()
            yield from (
                Proposal(item, "both" if len(side) > 1 else side[0], spans, "said") for item in mention.meaning.sides
            )
        if mention.meaning.means.get("cancer_history") is True and (place := _year(context, mention)):
            yield Proposal("cancer_year", float(words[place]), _spans(row, place, place), "said")

    def _settle(self, found: Iterable[Proposal]) -> Iterator[Proposal]:
        """One answer for each item. Choices are gathered; two answers that differ are none."""
        by_item: dict[str, list[Proposal]] = {}
        for one in found:
            by_item.setdefault(one.item, []).append(one)
        for item, several in by_item.items():
            yield from self._one_of(item, several)

    def _one_of(self, item: str, several: list[Proposal]) -> Iterator[Proposal]:
        spans = tuple(dict.fromkeys(span for one in several for span in one.spans))
        answers = [one.answer for one in several if one.answer is not None]
        first = next((one for one in several if one.answer is not None), several[0])
        if answers and all(isinstance(answer, frozenset) for answer in answers):
            gathered = frozenset().union(*(answer for answer in answers if isinstance(answer, frozenset)))
            yield replace(first, answer=gathered, spans=spans)
        elif len(set(answers)) > 1 or (
            answers and item in self._screen and any(one.why == "screen" for one in several)
        ):
            yield Proposal(item, None, spans, "both")
        else:
            yield replace(first, spans=first.spans if answers else spans)


def trouble_of(text: str) -> Trouble:
    """Why it can't be read as a note."""
    start = text[:200].lstrip("\ufeff \r\n\t").lower()
    if start.startswith(PDF):
        return "pdf"
    if start.startswith(MARKED_UP):
        return "not text"
    odd = sum(1 for letter in text[:MOST] if not letter.isprintable() and letter not in "\n\r\t\f\u2028\u2029\ufeff")
    return "not text" if odd > max(3, len(text[:MOST]) // 100) else ""


def _is_other_script(text: str) -> bool:
    """Whether most of its letters are not Latin ones."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(ord(letter) > LATIN for letter in letters) > len(letters)


def _spans(row: Sequence[Token], first: int, last: int) -> tuple[Span, ...]:
    return (Span(row[first].start, row[last].end),)


def _year(context: Context, mention: Mention) -> int:
    """The first year behind it, before another term begins in another part of the sentence."""
    others = [
        one.first for one in context.mentions if one.first > mention.last and "cancer_history" not in one.meaning.means
    ]
    for place in range(mention.last + 1, min([*others, len(context.words)])):
        if YEAR.fullmatch(context.words[place]):
            return place
    return 0


def _duration(row: Sequence[Token], context: Context) -> Iterator[Proposal]:
    """In one part of the sentence with the pain, or in the next one; of one that is over or somebody else's nothing."""
    words = context.words
    for span in spans_of_time(words):
        low, high = context.sentence.part(span.first)
        before = context.sentence.part(low - 2)[0] if low > 1 else low
        if not span.exact or not (PAIN & set(words[low:high]) or (high - low <= 4 and PAIN & set(words[before:low]))):
            continue
        if context.standing_of_figure(span.first, span.last)[0] == "said" and not context.is_over(span.first):
            yield Proposal("pain_duration_weeks", span.weeks, _spans(row, span.first, span.last), "said")
