"""The sources that the raised flags rest on: a short name in the row, all of it once at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.clinical.rules import Rule


class Sources:
    """Guidance with a code goes by it (NICE NG12); everything else is numbered as it comes."""

    def __init__(self, content: Content, assessment: Assessment) -> None:
        self.content = content
        ids = dict.fromkeys(_id(cite) for flag in assessment.flags for cite in flag.rule.cites)
        coded = {id: _code(content, id) for id in ids}
        numbers = iter(range(1, len(ids) + 1))
        self.names = {id: code or f"[{next(numbers)}]" for id, code in coded.items()}

    def short(self, rule: Rule) -> str:
        """`NICE NG234 1.3.2, 1.5.2; [1]; [2] table 1`."""
        places: dict[str, list[str]] = {}
        for cite in rule.cites:
            places.setdefault(_id(cite), []).append(cite.partition(" ")[2])
        return "; ".join(f"{self.names[id]} {', '.join(filter(None, found))}".strip() for id, found in places.items())

    def full(self) -> Iterable[tuple[str, str]]:
        """Each with its title, body, edition and the day it was checked."""
        for id, name in self.names.items():
            source = self.content.citations[id]
            words = f"{source.title}, {source.body} ({source.version}), checked {date_words(source.checked)}"
            yield name, words


def _id(cite: str) -> str:
    return cite.partition(" ")[0]


def _code(content: Content, id: str) -> str:
    source = content.citations[id]
    code = re.search(r"\(((?:NG|QS|CG)\d+)\b", source.title)
    return f"{source.body} {code[1]}" if code else ""
