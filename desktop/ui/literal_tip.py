"""A tip of words that somebody typed."""

from __future__ import annotations

WORD_JOINER = "\u2060"


def literal(words: str) -> str:
    """The same to look at. Qt takes a tip for markup as soon as something in it looks like a tag or an entity; with a
    word joiner in it, which is not seen, neither begins."""
    return words.replace("<", f"<{WORD_JOINER}").replace("&", f"&{WORD_JOINER}")
