"""From the password to the rooms: `python tests/benchmarks/unlocking.py [TIMES]`, 20 by default.

With the cost of real accounts. Milliseconds, p50 and worst, and the processor's own: the password stretched, which
nobody gets round, and everything up to the painted rooms, each time after the lock took them apart.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication

from db.entrance import create
from db.passwords import new_code
from desktop.app import make_gate, make_self_test
from desktop.clinical.content import load
from desktop.record.session import REAL
from desktop.settings import settings_for
from desktop.ui.application import make_application
from desktop.ui.preferences import Preferences
from desktop.ui.style import dress

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
PASSWORD = "a plain pass phrase"


def main(times: int) -> None:
    application, content = make_application(), load()
    with tempfile.TemporaryDirectory(dir=Path.home()) as made:
        folder = Path(made)
        anna = {"user": "anna", "name": "A", "password": PASSWORD, "code": new_code()}
        with create(folder / "practice", **anna, at=AT, cost=REAL) as session:
            for number in range(200):
                session.store.patients.add(f"p{number}", family="Lark", given="M", born=date(1970, 1, 1), at=AT)
        measure(application, content, folder, times)


def measure(application: QApplication, content, folder: Path, times: int) -> None:  # type: ignore[no-untyped-def]
    preferences = Preferences()
    dress(application, preferences.theme())
    settings = settings_for(folder)
    gate = make_gate(content, settings, make_self_test(content, settings, None), preferences)
    gate.show()
    found: dict[str, list[tuple[float, float]]] = {"the password stretched": [], "and the rooms painted": []}
    for _ in range(times):
        begun, cpu = time.perf_counter(), time.process_time()
        unlocked = gate._entrance.try_password("anna", PASSWORD)
        found["the password stretched"].append(since(begun, cpu))
        gate.enter(unlocked)
        application.processEvents()
        gate.grab()
        found["and the rooms painted"].append(since(begun, cpu))
        gate.lock()
        application.processEvents()
    for name, all_of_it in found.items():
        wall, used = (sorted(each[part] for each in all_of_it) for part in (0, 1))
        middle = times // 2
        print(f"{name:24} p50 {wall[middle]:6.0f}  worst {wall[-1]:6.0f}   CPU {used[middle]:6.0f}  {used[-1]:6.0f}")
    gate.close()


def since(begun: float, cpu: float) -> tuple[float, float]:
    return (time.perf_counter() - begun) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
