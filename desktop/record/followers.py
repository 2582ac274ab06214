"""What follows from a signature: the promises of its plan, and what the practice counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.store import Store
from desktop.clinical.working_days import WorkingDays, load_working_days
from desktop.record.clinic import Follower
from desktop.record.practice import read_practice
from desktop.record.promises import Promises

if TYPE_CHECKING:
    from desktop.record.signed import SignedVersion


def followers_of(store: Store, zone: ZoneInfo) -> tuple[Follower, ...]:
    """The bank holidays are those of the nation that the practice has chosen by the time somebody signs."""
    return Promises(partial(working_days, store, zone)), partial(_count, zone=zone)


def _count(store: Store, version: SignedVersion, *, zone: ZoneInfo) -> None:
    from desktop.record.audit import count_signed

    count_signed(store, version, zone=zone)


def working_days(store: Store, zone: ZoneInfo) -> WorkingDays:
    return load_working_days(read_practice(store).nation, zone)
