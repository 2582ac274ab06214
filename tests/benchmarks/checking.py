"""The check of the whole store in the background: `python tests/benchmarks/checking.py [--kept FOLDER] [ENCOUNTERS]`,
2,000 by default.

A window's thread with a timer of 16 ms beside it, one frame: how late its ticks come, and how often one comes more than
two frames late, says whether it is kept waiting. The same alone, and beside another process that is as busy, says what
the machine does by itself. Encounters have 24 answers, each written as the application writes it, with its row of the
trail.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from db.store import Store
from db.trail_search import Wanted, found, who_and_what
from desktop.record.backups import Backups
from desktop.record.roles import Rights
from desktop.ui.background import Background, Progress

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
KEY, ANSWERS, FRAME, AT_ONCE = bytes(range(32)), 24, 16, 500
BUSY = "while True: sum(range(1000))"


def fill(store: Store, encounters: int) -> None:
    store._database.execute("PRAGMA synchronous = OFF")
    for first in range(0, encounters, AT_ONCE):
        with store.all_or_nothing():
            some(store, range(first, min(first + AT_ONCE, encounters)))


def some(store: Store, numbers: range) -> None:
    for number in numbers:
        if number % 10 == 0:
            store.patients.add(f"p{number}", family=f"F{number}", given="G", born=date(1970, 1, 1), at=AT)
        patient = f"p{number - number % 10}"
        store.begin_encounter(f"e{number}", patient_uid=patient, at=AT, clinician="a", rule_set="1")
        for item in range(ANSWERS):
            store.save_answer(f"e{number}", f"item_{item}", item % 3 == 0, who="a", at=AT)


class Ticks(QObject):
    """The time between two ticks of the window's thread, and how much of it that thread waited for a processor."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.waits: list[float] = []
        self._last, self._waited = time.perf_counter(), waited_for_a_processor()
        self.timer = QTimer(self, interval=FRAME, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._tick)
        self.timer.start()

    def _tick(self) -> None:
        now, waited = time.perf_counter(), waited_for_a_processor()
        self.gaps.append((now - self._last) * 1000)
        self.waits.append(waited - self._waited)
        self._last, self._waited = now, waited

    def told(self) -> str:
        late = [(gap - FRAME, wait) for gap, wait in zip(self.gaps, self.waits, strict=True) if gap > 3 * FRAME]
        machine = 100 * sum(wait for _, wait in late) / max(1, sum(gap for gap, _ in late))
        gaps, self.gaps, self.waits = sorted(self.gaps), [], []
        number, middle, most = len(late), gaps[len(gaps) // 2], gaps[len(gaps) * 99 // 100]
        return (
            f"p50 {middle:.0f}, p99 {most:.0f}, longest {gaps[-1]:.0f} ms; {number} of {len(gaps):,} over two frames"
            f" late, {machine:.0f} % of that waiting for a processor"
        )


def waited_for_a_processor() -> float:
    """In ms, so far; only Linux tells."""
    told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    return int(told.read_text().split()[1]) / 1e6 if told.exists() else 0.0


def main(encounters: int, kept: str) -> None:
    application, home = QApplication([]), Path.home()
    with tempfile.TemporaryDirectory(dir=home) as gone:
        made = Path(kept or gone, f"checking {encounters}")
        if not made.exists():
            with Store.open(made, KEY) as store:
                fill(store, encounters)
        with Store.open(made, KEY) as store:
            look_in_the_trail(store, encounters)
            measure(application, store, encounters)


def look_in_the_trail(store: Store, encounters: int) -> None:
    """What the documents of an encounter and the viewer of the trail ask of it."""
    for words, wanted in (
        ("an encounter", Wanted(encounter=f"e{encounters // 2}")),
        ("a patient", Wanted(patients=[f"p{encounters // 20 * 10}"])),
        ("one kind of act", Wanted(what="patient added")),
    ):
        cpu = time.thread_time()
        rows = len(list(found(store.trail, wanted, limit=200)))
        print(f"the trail of {words}: {rows} rows, {(time.thread_time() - cpu) * 1000:.1f} ms CPU")
    cpu = time.thread_time()
    who_and_what(store.trail)
    print(f"everybody and everything in it: {(time.thread_time() - cpu) * 1000:.1f} ms CPU", flush=True)


def measure(application: QApplication, store: Store, encounters: int) -> None:
    ticks, owner = Ticks(), QObject()
    print(f"the window's thread alone: {waited(application, ticks)}")
    busy = subprocess.Popen([sys.executable, "-c", BUSY])
    print(f"beside a busy process: {waited(application, ticks)}", flush=True)
    busy.kill()
    busy.wait()
    before, begun, cpu = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter(), time.process_time()
    work = Background(owner)
    work.done.connect(lambda rows: print(f"sound, {rows:,} entries"))
    work.refused.connect(lambda error: print("refused", error))
    work.idle.connect(application.quit)
    ticks.gaps, ticks.waits = [], []
    check, asked = Backups(store, rights=Rights.of_demonstration("a"), clock=lambda: AT).checker(), Asked()
    work.start(lambda progress: check(asked.of(progress)))
    application.exec()
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    each = took / (encounters * ANSWERS) * 1e6
    print(
        f"checked {encounters:,} encounters in {took:.1f} s ({cpu:.1f} s CPU), {each:.0f} µs an answer, {more} MiB more"
    )
    print(f"the window's thread beside it: {ticks.told()}")
    print(f"whoever stops it waits at most {asked.longest * 1000:.0f} ms, p99 {asked.most * 1000:.0f} ms")


class Asked:
    """How long it goes on between two questions whether it should: so long a window waits that is locked meanwhile."""

    def __init__(self) -> None:
        self._last, self._gaps = time.perf_counter(), [0.0]

    def of(self, progress: Progress) -> Progress:
        def asked(done: int, of: int) -> None:
            self._gaps.append(time.perf_counter() - self._last)
            progress(done, of)
            self._last = time.perf_counter()

        return asked

    @property
    def longest(self) -> float:
        return max(self._gaps)

    @property
    def most(self) -> float:
        return sorted(self._gaps)[len(self._gaps) * 99 // 100]


def waited(application: QApplication, ticks: Ticks) -> str:
    ticks.gaps, ticks.waits = [], []
    QTimer.singleShot(5000, application.quit)
    application.exec()
    return ticks.told()


if __name__ == "__main__":
    said = ArgumentParser(description=__doc__.partition("\n")[0])
    said.add_argument("encounters", nargs="?", type=int, default=2_000)
    said.add_argument("--kept", default="", help="a folder in which the made store stays, for measuring again")
    main(**vars(said.parse_args()))
