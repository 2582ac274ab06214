"""Days, times and limits in words, with spaces and hyphens at which no line breaks; and days as they are typed.

By names of our own: those of `strftime` and `strptime` follow the machine's locale, which Qt sets.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HYPHEN = "\N{NON-BREAKING HYPHEN}"
SPACE = "\N{NO-BREAK SPACE}"


def date_words(day: date) -> str:
    """`23-Nov-2026` with hyphens that do not break."""
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


def date_in(text: str) -> date | None:
    """`12-Mar-1965`, `12/03/1965`, `12 March 1965` or `1965-03-12`, and nothing else beside it."""
    plain = text.strip().lower().replace(HYPHEN, "-")
    if parts := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", plain, re.ASCII):
        return _date(parts[1], parts[2], parts[3])
    if parts := re.fullmatch(r"(\d\d?)[-/. ](\d\d?|[a-z]{3,9})[-/. ](\d{4})", plain, re.ASCII):
        return _date(parts[3], parts[2], parts[1])
    return None


def month_in(word: str) -> int:
    """By its number, or by its name in lower case. Raises ValueError."""
    return int(word) if word.isdecimal() else MONTHS.index(word[:3].capitalize()) + 1


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), month_in(month), int(day))
    except ValueError:
        return None
