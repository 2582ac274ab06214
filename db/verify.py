"""Whether the store is what the audit trail was told: one pass over the trail, in batches, and one over the rows.

Time grows with the number of rows, and memory by one bit for each.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from db.driver import rows
from db.recorded import KINDS, Kind
from db.trail import Break, Chain, Entry, Head, Trail

if TYPE_CHECKING:
    from sqlite_utils import Database

BATCH = 2000
Progress = Callable[[int, int], None]
Key = tuple[Any, ...]


def breaks(
    database: Database, trail: Trail, heads: Iterable[Head] = (), progress: Progress = lambda done, of: None
) -> Iterator[Break]:
    """Everything that isn't as it was written, the chain first; after a break in the chain nothing later is looked at.

    `progress` is told how many rows have been looked at and how many there are; it may raise to stop the check.
    """
    step = _Steps(database, progress)
    kept = {what: _Places() for what in KINDS}
    links = Chain(trail.key, heads)
    for batch in _batches(trail.entries()):
        for entry in batch:
            if broken := links.broken_by(entry):
                yield broken
                return
        yield from _changed(database, trail, batch, kept)
        step.on(len(batch))
    if cut := links.cut_off():
        yield cut
    for what, places in kept.items():
        yield from _unrecorded(database, KINDS[what], what, places, step)
    yield from _wrong_snapshots(database, step)


def _changed(database: Database, trail: Trail, batch: list[Entry], kept: dict[str, _Places]) -> Iterator[Break]:
    """Rows of the record that aren't what they were when the trail was told of them."""
    told: dict[str, dict[Key, Entry]] = defaultdict(dict)
    for entry in batch:
        if entry.what in KINDS:
            told[entry.what][_key(KINDS[entry.what], json.loads(entry.which))] = entry
    broken = []
    for what, entries in told.items():
        found = _digests(database, trail, KINDS[what], entries, kept[what])
        broken += [entry for key, entry in entries.items() if entry.new != found.get(key, "")]
    for entry in sorted(broken, key=lambda entry: entry.seq):
        yield Break(entry.seq, f"{entry.what}: what it tells of was changed or is gone")


def _digests(database: Database, trail: Trail, kind: Kind, keys: Iterable[Key], places: _Places) -> dict[Key, str]:
    columns = ", ".join(kind.keys.values())
    alone = len(kind.keys) == 1  # taking lists of one apart would cost as much as all the rest
    wanted = "value" if alone else ", ".join(f"value ->> {number}" for number in range(len(kind.keys)))
    named = ", ".join(f"{column} AS key_{number}" for number, column in enumerate(kind.keys.values()))
    sql = (
        f"SELECT {kind.place} AS place, {named}, {kind.columns} FROM {kind.tables}"
        f" WHERE ({columns}) IN (SELECT {wanted} FROM json_each(?))"
    )
    found = {}
    for row in rows(database, sql, [json.dumps([key[0] if alone else key for key in keys])]):
        places.add(row.pop("place"))
        key = tuple(row.pop(f"key_{number}") for number in range(len(kind.keys)))
        found[key] = trail.digest(row)
    return found


def _unrecorded(database: Database, kind: Kind, what: str, kept: _Places, step: _Steps) -> Iterator[Break]:
    """Rows put in past the trail. Those from before there was a trail come before the first it knows."""
    named = ", ".join(f"{column} AS {name}" for name, column in kind.keys.items())
    sql = f"SELECT {kind.place} AS place, {named} FROM {kind.tables} WHERE {kind.place} > ? ORDER BY {kind.place}"
    for batch in _batches(rows(database, sql, [kept.first])):
        for row in batch:
            if row.pop("place") not in kept:
                yield Break(0, f"{what}: {json.dumps(row)} was put in past the trail")
        step.on(len(batch))


def _wrong_snapshots(database: Database, step: _Steps) -> Iterator[Break]:
    """Screens and lists show the snapshot on the encounter; the answers are what was said."""
    said = (
        "SELECT encounter_id, item, value FROM answers WHERE encounter_id BETWEEN ? AND ?"
        " ORDER BY encounter_id, item, seq"
    )
    for batch in _batches(rows(database, "SELECT id, uid, answers FROM encounters ORDER BY id"), BATCH // 10):
        latest: dict[int, dict[str, str | None]] = defaultdict(dict)
        for answer in rows(database, said, [batch[0]["id"], batch[-1]["id"]]):
            latest[answer["encounter_id"]][answer["item"]] = answer["value"]
        for row in batch:
            given = latest[row["id"]].items()
            if json.loads(row["answers"]) != {item: json.loads(value) for item, value in given if value is not None}:
                yield Break(0, f"encounter {row['uid']}: what is shown is not what its answers come to")
        step.on(len(batch))


def _batches(found: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    found = iter(found)
    for first in found:
        yield list(chain([first], islice(found, size - 1)))


def _key(kind: Kind, which: dict[str, Any]) -> Key:
    return tuple(which[name] for name in kind.keys)


class _Steps:
    def __init__(self, database: Database, progress: Progress) -> None:
        tables = ["trail", *(kind.tables for kind in KINDS.values()), "encounters"]
        self._of = sum(next(rows(database, f"SELECT count(*) AS n FROM {table}"))["n"] for table in tables)
        self._done, self._progress = 0, progress
        progress(0, self._of)

    def on(self, number: int) -> None:
        self._done += number
        self._progress(min(self._done, self._of), self._of)


class _Places:
    """A set of rowids, one bit each."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self.first = 2**62

    def add(self, place: int) -> None:
        self.first = min(self.first, place)
        if place >> 3 >= len(self._bits):
            self._bits.extend(bytes((place >> 3) + 1 - len(self._bits) + 4096))
        self._bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, place: int) -> bool:
        return place >> 3 < len(self._bits) and bool(self._bits[place >> 3] >> (place & 7) & 1)
