"""Looking through every encounter again: the stored answers in one stream, and what was found, kept as it goes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from db.driver import explained, reader, rows, written
from db.errors import NotInStore
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

STREAM = """
    SELECT encounters.id, born, sex, began_at, answers, rules
    FROM encounters JOIN patients ON patients.id = patient_id
    WHERE encounters.id > ? ORDER BY encounters.id
"""
# Of each flag the last that was told: it stands, or it fell.
STANDING = """
    SELECT encounter_id, rule, stands FROM flags WHERE encounter_id > ? ORDER BY encounter_id, seq
"""
NOTHING: frozenset[str] = frozenset()
SAID = "SELECT DISTINCT encounter_id FROM answers WHERE said_by = 'patient' AND encounter_id > ?"
LATEST = "SELECT item, value, said_by FROM answers WHERE encounter_id = ? ORDER BY seq"
FOUND = """
    SELECT encounters.uid AS encounter, ifnull(kept.uid, patients.uid) AS patient, gained, lost, known
    FROM screening_findings JOIN encounters ON encounters.id = encounter_id
    JOIN patients ON patients.id = patient_id LEFT JOIN patients AS kept ON kept.id = patients.merged_into
    WHERE screening_id = (SELECT id FROM screenings WHERE uid = ?) ORDER BY encounter_id
"""


class Screened(NamedTuple):
    """`answers` is the JSON text; `raised` are the flags that stood, None where that was not kept at the time.

    `said` is there where a patient's own words are unconfirmed: item, value and who said it, the latest of each.
    """

    id: int
    born: str | None
    sex: str | None
    began_at: str
    answers: str
    raised: frozenset[str] | None
    said: tuple[tuple[str, Any, str], ...] = ()


@dataclass(frozen=True)
class StoredScreening:
    """`through` is the last encounter looked at, in the store's own order; `looked_at` how many that makes."""

    uid: str
    rules: str
    title: str
    who: str
    begun_at: datetime
    through: int
    looked_at: int
    state: str


@dataclass(frozen=True)
class StoredFinding:
    """Rules that are raised now and were not, and the other way round; `known`: the flags of that time were kept."""

    encounter: str
    patient: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    known: bool


class EncounterStream:
    """A connection of its own that only reads: for another thread than the one that writes."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database, self._path = database, path

    def count(self, after: int = 0) -> int:
        (row,) = rows(self._database, "SELECT count(*) AS n FROM encounters WHERE id > ?", [after])
        return int(row["n"])

    def encounters(self, after: int = 0) -> Iterator[Screened]:
        """As the store is now, whatever is written meanwhile; memory does not grow with their number."""
        with explained(self._path):
            self._database.execute("BEGIN")
            try:
                yield from self._screened(after)
            finally:
                self._database.rollback()

    def _screened(self, after: int) -> Iterator[Screened]:
        connection = self._database.conn
        said = {id for (id,) in connection.execute(SAID, [after])}
        flags = groupby(connection.execute(STANDING, [after]), key=itemgetter(0))
        flagged, told = next(flags, (None, ()))
        for id, born, sex, began_at, answers, rules in connection.execute(STREAM, [after]):
            while flagged is not None and flagged < id:
                flagged, told = next(flags, (None, ()))
            raised = _standing(told) if flagged == id else NOTHING
            words = self._said(id) if id in said else ()
            yield Screened(id, born, sex, began_at, answers, raised if rules else None, words)

    def _said(self, id: int) -> tuple[tuple[str, Any, str], ...]:
        latest = {row["item"]: row for row in rows(self._database, LATEST, [id])}
        given = [row for row in latest.values() if row["value"] is not None]
        if all(row["said_by"] != "patient" for row in given):
            return ()
        return tuple((row["item"], json.loads(row["value"]), row["said_by"]) for row in given)


@contextmanager
def encounter_stream(path: Path, key: bytes) -> Iterator[EncounterStream]:
    with explained(path):
        database = reader(path, key)
    try:
        yield EncounterStream(database, path)
    finally:
        database.close()


class Screenings:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def begin(self, uid: str, *, rules: str, title: str, who: str, at: datetime) -> StoredScreening:
        add = (
            "INSERT INTO screenings (uid, rules, title, who, begun_at, through, looked_at, state)"
            " VALUES (?, ?, ?, ?, ?, 0, 0, 'begun')"
        )
        with written(self._database):
            self._database.execute(add, [uid, rules, title, who, utc_text(at)])
            self._tell("screening begun", uid, who, at)
        return self.of(uid)

    def keep(self, uid: str, *, through: int, looked_at: int, findings: Iterable[Sequence[Any]]) -> None:
        """Encounter (in the store's own order), gained, lost, known; with how far it has come, all or nothing."""
        add = (
            "INSERT INTO screening_findings (screening_id, encounter_id, gained, lost, known)"
            " VALUES ((SELECT id FROM screenings WHERE uid = ?), ?, ?, ?, ?)"
        )
        found = [(uid, id, _list(gained), _list(lost), int(known)) for id, gained, lost, known in findings]
        with written(self._database):
            self._database.conn.executemany(add, found)
            on = "UPDATE screenings SET through = ?, looked_at = ? WHERE uid = ?"
            self._database.execute(on, [through, looked_at, uid])

    def end(self, uid: str, state: str, *, who: str, at: datetime) -> None:
        with written(self._database):
            self._database.execute("UPDATE screenings SET state = ? WHERE uid = ?", [state, uid])
            self._tell(f"screening {state}", uid, who, at)

    def of(self, uid: str) -> StoredScreening:
        for one in self._found("WHERE uid = ?", [uid]):
            return one
        raise NotInStore(about="re-screening")

    def all(self) -> list[StoredScreening]:
        """The latest comes first; one that is still *begun* was interrupted, or runs."""
        return self._found("ORDER BY id DESC", [])

    def findings(self, uid: str) -> Iterator[StoredFinding]:
        for row in rows(self._database, FOUND, [uid]):
            gained, lost = (tuple(json.loads(row[name])) for name in ("gained", "lost"))
            yield StoredFinding(row["encounter"], row["patient"], gained, lost, bool(row["known"]))

    def _found(self, where: str, values: Sequence[Any]) -> list[StoredScreening]:
        columns = "uid, rules, title, who, begun_at, through, looked_at, state"
        found = rows(self._database, f"SELECT {columns} FROM screenings {where}", values)
        return [StoredScreening(**row | {"begun_at": datetime.fromisoformat(row["begun_at"])}) for row in found]

    def _tell(self, what: str, uid: str, who: str, at: datetime) -> None:
        self._trail.append(who=who, at=at, what=what, which={"screening": uid})


def _standing(told: Iterable[tuple[int, str, int]]) -> frozenset[str]:
    last = {rule: stands for _, rule, stands in told}
    return frozenset(rule for rule, stands in last.items() if stands)


def _list(rules: Collection[str]) -> str:
    return json.dumps(sorted(rules))
