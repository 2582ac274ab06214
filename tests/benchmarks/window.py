"""CPU and memory of the window beside a bare one: `python tests/benchmarks/window.py [KEYS]`, offscreen, in one run.

Start is from nothing to a blank consultation on a demonstration store, whose key is published: unlocking apart. A key
is timed until the last paint event that follows it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
application.processEvents()
"""
OURS = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from desktop.app import open_demonstration, make_self_test
from desktop.clinical.content import load
from desktop.settings import settings_for
from desktop.ui.application import make_application
from desktop.ui.window import Window
from contextlib import ExitStack
application = make_application()
content, settings = load(), settings_for(Path({folder!r}))
stack = ExitStack()
clinic = open_demonstration(stack, content, settings)
test = make_self_test(content, settings, None)
test.check.run() if {first!r} else None
window = Window(clinic, self_test=test)
window.show()
window.begin(clinic.patients("Yarrow")[0].uid)
application.processEvents()
"""
TOLD = """
import time
print("CPU", time.process_time(), flush=True)
"""
KEYS = """
import time
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
class Painted(QObject):
    last = 0.0
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            Painted.last = time.perf_counter()
        return False
test.check.run()
painted = Painted()
for _ in range(20): application.processEvents()
application.installEventFilter(painted)
times = []
for number in range({keys}):
    begun = time.perf_counter()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Y if number % 3 == 0 else Qt.Key.Key_N)
    for _ in range(6): application.processEvents()
    times.append((Painted.last - begun) * 1000)
times.sort()
print("KEY", times[len(times) // 2], times[len(times) * 95 // 100])
memory = [line for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:")]
print("PSS", memory[0].split()[1], flush=True)
import os; os._exit(0)
"""
END = """
import os; os._exit(0)
"""
PSS = """
print("PSS", [line for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:")][0].split()[1])
"""


def run(code: str) -> dict[str, list[float]]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    lines = (line.split() for line in done.stdout.splitlines())
    return {name: [float(value) for value in values] for name, *values in lines}


def main(keys: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours = OURS.format(root=str(ROOT), folder=folder, first=False)
        run(ours + TOLD + END)  # makes the demonstration
        bare = [run(BARE + TOLD + PSS) for _ in range(3)]
        started = sorted(run(ours + TOLD + END)["CPU"][0] for _ in range(3))[1]
        floor = sorted(one["CPU"][0] for one in bare)[1]
        used = run(ours + KEYS.format(keys=keys))
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"start   CPU {started:.2f} s, bare window {floor:.2f} s: {started / floor:.1f} times (at most 3)")
    print(f"key     {used['KEY'][0]:.1f} ms median, {used['KEY'][1]:.1f} ms 95th percentile (at most 16.7 and 33)")
    ratio = used["PSS"][0] / bare[0]["PSS"][0]
    print(f"memory  PSS {used['PSS'][0] / 1024:.0f} MiB, {ratio:.1f} times the bare window (at most 2)")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 39)
