"""Free text under the sections of a consultation, found again by its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from db.store import Store
from db.stored import StoredAnswer
from desktop.clinical.content import Content
from desktop.record.decisions import NOTE
from desktop.record.encounter import Patient
from desktop.record.patients import patient

LONGEST = 4000
"""Characters of one text; a page and a half."""
AROUND = 70
OPEN = re.compile(r"\{[^{}\n]{1,40}\}")
"""What a phrase leaves to be filled in: `{side}`."""


class FoundNote(Struct, frozen=True):
    """`before`, `words` and `after` are the place where the first word stands, with what is round it."""

    patient: Patient
    encounter_uid: str
    began_at: datetime
    about: str
    before: str
    words: str
    after: str


def note_id(section: str) -> str:
    return f"{NOTE}{section}"


def notes_in(stored: Mapping[str, StoredAnswer]) -> dict[str, str]:
    """By the id of the section."""
    found = {id.removeprefix(NOTE): one.value for id, one in stored.items() if id.startswith(NOTE)}
    return {section: text for section, text in found.items() if isinstance(text, str)}


def find_notes(store: Store, content: Content, text: str, *, limit: int = 30) -> list[FoundNote]:
    """What was written last comes first; nothing for a single letter, which would find everything."""
    words = text.split()
    if not words or max(map(len, words)) < 2:
        return []
    found = store.notes.find(text, limit=limit)
    people = {uid: patient(store, uid) for uid in {one.patient_uid for one in found}}
    return [
        FoundNote(
            people[one.patient_uid],
            one.encounter_uid,
            one.began_at,
            _about(content, one.item),
            *_place(one.text, words),
        )
        for one in found
    ]


def left_open(text: str) -> list[str]:
    """`{side}` and the like, not filled in."""
    return OPEN.findall(text)


def title_of(content: Content, section: str) -> str:
    """A section that this program doesn't have any more is named by its id."""
    return next((one.title for one in content.sections if one.id == section), section)


def _about(content: Content, item: str) -> str:
    if item.startswith(NOTE):
        return title_of(content, item.removeprefix(NOTE))
    return content.items[item].label if item in content.items else item


def _place(text: str, words: list[str]) -> tuple[str, str, str]:
    """Where a word begins so, whatever its accents; the beginning of the text where none is found."""
    flat, wanted = _plain(text), [_plain(word) for word in words]
    starts = [match.start() for word in wanted for match in [re.search(rf"\b{re.escape(word)}", flat)] if match]
    start = min(starts, default=0)
    end = next((match.end() for match in [re.compile(r"\w+").match(text, start)] if match), start)
    first, last = max(0, start - AROUND), end + AROUND
    before = ("…" if first else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) else "")
    return _one_line(before), text[start:end], _one_line(after)


def _plain(text: str) -> str:
    """As long as the text itself, so that places in it are places in the text."""
    return "".join((unicodedata.normalize("NFD", letter)[:1] or letter).casefold()[:1] or letter for letter in text)


def _one_line(text: str) -> str:
    return re.sub(r"\s", " ", text)
