"""Full-text search over texts about nobody, such as the pages of the library: an index in memory, made from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from db import driver

BEGIN, END = "\x02", "\x03"
"""Round each word that was looked for, in what a hit shows."""
MAKE = """
    CREATE VIRTUAL TABLE texts USING fts5 (
        id UNINDEXED, title, also, summary, body,
        tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3'
    )
"""
FIND = f"""
    SELECT id, title, snippet(texts, 4, '{BEGIN}', '{END}', '…', 18) AS excerpt
    FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, 12, 10, 4, 1), id LIMIT ?
"""
MOST_WORDS = 12


@dataclass(frozen=True)
class Text:
    """`also`: other names under which it may be looked for."""

    id: str
    title: str
    body: str
    summary: str = ""
    also: str = ""


@dataclass(frozen=True)
class Hit:
    id: str
    title: str
    excerpt: str


class TextIndex:
    def __init__(self, texts: Iterable[Text]) -> None:
        self._database = driver.in_memory()
        self._database.execute(MAKE)
        self._database.utils.table("texts").insert_all(asdict(text) for text in texts)

    def find(self, words: str, *, every: bool = True, limit: int = 30) -> list[Hit]:
        """By the beginnings of words in any order, best first; `every` of them or at least one."""
        terms = search_words(words)
        if not terms:
            return []
        quoted = (" AND " if every else " OR ").join('"' + term.replace('"', '""') + '"*' for term in terms)
        return [Hit(**row) for row in driver.rows(self._database, FIND, [quoted, limit])]


def search_words(text: str) -> list[str]:
    """What is looked for: words with a letter or digit in them, so that nothing is taken for a command."""
    clean = "".join(one if one.isalnum() else " " for one in text[:400].encode(errors="ignore").decode())
    return clean.split()[:MOST_WORDS]
