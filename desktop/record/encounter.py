"""Patient and encounter as screen and paper see them. Models only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct, field

Sex = Literal["female", "male", "other"]
LONDON = ZoneInfo("Europe/London")
NOT_IDENTIFIED = "Not identified yet"


class Patient(Struct, frozen=True):
    """`sex` and `born` are None where they are not known; somebody without a name is not identified yet.

    `identifiers` are other numbers by their name, such as that of the hospital.
    """

    uid: str
    family: str
    given: str
    born: date | None
    sex: Sex | None = None
    nhs_number: str | None = None
    title: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    telephone: str = ""
    address: str = ""

    @property
    def is_identified(self) -> bool:
        return bool(self.family or self.given)

    @property
    def name(self) -> str:
        """As the banner has it: `SURNAME, Given`."""
        return ", ".join(part for part in (self.family.upper(), self.given) if part) or NOT_IDENTIFIED

    @property
    def nhs_number_spaced(self) -> str:
        """`999 123 4567`, as the NHS prints it; empty without a number."""
        number = self.nhs_number or ""
        return f"{number[:3]} {number[3:6]} {number[6:]}".strip()

    def age_at(self, moment: datetime, zone: ZoneInfo = LONDON) -> int | None:
        """In whole years by the practice's calendar; someone born on 29 February ages on 1 March."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        if self.born is None:
            return None
        today = moment.astimezone(zone).date()
        return today.year - self.born.year - ((today.month, today.day) < (self.born.month, self.born.day))


class Encounter(Struct, frozen=True):
    """`answers` are JSON values by item, as a case file has them; an item without one is *not asked*."""

    uid: str
    patient: Patient
    began_at: datetime
    clinician: str
    rule_set: str
    state: str
    answers: Mapping[str, Any]
    changed_at: datetime


class Saying(Struct, frozen=True):
    """Who said an answer, who wrote it down, and when. `by` the patient: nobody has confirmed it yet."""

    by: Literal["clinician", "patient"]
    who: str
    at: datetime


class Resumed(Struct, frozen=True):
    """What an encounter looks like when it is opened again: where the clinician was, and what changed since.

    `rules_changed` says that another rule set was in force; then flags may have appeared or gone without an answer
    having changed, `changed` are answered questions that read otherwise now, and `unreadable` are answers to
    questions that are no more: kept as they were given, not counted.
    """

    left_at: datetime
    item: str | None
    another_day: bool = False
    rules_changed: bool = False
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()

    @property
    def has_news(self) -> bool:
        return bool(self.another_day or self.appeared or self.gone or self.changed or self.unreadable)
