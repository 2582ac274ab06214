"""Wrong passwords in a row, and how long the next try has to wait. Kept beside the store, so that closing the
program doesn't help; whoever can delete the file could copy the store and guess elsewhere anyway.

Only names that have an account are written down: what was typed as a name may have been a password.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db.errors import StoreError, TooSoon
from db.folder import told_of
from db.keyfile import read_keys
from db.slots import slot_of
from db.trail import utc_text

TRIES = "tries.json"
FREE = 4  # a name and a password are mistyped now and then; from the next one on it is waited
FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=5)
OTHERS = ""


@dataclass(frozen=True)
class Tries:
    count: int
    last: datetime

    def left(self, at: datetime) -> timedelta:
        """A clock that was set back must not make anybody wait longer than the longest."""
        if self.count <= FREE:
            return timedelta(0)
        doubled: int = 2 ** min(self.count - FREE - 1, 20)
        until = self.last + min(FIRST * doubled, LONGEST)
        return min(max(until - at, timedelta(0)), LONGEST)


def tries_of(folder: Path, user: str) -> Tries | None:
    return _read(folder).get(_named(folder, user))


def refuse_too_soon(folder: Path, user: str, at: datetime) -> None:
    tries = tries_of(folder, user)
    left = tries.left(at) if tries else timedelta(0)
    if left > timedelta(0):
        raise TooSoon(wait_words(left))


def note_wrong(folder: Path, user: str, at: datetime) -> None:
    tries, name = _read(folder), _named(folder, user)
    count = tries[name].count if name in tries else 0
    _write(folder, tries | {name: Tries(count + 1, at)})


def forget(folder: Path, user: str) -> int:
    """After the right password; says how many wrong ones there were."""
    tries = _read(folder)
    gone = tries.pop(_named(folder, user), None)
    if gone:
        with suppress(StoreError):  # a file that can't be written must not keep anybody out either
            _write(folder, tries)
    return gone.count if gone else 0


def wait_words(left: timedelta) -> str:
    seconds = -int(-left.total_seconds() // 1)
    return f"{seconds} s" if seconds <= 90 else f"{-(-seconds // 60)} min"


def _named(folder: Path, user: str) -> str:
    try:
        return user if read_keys(folder).slot(slot_of(user)) else OTHERS
    except StoreError:
        return OTHERS


def _read(folder: Path) -> dict[str, Tries]:
    """A file that can't be read counts as none: it must never keep anybody out."""
    try:
        told = json.loads((folder / TRIES).read_text("utf-8"))
        return {user: Tries(int(count), datetime.fromisoformat(last)) for user, (count, last) in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(folder: Path, tries: dict[str, Tries]) -> None:
    told = {user: [each.count, utc_text(each.last)] for user, each in tries.items()}
    with told_of(folder):
        (folder / TRIES).write_text(json.dumps(told), "utf-8")
