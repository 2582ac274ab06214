"""What a page may not say: a number without a source, and the statements that are known to be wrong or unsafe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from desktop.clinical.model import Model, Words
from desktop.clinical.page_text import MARKER, Statement, statements

NAMES = re.compile(
    r"\b(?:[RL]\d\d[a-z]?|[CTLS]\d{1,2}(?:\s?[–-]\s?[CTLS]?\d{1,2})?|(?:NG|CG|QS|TA)\d+|HLA-B27|B12|111|999|G6PD)\b"
    r"|half of the night|half asleep"
)
"""Numbers that are names: rules, vertebrae, guidelines, tests, telephones."""
NUMBER = re.compile(
    r"\d|\b(?:half|halves|twice|double|doubled|doubles|thirds?|quarters?|per cent|dozens?)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:a |every )?\w+",
    re.IGNORECASE,
)


class Never(Model, dict=True):
    """A statement no page may make. `caught` are ways to say it; `spared` are right sentences that come near it."""

    id: Words
    says: Words
    why: Words
    patterns: tuple[Words, ...]
    caught: tuple[Words, ...]
    spared: tuple[Words, ...]

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in self.patterns)

    def is_said_in(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._patterns)


def unsourced(body: str) -> Iterator[Statement]:
    """Statements with a number and no marker."""
    for statement in statements(body):
        if NUMBER.search(NAMES.sub("", MARKER.sub("", statement.text))) and not MARKER.search(statement.text):
            yield statement


def forbidden(body: str, nevers: Sequence[Never]) -> Iterator[tuple[Statement, Never]]:
    """One pattern of all of them first: nearly every statement is let through by it."""
    any_of_them = _joined(tuple(pattern for never in nevers for pattern in never.patterns))
    for statement in statements(body):
        text = MARKER.sub("", statement.text)
        if nevers and any_of_them.search(text):
            yield from ((statement, never) for never in nevers if never.is_said_in(text))


@lru_cache(maxsize=4)
def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
