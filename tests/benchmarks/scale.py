"""Times at scale: `python tests/benchmarks/scale.py [--warm] [--kept FOLDER] [ENCOUNTERS …]`, by default 10000 100000.

Ten encounters a patient. Each line is p50 and p95 in milliseconds over a few hundred calls, the p95 of the processor's
time alone, the ratio of that to the size before, and how often a call read from the file: where others use the machine,
waiting for it is most of the p95. A bare SQLCipher read and write of the same run stand beside them.

`--warm`: each series of reads is made twice with the same draws and everything it touches kept in memory; the second
one counts. What then still grows is work; the rest was reading and deciphering pages that memory did not hold.

Rows go straight into the tables, many at a time. Left out is what nothing here reads: the trail of the made rows
(`checking.py` has it), and all but a few of the answers' own rows, whose snapshots on the encounters are whole.
One name in nine begins with the commonest syllable, as with people. As many follow-ups are open at every size: they are
of the last weeks, however long the practice has been writing.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.backup import FOLDER, make_backup
from db.store import Store
from db.trail import utc_text
from desktop.record.demonstration import KEY

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
SEED, A_PATIENT, ANSWERS, KEPT_ANSWERS, DRAFTS, CALLS = 20261128, 10, 24, 4, 40, 300
BACKED_UP = 100_000
A_FOLLOWUP, OPEN, RECENT = 5, 12, 10_000  # one in so many encounters has one; of recent ones one in so many is open
BIRTHDAYS, DAYS = date(1930, 1, 1), 70 * 365
SYLLABLES = [first + vowel for first in "bdfghjklmnprstvw" for vowel in ("an", "el", "il", "or", "un")]
Times = dict[str, tuple[float, float, float, float]]
WRITES = ("a bare transaction", "save an answer")
IN_MEMORY = "cache_size = -2000000"
PATIENT = (
    "INSERT INTO patients (id, uid, family, given, title, born, sex, made_at) VALUES (?, ?, ?, ?, '', ?, 'female', ?)"
)
ENCOUNTER = (
    "INSERT INTO encounters (id, uid, patient_id, began_at, clinician, rule_set, state, answers, changed_at, rules)"
    " VALUES (?, ?, ?, ?, 'anna', '1', ?, ?, ?, 'mark')"
)
ANSWER = (
    "INSERT INTO answers (encounter_id, item, value, said_by, who, at) VALUES (?, ?, 'true', 'clinician', 'anna', ?)"
)
VERSION = (
    "INSERT INTO versions (encounter_id, number, rule_set, answers, assessment, who, at, why)"
    " VALUES (?, 1, '1', ?, '{}', 'anna', ?, '')"
)
FOLLOWUP = (
    "INSERT INTO followups (uid, encounter_id, line, kind, what, urgency, rules, owner, due, latest, waits_for,"
    " state, outcome, made_at, changed_at)"
    " VALUES (?, ?, 'l1', 'imaging', 'MRI of the whole spine', 'urgent', '[\"R10\"]', 'anna', ?, ?, '', ?, ?, ?, ?)"
)


def fill(store: Store, encounters: int, chance: random.Random) -> None:
    patients = max(1, encounters // A_PATIENT)
    connection = store._database.conn
    for pragma in ("synchronous = OFF", "cache_size = -200000"):
        connection.execute(f"PRAGMA {pragma}")
    refusals = connection.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE '%refuse_signed'").fetchall()
    snapshots = [snapshot(chance) for _ in range(500)]
    with store.all_or_nothing():
        for name, _ in refusals:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executemany(PATIENT, people(patients, chance))
        connection.executemany(ENCOUNTER, (encounter(n, encounters, patients, snapshots) for n in numbers(encounters)))
        connection.executemany(ANSWER, answers(encounters, snapshots))
        signed = numbers(encounters - DRAFTS)
        connection.executemany(VERSION, ((n, snapshots[n % 500], moment(n, encounters)) for n in signed))
        connection.executemany(FOLLOWUP, followups(encounters))
        for _, sql in refusals:
            connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def numbers(count: int) -> range:
    return range(1, count + 1)


def snapshot(chance: random.Random) -> str:
    return json.dumps({f"item_{item}": chance.random() < 0.2 for item in chance.sample(range(130), ANSWERS)})


def moment(number: int, of: int) -> str:
    """Five minutes apart, so that what was finished today is as much at every size."""
    return utc_text(AT - timedelta(minutes=5 * (of - number)))


def people(count: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    for n in numbers(count):
        born = (BIRTHDAYS + timedelta(days=chance.randrange(DAYS))).isoformat()
        yield (n, f"p{n}", name(chance, 3), name(chance, 2), born, utc_text(AT))


def name(chance: random.Random, syllables: int) -> str:
    return "".join(syllable(chance) for _ in range(syllables)).title()


def syllable(chance: random.Random) -> str:
    return SYLLABLES[int(len(SYLLABLES) * chance.random() ** 2)]


def encounter(number: int, of: int, patients: int, snapshots: list[str]) -> tuple[object, ...]:
    at, state = moment(number, of), "signed" if number <= of - DRAFTS else "draft"
    return (number, f"e{number}", 1 + number % patients, at, state, snapshots[number % 500], at)


def answers(encounters: int, snapshots: list[str]) -> Iterator[tuple[object, ...]]:
    items = [list(json.loads(text))[:KEPT_ANSWERS] for text in snapshots]
    for n in numbers(encounters):
        at = moment(n, encounters)
        yield from ((n, item, at) for item in items[n % 500])


def followups(encounters: int) -> Iterator[tuple[object, ...]]:
    for n in range(A_FOLLOWUP, encounters - DRAFTS, A_FOLLOWUP):
        at, due = moment(n, encounters), utc_text(AT + timedelta(hours=n % 500 - 100))
        open = n > encounters - RECENT and n // A_FOLLOWUP % OPEN == 0
        state, outcome = ("open", "") if open else ("done", "seen")
        yield (f"f{n}", n, due, due, state, outcome, at, at)


def measured(store: Store, encounters: int, chance: random.Random, *, warm: bool) -> Times:
    patients = max(1, encounters // A_PATIENT)
    today = AT.replace(hour=0), AT + timedelta(days=1)
    connection, last = store._database.conn, f"e{encounters}"
    someone = lambda: f"p{1 + chance.randrange(patients)}"  # noqa: E731
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    items = iter(range(10**9))
    if warm:
        connection.execute(f"PRAGMA {IN_MEMORY}")
    works: dict[str, Callable[[], object]] = {
        "a bare read of one row": lambda: connection.execute(
            "SELECT * FROM patients WHERE id = ?", [1 + chance.randrange(patients)]
        ).fetchone(),
        "name search, 3 letters": lambda: store.patients.find(syllable(chance)),
        "name search, the last 3 letters": lambda: store.patients.find(SYLLABLES[-1]),
        "name search, two words": lambda: store.patients.find(f"{syllable(chance)} {syllable(chance)}"),
        "name search, a whole name": lambda: store.patients.find(store.patients.one(someone()).family),
        "date of birth": lambda: store.patients.born_on(BIRTHDAYS + timedelta(days=chance.randrange(DAYS))),
        "today: drafts": store.drafts,
        "today: finished": lambda: store.signed_between(*today),
        "follow-ups: board": store.followups.open,
        "follow-ups: closed": lambda: store.followups.closed("done"),
        "follow-ups: counts": lambda: store.followups.counts(AT),
        "follow-ups of a patient": lambda: store.followups.of_patient(someone()),
        "a patient's history": lambda: store.encounters_of(someone()),
        "an encounter's answers": lambda: store.answers_of(f"e{1 + chance.randrange(encounters)}"),
        "a bare transaction": lambda: bare(connection),
        "save an answer": lambda: store.save_answer(last, f"item_{next(items) % 90}", 1, who="a", at=AT),
    }
    times = {title: timed(work, chance, again=warm and title not in WRITES) for title, work in works.items()}
    connection.execute("DROP TABLE bare")  # a store with a table more is not opened again
    return times


def bare(connection) -> None:  # type: ignore[no-untyped-def]
    for step in ("BEGIN IMMEDIATE", "INSERT INTO bare (text) VALUES (hex(randomblob(100)))", "COMMIT"):
        connection.execute(step)


def timed(work: Callable[[], object], chance: random.Random, *, again: bool) -> tuple[float, float, float, float]:
    """`again`: after the same calls with the same draws."""
    if again:
        before = chance.getstate()
        for _ in range(CALLS):
            work()
        chance.setstate(before)
    times, used, read = [], [], reads()
    for _ in range(CALLS):
        begun, cpu = time.perf_counter(), time.thread_time()
        work()
        times.append((time.perf_counter() - begun) * 1000)
        used.append((time.thread_time() - cpu) * 1000)
    middle, late = (sorted(times)[CALLS * part // 100] for part in (50, 95))
    return middle, late, sorted(used)[CALLS * 95 // 100], (reads() - read) / CALLS


def reads() -> int:
    """How often this process has read from a file: SQLCipher reads a page at a time. Only Linux tells."""
    told = Path("/proc/self/io")
    return int(told.read_text().split("syscr: ")[1].split()[0]) if told.exists() else 0


def main(sizes: list[int], kept: str, warm: bool) -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as gone:
        made = kept or gone
        for size in sizes:
            if not Path(made, str(size)).exists():
                make(Path(made, str(size)), size)
        before: Times = {}
        for size in sizes:
            print(f"\n{size:,} encounters")
            folder = Path(made, str(size))
            with Store.open(folder, KEY) as store:
                before = told(measured(store, size, random.Random(SEED), warm=warm), before)
                begun = time.perf_counter()
                if size <= BACKED_UP and not warm:
                    make_backup(folder, store.keys, folder / FOLDER, at=AT, why="regular")
                    print(f"  a backup, checked: {time.perf_counter() - begun:.1f} s", flush=True)
            print(f"  peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB", flush=True)


def make(folder: Path, size: int) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    with Store.open(folder, KEY) as store:
        fill(store, size, random.Random(SEED))
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    megabytes = (folder / "backstop.db").stat().st_size / 1e6
    print(f"{size:,} encounters made in {took:.0f} s ({cpu:.0f} s CPU), {megabytes:,.0f} MB, seed {SEED}", flush=True)


def told(times: Times, before: Times) -> Times:
    for title, (middle, late, used, read) in times.items():
        ratio = f"{used / before[title][2]:6.1f} ×" if title in before else " " * 8
        line = f"  {title:32} p50 {middle:7.2f}   p95 {late:7.2f}   CPU {used:7.2f} {ratio}   reads {read:5.1f}"
        print(line, flush=True)
    return times


if __name__ == "__main__":
    said = ArgumentParser(description=__doc__.partition("\n")[0])
    said.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    said.add_argument("--kept", default="", help="a folder in which the made stores stay, for measuring again")
    said.add_argument("--warm", action="store_true", help="with all that is read kept in memory")
    main(**vars(said.parse_args()))
