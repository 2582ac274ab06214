"""What the words round a term make of it: said, denied, somebody else's, planned, doubted, over, long there.

The order of force is that of resources/reading/cues.toml; where two readings are left, the term is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from desktop.reading.durations import SpanOfTime, spans_of_time
from desktop.reading.lexicon import Cue, CueKind, Lexicon, Term
from desktop.reading.patterns import Match, longest

Standing = Literal["said", "denied", "other", "plan", "doubt", "over", "old", "past", "unclear"]
BREAKS = frozenset(",()")
JOINS = frozenset(("+", "++", "+++", "and", "or", "nor", "/", "&", ":", "-", "the", "any", "a", "of", "his", "her"))
YEAR = re.compile(r"(19|20)\d\d")
PAST = (("last", "year"), ("years", "ago"), ("yrs", "ago"), ("year", "ago"))
NEAR = 4
"""Words that may stand between a denial and what it denies, other terms aside."""
OWN = 3
"""Words beside the terms in one part of a list."""
VERBS = frozenset(
    ("has", "have", "had", "is", "are", "was", "were", "he", "she", "they", "got", "feels", "lost", "gets")
)
WEAK = frozenset(("-", "0", "n", "no", "x0"))
"""They deny what stands before them only at the very end."""
ALONE = 3
"""A part of a sentence of at most so many words that names somebody else speaks of the part before it."""

YEARS = 50
"""Weeks after which what is there is not of these two weeks, unless it is said to be worse."""

FIGURE = Term({}, {}, lasting=False, beside=False, sides=())

Words = Sequence[str]
Mention = Match[Term]
Read = Callable[[Mention, list[Match[Cue]]], "tuple[Standing, str] | None"]


class Context:
    """One sentence with the terms found in it."""

    def __init__(self, lexicon: Lexicon, words: Words, mentions: Sequence[Mention]) -> None:
        self.words, self.mentions = words, mentions
        self._mentioned = {place for mention in mentions for place in mention.places}
        cues = longest(lexicon.cues.find(words))
        blind = {place for cue in cues if cue.meaning.kind == "nothing" for place in cue.places}
        self._cues = [cue for cue in cues if cue.meaning.kind != "nothing" and not blind & set(cue.places)]

    def standing(self, mention: Mention) -> tuple[Standing, str]:
        """And the words that decided it."""
        return self._first_of(
            mention, self._other, self._plan, self._doubt, self._over, self._denied, self._old, self._past
        )

    def standing_of_figure(self, first: int, last: int) -> tuple[Standing, str]:
        """A denial beside a figure is one of something else."""
        return self._first_of(Match((first, last), FIGURE), self._other, self._plan, self._doubt, self._past)

    def _first_of(self, mention: Mention, *readings: Read) -> tuple[Standing, str]:
        cues = [cue for cue in self._cues if not set(cue.places) & set(mention.places)]
        found = (read(mention, cues) for read in readings)
        return next((one for one in found if one is not None), ("said", ""))

    def _other(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        for cue in cues:
            if cue.meaning.kind == "other" and (
                self._reaches_over(cue, mention, cues, "self", "end")
                or self._in_part(cue, mention)
                or self._stands_alone_behind(cue, mention)
            ):
                return "other", self._said(cue)
        return None

    def _plan(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        for cue in cues:
            if cue.meaning.kind == "plan" and (
                self._reaches_over(cue, mention, cues, "end")
                if cue.meaning.reach == "after"
                else cue.first > mention.last and self._in_part(cue, mention)
            ):
                return "plan", self._said(cue)
        return None

    def _doubt(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        return self._beside("doubt", mention, cues)

    def _over(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        return self._beside("over", mention, cues)

    def _beside(self, kind: CueKind, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        """In the same part of the sentence; in front of it also over a comma, when a bare list goes on."""
        for cue in cues:
            if cue.meaning.kind != kind:
                continue
            in_front = cue.meaning.reach == "after" and cue.last < mention.first
            behind = cue.meaning.reach == "before" and cue.first > mention.last
            near = self._in_part(cue, mention) or (behind and self._stands_alone_behind(cue, mention))
            within = mention.first < cue.first and cue.last < mention.last
            if within or ((in_front or behind) and near):
                return kind, self._said(cue)  # type: ignore[return-value]
            if in_front and self._list_goes_on(cue, mention):
                return "unclear", self._said(cue)
        return None

    def _denied(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        denials = [cue for cue in cues if cue.meaning.kind == "denial"]
        before = [cue for cue in denials if cue.meaning.reach == "after" and self._reaches(cue, mention, cues)]
        behind = [cue for cue in denials if self._denies_back(cue, mention)]
        nearest = before[-1:] or behind[:1]
        if nearest and ((before and behind) or self._twice(before)):
            return "unclear", self._said(nearest[0])
        within = next((cue for cue in denials if mention.first < cue.first and cue.last < mention.last), None)
        if within is not None:
            return ("unclear" if nearest else "denied"), self._said(within)
        if nearest:
            far = bool(before) and self._between(nearest[0].last, mention.first) > NEAR
            return ("unclear" if far else "denied"), self._said(nearest[0])
        if not _affirms(mention.meaning):
            return None
        for cue in denials:
            if self._denies_something_behind(cue, mention):
                return "unclear", self._said(cue)
            if cue.meaning.reach == "after" and cue.last < mention.first and self._list_goes_on(cue, mention):
                whole = self._list_has_or(cue, mention) or self._is_list_of(cue, mention)
                return ("denied" if whole else "unclear"), self._said(cue)
            if cue.first > mention.last and not self._in_part(cue, mention) and self._list_ends_with(cue, mention):
                return "unclear", self._said(cue)
        return None

    def _old(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        if "new" not in mention.meaning.means.values():
            return None
        found = next((cue for cue in cues if cue.meaning.kind in ("old", "same")), None)
        if found is not None:
            return "old", self._said(found)
        lasted = next((span.said for span in self.times(mention) if span.weeks > YEARS), "")
        return ("old", lasted) if lasted else None

    def is_over(self, place: int) -> bool:
        """Whether the part of the sentence tells of what was, or of what is not."""
        return any(
            cue.meaning.kind in ("over", "denial", "history")
            for cue in self._cues
            if cue.first < place and self.part(cue.first) == self.part(place)
        )

    def has_not_changed(self, mention: Mention) -> bool:
        """Whether it is said to be as it was."""
        low, high = self.reach(mention)
        return any(cue.meaning.kind == "same" and low <= cue.first < high for cue in self._cues)

    def times(self, mention: Mention) -> list[SpanOfTime]:
        low, high = self.reach(mention)
        return list(spans_of_time(self.words[low:high]))

    def reach(self, mention: Mention) -> tuple[int, int]:
        """Its part of the sentence and the short ones behind it that tell of nothing else."""
        low, high = self.part(mention.first)
        while high + 1 < len(self.words):
            end = self.part(high + 1)[1]
            if end - high > OWN + 2 or any(high < other.first < end for other in self.mentions):
                break
            high = end
        return low, high

    def _past(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        if mention.meaning.lasting or False in mention.meaning.means.values():
            return None
        for cue in cues:
            if cue.meaning.kind == "history" and cue.last < mention.first and self._in_part(cue, mention):
                return "past", self._said(cue)
        low, high = self.part(mention.first)
        part = self.words[low:high]
        year = next((word for word in part if YEAR.fullmatch(word)), "")
        ago = next((" ".join(pair) for pair in PAST if pair in pairwise(part)), "")
        return ("past", year or ago) if year or ago else None

    def _reaches(self, cue: Match[Cue], mention: Mention, cues: list[Match[Cue]]) -> bool:
        """Forward within its part of the sentence, up to a word that ends it."""
        return (
            cue.last < mention.first
            and self._in_part(cue, mention)
            and not self._answers(cue)
            and not self._ended(cue, mention, cues, "end", "turn", "self", "history")
        )

    def _reaches_over(self, cue: Match[Cue], mention: Mention, cues: list[Match[Cue]], *ends: CueKind) -> bool:
        """Forward to the end of the sentence, up to a word that ends it."""
        return cue.last < mention.first and not self._ended(cue, mention, cues, *ends)

    def _ended(self, cue: Match[Cue], mention: Mention, cues: list[Match[Cue]], *ends: CueKind) -> bool:
        kinds = set(ends) - ({"history"} if self._follows(cue, cues) else set())
        return any(one.meaning.kind in kinds and cue.last < one.first < mention.first for one in cues)

    def _follows(self, cue: Match[Cue], cues: list[Match[Cue]]) -> bool:
        """ "No previous cancer" is no; "no fever, previous cancer" is not."""
        return any(one.meaning.kind == "history" and one.first == cue.last + 1 for one in cues)

    def _denies_back(self, cue: Match[Cue], mention: Mention) -> bool:
        """ "Weight loss: nil": right behind it, and not in front of something else that it denies."""
        if cue.meaning.kind != "denial" or cue.first <= mention.last or not self._in_part(cue, mention):
            return False
        if self.words[cue.first] not in self._back:
            return False
        if self._answers(cue):
            return mention.last == cue.first - 2
        high = self.part(cue.first)[1]
        if self.words[cue.first] in WEAK and cue.last + 1 < high:
            return False
        in_front_of = any(cue.last < other.first < high for other in self.mentions)
        return not in_front_of and self._between(mention.last, cue.first) <= 1

    def _answers(self, cue: Match[Cue]) -> bool:
        """As on a form: "jaundice: no  haematuria: yes"."""
        colon = cue.first > 1 and self.words[cue.first - 1] == ":"
        return colon and any(mention.last == cue.first - 2 for mention in self.mentions)

    def _denies_something_behind(self, cue: Match[Cue], mention: Mention) -> bool:
        """ "Clonus not really there": close behind it, and in front of no other term, it may be meant for it."""
        high = self.part(cue.first)[1]
        return (
            mention.last < cue.first
            and self._in_part(cue, mention)
            and self.words[cue.first] not in WEAK
            and self._between(mention.last, cue.first) <= 1
            and not any(cue.last < other.first < high for other in self.mentions)
            and not self._ended(Match((mention.last,), cue.meaning), Match((cue.first,), FIGURE), self._cues, "end")
        )

    @cached_property
    def _back(self) -> set[str]:
        return {self.words[cue.first] for cue in self._cues if cue.meaning.reach == "before"}

    def _twice(self, before: list[Match[Cue]]) -> bool:
        """Two denials with nothing between them: "denies not having"."""
        if len(before) < 2:
            return False
        one, two = before[-2:]
        return self.words[two.first] not in ("nor", "or") and not any(
            one.last < mention.first < two.first for mention in self.mentions
        )

    def _between(self, low: int, high: int) -> int:
        """Words of their own between two places."""
        return sum(
            1
            for place in range(low + 1, high)
            if place not in self._mentioned and self.words[place] not in JOINS and self.words[place] not in BREAKS
        )

    def _list_goes_on(self, cue: Match[Cue], mention: Mention) -> bool:
        """From the part of the cue to that of the mention there are only bare terms, one after the other."""
        if cue.last >= mention.first or self._in_part(cue, mention):
            return False
        first = self.part(cue.last)[1]
        return first <= mention.first and self._is_bare(first, self.part(mention.first)[1])

    def _list_ends_with(self, cue: Match[Cue], mention: Mention) -> bool:
        """A denial behind the last of several bare terms may be one of all."""
        if cue.meaning.reach != "before" or any(cue.last < other.first for other in self.mentions):
            return False
        return self._is_bare(self.part(mention.first)[0], cue.first)

    def _list_has_or(self, cue: Match[Cue], mention: Mention) -> bool:
        return any(word in ("or", "nor") for word in self.words[cue.last : self.part(mention.first)[1]]) or any(
            word in ("or", "nor") for word in self.words[mention.last :]
        )

    def _is_list_of(self, cue: Match[Cue], mention: Mention) -> bool:
        """As many terms as the cue asks for, and nothing but terms."""
        first, high = cue.last + 1, self.part(mention.first)[1]
        if any(first <= one.first < high for one in self._cues):
            return False
        end = next((at for at in range(high, len(self.words)) if self._breaks_list(at)), len(self.words))
        parts = 1 + sum(self.words[at] == "," for at in range(first, end))
        return 0 < cue.meaning.lists <= parts and self._between(self.part(mention.first)[0] - 1, high) == 0

    def _breaks_list(self, at: int) -> bool:
        low, high = self.part(at)
        return self.words[at] in "()" or any(low <= cue.first < high for cue in self._cues)

    def _is_bare(self, low: int, high: int) -> bool:
        """Parts of a few words each, with no verb, figure or cue of their own."""
        if any(low <= cue.first < high and cue.meaning.kind not in ("old", "history") for cue in self._cues):
            return False
        if any(word in VERBS or word[0].isdigit() for word in self.words[low:high]):
            return False
        parts = {self.part(place) for place in range(low, high) if self.words[place] not in BREAKS}
        return all(self._between(max(start, low) - 1, min(end, high)) <= OWN for start, end in parts)

    def _stands_alone_behind(self, cue: Match[Cue], mention: Mention) -> bool:
        low, high = self.part(cue.first)
        near = self.part(mention.first)[1] == low - 1
        return near and high - low <= ALONE and not any(low <= other.first < high for other in self.mentions)

    def _in_part(self, cue: Match[Cue], mention: Mention) -> bool:
        return self.part(cue.first)[0] == self.part(mention.first)[0]

    def part(self, place: int) -> tuple[int, int]:
        """From one comma or bracket to the next."""
        low = next((at + 1 for at in range(place, -1, -1) if self.words[at] in BREAKS), 0)
        high = next((at for at in range(place, len(self.words)) if self.words[at] in BREAKS), len(self.words))
        return low, high

    def _said(self, cue: Match[Cue]) -> str:
        return " ".join(self.words[cue.first : cue.last + 1])


def _affirms(term: Term) -> bool:
    """A bare list that goes on after a denial is one of complaints: "no fever, eating well" is two things."""
    return any(answer not in (False, "no") for answer in term.means.values())
