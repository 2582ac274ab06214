"""A sentence in its parts, from one comma or bracket to the next, and the bare lists of terms that go over them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reading.lexicon import Cue, Term
from desktop.reading.patterns import Match

BREAKS = frozenset(",()")
JOINS = frozenset(("+", "++", "+++", "and", "or", "nor", "/", "&", ":", "-", "the", "any", "a", "of", "his", "her"))
OWN = 3
"""Words beside the terms in one part of a list."""
VERBS = frozenset(
    ("has", "have", "had", "is", "are", "was", "were", "he", "she", "they", "got", "feels", "lost", "gets")
)
ALONE = 3
"""A part of a sentence of at most so many words that names somebody else speaks of the part before it."""

Words = Sequence[str]
Mention = Match[Term]


class Sentence:
    def __init__(self, words: Words, mentions: Sequence[Mention], cues: Sequence[Match[Cue]]) -> None:
        self.words, self.mentions, self._cues = words, mentions, cues
        self._mentioned = {place for mention in mentions for place in mention.places}

    def part(self, place: int) -> tuple[int, int]:
        """From one comma or bracket to the next."""
        low = next((at + 1 for at in range(place, -1, -1) if self.words[at] in BREAKS), 0)
        high = next((at for at in range(place, len(self.words)) if self.words[at] in BREAKS), len(self.words))
        return low, high

    def in_part(self, cue: Match[Cue], mention: Mention) -> bool:
        return self.part(cue.first)[0] == self.part(mention.first)[0]

    def said(self, cue: Match[Cue]) -> str:
        return " ".join(self.words[cue.first : cue.last + 1])

    def between(self, low: int, high: int) -> int:
        """Words of their own between two places."""
        return sum(
            1
            for place in range(low + 1, high)
            if place not in self._mentioned and self.words[place] not in JOINS and self.words[place] not in BREAKS
        )

    def list_goes_on(self, cue: Match[Cue], mention: Mention) -> bool:
        """From the part of the cue to that of the mention there are only bare terms, one after the other."""
        if cue.last >= mention.first or self.in_part(cue, mention):
            return False
        first = self.part(cue.last)[1]
        return first <= mention.first and self._is_bare(first, self.part(mention.first)[1])

    def list_ends_with(self, cue: Match[Cue], mention: Mention) -> bool:
        """A denial behind the last of several bare terms may be one of all."""
        if cue.meaning.reach != "before" or any(cue.last < other.first for other in self.mentions):
            return False
        return self._is_bare(self.part(mention.first)[0], cue.first)

    def list_has_or(self, cue: Match[Cue], mention: Mention) -> bool:
        return any(word in ("or", "nor") for word in self.words[cue.last : self.part(mention.first)[1]]) or any(
            word in ("or", "nor") for word in self.words[mention.last :]
        )

    def is_list_of(self, cue: Match[Cue], mention: Mention) -> bool:
        """As many terms as the cue asks for, and nothing but terms."""
        first, high = cue.last + 1, self.part(mention.first)[1]
        if any(first <= one.first < high for one in self._cues):
            return False
        end = next((at for at in range(high, len(self.words)) if self._breaks_list(at)), len(self.words))
        parts = 1 + sum(self.words[at] == "," for at in range(first, end))
        return 0 < cue.meaning.lists <= parts and self.between(self.part(mention.first)[0] - 1, high) == 0

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
        return all(self.between(max(start, low) - 1, min(end, high)) <= OWN for start, end in parts)

    def stands_alone_behind(self, cue: Match[Cue], mention: Mention) -> bool:
        low, high = self.part(cue.first)
        near = self.part(mention.first)[1] == low - 1
        return near and high - low <= ALONE and not any(low <= other.first < high for other in self.mentions)
