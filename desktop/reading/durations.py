"""How long something has been there, as it is written: 3/7, 6/52, 3/12, two weeks, 20 yrs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

DAYS = {
    **dict.fromkeys(("day", "days"), 1.0),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), 7.0),
    **dict.fromkeys(("month", "months", "mth", "mths"), 364 / 12),
    **dict.fromkeys(("year", "years", "yr", "yrs"), 364.0),
}
OVER = {"7": 1.0, "52": 7.0, "12": 364 / 12}
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {"a": 1, "an": 1, **{word: at for at, word in enumerate(NUMBERS, 1)}}
VAGUE = ("for", "over", "many", "several")
BEFORE = frozenset(("ago", "old", "of"))
"""In front of them it tells when something was, or how old somebody is."""
SHORT = re.compile(r"(\d{1,2})/(7|52|12)")
COUNT = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class SpanOfTime:
    """`exact`: in whole weeks, or in months, which are given to the nearest week."""

    first: int
    last: int
    weeks: float
    exact: bool
    said: str


def spans_of_time(words: Sequence[str]) -> Iterator[SpanOfTime]:
    for place, (word, following) in enumerate(zip_longest(words, words[1:])):
        if following in BEFORE:
            continue
        before = words[place - 1] if place else ""
        if short := SHORT.fullmatch(word):
            yield _span(words, place, place, int(short[1]) * OVER[short[2]])
        elif word == "fortnight":
            yield _span(words, place, place, 14)
        elif word in DAYS and (count := _count(before)):
            yield _span(words, place - 1, place, count * DAYS[word])
        elif word in ("years", "yrs") and before in VAGUE:
            yield SpanOfTime(place - 1, place, 2 * 52, False, f"{before} {word}")


def _count(word: str) -> int:
    """No more figures than a time has: a reference number is none."""
    return int(word) if COUNT.fullmatch(word) else COUNTS.get(word, 0)


def _span(words: Sequence[str], first: int, last: int, days: float) -> SpanOfTime:
    whole = days % 7 == 0 or days >= 28
    return SpanOfTime(first, last, float(round(days / 7)), whole, " ".join(words[first : last + 1]))
