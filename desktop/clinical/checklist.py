"""Items (one question each), sections, and what an answer can be."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from desktop.clinical.model import Id, Model, Words

Kind = Literal["yes-no", "choice", "multi", "number", "date", "text"]
Sex = Literal["female", "male", "other"]
"""`other`: neither, or organs that do not go with the word: what there is, is asked. None is not recorded."""
PATIENT_FACTS = ("age", "sex", "born")


class Reference(Model):
    """What a word such as *raised* means for a number: `bound` is an operator and a figure."""

    word: Literal["raised", "low", "reduced"]
    bound: Annotated[str, Meta(pattern=r"^(<|<=|>|>=) \d+(\.\d+)?\Z")]
    when: Words | None = None


class FormerItem(Model):
    """An id that older case files use for the same question; `yes` and `no` are choices of this item."""

    id: Id
    yes: Words
    no: Words


class Item(Model):
    """`label` is a noun phrase for chips and papers; `ask` fits one line; `help` is the plain-words version."""

    id: Id
    label: Words
    ask: Words
    kind: Kind
    why: Words
    help: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    yes_means: str | None = None
    unit: str | None = None
    other_units: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    whole: bool = False
    not_future: bool = False
    asked_when: str | None = None
    detail_of: Id | None = None
    examined: bool = False
    reference: tuple[Reference, ...] = ()
    formerly: FormerItem | None = None
    cites: tuple[str, ...] = ()

    @property
    def is_timed(self) -> bool:
        """Whether time is part of the answer: no, new (two weeks or less, or worse) or old."""
        return set(self.choices) == {"no", "new", "old"}


class Section(Model):
    """`elsewhere`: its answers come from a laboratory or a scan, not from the patient in the room. `examined`: from
    hands, eyes and instruments, once the questions are asked."""

    id: Id
    title: Words
    order: int
    safety_screen: bool = False
    elsewhere: bool = False
    examined: bool = False
    items: tuple[Item, ...] = ()

    @property
    def is_details(self) -> bool:
        """Whether every item opens inside another section's row, so the section needs no place of its own."""
        return all(item.detail_of for item in self.items)


class Misfit(Model, kw_only=True):
    """Answers that cannot all be right: `when` is true, or the number of `item` is above that of `more_than`.

    `words` say what to look at again. The answers stay as they are given.
    """

    item: Id
    when: str | None = None
    more_than: Id | None = None
    words: Words


class Unsure(Struct, frozen=True):
    """Asked, and nobody knows. For the rules the same as not asked; shown and printed as what it is."""


class CouldNotExamine(Struct, frozen=True):
    reason: str


class Range(Struct, frozen=True):
    """A number known only in part; an open end does not belong to the range."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


class Said(Struct, frozen=True):
    """A number given as a word: raised, normal, low or reduced."""

    word: str


Answer = bool | float | str | date | frozenset[str] | Range | Said | Unsure | CouldNotExamine


class Person(Struct, frozen=True):
    """What the rules may know of a patient; None is unknown. `age` is in whole years at the encounter."""

    age: int | None = None
    sex: Sex | None = None
