"""The practice's own counts: how urgent, how completely asked, how soon it happened, which rules are overridden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from db.counts import Behind, Span
from db.store import Store
from desktop.record import patients
from desktop.record.decisions import LEVELS
from desktop.record.encounter import Patient
from desktop.record.signed import SignedVersion

__all__ = ["URGENCIES", "Audit", "Behind", "MonthCount", "RuleCount", "Span", "TimeCount", "count_signed"]

ENOUGH, TOO_OFTEN = 20, 0.5
"""A rule overridden in more than half of twenty or more is listed for review (issue 7)."""
URGENCIES = tuple(reversed(LEVELS))
TIMED = ("referral", "imaging", "bloods", "telling")


@dataclass(frozen=True)
class MonthCount:
    """`by_urgency` counts signed encounters by what the rules raised; `complete` those with the whole safety screen."""

    month: str
    by_urgency: Mapping[str, int]
    complete: int

    @property
    def total(self) -> int:
        return sum(self.by_urgency.values())


@dataclass(frozen=True)
class RuleCount:
    rule: str
    raised: int
    overridden: int

    @property
    def needs_review(self) -> bool:
        return self.raised >= ENOUGH and self.overridden > TOO_OFTEN * self.raised


@dataclass(frozen=True)
class TimeCount:
    """How long it took from the promise to the deed; `in_time` of those that had a limit other than *now*."""

    kind: str
    urgency: str
    done: int
    limited: int
    in_time: int
    middle: timedelta
    longest: timedelta


def count_signed(store: Store, version: SignedVersion, zone: ZoneInfo) -> None:
    """A follower of the clinic: what is counted is there with the signature."""
    screen = version.told.get("safety_screen", {})
    store.counts.keep(
        version.encounter_uid,
        month=f"{version.began_at.astimezone(zone):%Y-%m}",
        urgency=version.urgency,
        treated_as=version.decisions.urgency,
        asked=screen.get("asked", 0),
        of=screen.get("of", 0),
        flags=[(flag.rule, flag.urgency, flag.treated_as, flag.reason) for flag in version.decisions.flags],
    )


@dataclass(frozen=True)
class Audit:
    store: Store
    zone: ZoneInfo

    def months(self, start: str, end: str) -> tuple[MonthCount, ...]:
        """From one month to another, as `2026-11`, both counted; a month without encounters is there with nothing."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        complete: dict[str, int] = defaultdict(int)
        for row in self.store.counts.by_month(start, end):
            found[row["month"]][row["urgency"]] = row["n"]
            complete[row["month"]] += row["complete"]
        return tuple(MonthCount(month, found.get(month, {}), complete[month]) for month in _months(start, end))

    def rules(self) -> tuple[RuleCount, ...]:
        """Those overridden most often come first."""
        return tuple(RuleCount(row["rule"], row["n"], row["overridden"]) for row in self.store.counts.by_rule())

    def reasons(self, rule: str) -> tuple[tuple[str, int], ...]:
        """Why it was overridden: the coded reason, and how often; empty for raised higher, which needs none."""
        return tuple((row["reason"], row["n"]) for row in self.store.counts.reasons(rule))

    def times(self, start: datetime, end: datetime) -> tuple[TimeCount, ...]:
        """Of what was promised in that time and is done, the most urgent first."""
        groups: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for span in self.store.counts.spans(start, end):
            if span.kind in TIMED:
                groups[span.urgency, span.kind].append(span)
        order = sorted(groups, key=lambda group: (URGENCIES.index(group[0]), TIMED.index(group[1])))
        return tuple(_timed(kind, urgency, groups[urgency, kind]) for urgency, kind in order)

    def late(self, start: datetime, end: datetime, kind: str, urgency: str) -> tuple[Span, ...]:
        """Those behind `done` minus `in_time`."""
        spans = self.store.counts.spans(start, end)
        return tuple(one for one in spans if (one.kind, one.urgency) == (kind, urgency) and not _in_time(one))

    def done(self, start: datetime, end: datetime, kind: str, urgency: str) -> tuple[Span, ...]:
        spans = self.store.counts.spans(start, end)
        return tuple(one for one in spans if (one.kind, one.urgency) == (kind, urgency))

    def handed_out(self, start: datetime, end: datetime) -> tuple[tuple[str, int], ...]:
        """Each kind of document, and for how many encounters one left."""
        return tuple((row["id"], row["n"]) for row in self.store.counts.handed_out(start, end))

    def handed_out_behind(self, start: datetime, end: datetime, id: str) -> tuple[Behind, ...]:
        return tuple(self.store.counts.handed_out_behind(start, end, id))

    def patient(self, uid: str) -> Patient:
        return patients.patient(self.store, uid)

    def behind(self, **parts: Any) -> tuple[Behind, ...]:
        """The encounters a number counts: by month, urgency, complete, rule, overridden, reason."""
        return tuple(self.store.counts.behind(**parts))


def _timed(kind: str, urgency: str, spans: Sequence[Span]) -> TimeCount:
    took = [span.done_at - span.made_at for span in spans]
    limited = [span for span in spans if _has_limit(span)]
    in_time = sum(map(_in_time, limited))
    return TimeCount(kind, urgency, len(spans), len(limited), in_time, _middle(took), max(took))


def _has_limit(span: Span) -> bool:
    """What had to happen at once has a duration, and no limit that could be kept to the second."""
    return span.latest is not None and span.latest > span.made_at


def _in_time(span: Span) -> bool:
    return span.latest is None or not _has_limit(span) or span.done_at <= span.latest


def _middle(took: Iterable[timedelta]) -> timedelta:
    return timedelta(seconds=median(one.total_seconds() for one in took))


def _months(start: str, end: str) -> Iterable[str]:
    year, month = int(start[:4]), int(start[5:])
    while f"{year:04}-{month:02}" <= end:
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
