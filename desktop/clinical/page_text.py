"""The Markdown of a page: its sentences, headings, links and plain text. CommonMark with tables, no HTML of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MARKER = re.compile(r"\[(\d+)\]")
"""`[2]` behind a claim is the second source of the page."""
SENTENCE_END = re.compile(r"(?<=[.!?])[”)]?\s+(?=[A-Z“(])")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    line: int


@dataclass(frozen=True)
class Statement:
    """One sentence, one point of a list, or one row of a table; the line is that of the body."""

    text: str
    line: int


@cache
def markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=128)
def _tokens(body: str) -> tuple[Token, ...]:
    return tuple(markdown().parse(body))


def headings(body: str) -> tuple[Heading, ...]:
    return tuple(
        Heading(int(token.tag[1]), _words(inline), _line(token))
        for token, inline in pairwise(_tokens(body))
        if token.type == "heading_open"
    )


@lru_cache(maxsize=128)
def statements(body: str) -> tuple[Statement, ...]:
    return tuple(_statements(body))


def _statements(body: str) -> Iterator[Statement]:
    row: list[str] | None = None
    for token in _tokens(body):
        if token.type == "tr_open":
            row, line = [], _line(token)
        elif token.type == "tr_close" and row is not None:
            yield Statement(" · ".join(row), line)
            row = None
        elif token.type == "inline":
            if row is not None:
                row.append(_words(token))
            else:
                yield from (Statement(text, _line(token)) for text in sentences(_words(token)))


def sentences(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE_END.split(text) if sentence]


def links(body: str) -> Iterator[tuple[str, int]]:
    """Where each link leads, and its line."""
    for token in _tokens(body):
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                yield str(child.attrGet("href") or child.attrGet("src") or ""), _line(token)


def plain(body: str) -> str:
    """For search and for measuring: words only, one statement a line, without markers."""
    found = (MARKER.sub("", statement.text) for statement in statements(body))
    return "\n".join(re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split())) for text in found)


def _words(token: Token) -> str:
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ())
    return "".join(parts)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
