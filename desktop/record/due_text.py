"""A moment by which something is done, as it is typed and as it is shown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop.clinical.dates import DAYS, MONTHS, month_in
from desktop.record.decisions import PlanLine
from desktop.record.words import say

EVENING = time(18, 0)
NOW = "now"
CLOCK = r"(?P<hour>\d\d?)[:.](?P<minute>\d\d)"
DAY = r"(?P<day>\d\d?)[-/. ](?P<month>\d\d?|[a-z]{3,9})(?:[-/. ](?P<year>\d{4}))?"


def due_text(due: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """`Tue 24-Nov 10:42`, with the year where it is another one; empty for no date."""
    if due is None:
        return ""
    here = due.astimezone(zone)
    year = "" if here.year == now.astimezone(zone).year else f"-{here.year}"
    return f"{DAYS[here.weekday()]} {here.day:02}-{MONTHS[here.month - 1]}{year} {here:%H:%M}"


def line_due_text(line: PlanLine, now: datetime, zone: ZoneInfo) -> str:
    """What is to be done at once says so, instead of the moment at which it should have been."""
    at_once = line.within == "now" and (line.proposed is None or line.due == line.proposed.due)
    return NOW if at_once and line.due is not None else due_text(line.due, now, zone)


def read_due(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """The moment, or what to write instead. A day without an hour ends at 18:00; empty is no date."""
    text = re.sub(rf"^({'|'.join(DAYS)})[a-z]*\b[ ,]*", "", " ".join(text.split()), flags=re.IGNORECASE).lower()
    if not text:
        return None, ""
    if text == NOW:
        return now, ""
    here = now.astimezone(zone)
    due = _span(text, here) or _moment(text, here)
    if due is None:
        return None, _how()
    # In the hour that comes twice in October two times of one zone would be compared by their figures alone.
    is_past = due.astimezone(UTC) <= now.astimezone(UTC) - timedelta(minutes=1)
    return (None, say("This lies in the past.") + " " + _how()) if is_past else (due, "")


def _how() -> str:
    return say("Write it as 24/11 10:42, 24 Nov 10:42, 10:42, or + 2 weeks.")


def _span(text: str, here: datetime) -> datetime | None:
    """Hours are elapsed hours; days and weeks end at the same time of the day."""
    found = re.fullmatch(r"\+ ?(\d{1,3}) ?(h|hours?|d|days?|w|weeks?)", text)
    if not found:
        return None
    number, unit = int(found[1]), found[2][0]
    if unit == "h":
        return (here.astimezone(UTC) + timedelta(hours=number)).astimezone(here.tzinfo)
    return here + timedelta(days=number * (7 if unit == "w" else 1))


def _moment(text: str, here: datetime) -> datetime | None:
    for form in (rf"{DAY}(?:,? {CLOCK})?", CLOCK):
        if found := re.fullmatch(form, text, re.ASCII):
            parts = found.groupdict()
            return _put_together(parts, here)
    return None


def _put_together(parts: dict[str, str | None], here: datetime) -> datetime | None:
    """Without a day the next time the clock shows this; without a year the next time the calendar does."""
    try:
        hour, minute = parts.get("hour"), parts.get("minute")
        at = time(int(hour), int(minute)) if hour and minute else EVENING
        if not parts.get("day"):
            due = datetime.combine(here.date(), at, here.tzinfo)
            return due if due > here else due + timedelta(days=1)
        year = parts.get("year")
        day = date(int(year or here.year), month_in(parts["month"] or ""), int(parts["day"] or 0))
        # In December 4 Jan is next year's; a day that has just gone by is a slip.
        if not year and day < here.date() - timedelta(days=183):
            day = day.replace(year=day.year + 1)
        return datetime.combine(day, at, here.tzinfo)
    except ValueError:
        return None
