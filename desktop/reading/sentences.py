"""Text into sentences, and sentences into words with their places. Misspelt words are mended against a word list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

TOKEN = re.compile(
    r"[+-]ve\b|2ww\b|\++|\d+[+-]?/\d+|\d+(?:\.\d+)?|[^\W\d_][\w’']*(?:[-&+/][\w’']+)*|\?+|[.,;:!()<>~=#✗\n-]",
    re.IGNORECASE,
)
ENDS = frozenset(".;!\n")
BULLET = re.compile(r"\s*[*•]\s")
POINT = re.compile(r"^([ \t]*)[-–](?=\s)", re.MULTILINE)
BRACKETED = re.compile(r"\((nil|none|no|denied|denies|neg|negative|absent|-ve|-)\)", re.IGNORECASE)
HANGING = ("no", "nil", "denies", "not", "or", "and", "nor", "of", "without", "with")
WRAPPED = 60
"""A line at least as long as this that goes on in small letters was broken by a program, not by the writer."""
SHORT, LONG = 5, 8
"""Letters of a word that may have one slip, and two."""
NOT_MISSPELT = frozenset(
    ("newer", "nether", "fetter", "weights", "brown", "patent", "collapsing", "stable", "table", "sweets")
)


@dataclass(frozen=True)
class Token:
    """`text` is how the reader takes it: small letters, mended."""

    text: str
    start: int
    end: int


class Speller:
    def __init__(self, vocabulary: frozenset[str]) -> None:
        self.known = vocabulary
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(vocabulary):
            if len(word) >= SHORT and word.isalpha():
                self._by_letter.setdefault(word[0], []).append(word)

    def mend(self, word: str) -> str:
        """Nothing is kept of it: the words of a note would outlast the encounter, and the lock."""
        if word in self.known or word in NOT_MISSPELT or len(word) < SHORT or not word.isalpha():
            return word
        near = process.extractOne(
            word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=2 if len(word) >= LONG else 1
        )
        fits = near is not None and (near[1] < 2 or len(near[0]) >= LONG) and not _is_plural(word, near[0])
        return near[0] if near is not None and fits else word


def _is_plural(word: str, near: str) -> bool:
    return word in (f"{near}s", f"{near}d") or near in (f"{word}s", f"{word}d")


def sentences(text: str, speller: Speller) -> Iterator[tuple[Token, ...]]:
    row: list[Token] = []
    text = POINT.sub(lambda point: f"{point[1]}•", text)
    for token in _tokens(text, speller):
        if token.text in ENDS and not (token.text == "\n" and _goes_on(text, token)):
            if row:
                yield tuple(row)
            row = []
        elif token.text != "\n":
            row.append(token)
        elif row and text[: token.start].rstrip(" ")[-1:] == ":":
            continue
        elif row and BULLET.match(text, token.end):
            row.append(Token(",", token.start, token.end))
    if row:
        yield tuple(row)


def _goes_on(text: str, newline: Token) -> bool:
    """Whether the line break is no end: after a colon, between the points of a list, where a long line was wrapped."""
    start = text.rfind("\n", 0, newline.start) + 1
    line, following = text[start : newline.start].rstrip(), text[newline.end : newline.end + 80]
    if line.endswith((":", ",")):
        return bool(following.strip())
    if line.lower().endswith(HANGING) and line.lower().split()[-1] in HANGING:
        return following[:1].islower()
    if BULLET.match(following) and BULLET.match(line):
        return True
    first = following.lstrip(" ")[:1]
    return len(line) >= WRAPPED and first.islower()


def _tokens(text: str, speller: Speller) -> Iterator[Token]:
    for match in TOKEN.finditer(BRACKETED.sub(lambda bracket: f" {bracket[1]} ", text)):
        word = match[0].lower().replace("’", "'")
        if word in speller.known or word[0] in "+-" or not word[0].isalpha() or not re.search(r"[-&+/]", word):
            yield Token(speller.mend(word), match.start(), match.end())
            continue
        for part in re.finditer(r"[^-&+/]+|/", match[0]):
            start = match.start() + part.start()
            yield Token(speller.mend(part[0].lower().replace("’", "'")), start, start + len(part[0]))


def words_of(row: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.text for token in row)
