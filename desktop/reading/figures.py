"""Figures with their names: temperature and bloods, power with a side, reflexes and leg raising."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from desktop.clinical.answer import AnswerError, read_answer
from desktop.clinical.checklist import Answer
from desktop.reading.lexicon import DipEntry, FigureEntry, Lexicon, PowerEntry, SidedEntry
from desktop.reading.patterns import Match, longest

Words = Sequence[str]
Side = Literal["left", "right"]
BOTH: tuple[Side, ...] = ("left", "right")
SIDES: dict[str, tuple[Side, ...]] = {
    **dict.fromkeys(("l", "lt", "left"), ("left",)),
    **dict.fromkeys(("r", "rt", "right"), ("right",)),
    **dict.fromkeys(("bilat", "bilateral", "bilaterally", "both", "b/l", "symmetrical"), BOTH),
}
NUMBER, GRADE = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"[0-4][+-]?/5|5/5")
LINKS = frozenset((":", "=", "-", "is", "was", "of", "at", "on", "score", "scan", "ml", "approx", "now", "today"))
REACH = 6
PLURALS = ("jerks", "reflexes", "kjs", "ajs")
NamedEntry = PowerEntry | SidedEntry


@dataclass(frozen=True)
class Figure:
    item: str
    answer: Answer
    first: int
    last: int


def figures(lexicon: Lexicon, words: Words) -> Iterator[Figure]:
    for figure in longest(lexicon.figures.find(words)):
        yield from _after(lexicon, words, figure)
    yield from _out_of(words)
    for dip in longest(lexicon.dips.find(words)):
        yield from _dip(words, dip)
    names = longest(lexicon.sided_figures.find(words))
    for match, following in zip(names, [*names[1:], None], strict=False):
        high = following.first if following else len(words)
        low = max((one.last + 1 for one in names if one.last < match.first), default=0)
        if isinstance(match.meaning, SidedEntry):
            yield from _sided(words, match, match.meaning, low, high)
        else:
            yield from _powers(words, match.meaning.item, match.first, match.last, low, high)


def _after(lexicon: Lexicon, words: Words, match: Match[FigureEntry]) -> Iterator[Figure]:
    place = match.last + 1
    while place < len(words) and words[place] in LINKS:
        place += 1
    if place == len(words):
        return
    item, text = lexicon.content.items[match.meaning.item], words[place]
    if match.meaning.over:
        text = text.split("/")[0] if re.fullmatch(r"\d+/\d+", text) else ""
    following = words[place + 1] if place + 1 < len(words) else ""
    if not NUMBER.fullmatch(text) or following in ("=", "%"):
        return
    if match.meaning.units and following not in match.meaning.units:
        return
    try:
        answer = read_answer(item, float(text), date.max)
    except AnswerError:
        return
    yield Figure(item.id, answer, match.first, place)


def _out_of(words: Words) -> Iterator[Figure]:
    """A score of pain, and minutes of stiffness."""
    for place, word in enumerate(words):
        near = words[max(0, place - REACH) : place]
        score = re.fullmatch(r"(\d|10)/10", word)
        if score and "pain" in near:
            yield Figure("pain_score", float(score[1]), place, place)
        stiff = any(one in near for one in ("stiffness", "stiff", "ems"))
        if stiff and word in ("min", "mins", "minutes", "hour", "hours", "hr") and place:
            minutes = _minutes(words[place - 1], word)
            if minutes is not None:
                yield Figure("morning_stiffness_minutes", minutes, place - 1, place)
        if word == "cm" and place and NUMBER.fullmatch(words[place - 1]) and _is_height_lost(words, place):
            yield Figure("height_loss_cm", float(words[place - 1]), place - 1, place)


def _is_height_lost(words: Words, place: int) -> bool:
    near = words[max(0, place - REACH) : place + REACH]
    return "height" in near and any(one in near for one in ("lost", "loss", "shorter", "shrunk"))


def _minutes(count: str, unit: str) -> float | None:
    number = 1.0 if count in ("an", "one", "1") else float(count) if NUMBER.fullmatch(count) else None
    if number is None:
        return None
    minutes = number * 60 if unit.startswith("h") else number
    return minutes if minutes <= 720 else None


def _powers(words: Words, item: str, first: int, last: int, low: int, high: int) -> Iterator[Figure]:
    """Each grade with the side nearest to it; the grade may stand on either side of the name."""
    comma = next((at for at in range(last + 1, high) if words[at] == ","), high)
    behind = [at for at in range(last + 1, high) if _is_grade(words, at)]
    before = [at for at in range(max(low, first - 4), first) if _is_grade(words, at)]
    grades = before if before and not (behind and behind[0] < comma) else behind
    for number, at in enumerate(grades):
        end = grades[number + 1] if number + 1 < len(grades) else high
        sides = _side_near(words, at, min(first, at) if number == 0 else at, end, low)
        for side in sides:
            yield Figure(f"{item}_{side}", float(words[at][0]), min(first, at), max(last, at))


def _is_grade(words: Words, at: int) -> bool:
    """4+ and 4- are grades of 4; 5- is none of 5."""
    if GRADE.fullmatch(words[at]):
        return True
    return words[at] in ("0", "1", "2", "3", "4", "5") and at > 0 and words[at - 1] == "grade"


def _side_near(words: Words, at: int, start: int, end: int, low: int) -> tuple[Side, ...]:
    behind = next((SIDES[words[place]] for place in range(at + 1, min(end, at + REACH)) if words[place] in SIDES), ())
    before = next(
        (SIDES[words[place]] for place in range(at - 1, max(low, start - 3) - 1, -1) if words[place] in SIDES), ()
    )
    return before if before and not (behind and "," not in words[at:end]) else behind or before


def _sided(words: Words, match: Match[NamedEntry], entry: SidedEntry, low: int, high: int) -> Iterator[Figure]:
    """Absent L, normal bilat, 40 R: each value with the side in its part. Only a plural is both without a side."""
    start = next((at + 1 for at in range(match.first, low - 1, -1) if words[at] == ","), low)
    for begin, end in _parts(words, start, high):
        value = _value(words[begin:end], entry)
        sides = [SIDES[word] for word in words[begin:end] if word in SIDES]
        if value is None or len(sides) > 1 or not (sides or words[match.last] in PLURALS):
            continue
        answer: Answer = value == "yes" if value in ("yes", "no") else value
        for side in sides[0] if sides else BOTH:
            yield Figure(f"{entry.item}_{side}", answer, min(match.first, begin), max(match.last, end - 1))


def _parts(words: Words, low: int, high: int) -> list[tuple[int, int]]:
    stops = [at for at in range(low, high) if words[at] in (",", "but")]
    edges = [low - 1, *stops, high]
    return [(one + 1, two) for one, two in pairwise(edges) if two > one + 1]


def _value(words: Words, entry: SidedEntry) -> str | None:
    row = f" {' '.join(words)} "
    found = {value for value, names in entry.values.items() for name in names if f" {name} " in row}
    if len(found) == 1:
        return found.pop()
    angle = next((float(word) for word in words if NUMBER.fullmatch(word)), None)
    return "yes" if not found and entry.degrees and angle is not None and 5 <= angle <= entry.degrees else None


FOUND = frozenset(("+", "++", "+++", "++++", "trace", "pos", "positive", "+ve", "present", "large", "moderate"))
CLEAR = frozenset(
    ("neg", "negative", "-ve", "nil", "no", "-", "absent", "clear", "nad", "normal", "none", "unremarkable")
)


def _dip(words: Words, match: Match[DipEntry]) -> Iterator[Figure]:
    """Each with the mark behind it or before it. One without a mark leaves the whole strip unread."""
    names = {name: value for value, several in match.meaning.values.items() for name in several}
    places = [at for at in range(match.last + 1, len(words)) if words[at] in names]
    low = match.last + 1
    while low < len(words) and words[low] in LINKS:
        low += 1
    if not places:
        if low < len(words) and words[low] in CLEAR - {"no", "-"}:
            yield Figure(match.meaning.item, frozenset(), match.first, low)
        return
    marks = [_mark(words, at, places, low) for at in places]
    if None not in marks:
        found = frozenset(names[words[at]] for at, mark in zip(places, marks, strict=True) if mark)
        yield Figure(match.meaning.item, found, match.first, places[-1])


def _mark(words: Words, at: int, places: list[int], low: int) -> bool | None:
    high = next((one for one in places if one > at), len(words))
    low = max([low, *(one + 1 for one in places if one < at)])
    behind, before = range(at + 1, high), range(at - 1, low - 1, -1)
    for place in (*_to_comma(words, behind), *_to_comma(words, before), *before):
        if words[place] in FOUND:
            return True
        if words[place] in CLEAR:
            return False
    return None


def _to_comma(words: Words, places: range) -> Iterator[int]:
    for place in places:
        if words[place] in (",", "("):
            return
        yield place
