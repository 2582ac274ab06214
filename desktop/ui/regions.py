"""The two questions that the body map answers, as words and marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from desktop.clinical.checklist import Answer, Item
from desktop.clinical.words import answer_words, upper_first
from desktop.ui.translation import translate

Mark = Literal["pain", "numb"]
MARKS: dict[str, Mark] = {"pain_site": "pain", "numb_dermatomes": "numb"}
"""The items on the map, in the order of their digits."""
NONE = ""
"""Stands for *none of these* where a choice is named."""


class RegionState(Struct, frozen=True):
    """One line of the list; `words` is what stands there, `sentence` what a screen reader says."""

    item_id: str
    choice: str
    words: str
    marked: bool

    @property
    def mark(self) -> Mark:
        return MARKS[self.item_id]

    @property
    def sentence(self) -> str:
        state = translate("Regions", "chosen") if self.choice == NONE else mark_words(self.mark)
        not_marked = translate("Regions", "not marked")
        return f"{self.words}, {state if self.marked else not_marked}"


def mark_words(mark: Mark) -> str:
    return translate("Regions", "pain") if mark == "pain" else translate("Regions", "numb")


def region_states(item: Item, answer: Answer | None) -> tuple[RegionState, ...]:
    marked = answer if isinstance(answer, frozenset) else frozenset[str]()
    named = [RegionState(item.id, choice, region_words(item, choice), choice in marked) for choice in item.choices]
    return (*named, RegionState(item.id, NONE, translate("Regions", "None of these"), answer == frozenset()))


def region_words(item: Item, choice: str) -> str:
    """Without the word root, which the heading of the list says once."""
    return item.choices[choice].removeprefix("Roots ").removeprefix("Root ")


def toggled(answer: Answer | None, choice: str) -> Answer | None:
    """Taking the last mark away is *not asked* again, never *none of these*: that is a choice of its own."""
    if choice == NONE:
        return None if answer == frozenset() else frozenset[str]()
    held = answer if isinstance(answer, frozenset) else frozenset[str]()
    return (held ^ {choice}) or None


def in_words(items: Mapping[str, Item], answers: Mapping[str, Answer]) -> str:
    """`Pain: low back. Numb: root L5. The map does not record the side of numbness.`"""
    parts = [
        f"{upper_first(mark_words(mark))}: {answer_words(items[id], answers[id])}."
        for id, mark in MARKS.items()
        if id in answers
    ]
    if isinstance(answers.get("numb_dermatomes"), frozenset) and answers["numb_dermatomes"]:
        sides = translate("Regions", "A root is marked on both sides: which side is numb is not recorded here.")
        parts.append(sides)
    return " ".join(parts) or translate("Regions", "Nothing marked: not asked.")
