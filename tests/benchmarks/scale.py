"""Times at scale: `python tests/benchmarks/scale.py [ENCOUNTERS …]`, by default 10,000 and 100,000 (ten a patient).

Each line is p50 and p95 in milliseconds over a few hundred calls; the last column is the ratio to the size before.
A bare SQLCipher transaction of the same run stands beside the save, because the machine has its own bad days.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.backup import FOLDER, make_backup
from db.recorded import KINDS
from db.store import Store
from db.trail import Entry, mac_of, utc_text
from db.verify import breaks
from desktop.record.demonstration import KEY

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
SEED, A_PATIENT, ANSWERS, DRAFTS, CALLS = 20261128, 10, 24, 40, 200
SYLLABLES = [first + vowel for first in "bdfghjklmnprstvw" for vowel in ("an", "e", "il", "or", "u")]
Times = dict[str, tuple[float, float]]


def fill(store: Store, encounters: int, chance: random.Random) -> None:
    """As the store would write it, row for row and with the trail of all of it, only many at a time."""
    database, trail = store._database.conn, _Trail(store)
    for pragma in ("synchronous = OFF", "cipher_memory_security = OFF", "cache_size = -400000"):
        database.execute(f"PRAGMA {pragma}")
    patients = max(1, encounters // A_PATIENT)
    database.execute("BEGIN IMMEDIATE")
    database.execute("DROP TRIGGER answers_refuse_signed")
    versions = database.execute("SELECT sql FROM sqlite_master WHERE name = 'versions_refuse_signed'").fetchone()[0]
    answers = "CREATE TRIGGER answers_refuse_signed BEFORE INSERT ON answers" + versions.split("ON versions", 1)[1]
    database.execute("DROP TRIGGER trail_refuse_gap")
    for number in range(1, patients + 1):
        family = "".join(chance.sample(SYLLABLES, 3)).title()
        given, born = "".join(chance.sample(SYLLABLES, 2)).title(), date(1930 + number % 70, 1 + number % 12, 1)
        row = (number, f"p{number}", family, given, "", born.isoformat(), "female", None, utc_text(AT))
        database.execute(
            "INSERT INTO patients (id, uid, family, given, title, born, sex, nhs_number, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        trail.tell("patient added", {"patient": row[1]})
    for number in range(1, encounters + 1):
        _add_encounter(database, trail, number, 1 + chance.randrange(patients), encounters, chance)
        if number % 20_000 == 0:
            trail.write()
            print(f"    {number:,} written", file=sys.stderr, flush=True)
    trail.write()
    database.execute(answers)
    database.execute("COMMIT")
    database.execute("ANALYZE")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.execute("PRAGMA synchronous = FULL")


def _add_encounter(database, trail: _Trail, number: int, patient: int, of: int, chance: random.Random) -> None:  # type: ignore[no-untyped-def]
    at = AT - timedelta(minutes=of - number)
    began, uid, signed = utc_text(at), f"e{number}", number <= of - DRAFTS
    answers = {f"item_{item}": chance.random() < 0.2 for item in chance.sample(range(130), ANSWERS)}
    text = json.dumps(answers)
    database.execute(
        "INSERT INTO encounters (id, uid, patient_id, began_at, clinician, rule_set, state, answers, changed_at)"
        " VALUES (?, ?, ?, ?, 'anna', '1', ?, ?, ?)",
        (number, uid, patient, began, "amending" if signed else "draft", text, began),
    )
    trail.tell("encounter begun", {"encounter": uid})
    first = (number - 1) * ANSWERS
    database.executemany(
        "INSERT INTO answers (seq, encounter_id, item, value, said_by, who, at)"
        " VALUES (?, ?, ?, ?, 'clinician', 'anna', ?)",
        [
            (first + place, number, item, json.dumps(value), began)
            for place, (item, value) in enumerate(answers.items(), 1)
        ],
    )
    for place in range(1, ANSWERS + 1):
        trail.tell("answer saved", {"encounter": uid, "answer": first + place})
    if signed:
        database.execute(
            "INSERT INTO versions (encounter_id, number, rule_set, answers, assessment, who, at, why)"
            " VALUES (?, 1, '1', ?, '{}', 'anna', ?, '')",
            (number, text, began),
        )
        database.execute("UPDATE encounters SET state = 'signed' WHERE id = ?", (number,))
        trail.tell("version signed", {"encounter": uid, "version": 1})


class _Trail:
    """Collects what is told and hashes the rows as they stand when it is written."""

    def __init__(self, store: Store) -> None:
        self._store, self._told = store, []  # type: ignore[var-annotated]
        head = store.trail.head()
        self._seq, self._prev = head.seq, head.mac

    def tell(self, what: str, which: dict[str, object]) -> None:
        self._told.append((what, which))

    def write(self) -> None:
        from collections import defaultdict

        from db.verify import _digests, _Told

        keys = defaultdict(list)
        for what, which in self._told:
            keys[what].append(tuple(which[name] for name in KINDS[what].keys))
        database, trail = self._store._database, self._store.trail
        found = {}
        for what, these in keys.items():
            for start in range(0, len(these), 2000):
                found |= {
                    (what, key): digest
                    for key, digest in _digests(
                        database, trail, _Told(KINDS[what]), these[start : start + 2000]
                    ).items()
                }
        rows = [self._row(what, which, found, trail.key) for what, which in self._told]
        places = ", ".join("?" * 12)
        database.conn.executemany(f"INSERT INTO trail VALUES ({places})", rows)
        self._told = []

    def _row(self, what: str, which: dict[str, object], found, key: bytes) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
        new = found[what, tuple(which[name] for name in KINDS[what].keys)]
        told = json.dumps(which, sort_keys=True)
        entry = Entry(self._seq + 1, utc_text(AT), "+0000", "anna", what, told, "", new, "", 0, self._prev)
        mac = mac_of(entry, key)
        self._seq, self._prev = entry.seq, mac
        return (*list(vars(entry).values())[:-1], mac)


def measured(store: Store, encounters: int, chance: random.Random) -> Times:
    patients = max(1, encounters // A_PATIENT)
    times = {
        "name search, 3 letters": timed(lambda: store.find_patients(chance.choice(SYLLABLES)[:3])),
        "name search, two words": timed(lambda: store.find_patients(" ".join(chance.sample(SYLLABLES, 2)))),
        "date of birth": timed(lambda: store.patients_born_on(date(1930 + chance.randrange(70), 5, 1))),
        "today: drafts": timed(store.drafts),
        "today: follow-ups": timed(lambda: store.followups.open()),
        "patient's history": timed(lambda: store.encounters_of(f"p{1 + chance.randrange(patients)}")),
        "an encounter's answers": timed(lambda: store.answers_of(f"e{1 + chance.randrange(encounters)}")),
    }
    numbers = iter(range(10**9))
    last = f"e{encounters}"
    store._database.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT)")
    times["a bare transaction"] = timed(lambda: bare(store))
    times["save an answer"] = timed(lambda: store.save_answer(last, f"item_{next(numbers) % 90}", 1, who="a", at=AT))
    return times


def bare(store: Store) -> None:
    for step in ("BEGIN IMMEDIATE", "INSERT INTO bare (text) VALUES (hex(randomblob(100)))", "COMMIT"):
        store._database.conn.execute(step)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    times = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return times[len(times) // 2], times[len(times) * 95 // 100]


def main(sizes: list[int]) -> None:
    before: Times = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=Path.home()) as made, Store.open(Path(made), KEY) as store:
            begun = time.perf_counter()
            fill(store, size, random.Random(SEED))
            megabytes = (Path(made) / "backstop.db").stat().st_size / 1e6
            print(
                f"\n{size:,} encounters, {megabytes:,.0f} MB, made in {time.perf_counter() - begun:.0f} s (seed {SEED})"
            )
            times = measured(store, size, random.Random(SEED))
            for name, (middle, late) in times.items():
                ratio = f"{late / before[name][1]:8.1f} ×" if name in before else ""
                print(f"  {name:28} p50 {middle:8.2f}   p95 {late:8.2f} {ratio}")
            store._database.execute("DROP TABLE bare")
            begun = time.perf_counter()
            found = next(breaks(store._database, store.trail), None)
            took = time.perf_counter() - begun
            each = took / size / ANSWERS * 1e6
            print(f"  check of the whole store     {took:.1f} s, {each:.0f} µs an answer: {found or 'sound'}")
            begun = time.perf_counter()
            make_backup(Path(made), store.keys, Path(made) / FOLDER, at=AT, why="regular")
            print(f"  a backup, checked            {time.perf_counter() - begun:.1f} s", flush=True)
            before = times


if __name__ == "__main__":
    main([int(size.replace(",", "")) for size in sys.argv[1:]] or [10_000, 100_000])
