"""Right-to-left scripts: the joined forms of Arabic letters, and the order in which a line is drawn.

A PDF has no notion of either: glyphs stand from left to right. The text as it was written goes into the tags.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

RIGHT_TO_LEFT = ("R", "AL")
# From here on in Unicode; most text has nothing of it, and is not looked at more closely.
FIRST = "\u0590"
BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›"}


def is_right_to_left(text: str) -> bool:
    if text.isascii():
        return False
    return any(char >= FIRST and unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text)


def shaped(text: str) -> str:
    """In the forms that letters take beside each other; every mark of the writer is kept."""
    found: str = _shaper()(text)
    return found


def visual(text: str, *, right_to_left: bool) -> str:
    """The characters of one line from left to right, brackets mirrored (Unicode's UAX 9)."""
    from bidi import algorithm

    level = int(right_to_left)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = level, "LR"[level]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "LR"[level])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    return "".join(char["ch"] for char in storage["chars"])


def _resolve_brackets(chars: Sequence[dict[str, Any]], base: str) -> None:
    """Rule N0, which the library is without: brackets go with what is in them, so that both face the same way."""
    for first, last in _pairs([char["ch"] for char in chars]):
        inside = {_direction(char["type"]) for char in chars[first + 1 : last]} - {""}
        if not inside:
            continue
        before = [_direction(char["type"]) for char in chars[:first]]
        context = next((one for one in reversed(before) if one), base)
        chars[first]["type"] = chars[last]["type"] = base if base in inside else context


def _pairs(text: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in BRACKETS:
            opened.append(place)
        elif opened and char == BRACKETS[text[opened[-1]]]:
            found.append((opened.pop(), place))
    return sorted(found)


def _direction(kind: str) -> str:
    """Numbers stand with right-to-left letters here."""
    return "L" if kind == "L" else "R" if kind in ("R", "AL", "EN", "AN") else ""


@cache
def _shaper() -> Callable[[str], str]:
    from arabic_reshaper import ArabicReshaper

    made: Callable[[str], str] = ArabicReshaper({"delete_harakat": False, "support_ligatures": True}).reshape
    return made
