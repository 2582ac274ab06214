"""Looking through all encounters under other rules: time and memory at two or more sizes.

    python tests/benchmarks/rescreening.py 10000 100000 [1000000]

Encounters have the thirteen answers of the safety screen and about eleven more, from the invented population of the
firing rates, drawn again and again. Beside it, in the same run, what reading and parsing the same rows alone takes.
"""

import importlib.util
import json
import random
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.store import Store
from desktop.clinical.answer import write_answer
from desktop.clinical.content import load
from desktop.record.encounter import LONDON
from desktop.record.rescreen import look_through

HERE = Path(__file__).parent
KEY = bytes(range(32))
AT = datetime(2024, 1, 2, 9, tzinfo=UTC)
TODAY = date(2026, 11, 28)
DIFFERENT_PEOPLE, MORE_ANSWERS = 2_000, 11


def population():
    spec = importlib.util.spec_from_file_location("population", HERE.parent / "content/population.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def people(content):
    """Age, sex and JSON of the answers, as stored."""
    chance = random.Random(2026)
    screen = {item.id for item in content.safety_screen.items}
    for patient in population().patients(DIFFERENT_PEOPLE, seed=1):
        given = {id: write_answer(answer) for id, answer in patient.given(content).items()}
        more = chance.sample(sorted(given.keys() - screen), MORE_ANSWERS)
        yield patient.person, json.dumps({id: given[id] for id in (*screen, *more) if id in given})


def fill(store, count, drawn):
    """Straight into the tables: what is timed is reading."""
    patients = (
        (f"p{n}", "", "", "", f"{AT.year - person.age}-06-01", person.sex, AT.isoformat())
        for n, (person, _) in enumerate(drawn)
    )
    encounters = (
        (f"e{n}", 1 + n % len(drawn), moment(n), "Dr", "1", drawn[n % len(drawn)][1], moment(n), "mark")
        for n in range(count)
    )
    flags = ((1 + n, "R44", 1, "mark", "Dr", moment(n)) for n in range(0, count, 2))
    connection = store._database.conn
    with store.all_or_nothing():
        connection.executemany(
            "INSERT INTO patients (uid, family, given, title, born, sex, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            patients,
        )
        connection.executemany(
            "INSERT INTO encounters (uid, patient_id, began_at, clinician, rule_set, answers, changed_at, rules)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            encounters,
        )
        connection.executemany(
            "INSERT INTO flags (encounter_id, rule, stands, rules, who, at) VALUES (?, ?, ?, ?, ?, ?)", flags
        )


def moment(number):
    return (AT + timedelta(minutes=number % 1_000_000)).isoformat(timespec="microseconds")


def timed(work):
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - cpu


def floor(store):
    with store.encounter_stream() as stream:
        return sum(1 for one in stream.encounters() if json.loads(one.answers))


def screened(store, content):
    with store.encounter_stream() as stream:
        return sum(len(batch.found) for batch in look_through(content, stream, LONDON, TODAY))


def main(counts):
    content = load()
    drawn = list(people(content))
    for count in counts:
        with TemporaryDirectory() as folder, Store.open(Path(folder, "store"), KEY) as store:
            fill(store, count, drawn)
            _, bare, bare_cpu = timed(lambda: floor(store))
            found, wall, cpu = timed(lambda: screened(store, content))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{count:>9,} encounters: {wall:6.2f} s ({cpu:.2f} s CPU, {cpu / count * 1e6:.0f} µs each)", end=", ")
            print(
                f"{found:,} differ; reading and parsing alone {bare_cpu:.2f} s CPU, ratio {cpu / bare_cpu:.1f}", end=""
            )
            print(f" ({bare:.2f} s); peak {peak} MiB")


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
