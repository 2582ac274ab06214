"""The sources that the raised flags rest on: a short name in the row, all of it once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.clinical.rules import Citation, Rule

OURS = "backstop-"
JUDGEMENT = "our rule set’s own judgement"


def short_sources(content: Content, rule: Rule) -> str:
    """`NICE NG234 1.3.2, 1.5.2; GIRFT CES`."""
    return _named(content, rule.cites)


def sources_for_others(content: Content, rule: Rule) -> str:
    """Our own memo is nothing that a hospital can look up: that there was a judgement is said without its number."""
    theirs = [cite for cite in rule.cites if not cite.startswith(OURS)]
    ours = JUDGEMENT if len(theirs) < len(rule.cites) else ""
    return "; ".join(filter(None, [_named(content, theirs), ours]))


def _named(content: Content, cites: Iterable[str]) -> str:
    places: dict[str, list[str]] = {}
    for cite in cites:
        id, _, place = cite.partition(" ")
        places.setdefault(content.citations[id].short, []).append(place)
    return "; ".join(f"{short} {', '.join(filter(None, found))}".strip() for short, found in places.items())


def full_sources(content: Content, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Short name; title, edition and the day it was checked. Each once, in the order of the flags."""
    for source in _cited(content, assessment):
        yield source.short, f"{source.title} ({source.version}), checked {date_words(source.checked)}"


def brief_sources(content: Content, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Without titles: the day of the check, and all that was checked on it."""
    found: dict[date, list[str]] = {}
    for source in _cited(content, assessment):
        found.setdefault(source.checked, []).append(f"{source.short} ({source.version})")
    for day, sources in found.items():
        yield f"Checked {date_words(day)}:", "; ".join(sources)


def _cited(content: Content, assessment: Assessment) -> Iterator[Citation]:
    cites = (cite for flag in assessment.flags for cite in flag.rule.cites)
    return (content.citations[id] for id in dict.fromkeys(cite.partition(" ")[0] for cite in cites))
