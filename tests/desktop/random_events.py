"""Random hands on the real window of a practice: `python tests/desktop/random_events.py SEED [EVENTS]`.

What the hands do stands in `random_acts.py`. The exit code is 0 where nothing was raised, Qt complained of nothing, no
event held the window up, every answer came back after a lock or an end, and the store's trail holds; otherwise the last
events are told, and the same seed plays them again.
"""

from __future__ import annotations

import faulthandler
import os
import random
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, deque
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog
from random_acts import Acts

from db import entrance
from db.passwords import new_code
from db.slots import Cost
from desktop.app import make_gate, make_self_test, now
from desktop.clinical.content import load
from desktop.record.demonstration import make_demonstration
from desktop.settings import settings_for
from desktop.ui.application import make_application
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.library_panel import LibraryPanel
from desktop.ui.preferences import Preferences
from desktop.ui.single_instance import SingleInstance

CHEAP = Cost(memory=32, passes=1, lanes=4)
USER, PASSWORD = "anna", "a plain pass phrase"
# What QTest remarks on where it clicks, and the offscreen platform on what it has none of.
NOT_OURS = ("QTest", "Mouse event", "This plugin does not support")
TOO_LONG = 10
"""Seconds of the processor for one event: the window stood still."""
HANGS = 120
"""Seconds after which the process tells where it stands, and ends."""


class Hands(Acts):
    def __init__(self, seed: int, events: int, folder: Path) -> None:
        self.left = events
        self.wrong: list[str] = []
        self.done: deque[str] = deque(maxlen=25)
        self.kinds: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        self.begun = time.thread_time()
        self.held: dict[str, dict[str, object]] = {}
        settings = settings_for(folder / "stores")
        content = load()
        self.store = settings.practice
        make_practice(self.store, content.rule_set)
        gate = make_gate(content, settings, make_self_test(content, settings, None), Preferences(), cost=CHEAP)
        instance = SingleInstance(str(self.store))
        super().__init__(random.Random(seed), gate, instance)
        assert not instance.raise_first()
        instance.listen()
        instance.raised.connect(gate.come_forward)

    def run(self) -> int:
        application = make_application()
        application.setQuitOnLastWindowClosed(False)
        QAccessible.setActive(True)
        sys.excepthook = lambda kind, error, trace: self.note("".join(traceback.format_exception(kind, error, trace)))
        threading.excepthook = lambda told: self.note(f"in a thread: {told.exc_type} {told.exc_value}")
        qInstallMessageHandler(self.hear)
        self.gate.show()
        self.sign_in()
        timer = QTimer(interval=0)
        timer.timeout.connect(self.step)
        timer.start()
        application.exec()
        timer.stop()
        sys.excepthook = sys.__excepthook__
        self.gate.close()
        application.processEvents()
        self.instance.close()
        with entrance.enter(self.unlocked(), at=now()) as session:
            if mistake := session.store.verify():
                self.note(f"the trail is broken: {mistake}")
        return self.tell()

    def step(self) -> None:
        self.measure()
        if self.wrong or self.left == 0:
            QApplication.closeAllWindows()
            QApplication.quit()
            return
        self.left -= 1
        if not self.gate.isVisible():
            self.gate.show_sign_in(USER)
            self.gate.show()
        if self.gate.rooms is None and self.random.random() < 0.05:
            self.sign_in()
            return
        self.hold()  # what a reader pressed is let go of a moment later, between two acts
        act = self.choose()
        name = act.__name__
        self.kinds[name] += 1
        self.done.append(f"{name} …")
        faulthandler.dump_traceback_later(HANGS, exit=True)
        self.begun = time.thread_time()
        self.done[-1] = f"{name} {act()}"
        self.hold()

    def measure(self) -> None:
        """The last event, with all that the window did after it."""
        name, _, _ = self.done[-1].partition(" ")
        spent = time.thread_time() - self.begun
        self.slowest[name] = max(spent, self.slowest.get(name, 0))
        if spent > TOO_LONG:
            self.note(f"{name} held the window for {spent:.1f} s")

    def hold(self) -> None:
        """What was answered in the consultation in hand."""
        window = self.gate.rooms
        if window is not None and window.model is not None:
            consultation = window.model.consultation
            self.held = {consultation.encounter.uid: dict(consultation.assessment.answers)}

    def sign_in(self) -> None:
        self.done.append("sign in")
        if self.gate.rooms is None:
            self.gate.enter(self.unlocked())
        window = self.gate.rooms
        for uid, held in self.held.items() if window is not None else ():
            found = dict(window.clinic.look_at(uid).assessment.answers)
            if found != held:
                self.note(f"answers of {uid} are not what they were: {found} after {held}")

    def unlocked(self) -> Any:
        return entrance.try_password(self.store, USER, PASSWORD, cost=CHEAP)

    def hear(self, kind: QtMsgType, _context: object, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not words.startswith(NOT_OURS):
            self.note(f"{kind.name}: {words}")

    def note(self, words: str) -> None:
        self.wrong.append(words)

    def tell(self) -> int:
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.kinds.items()))
        slowest = sorted(self.slowest.items(), key=lambda one: -one[1])[:5]
        print(f"slowest: {', '.join(f'{name} {spent:.2f} s' for name, spent in slowest)}")
        print(f"{sum(self.kinds.values())} events: {told}; {len(self.wrong)} wrong")
        if self.wrong:
            print("\n".join([*self.wrong[:5], f"with {self.left} events left, after:", *self.done]), file=sys.stderr)
        return 1 if self.wrong else 0


def make_practice(folder: Path, rule_set: str) -> None:
    held = {"user": USER, "name": "Dr Anna Ash", "password": PASSWORD, "code": new_code()}
    with entrance.create(folder, **held, at=now(), cost=CHEAP) as session:
        make_demonstration(session.store, now(), rule_set=rule_set)


def keep_inside(folder: Path, chance: random.Random) -> None:
    """Files are chosen inside the folder, or nobody chooses; nothing is printed or opened elsewhere."""

    def chosen(*_: object) -> tuple[str, str]:
        return (str(folder / f"chosen-{chance.randrange(5)}") if chance.random() < 0.5 else "", "")

    QFileDialog.getSaveFileName = QFileDialog.getOpenFileName = staticmethod(chosen)  # type: ignore[method-assign,assignment]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_: chosen()[0] and str(folder))  # type: ignore[method-assign,assignment]
    QDesktopServices.openUrl = staticmethod(lambda _: True)  # type: ignore[method-assign,assignment]
    DocumentsPanel.find_printers = LibraryPanel.find_printers = staticmethod(list)


def main(seed: int, events: int) -> int:
    with tempfile.TemporaryDirectory() as made:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = str(Path(made, kind.lower()))
        make_application()
        keep_inside(Path(made), random.Random(seed))
        return Hands(seed, events, Path(made)).run()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))
