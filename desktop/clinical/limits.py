"""Time limits: the words that rule files use, how long they are, and when they run out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

LIMITS = {
    "now": timedelta(0),
    "4 hours": timedelta(hours=4),
    "24 hours": timedelta(hours=24),
    "48 hours": timedelta(hours=48),
    "1 week": timedelta(weeks=1),
    "2 weeks": timedelta(weeks=2),
    "4 weeks": timedelta(weeks=4),
    "6 weeks": timedelta(weeks=6),
    "12 weeks": timedelta(weeks=12),
}

LATEST = {"emergency": "now", "same-day": "24 hours", "urgent": "2 weeks", "soon": "6 weeks", "routine": "12 weeks"}
"""The latest limit that the contact of a rule of each urgency may have (decisions §7, theorem f)."""


def due(at: datetime, within: str | None) -> datetime | None:
    """In UTC: 24 hours are 24 elapsed hours, also across a change of the clock."""
    return None if within is None else at.astimezone(UTC) + LIMITS[within]


def length(within: str | None) -> timedelta:
    """For sorting: a limit that somebody else sets comes last."""
    return timedelta.max if within is None else LIMITS[within]
