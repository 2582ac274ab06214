"""Days on which a practice is open in each nation of the United Kingdom, and limits brought forward to one of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from desktop.clinical.dates import date_words
from desktop.clinical.limits import LIMITS
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Model, Words
from desktop.clinical.rules import Tag
from resources import FOLDER

SHORTEST_MOVED = timedelta(weeks=1)
"""Shorter limits count elapsed hours: an emergency knows no holiday."""
WARNED_BEFORE = timedelta(days=180)
SATURDAY = 5


class Holiday(Model):
    day: date
    name: Words


class Nation(Model):
    id: Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+)*\Z")]
    name: Words
    days: tuple[Holiday, ...]


class Facts(Model):
    """`known_until`: no holiday after that day is known. `closes` is the hour at which a working day ends."""

    known_until: date
    closes: time
    closes_source: Words
    checked: date
    tag: Tag


class Moved(Struct, frozen=True):
    """`why` is empty where the limit itself is a moment at which somebody works."""

    due: datetime
    limit: datetime
    why: str = ""


class WorkingDays(Struct, frozen=True, dict=True):
    facts: Facts
    nation: Nation
    zone: ZoneInfo

    @cached_property
    def _holidays(self) -> dict[date, str]:
        return {holiday.day: holiday.name for holiday in self.nation.days}

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self._holidays

    def brought_forward(self, limit: datetime, within: str | None) -> Moved:
        """To the end of the last working day before it: a limit says *no later than*, so nothing moves back."""
        local = limit.astimezone(self.zone)
        if within is None or LIMITS[within] < SHORTEST_MOVED or self.is_working(local.date()):
            return Moved(limit, limit)
        day = local.date()
        while not self.is_working(day):
            day -= timedelta(days=1)
        end = datetime.combine(day, self.facts.closes, self.zone).astimezone(UTC)
        return Moved(end, limit, self._name(local.date()))

    def running_out(self, today: date) -> str:
        """What to tell the practice when the list of holidays ends soon or has ended; empty before."""
        until = self.facts.known_until
        if today + WARNED_BEFORE < until:
            return ""
        ended = "ended" if today > until else "ends"
        return (
            f"The list of bank holidays {ended} on {date_words(until)}. Later holidays are not known to Backstop: "
            "weekends still count, and a newer version brings the list."
        )

    def _name(self, day: date) -> str:
        return self._holidays.get(day) or ("Saturday" if day.weekday() == SATURDAY else "Sunday")


def load_working_days(nation: str, zone: ZoneInfo, folder: Path = FOLDER) -> WorkingDays:
    """Raises ContentError with every mistake."""
    facts, nations = _load(folder)
    return WorkingDays(facts, nations[nation], zone)


def nations(folder: Path = FOLDER) -> dict[str, str]:
    """Their names by id, in the order of the file."""
    return {nation.id: nation.name for nation in _load(folder)[1].values()}


@cache
def _load(folder: Path) -> tuple[Facts, dict[str, Nation]]:
    file = ContentFile(folder / "holidays" / "uk.toml", folder)
    found = {nation.id: nation for nation in file.entries("nation", Nation)}
    facts = _facts(file)
    for nation in found.values():
        for holiday in nation.days:
            if (facts and holiday.day > facts.known_until) or holiday.day.weekday() >= SATURDAY:
                file.wrong(nation.id, "days", f"{holiday.day} is at a weekend or after the list ends")
    if file.mistakes or facts is None:
        raise ContentError(file.mistakes)
    return facts, found


def _facts(file: ContentFile) -> Facts | None:
    found = file.entries("facts", Facts)
    if not found and not file.mistakes:
        file.wrong("", "facts", "is missing")
    return found[0] if found else None
