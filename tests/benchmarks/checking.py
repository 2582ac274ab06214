"""The check of the whole store in the background: `python tests/benchmarks/checking.py [ENCOUNTERS]`, 2,000 by default.

A window's thread with a timer of 20 ms beside it: the longest gap between two ticks says whether it is ever kept
waiting; the same without the check says what the machine does by itself. Encounters have 24 answers, each written as
the application writes it, with its row of the trail.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from db.store import Store
from desktop.record.backups import Backups
from desktop.record.roles import Rights
from desktop.ui.background import Background

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
KEY, ANSWERS, TICK = bytes(range(32)), 24, 20


def fill(store: Store, encounters: int) -> None:
    store._database.execute("PRAGMA synchronous = OFF")
    with store.all_or_nothing():
        for number in range(encounters):
            if number % 10 == 0:
                store.add_patient(f"p{number}", family=f"F{number}", given="G", born=date(1970, 1, 1), at=AT)
            patient = f"p{number - number % 10}"
            store.begin_encounter(f"e{number}", patient_uid=patient, at=AT, clinician="a", rule_set="1")
            for item in range(ANSWERS):
                store.save_answer(f"e{number}", f"item_{item}", item % 3 == 0, who="a", at=AT)


class Ticks(QObject):
    """The longest time between two ticks of the window's thread."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self.timer = QTimer(self, interval=TICK)
        self.timer.timeout.connect(self._tick)
        self.timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def told(self) -> str:
        gaps, self.gaps = sorted(self.gaps), []
        return f"p50 {gaps[len(gaps) // 2]:.0f}, p95 {gaps[len(gaps) * 95 // 100]:.0f}, longest {gaps[-1]:.0f} ms"


def main(encounters: int) -> None:
    application, home = QApplication([]), Path.home()
    with tempfile.TemporaryDirectory(dir=home) as made:
        with Store.open(Path(made), KEY) as store:
            fill(store, encounters)
        with Store.open(Path(made), KEY) as store:
            measure(application, store, encounters)


def measure(application: QApplication, store: Store, encounters: int) -> None:
    ticks, owner = Ticks(), QObject()
    QTimer.singleShot(5000, application.quit)
    application.exec()
    print(f"the window's thread alone: {ticks.told()}")
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    work = Background(owner)
    work.done.connect(lambda rows: print(f"sound, {rows:,} entries"))
    work.refused.connect(lambda error: print("refused", error))
    work.idle.connect(application.quit)
    work.start(Backups(store, rights=Rights.of_demonstration("a"), clock=lambda: AT).checker())
    application.exec()
    took = time.perf_counter() - begun
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    each = took / (encounters * ANSWERS) * 1e6
    print(f"checked {encounters:,} encounters in {took:.1f} s, {each:.0f} µs an answer, {more} MiB more at its peak")
    print(f"the window's thread beside it: {ticks.told()}")


if __name__ == "__main__":
    main(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 2_000)
