"""Times of the store: `python tests/benchmarks/saving.py [SAVES]`, on a real disk, encrypted, in milliseconds."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.entrance import create, sign_in
from db.passwords import new_code
from db.roles import Role
from db.store import Store

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "a plain pass phrase"


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def told(name: str, times: list[float]) -> None:
    times.sort()
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"{name:34} n {len(times):5}   p50 {middle:7.2f}   p95 {late:7.2f}   worst {times[-1]:7.2f}")


def saves(store: Store, number: int) -> list[float]:
    store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
    times = []
    for count in range(number):
        uid = f"e{count // 90}"
        if count % 90 == 0:
            store.begin_encounter(uid, patient_uid="p1", at=AT, clinician="Dr One", rule_set="1")
        item, value = f"item_{count % 60}", [True, False, "new", {"unsure": True}][count % 4]
        times.append(timed(lambda: store.save_answer(uid, item, value, who="Dr One", at=AT)))  # noqa: B023
    return times


def bare(store: Store) -> None:
    """One small row, written through the same connection: what the disk and the encryption take by themselves."""
    with store.all_or_nothing():
        store._database.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT)")
        store._database.execute("INSERT INTO bare (text) VALUES (hex(randomblob(100)))")


def main(number: int) -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as made:
        folder = Path(made)
        session = create(folder, user="anna", name="Anna", password=PASSWORD, code=new_code(), at=AT)
        with session:
            told("a bare transaction", [timed(lambda: bare(session.store)) for _ in range(min(number, 500))])
            session.store._database.execute("DROP TABLE bare")  # a store with a table more is not opened again
            told("save an answer", saves(session.store, number))
            told("verify all", [timed(session.store.verify)])
            told("verify the trail", [timed(session.store.trail.verify)])
            session.add("ben", name="Ben", roles={Role.NURSE}, password=PASSWORD, at=AT)
            told("remove an account", [timed(lambda: session.remove("ben", code=new_code(), at=AT))])
        signed_in = [timed(lambda: sign_in(folder, "anna", PASSWORD, at=AT).close()) for _ in range(10)]
        told("sign in", signed_in)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
