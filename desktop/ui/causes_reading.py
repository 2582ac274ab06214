"""What the pain could be, read against one patient's answers. Loaded when first asked for. No Qt."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from desktop.clinical.kept import Kept
from desktop.clinical.mistakes import ContentError
from desktop.ui.translation import Words

if TYPE_CHECKING:
    from desktop.clinical.assessment import Assessment
    from desktop.clinical.causes import Causes
    from desktop.clinical.content import Content
    from desktop.clinical.differential import CauseReading
    from desktop.clinical.side_by_side import SideBySide

MOST_LEADING = 3


class CausesReading:
    """`mistakes` are those of the files of causes; with any of them nothing is shown."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.mistakes: tuple[str, ...] = ()
        self._of: Assessment | None = None
        self._found: tuple[CauseReading, ...] = ()
        self._kept = Kept()

    @cached_property
    def causes(self) -> Causes | None:
        from desktop.clinical.causes import load_causes

        try:
            return load_causes(self.content)
        except ContentError as error:
            self.mistakes = tuple(map(str, error.mistakes))
            return None

    def all(self, assessment: Assessment) -> tuple[CauseReading, ...]:
        """In their fixed order; kept while the assessment is the same."""
        if self.causes is None:
            return ()
        from desktop.clinical.differential import differential

        if self._of is not assessment:
            self._of = assessment
            self._found = differential(self.content, self.causes, assessment.person, assessment.answers, self._kept)
        return self._found

    def leading(self, assessment: Assessment) -> tuple[CauseReading, ...]:
        """Those that most answers speak for. Without an answer there is nothing to say."""
        if not assessment.answers:
            return ()
        some = [reading for reading in self.all(assessment) if reading.speaks_for]
        return tuple(sorted(some, key=lambda reading: -len(reading.speaks_for))[:MOST_LEADING])

    def side_by_side(self, assessment: Assessment) -> SideBySide | None:
        if self.causes is None:
            return None
        from desktop.clinical.side_by_side import side_by_side

        return side_by_side(self.content, self.causes, assessment.person, assessment.answers)


def counts(reading: CauseReading) -> str:
    """`6 for · 4 not asked`."""
    words = CausesWords()
    parts = [words.speak_for(len(reading.speaks_for))]
    if reading.speaks_elsewhere:
        parts.append(words.speak_elsewhere(len(reading.speaks_elsewhere)))
    if reading.not_asked:
        parts.append(words.not_asked(len(reading.not_asked)))
    return " · ".join(parts)


class CausesWords(Words):
    def speak_for(self, n: int) -> str:
        return self.tr("%n for", "", n)

    def speak_elsewhere(self, n: int) -> str:
        return self.tr("%n for something else", "", n)

    def not_asked(self, n: int) -> str:
        return self.tr("%n not asked", "", n)
