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
from desktop.reading.sentence import OWN, Mention, Sentence, Words

Standing = Literal["said", "denied", "other", "plan", "doubt", "over", "old", "past", "unclear"]
YEAR = re.compile(r"(19|20)\d\d")
PAST = (("last", "year"), ("years", "ago"), ("yrs", "ago"), ("year", "ago"))
NEAR = 4
"""Words that may stand between a denial and what it denies, other terms aside."""
WEAK = frozenset(("-", "0", "n", "no", "x0"))
"""They deny what stands before them only at the very end."""

YEARS = 50
"""Weeks after which what is there is not of these two weeks, unless it is said to be worse."""

FIGURE = Term({}, {}, lasting=False, beside=False, sides=())

Read = Callable[[Mention, list[Match[Cue]]], "tuple[Standing, str] | None"]


class Context:
    """One sentence with the terms found in it."""

    def __init__(self, lexicon: Lexicon, words: Words, mentions: Sequence[Mention]) -> None:
        self.words, self.mentions = words, mentions
        cues = longest(lexicon.cues.find(words))
        blind = {place for cue in cues if cue.meaning.kind == "nothing" for place in cue.places}
        self._cues = [cue for cue in cues if cue.meaning.kind != "nothing" and not blind & set(cue.places)]
        self.sentence = Sentence(words, mentions, self._cues)

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
                or self.sentence.in_part(cue, mention)
                or self.sentence.stands_alone_behind(cue, mention)
            ):
                return "other", self.sentence.said(cue)
        return None

    def _plan(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        for cue in cues:
            if cue.meaning.kind == "plan" and (
                self._reaches_over(cue, mention, cues, "end")
                if cue.meaning.reach == "after"
                else cue.first > mention.last and self.sentence.in_part(cue, mention)
            ):
                return "plan", self.sentence.said(cue)
        return None

    def _doubt(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        return self._beside("doubt", mention, cues)

    def _over(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        return self._beside("over", mention, cues)

    def _beside(
        self, kind: Literal["doubt", "over"], mention: Mention, cues: list[Match[Cue]]
    ) -> tuple[Standing, str] | None:
        """In the same part of the sentence; in front of it also over a comma, when a bare list goes on."""
        for cue in cues:
            if cue.meaning.kind != kind:
                continue
            in_front = cue.meaning.reach == "after" and cue.last < mention.first
            behind = cue.meaning.reach == "before" and cue.first > mention.last
            near = self.sentence.in_part(cue, mention) or (behind and self.sentence.stands_alone_behind(cue, mention))
            within = mention.first < cue.first and cue.last < mention.last
            if within or ((in_front or behind) and near):
                return kind, self.sentence.said(cue)
            if in_front and self.sentence.list_goes_on(cue, mention):
                return "unclear", self.sentence.said(cue)
        return None

    def _denied(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        denials = [cue for cue in cues if cue.meaning.kind == "denial"]
        before = [cue for cue in denials if cue.meaning.reach == "after" and self._reaches(cue, mention, cues)]
        behind = [cue for cue in denials if self._denies_back(cue, mention)]
        nearest = before[-1:] or behind[:1]
        if nearest and ((before and behind) or self._twice(before)):
            return "unclear", self.sentence.said(nearest[0])
        within = next((cue for cue in denials if mention.first < cue.first and cue.last < mention.last), None)
        if within is not None:
            return ("unclear" if nearest else "denied"), self.sentence.said(within)
        if nearest:
            far = bool(before) and self.sentence.between(nearest[0].last, mention.first) > NEAR
            return ("unclear" if far else "denied"), self.sentence.said(nearest[0])
        if not _affirms(mention.meaning):
            return None
        for cue in denials:
            if self._denies_something_behind(cue, mention):
                return "unclear", self.sentence.said(cue)
            if cue.meaning.reach == "after" and cue.last < mention.first and self.sentence.list_goes_on(cue, mention):
                whole = self.sentence.list_has_or(cue, mention) or self.sentence.is_list_of(cue, mention)
                return ("denied" if whole else "unclear"), self.sentence.said(cue)
            if (
                cue.first > mention.last
                and not self.sentence.in_part(cue, mention)
                and self.sentence.list_ends_with(cue, mention)
            ):
                return "unclear", self.sentence.said(cue)
        return None

    def _old(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        if "new" not in mention.meaning.means.values():
            return None
        found = next((cue for cue in cues if cue.meaning.kind in ("old", "same")), None)
        if found is not None:
            return "old", self.sentence.said(found)
        lasted = next((span.said for span in self.times(mention) if span.weeks > YEARS), "")
        return ("old", lasted) if lasted else None

    def is_over(self, place: int) -> bool:
        """Whether the part of the sentence tells of what was, or of what is not."""
        return any(
            cue.meaning.kind in ("over", "denial", "history")
            for cue in self._cues
            if cue.first < place and self.sentence.part(cue.first) == self.sentence.part(place)
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
        low, high = self.sentence.part(mention.first)
        while high + 1 < len(self.words):
            end = self.sentence.part(high + 1)[1]
            if end - high > OWN + 2 or any(high < other.first < end for other in self.mentions):
                break
            high = end
        return low, high

    def _past(self, mention: Mention, cues: list[Match[Cue]]) -> tuple[Standing, str] | None:
        if mention.meaning.lasting or False in mention.meaning.means.values():
            return None
        for cue in cues:
            if cue.meaning.kind == "history" and cue.last < mention.first and self.sentence.in_part(cue, mention):
                return "past", self.sentence.said(cue)
        low, high = self.sentence.part(mention.first)
        part = self.words[low:high]
        year = next((word for word in part if YEAR.fullmatch(word)), "")
        ago = next((" ".join(pair) for pair in PAST if pair in pairwise(part)), "")
        return ("past", year or ago) if year or ago else None

    def _reaches(self, cue: Match[Cue], mention: Mention, cues: list[Match[Cue]]) -> bool:
        """Forward within its part of the sentence, up to a word that ends it."""
        return (
            cue.last < mention.first
            and self.sentence.in_part(cue, mention)
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
        if cue.meaning.kind != "denial" or cue.first <= mention.last or not self.sentence.in_part(cue, mention):
            return False
        if self.words[cue.first] not in self._back:
            return False
        if self._answers(cue):
            return mention.last == cue.first - 2
        high = self.sentence.part(cue.first)[1]
        if self.words[cue.first] in WEAK and cue.last + 1 < high:
            return False
        in_front_of = any(cue.last < other.first < high for other in self.mentions)
        return not in_front_of and self.sentence.between(mention.last, cue.first) <= 1

    def _answers(self, cue: Match[Cue]) -> bool:
        """As on a form: "jaundice: no  haematuria: yes"."""
        colon = cue.first > 1 and self.words[cue.first - 1] == ":"
        return colon and any(mention.last == cue.first - 2 for mention in self.mentions)

    def _denies_something_behind(self, cue: Match[Cue], mention: Mention) -> bool:
        """ "Clonus not really there": close behind it, and in front of no other term, it may be meant for it."""
        high = self.sentence.part(cue.first)[1]
        return (
            mention.last < cue.first
            and self.sentence.in_part(cue, mention)
            and self.words[cue.first] not in WEAK
            and self.sentence.between(mention.last, cue.first) <= 1
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


def _affirms(term: Term) -> bool:
    """A bare list that goes on after a denial is one of complaints: "no fever, eating well" is two things."""
    return any(answer not in (False, "no") for answer in term.means.values())
