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
    from db.database import Database

BATCH, SNAPSHOTS = 100, 20  # so little that a window beside it is never kept waiting by one of them
WRONG_STATE = """
    SELECT uid FROM encounters
    WHERE (state IN ('signed', 'amending')) != EXISTS (SELECT 1 FROM versions WHERE encounter_id = encounters.id)
"""
ERASED = "patient erased"
Progress = Callable[[int, int], None]
Key = tuple[Any, ...]


def breaks(
    database: Database, trail: Trail, heads: Iterable[Head] = (), progress: Progress = lambda done, of: None
) -> Iterator[Break]:
    """Everything that isn't as it was written, the chain first; after a break in the chain nothing later is looked at.

    `progress` is told how many rows have been looked at and how many there are; it may raise to stop the check.
    """
    step = _Steps(database, progress)
    told = {kind.row: _Told(kind) for kind in KINDS.values()}
    links = Chain(trail.key, heads)
    for batch in _batches(trail.entries()):
        for entry in batch:
            if broken := links.broken_by(entry):
                yield broken
                return
        _compare(database, trail, batch, told)
        step.on(len(batch))
    if cut := links.cut_off():
        yield cut
    yield from _changed(told.values())
    for of_kind in told.values():
        yield from _unrecorded(database, of_kind, step)
    yield from _wrong_snapshots(database, step)
    for row in rows(database, WRONG_STATE):
        yield Break(0, f"encounter {row['uid']}: it is signed and has no version, or has one and is not signed")


class _Told:
    """What the trail tells of one kind of row: where they are, and those that aren't what was told last."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.what = next(what for what, one in KINDS.items() if one.row == kind.row)
        self.places = _Places()
        self.changed: dict[Key, Entry] = {}
        self.erased: set[Key] = set()


def _compare(database: Database, trail: Trail, batch: list[Entry], told: dict[str, _Told]) -> None:
    latest: dict[str, dict[Key, Entry]] = defaultdict(dict)
    for entry in batch:
        if kind := KINDS.get(entry.what):
            which = json.loads(entry.which)
            latest[kind.row][tuple(which[name] for name in kind.keys)] = entry
    for row, entries in latest.items():
        found = _digests(database, trail, told[row], entries)
        for key, entry in entries.items():
            told[row].changed.pop(key, None)
            if entry.new != found.get(key, ""):
                told[row].changed[key] = entry
    for entry in batch:
        if entry.what == ERASED:
            _excuse(entry, told)


def _excuse(entry: Entry, told: dict[str, _Told]) -> None:
    """Rows that a tombstone names are rightly gone."""
    for what, keys in json.loads(entry.which)["gone"].items():
        of_kind = told[KINDS[what].row]
        for key in map(tuple, keys):
            of_kind.changed.pop(key, None)
            of_kind.erased.add(key)


def _changed(told: Iterable[_Told]) -> Iterator[Break]:
    entries = [entry for of_kind in told for entry in of_kind.changed.values()]
    for entry in sorted(entries, key=lambda entry: entry.seq):
        yield Break(entry.seq, f"{entry.what}: what it tells of was changed or is gone")


def _digests(database: Database, trail: Trail, told: _Told, keys: Iterable[Key]) -> dict[Key, str]:
    kind = told.kind
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
        told.places.add(row.pop("place"))
        key = tuple(row.pop(f"key_{number}") for number in range(len(kind.keys)))
        found[key] = kind.digest(trail, row)
    return found


def _unrecorded(database: Database, told: _Told, step: _Steps) -> Iterator[Break]:
    """Rows put in past the trail. Those from before there was a trail come before the first it knows."""
    kind = told.kind
    named = ", ".join(f"{column} AS {name}" for name, column in kind.keys.items())
    sql = f"SELECT {kind.place} AS place, {named} FROM {kind.tables} WHERE {kind.place} >= ? ORDER BY {kind.place}"
    for batch in _batches(rows(database, sql, [told.places.first])):
        for row in batch:
            place = row.pop("place")
            if tuple(row.values()) in told.erased:
                yield Break(0, f"{told.what}: {json.dumps(row)} was erased, and is there again")
            elif place not in told.places:
                yield Break(0, f"{told.what}: {json.dumps(row)} was put in past the trail")
        step.on(len(batch))


def _wrong_snapshots(database: Database, step: _Steps) -> Iterator[Break]:
    """Screens and lists show the snapshot on the encounter; the answers are what was said."""
    said = (
        "SELECT encounter_id, item, value FROM answers WHERE encounter_id BETWEEN ? AND ?"
        " ORDER BY encounter_id, item, seq"
    )
    for batch in _batches(rows(database, "SELECT id, uid, answers FROM encounters ORDER BY id"), SNAPSHOTS):
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


class _Steps:
    def __init__(self, database: Database, progress: Progress) -> None:
        tables = ["trail", *{kind.row: kind.tables.split()[0] for kind in KINDS.values()}.values(), "encounters"]
        # The last of each rather than how many: counting the trail of 100,000 encounters takes seconds.
        last = "SELECT ifnull(max(rowid), 0) AS n FROM"
        self._of = sum(next(rows(database, f"{last} {table}"))["n"] for table in tables)
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
