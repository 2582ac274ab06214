"""What `all.py` measures: each at several sizes, each beside the physical floor of the same run."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import assessment
import paper
import rescreening
import saving
import scale

from db.entrance import create, sign_in
from db.passwords import new_code
from db.slots import REAL, _wrapping_key
from db.store import Store
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import Content, load
from desktop.paper.basis import Basis, Heading
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON, Patient

HERE = Path(__file__).resolve().parent
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
CALLS, STARTS, LOOKED_THROUGH = 150, 3, 100_000
ANSWERED, RULES, PEOPLE = (9, 45, 90, 180), (1, 2, 4), (100, 1_000, 10_000)


class Found(NamedTuple):
    """`ours` and `floor` in the same unit, of the same run; `size` counts what `of` says. Where that grows with the
    content, `step` names the size in another way, so that the run of another day is still compared with it."""

    name: str
    of: str
    size: int
    ours: float
    floor: float
    unit: str = "ms"
    step: int = 0

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def key(self) -> str:
        return f"{self.name} at {self.step or self.size}"


def everything(folder: Path, sizes: Sequence[int], only: str = "") -> Iterator[Found]:
    """`only`: those whose name begins so."""
    content = load()
    whole = {
        ("assessment",): lambda: assessing(content),
        ("tagged PDF",): lambda: pdf(content),
        ("unlock",): lambda: unlocking(folder),
        ("start", "memory", "answer to repaint"): lambda: windows(folder),
        ("search", "save"): lambda: (one for size in sizes for one in stored(folder, size)),
        ("re-screening",): lambda: (
            one for size in sizes if size <= LOOKED_THROUGH for one in rescreened(content, folder, size)
        ),
        ("by keyboard",): by_keyboard,
    }
    for names, work in whole.items():
        if any(name.startswith(only) for name in names):
            yield from (one for one in work() if one.name.startswith(only))


def beside(
    ours: Callable[[], object], floor: Callable[[], object], calls: int, clock: Callable[[], float]
) -> list[float]:
    """Milliseconds at the median, taken in turns: whatever else the machine does falls on both."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(calls):
        for work, times in zip((ours, floor), spent, strict=True):
            begun = clock()
            work()
            times.append((clock() - begun) * 1000)
    return [median(times) for times in spent]


def assessing(content: Content) -> Iterator[Found]:
    full = {item.id: assessment.usual_answer(item) for item in content.items.values()}
    for times in RULES:
        more = assessment.times_as_many(content, times)
        ours, floor = beside(
            lambda: assess(more, assessment.PERSON, full, AT),  # noqa: B023
            lambda: assessment.bare(more, full),  # noqa: B023
            CALLS,
            time.process_time,
        )
        yield Found("assessment", "rules", len(more.rules), ours, floor, step=times)


def pdf(content: Content) -> Iterator[Found]:
    patient = Patient("1", "Walker", "Susan", datetime(1964, 3, 14, tzinfo=UTC).date(), "female", "9990000042", "Ms")
    full = {item.id: assessment.usual_answer(item) for item in content.items.values()}
    for answered in ANSWERED:
        given: dict[str, Answer] = {**paper.ANSWERS, **dict(list(full.items())[: answered - len(paper.ANSWERS)])}
        found = assess(content, Person(62, "female"), given, AT)
        floor, _, tagged = paper.ratios(Basis(content, found, LONDON, patient, Heading("Elm Street", "Dr A.", "E 1")))
        yield Found("tagged PDF", "answers", len(given), tagged, floor, step=answered)


def unlocking(folder: Path) -> Iterator[Found]:
    """The floor is the stretching of the password, which is meant to take its time."""
    for size in PEOPLE:
        place = folder / f"practice-{size}"
        with create(place, user="anna", name="Anna", password=saving.PASSWORD, code=new_code(), at=AT) as session:
            scale.fill(session.store, size, random.Random(1))
        ours, floor = beside(
            lambda: sign_in(place, "anna", saving.PASSWORD, at=AT).close(),  # noqa: B023
            lambda: _wrapping_key(saving.PASSWORD, bytes(16), REAL),
            7,
            time.process_time,
        )
        yield Found("unlock", "encounters", size, ours, floor)


def windows(folder: Path) -> Iterator[Found]:
    floor = best([child("bare") for _ in range(STARTS)])
    for size in PEOPLE:
        store = folder / f"window-{size}"
        with Store.open(store, KEY) as held:
            scale.fill(held, size, random.Random(1))
        spent = best([child("ours", str(store), "1") for _ in range(STARTS)])
        yield Found("start", "encounters", size, spent["start"] * 1000, floor["start"] * 1000)
        yield Found("memory", "encounters", size, spent["memory"], floor["memory"], "MiB")
    for times in RULES:
        spent = best([child("ours", str(folder / f"window-{PEOPLE[0]}"), str(times)) for _ in range(STARTS)])
        yield Found("answer to repaint", "times the rules", times, spent["key"], floor["key"])


def by_keyboard() -> Iterator[Found]:
    """No floor stands beside it but the limit that was set."""
    import keystrokes

    for scenario, one in keystrokes.everything().items():
        yield Found("by keyboard", "questions", len(one.answered), one.seconds, scenario.limit, "s")


def child(*arguments: str) -> dict[str, float]:
    command = [sys.executable, str(HERE / "window_child.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def best(runs: list[dict[str, float]]) -> dict[str, float]:
    """The least of each: what other work on the machine adds is not ours."""
    return {name: min(run[name] for run in runs) for name in runs[0]}


def stored(folder: Path, size: int) -> Iterator[Found]:
    place = folder / f"store-{size}"
    with Store.open(place, KEY) as store:
        scale.fill(store, size, random.Random(scale.SEED))
    chance, items = random.Random(scale.SEED), iter(range(10**9))
    with Store.open(place, KEY) as store:
        connection, last = store._database.conn, f"e{size}"
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
        patients = max(1, size // scale.A_PATIENT)
        ours, floor = beside(
            lambda: store.patients.find(scale.syllable(chance)),
            lambda: connection.execute(
                "SELECT * FROM patients WHERE id = ?", [1 + chance.randrange(patients)]
            ).fetchone(),
            CALLS,
            time.process_time,
        )
        yield Found("search", "encounters", size, ours, floor)
        ours, floor = beside(
            lambda: store.save_answer(last, f"item_{next(items) % 90}", 1, who="a", at=AT),
            lambda: scale.bare(connection),
            CALLS,
            time.process_time,
        )
        yield Found("save", "encounters", size, ours, floor)


def rescreened(content: Content, folder: Path, size: int) -> Iterator[Found]:
    people = list(rescreening.people(content))
    with Store.open(folder / f"looked-through-{size}", KEY) as store:
        rescreening.fill(store, size, people)
        calls = 5 if size <= 10_000 else 1
        ours, floor = beside(
            lambda: rescreening.screened(store, content), lambda: rescreening.floor(store), calls, time.process_time
        )
        yield Found("re-screening", "encounters", size, ours, floor)
