"""Random hands on the real window of a practice: `python tests/desktop/random_events.py SEED [EVENTS]`.

Clicks, keys, wheel, new sizes, locking and signing in again, closing dialogues. The exit code is 0 where nothing was
raised and Qt complained of nothing; otherwise the last events are told, and the same seed plays them again.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import isValid

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
from desktop.ui.rooms import ROOMS

CHEAP = Cost(memory=32, passes=1, lanes=4)
USER, PASSWORD = "anna", "a plain pass phrase"
SIZES = ((1366, 768), (1024, 768), (1920, 1080), (800, 600), (640, 480))
TYPED = "ynuoxs0123456789.<-abc é<b>‮🙂"
KEYS = (
    *(Qt.Key.Key_Tab,) * 6,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_F1,
    Qt.Key.Key_F2,
    Qt.Key.Key_F3,
)
WITH_CONTROL = "klfzpa123456780+-"
# What QTest remarks on where it clicks, and the offscreen platform on what it has none of.
NOT_OURS = ("QTest", "Mouse event", "This plugin does not support")


class Hands:
    def __init__(self, seed: int, events: int, folder: Path) -> None:
        self.random, self.left, self.folder = random.Random(seed), events, folder
        self.wrong: list[str] = []
        self.done: deque[str] = deque(maxlen=25)
        self.kinds: dict[str, int] = {}
        settings = settings_for(folder / "stores")
        content = load()
        self.store = settings.practice
        make_practice(self.store, content.rule_set)
        self.gate = make_gate(content, settings, make_self_test(content, settings, None), Preferences(), cost=CHEAP)
        self.acts: tuple[tuple[Callable[[], str], int], ...] = (
            (self.click, 300),
            (self.key, 300),
            (self.type, 200),
            (self.wheel, 60),
            (self.control, 40),
            (self.focus, 40),
            (self.room, 30),
            (self.patient, 12),
            (self.resize, 10),
            (self.close_dialogue, 20),
            (self.lock, 2),
        )

    def run(self) -> int:
        application = make_application()
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
        self.gate.close()
        application.processEvents()
        return self.tell()

    def step(self) -> None:
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
        act = self.random.choices([act for act, _ in self.acts], [weight for _, weight in self.acts])[0]
        self.kinds[act.__name__] = self.kinds.get(act.__name__, 0) + 1
        self.done.append(f"{act.__name__} …")
        self.done[-1] = f"{act.__name__} {act()}"

    def target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.gate

    def point(self, widget: QWidget) -> QPoint:
        return QPoint(self.random.randrange(max(1, widget.width())), self.random.randrange(max(1, widget.height())))

    def click(self) -> str:
        target = self.target()
        point = self.point(target)
        child = target.childAt(point)
        button = self.random.choice([Qt.MouseButton.LeftButton] * 8 + [Qt.MouseButton.RightButton])
        send = self.random.choice([QTest.mouseClick] * 6 + [QTest.mouseDClick])
        handle = target.windowHandle()
        if handle is not None:
            send(handle, button, Qt.KeyboardModifier.NoModifier, point)
        return f"{button.name} at {point.toTuple()} of {type(target).__name__}, on {type(child).__name__}"

    def key(self) -> str:
        return self.press(self.random.choice(KEYS))

    def type(self) -> str:
        return self.press(self.random.choice(TYPED))

    def control(self) -> str:
        return self.press(self.random.choice(WITH_CONTROL), Qt.KeyboardModifier.ControlModifier)

    def press(self, key: Qt.Key | str, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        target, focus = self.target(), QApplication.focusWidget()
        handle = target.windowHandle()
        if handle is None:
            return "nowhere"
        if isinstance(key, str) and not key.isascii():
            QTest.sendKeyEvent(QTest.KeyAction.Click, focus or target, Qt.Key.Key_unknown, key, how)
        else:
            QTest.keyClick(handle, key, how)
        return f"{key!r} {how.name} in {type(focus).__name__}"

    def wheel(self) -> str:
        target = self.target()
        handle, point = target.windowHandle(), self.point(target)
        if handle is not None:
            QTest.wheelEvent(handle, point, QPoint(0, self.random.choice((-360, -120, 120, 360))))
        return str(point.toTuple())

    def focus(self) -> str:
        """A random control in sight, so that none stays unreached for long."""
        found = (one for one in self.target().findChildren(QWidget) if isValid(one))  # a list may just have closed
        able = [one for one in found if one.isVisible() and one.focusPolicy()]
        if not able:
            return "nothing"
        chosen = self.random.choice(able)
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        return type(chosen).__name__

    def room(self) -> str:
        if self.gate.rooms is None:
            return "locked"
        room = self.random.choice(ROOMS).id
        self.gate.rooms.show_room(room)
        return room

    def patient(self) -> str:
        window = self.gate.rooms
        if window is None:
            return "locked"
        drafts, patients = window.clinic.drafts(), window.clinic.patients("")
        if drafts and self.random.random() < 0.5:
            window.open_encounter(self.random.choice(drafts).encounter_uid)
            return "draft"
        if patients:
            window.begin(self.random.choice(patients).uid)
        return "begun"

    def resize(self) -> str:
        size = self.random.choice(SIZES)
        self.gate.resize(QSize(*size))
        return str(size)

    def close_dialogue(self) -> str:
        target = self.target()
        if target is not self.gate:
            target.close()
        return type(target).__name__

    def lock(self) -> str:
        self.gate.lock()
        return ""

    def sign_in(self) -> None:
        self.done.append("sign in")
        if self.gate.rooms is None:
            self.gate.enter(entrance.try_password(self.store, USER, PASSWORD, cost=CHEAP))

    def hear(self, kind: QtMsgType, _context: object, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not words.startswith(NOT_OURS):
            self.note(f"{kind.name}: {words}")

    def note(self, words: str) -> None:
        self.wrong.append(words)

    def tell(self) -> int:
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.kinds.items()))
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
