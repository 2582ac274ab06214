"""Weekends and bank holidays bring a long limit forward, and never touch a short one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.clinical.limits import LIMITS
from desktop.clinical.mistakes import ContentError
from desktop.clinical.working_days import load_working_days, nations
from resources import FOLDER

LONDON = ZoneInfo("Europe/London")
ENGLAND = load_working_days("england", LONDON)
SHORT = [within for within in LIMITS if "hour" in within or within == "now"]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("nation", "limit", "due", "why"),
    [
        ("england", "2026-12-10 10:40", "2026-12-10 10:40", ""),
        ("england", "2026-12-12 10:40", "2026-12-11 18:30", "Saturday"),
        ("england", "2026-12-13 10:40", "2026-12-11 18:30", "Sunday"),
        ("england", "2026-12-25 10:40", "2026-12-24 18:30", "Christmas Day"),
        ("england", "2026-12-28 10:40", "2026-12-24 18:30", "Boxing Day, substitute day"),
        ("scotland", "2026-11-30 09:00", "2026-11-27 18:30", "St Andrew’s Day"),
        ("england", "2026-11-30 09:00", "2026-11-30 09:00", ""),
        ("northern-ireland", "2027-03-17 09:00", "2027-03-16 18:30", "St Patrick’s Day"),
        ("wales", "2027-03-29 09:00", "2027-03-25 18:30", "Easter Monday"),
        ("scotland", "2027-03-29 09:00", "2027-03-29 09:00", ""),
    ],
)
def test_a_long_limit_is_brought_forward_to_a_working_day(nation, limit, due, why):
    moved = load_working_days(nation, LONDON).brought_forward(at(limit), "2 weeks")
    assert (moved.due, moved.limit, moved.why) == (at(due), at(limit), why)


@pytest.mark.parametrize("within", [*SHORT, None])
def test_a_short_limit_counts_elapsed_hours_on_christmas_day_too(within):
    limit = at("2026-12-25 10:40")
    assert ENGLAND.brought_forward(limit, within).due == limit


@pytest.mark.parametrize("nation", nations())
def test_no_limit_ever_becomes_later(nation):
    days = load_working_days(nation, LONDON)
    moments = [datetime.fromtimestamp(start, UTC) for start in range(1767225600, 1861833600, 7 * 3600)]
    assert [one for one in moments if days.brought_forward(one, "6 weeks").due > one] == []


@pytest.mark.parametrize(
    ("today", "told"), [(date(2026, 11, 28), ""), (date(2028, 7, 5), "ends on"), (date(2029, 1, 1), "ended on")]
)
def test_it_is_said_in_time_that_the_list_ends(today, told):
    said = ENGLAND.running_out(today)
    assert bool(said) is bool(told)
    assert told in said


def test_all_four_nations_have_eight_days_or_more_in_each_year():
    for nation in nations():
        days = [one.day for one in load_working_days(nation, LONDON).nation.days]
        assert [sum(day.year == year for day in days) >= 8 for year in (2026, 2027, 2028)] == [True] * 3
        assert days == sorted(set(days))


def test_a_holiday_at_a_weekend_is_a_mistake(tmp_path):
    text = (FOLDER / "holidays/uk.toml").read_text("utf-8").replace("2026-12-28", "2026-12-26", 1)
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays/uk.toml").write_text(text, "utf-8")
    with pytest.raises(ContentError, match="at a weekend"):
        load_working_days("england", LONDON, tmp_path)
