"""How a follow-up can end, as data, and which answers its result gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import field

from desktop.clinical.answer import AnswerError, read_answer
from desktop.clinical.checklist import Item
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.wholeness import check_once
from resources import FOLDER

FollowUpKind = Literal["imaging", "bloods", "referral", "immediate", "own", "telling", "looking"]


class Outcome(Model):
    """`sets` are answers that it gives by itself, `asks` questions it asks; `tells`: the patient is told afterwards."""

    id: Id
    words: Words
    hint: Words
    kinds: tuple[FollowUpKind, ...]
    needs_text: bool = False
    tells: bool = False
    asks: tuple[Id, ...] = ()
    sets: dict[Id, tuple[str, ...]] = field(default_factory=dict)


def load_outcomes(items: Mapping[str, Item], folder: Path = FOLDER) -> tuple[Outcome, ...]:
    """In the order of their digits. Raises ContentError with every mistake."""
    file = ContentFile(folder / "followups" / "outcomes.toml", folder)
    file.only_tables("outcome")
    outcomes = tuple(file.entries("outcome", Outcome))
    check_once(((file, outcome.id) for outcome in outcomes), "outcomes")
    for outcome in outcomes:
        for id in (*outcome.asks, *outcome.sets):
            if id not in items:
                file.wrong(outcome.id, "asks", f"“{id}” is not an item of the checklist")
        for id, value in outcome.sets.items():
            _check(file, outcome, items.get(id), list(value))
    if file.mistakes:
        raise ContentError(file.mistakes)
    return outcomes


def _check(file: ContentFile, outcome: Outcome, item: Item | None, value: list[str]) -> None:
    if item is None:
        return
    try:
        read_answer(item, value, date.max)
    except AnswerError as error:
        file.wrong(outcome.id, "sets", str(error))
