"""Which backups stay, day after day through a year and a half."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from db.thinning import gone_by, surplus

START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


def year_of(*, days: int, open_on: tuple[int, ...] = tuple(range(7))) -> list[datetime]:
    """What is left when the practice made a backup every three hours from eight to five, thinning after each."""
    there: set[datetime] = set()
    for day in range(days):
        moment = START + timedelta(days=day)
        while moment.weekday() in open_on and moment.hour < 18:
            there.add(moment)
            there -= surplus(there, moment)
            moment += timedelta(hours=3)
    return sorted(there)


def newest(kept: list[datetime], period: str) -> list[str]:
    return sorted({moment.strftime(period) for moment in kept})


@pytest.mark.parametrize("open_on", [tuple(range(7)), (0, 1, 2, 3, 4)], ids=["every day", "weekdays"])
def test_after_a_year_there_are_12_days_10_weeks_and_9_months(open_on: tuple[int, ...]) -> None:
    kept = year_of(days=500, open_on=open_on)
    now = kept[-1]
    old = [moment for moment in kept if now - moment > timedelta(days=2)]
    days, weeks, months = old[-12:], old[-22:-12], old[:-22]
    assert len(old) == 31
    assert newest(old[-12:], "%F") == [moment.strftime("%F") for moment in days]
    assert len(newest(days, "%F")) == 12
    assert len(newest(weeks, "%G-%V")) == 10
    assert len(newest(months, "%Y-%m")) == 9


def test_every_one_of_the_last_two_days_stays() -> None:
    kept = year_of(days=60)
    recent = [moment for moment in kept if kept[-1] - moment <= timedelta(days=2)]
    assert len(recent) == 4 * 2 + 1


def test_on_each_day_of_a_year_the_gaps_grow_no_faster_than_promised() -> None:
    """No day on which something of last week, or of the last months, would be missing."""
    there: set[datetime] = set()
    for day in range(365):
        now = START + timedelta(days=day)
        there.add(now)
        there -= surplus(there, now)
        ages = sorted((now - moment).days for moment in there)
        assert ages[: min(day + 1, 14)] == list(range(min(day + 1, 14)))
        gaps = [later - earlier for earlier, later in pairwise(ages)]
        assert [gap for gap, age in zip(gaps, ages, strict=False) if gap > (7 if age < 70 else 35)] == []
        assert now in there
    assert max(ages) > 300


def test_the_latest_stays_however_old_and_one_from_the_future_too() -> None:
    old, wrong_clock = START, START + timedelta(days=4000)
    assert surplus({old}, START + timedelta(days=900)) == set()
    assert surplus({old, wrong_clock}, START + timedelta(days=900)) == set()


def test_it_is_told_when_the_last_of_them_will_be_gone() -> None:
    there = set(year_of(days=30))
    gone = {moment: gone_by(moment, there, max(there)) for moment in there}
    last = max(gone.values())
    assert date(2026, 9, 1) < last < date(2027, 3, 1)
    day, left = max(there), set(there)
    while day.date() < last:
        assert left & set(there)
        day += timedelta(days=1)
        left.add(day)
        left -= surplus(left, day)
    assert not left & set(there)
