"""One window in a process of its own, for `all.py`: `window_child.py bare` or `window_child.py ours STORE`.

Prints as JSON what the processor spent until the window was painted (seconds), the memory (PSS, MiB), and milliseconds
of the processor from a key to the last paint that followed it. *Bare* is an empty QMainWindow, and for the key a
canvas of the same size that writes as many lines anew.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
KEYS, LINES, SIZE = 39, 60, (1366, 768)


def bare() -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    application.processEvents()
    started, memory = time.process_time(), pss()
    canvas = make_canvas()
    return {"start": started, "memory": memory, "key": key(application, canvas, lambda number: canvas)}


def make_canvas() -> Any:
    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
    from PySide6.QtWidgets import QWidget

    class Canvas(QWidget):
        shown = ""

        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.shown = f"{self.shown}{event.text()}"[-LINES:]
            self.update()

        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), "white")
            for line in range(LINES):
                painter.drawText(20, 12 * line + 12, f"A line as long as a question is, number {line} {self.shown}")
            painter.end()

    canvas = Canvas()
    canvas.resize(*SIZE)
    canvas.show()
    return canvas


def ours(store: Path, times: int) -> dict[str, float]:
    """From nothing to a blank consultation, on a store whose key is published: unlocking is measured by itself. What is
    spent once after a change, the check of the rules, is left out of the start."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from contextlib import ExitStack

    from db.store import Store
    from desktop.app import load_content, make_self_test, now
    from desktop.record.clinic import Clinic
    from desktop.record.demonstration import CLINICIAN, KEY
    from desktop.record.followers import followers_of
    from desktop.settings import settings_for
    from desktop.ui.application import make_application
    from desktop.ui.window import Window

    application = make_application()
    sys.excepthook = sys.__excepthook__  # nobody presses "Go on" here
    settings = settings_for(store)
    content = load_content(settings)
    if times > 1:
        from assessment import times_as_many

        content = times_as_many(content, times)
    held = ExitStack().enter_context(Store.open(store, KEY))
    followers = followers_of(held, settings.zone)
    clinic = Clinic(content, held, who=CLINICIAN, clock=now, zone=settings.zone, demo=True, followers=followers)
    test = make_self_test(content, settings, None)
    test.check.verdict = "passed"
    window = Window(clinic, self_test=test)
    window.show()
    window.begin("p1")
    application.processEvents()
    started = time.process_time()
    spent = key(application, window, lambda number: window.focusWidget())
    return {"start": started, "memory": pss(), "key": spent}


def key(application: Any, watched: Any, target: Callable[[int], Any]) -> float:
    """Everything that the key set going is done: what is painted a turn later counts as well."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    for _ in range(20):
        application.processEvents()
    spent = []
    for number in range(KEYS):
        widget, begun = target(number), time.process_time()
        QTest.keyClick(widget, Qt.Key.Key_Y if number % 3 == 0 else Qt.Key.Key_N)
        for _ in range(6):
            application.processEvents()
        spent.append((time.process_time() - begun) * 1000)
    return median(spent)


def pss() -> float:
    """Linux alone tells it."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


if __name__ == "__main__":
    told = bare() if sys.argv[1] == "bare" else ours(Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(told), flush=True)
    os._exit(0)
