"""The audit trail: who did what, when, to which, why. Rows are only ever added, and each carries a keyed hash of
itself and of the one before, so that no row can be changed, taken out or put in by somebody without the key.

It holds ids and hashes, no names and no answers. Rows cut off its end are found only by comparing with a head
that was kept elsewhere: on a printed page, or in the list of a backup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict, astuple, replace

from db import driver

if TYPE_CHECKING:
    from db.database import Database

SHOWN = 8
OTHER_ROW = "this row is another one than was printed or backed up"
CUT_OFF = "the rows from here on have been cut off"
told_as_text = json.JSONEncoder(sort_keys=True, default=repr).encode  # made once: making it costs more than a row
LAST = "SELECT seq, mac, at FROM trail ORDER BY seq DESC LIMIT 1"
ADD = """
    INSERT INTO trail (seq, at, zone, who, what, which, old, new, why, clock_back, prev, mac)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Head(Struct, frozen=True):
    """The last row when it was asked for; with no row yet, 0 and nothing. From paper, the beginning of the mac."""

    seq: int
    mac: str

    def __str__(self) -> str:
        """As a footer has it: `1234·9f8e7d6c`; nothing while there is no row."""
        return f"{self.seq}·{self.mac[:SHOWN]}" if self.seq else ""


class Break(Struct, frozen=True):
    """The first row that isn't as it was written."""

    seq: int
    why: str


class Entry(Struct, frozen=True):
    """`which` is JSON; `old` and `new` are digests; `clock_back` is 1 when the clock stood before the last row's."""

    seq: int
    at: str
    zone: str
    who: str
    what: str
    which: str
    old: str
    new: str
    why: str
    clock_back: int
    prev: str
    mac: str = ""


class Trail:
    def __init__(self, database: Database, key: bytes) -> None:
        self.database, self.key = database, key

    def append(
        self,
        *,
        who: str,
        at: datetime,
        what: str,
        which: Mapping[str, object] | None = None,
        old: str = "",
        new: str = "",
        why: str = "",
    ) -> Head:
        """Part of the transaction it is called in, so that neither is there without the other."""
        with driver.written(self.database):
            last, last_at = self._last()
            utc = utc_text(at)
            entry = Entry(
                seq=last.seq + 1,
                at=utc,
                zone=at.strftime("%z"),
                who=who,
                what=what,
                which=json.dumps(which or {}, sort_keys=True),
                old=old,
                new=new,
                why=why,
                clock_back=int(utc < last_at),
                prev=last.mac,
            )
            signed = replace(entry, mac=mac_of(entry, self.key))
            self.database.execute(ADD, astuple(signed))
        return Head(signed.seq, signed.mac)

    def head(self) -> Head:
        return self._last()[0]

    def row(self, seq: int) -> Entry | None:
        return next(self.entries(after=seq - 1), None)

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        for row in driver.rows(self.database, "SELECT * FROM trail WHERE seq > ? ORDER BY seq", [after]):
            yield Entry(**row)

    def verify(self, *heads: Head) -> Break | None:
        """`heads` were kept elsewhere; without one, rows cut off the end can't be missed."""
        return first_break(self.entries(), self.key, heads)

    def _last(self) -> tuple[Head, str]:
        for row in driver.rows(self.database, LAST):
            return Head(row["seq"], row["mac"]), row["at"]
        return Head(0, ""), ""

    def digest(self, row: Mapping[str, object]) -> str:
        """Keyed, because the hash of a name and a date of birth alone could be found by trying names."""
        text = told_as_text(row).encode()
        return blake2b(text, key=self.key, digest_size=16, person=b"row").hexdigest()


class Chain:
    """Is shown the rows one after the other, from the first, and says which is not as it was written."""

    def __init__(self, key: bytes, heads: Iterable[Head] = ()) -> None:
        self._key, self._seq, self._prev = key, 0, ""
        self._wanted = {head.seq: head.mac for head in heads if head.seq}

    def broken_by(self, entry: Entry) -> Break | None:
        if why := self._fault(entry, self._wanted.pop(self._seq + 1, "")):
            return Break(self._seq + 1, why)
        self._seq, self._prev = entry.seq, entry.mac
        return None

    def cut_off(self) -> Break | None:
        """After the last row."""
        return Break(self._seq + 1, CUT_OFF) if self._wanted else None

    def _fault(self, entry: Entry, head: str) -> str:
        if entry.seq != self._seq + 1:
            return "a row is missing here"
        if entry.prev != self._prev:
            return "this row does not follow the one before it"
        if mac_of(entry, self._key) != entry.mac:
            return "this row was changed, or made without the key"
        if not entry.mac.startswith(head):
            return OTHER_ROW
        return ""


def first_break(entries: Iterable[Entry], key: bytes, heads: Iterable[Head] = ()) -> Break | None:
    links = Chain(key, heads)
    for entry in entries:
        if broken := links.broken_by(entry):
            return broken
    return links.cut_off()


def mac_of(entry: Entry, key: bytes) -> str:
    told = asdict(entry) | {"mac": ""}
    return blake2b(told_as_text(told).encode(), key=key, digest_size=32).hexdigest()


def utc_text(moment: datetime) -> str:
    """Always as long, so that the order of the texts is the order of the moments."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """What `utc_text` wrote."""
    return datetime.fromisoformat(text)
