"""Which backups are kept: all of the last two days, then one a day for 12 days, one a week for 10 weeks, one a month
for 9 months; each time the latest of the day, the week, the month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime, timedelta

ALL_OF = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def _day(moment: datetime) -> date:
    return moment.date()


def _week(moment: datetime) -> tuple[int, int]:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month


PLACES: tuple[Callable[[datetime], Hashable], ...] = (_day,) * DAILY + (_week,) * WEEKLY + (_month,) * MONTHLY


def surplus(moments: Collection[datetime], now: datetime) -> set[datetime]:
    """Those that may go: never the latest, nor one from the future, made by a clock that was wrong.

    What is older than two days fills the places one after the other, the latest first; a place takes the next one
    that is of another day (or week, or month) than the one before.
    """
    older = sorted((moment for moment in moments if now - moment > ALL_OF), reverse=True)
    kept: list[datetime] = []
    for moment in older:
        if len(kept) < len(PLACES):
            period = PLACES[len(kept)]
            if not kept or period(moment) != period(kept[-1]):
                kept.append(moment)
    return set(older) - set(kept)


def gone_by(moment: datetime, moments: Collection[datetime], now: datetime) -> date:
    """The day on which the one of `moment` is thinned, if a backup is made on each day from now on."""
    there, day = set(moments), now
    while moment in there:
        day += timedelta(days=1)
        there.add(day)
        there -= surplus(there, day)
    return day.date()
