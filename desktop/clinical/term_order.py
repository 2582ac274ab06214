"""Terms may use terms that stand anywhere: in which order they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktop.clinical.rules import Term


def by_need(terms: Mapping[str, Term]) -> Iterator[Term]:
    """Each after those that it uses. One that leads back to itself, or to one that does, never comes."""
    waiting = dict(terms)
    while ready := [id for id, term in waiting.items() if not _names(term) & waiting.keys()]:
        for id in ready:
            yield waiting.pop(id)


def _names(term: Term) -> set[str]:
    """Every word of the term's text: enough to find the terms among them."""
    return {word for text in term.texts for word in re.findall(r"\w+", text)}
