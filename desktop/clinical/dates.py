"""Days, times and limits in words, with spaces and hyphens at which no line breaks."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HYPHEN = "\N{NON-BREAKING HYPHEN}"
SPACE = "\N{NO-BREAK SPACE}"


def date_words(day: date) -> str:
    """`23-Nov-2026` with hyphens that do not break; not by strftime, whose names follow the machine's locale."""
    return f"{day.day:02}{HYPHEN}{MONTHS[day.month - 1]}{HYPHEN}{day.year}"


def day_words(day: date) -> str:
    """`Mon 23-Nov-2026`."""
    return f"{DAYS[day.weekday()]}{SPACE}{date_words(day)}"


def time_words(moment: datetime, zone: ZoneInfo) -> str:
    """`Tue 24-Nov-2026 10:42`, in the practice's zone."""
    here = moment.astimezone(zone)
    return f"{day_words(here)}{SPACE}{here:%H:%M}"


def due_words(within: str, due: datetime, zone: ZoneInfo) -> str:
    """Hours are given with the hour, weeks with the day."""
    if within == "now":
        return "now"
    return time_words(due, zone) if within.endswith("hours") else day_words(due.astimezone(zone))
