"""CPU and memory of the window beside a bare one: `python tests/benchmarks/window.py [KEYS]`, offscreen, in one run.

Start is that of the whole program, from nothing until a blank consultation is painted, on the demonstration's store
(`started.py`), in turns with a bare window. That the rules passed their check before is looked up a moment later. A key
is timed from its press until the window has painted last: by then its answer is saved, assessed and shown. So it is
with the shipped checklist and with one of 1000 items, which an overlay would make of it: five times as many sections
and rules, those of each copy resting on the items of that copy. CPU beside the clock tells a busy machine. Memory is
what ten encounters leave behind.

What a start is spent on stands in docs/performance.md. Of the memory a little over half is Python's and a quarter Qt's
heap. PSS shares libraries with whatever else runs Qt, so beside other windows the bare one looks smaller than it is
alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
STARTS = 7
COMPILED = tempfile.mkdtemp()
"""As a program that was installed: nothing is compiled, and no content read and checked, anew at each start."""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
application.processEvents()
"""
OURS = """
import gc, sys
gc.disable()
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
from desktop.app import load_content, make_self_test, open_demonstration, stay_loaded
from desktop.settings import settings_for
from desktop.ui.application import make_application
from desktop.ui.window import Window
from contextlib import ExitStack
from PySide6.QtCore import QEvent
class Watched(Window):
    "Every paint event of it comes in one of these; a filter on all events would cost a tenth of what it measures."
    def event(self, event):
        done = super().event(event)
        if event.type() is QEvent.Type.UpdateRequest and "Painted" in globals():
            Painted.clock, Painted.cpu = time.perf_counter(), time.process_time()
        return done
application = make_application()
settings = settings_for(Path({folder!r}))
content = load_content(settings)
if {items}:
    from many_items import with_items
    content = with_items(content, {items})
stack = ExitStack()
clinic = open_demonstration(stack, content, settings)
test = make_self_test(content, settings, None)
test.check.run()
window = Watched(clinic, self_test=test)
window.show()
window.begin(clinic.patients("Yarrow")[0].uid)
application.processEvents()
stay_loaded()
"""
TOLD = """
import time
print("CPU", time.process_time(), flush=True)
"""
WALK = """
import time
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
class Painted:
    clock = cpu = 0.0
def settle():
    for _ in range(6): application.processEvents()
    # As the loop of the program would; without one Qt waits with it.
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
def press(key):
    QTest.keyClick(window.focusWidget(), key)
    settle()
def walk(keys):
    "A yes and two no, over and over; what is not answered by them is passed by, and so on to the next section."
    taken, number = [], 0
    while len(taken) < keys:
        before, said = window.focusWidget(), len(window.model.assessment.answers)
        clock, cpu = time.perf_counter(), time.process_time()
        press(Qt.Key.Key_Y if number % 3 == 0 else Qt.Key.Key_N)
        if len(window.model.assessment.answers) > said:
            taken.append(((Painted.clock - clock) * 1000, (Painted.cpu - cpu) * 1000))
            number += 1
        if window.focusWidget() is before:
            press(Qt.Key.Key_Down)
        if window.focusWidget() is before:
            press(Qt.Key.Key_S)
    return taken
for _ in range(3): settle()
"""
KEYS = """
walk(3)
for name, times in zip(("KEY", "KEYCPU"), zip(*walk({keys}))):
    print(name, sorted(times)[len(times) // 2], sorted(times)[len(times) * 95 // 100], flush=True)
"""
TEN = """
for _ in range(10):
    window.begin(clinic.patients("Yarrow")[0].uid)
    settle()
    walk(13)
"""
PSS = """
print("PSS", [line for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:")][0].split()[1], flush=True)
"""
END = """
import os; os._exit(0)
"""


def run(code: str) -> dict[str, list[float]]:
    lines = (line.split() for line in output("-c", code).splitlines())
    return {name: [float(value) for value in values] for name, *values in lines}


def start(folder: str) -> float:
    cpu: float = json.loads(output(str(Path(__file__).with_name("started.py")), folder))["cpu"]
    return cpu


def output(*arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": COMPILED}
    environment["XDG_CACHE_HOME"] = COMPILED
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def ours(folder: str, *, items: int = 0) -> str:
    return OURS.format(root=str(ROOT), here=str(Path(__file__).parent), folder=folder, items=items)


def main(keys: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run(ours(folder) + END)  # makes the demonstration, and checks the rules
        start(folder)  # compiles what is left
        turns = [(run(BARE + TOLD + PSS), start(folder)) for _ in range(STARTS)]
        bare = [one for one, _ in turns]
        floor, started = median(one["CPU"][0] for one in bare), median(own for _, own in turns)
        times = median(own / one["CPU"][0] for one, own in turns)
        pressed = {items: run(ours(folder, items=items) + WALK + KEYS.format(keys=keys) + END) for items in (0, 1000)}
        used = run(ours(folder) + WALK + TEN + PSS + END)
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"start   CPU {started:.2f} s, bare window {floor:.2f} s: {times:.1f} times (at most 3), {STARTS} in turns")
    for items, took in pressed.items():
        (clock, most), (cpu, most_cpu) = took["KEY"], took["KEYCPU"]
        print(
            f"key     {clock:.1f} ms median, {most:.1f} ms 95th percentile (at most 16.7 and 33), of it"
            f" CPU {cpu:.1f} and {most_cpu:.1f}, {items or 'shipped'} items"
        )
    ratio = used["PSS"][0] / bare[0]["PSS"][0]
    print(f"memory  PSS {used['PSS'][0] / 1024:.0f} MiB, {ratio:.1f} times the bare window (at most 2)")


try:
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
finally:
    shutil.rmtree(COMPILED)
