"""The standard screens as pictures: `python tests/screens.py OUT [NAME …]`.

From real encounters of the demonstration, at 1366 × 768 and 1920 × 1080, light, dark and high contrast; some at 200 %
text, in narrow windows and from the right. The clock stands still, the fonts are our own, nothing blinks: two runs
give the same bytes. `SCALE=1.25` before it draws for such a screen.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = os.environ.get("SCALE", "1")
os.environ["QT_FONT_DPI"] = "96"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hand_clock import HandClock
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from standard_screens import FRONTS, SCREENS

from db.store import Store
from desktop.clinical.content import Content, load
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY, make_demonstration
from desktop.record.followers import followers_of
from desktop.record.session import Entrance
from desktop.ui.application import make_application
from desktop.ui.errors import catch_everything
from desktop.ui.gate import Gate
from desktop.ui.preferences import Preferences
from desktop.ui.rules_check import RulesCheck
from desktop.ui.self_test import SelfTest
from desktop.ui.style import dress
from desktop.ui.theme import ThemeName
from desktop.ui.window import Window

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SIZES = ((1366, 768), (1920, 1080))
THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")
NARROW = ((1024, 768), (800, 768))
LARGE = (
    "today",
    "blank",
    "emergency",
    "no-flag",
    "note",
    "waiting",
    "waiting-urgent",
    "examination",
    "could-be",
    "review",
    "patients",
    "documents",
    "follow-up",
    "library",
    "settings",
    "first-run-you",
    "locked",
    "read-note",
    "waiting-urgent",
    "signed",
    "audit",
    "palette",
    "help",
    "keys",
    "override",
    "letter",
    "handout",
)
SMALL_AND_LARGE = ("today", "emergency", "review", "follow-up")
"""The narrowest window at the largest text."""
FROM_THE_RIGHT = (
    "today",
    "blank",
    "emergency",
    "examination",
    "review",
    "documents",
    "follow-up",
    "library",
    "settings",
    "first-run-you",
)


class Picture(NamedTuple):
    name: str
    size: tuple[int, int] = SIZES[0]
    theme: ThemeName = "light"
    text: int = 100
    from_the_right: bool = False

    @property
    def stem(self) -> str:
        width, height = self.size
        large = f"-{self.text}" if self.text != 100 else ""
        return f"{self.name}-{width}x{height}-{self.theme}{large}{'-rtl' if self.from_the_right else ''}"


def pictures(out: Path, names: list[str]) -> Iterator[Path]:
    """Each screen in a window of its own, on a store of its own, so that none shows what another did."""
    random.seed(0)
    application = make_application()
    catch_everything(stop)
    application.setCursorFlashTime(0)
    content = load()
    out.mkdir(parents=True, exist_ok=True)
    for one in wanted(names):
        with tempfile.TemporaryDirectory() as folder, patch("uuid.uuid4", the_same_uids()):
            preferences = Preferences()
            preferences.change(theme=one.theme, text_size=one.text)
            sides = Qt.LayoutDirection.RightToLeft if one.from_the_right else Qt.LayoutDirection.LeftToRight
            application.setLayoutDirection(sides)
            dress(application, preferences.theme())
            draw = picture if one.name in SCREENS else front
            file = out / f"{one.stem}.png"
            draw(application, content, Path(folder), preferences, one, file)
            yield file


def the_same_uids() -> Callable[[], uuid.UUID]:
    """The audit trail shows them, and its head rests on them."""
    numbers = random.Random(0)
    return lambda: uuid.UUID(int=numbers.getrandbits(128), version=4)


def stop(told: str) -> None:
    """Nobody presses "Go on" here, and a picture of something broken is no picture."""
    print(told, file=sys.stderr)
    os._exit(1)


def wanted(names: list[str]) -> Iterator[Picture]:
    """A name is that of a screen, or a pattern for pictures such as `*-1366x768-dark`."""
    for one in every():
        if not names or one.name in names or any(fnmatch(one.stem, name) for name in names):
            yield one


def every() -> Iterator[Picture]:
    for name, size, theme in itertools.product([*SCREENS, *FRONTS], SIZES, THEMES):
        yield Picture(name, size, theme)
    for name in LARGE:
        yield Picture(name, text=200)
    for name, size in itertools.product(LARGE, NARROW):
        yield Picture(name, size)
    for name in SMALL_AND_LARGE:
        yield Picture(name, NARROW[0], text=200)
    for name in FROM_THE_RIGHT:
        yield Picture(name, from_the_right=True)


def picture(
    application: QApplication, content: Content, folder: Path, preferences: Preferences, one: Picture, file: Path
) -> None:
    with Store.open(folder / "store", KEY) as store:
        make_demonstration(store, NOW, rule_set=content.rule_set)
        uids, clock, zone = (
            (f"screen-{number}" for number in itertools.count()),
            HandClock(NOW),
            ZoneInfo("Europe/London"),
        )
        clinic = Clinic(
            content,
            store,
            who="Dr Demonstration",
            clock=clock,
            zone=zone,
            demo=True,
            new_uid=lambda: next(uids),
            followers=followers_of(store, zone),
        )
        window = Window(clinic, self_test=passed(content, folder), preferences=preferences, now=clock)
        show(application, window, one.size)
        shown = SCREENS[one.name](window)
        if shown is not window:
            shown.show()
        take(application, shown, file)
        put_away(application, shown, window)


def front(
    application: QApplication, content: Content, folder: Path, preferences: Preferences, one: Picture, file: Path
) -> None:
    """What stands before the rooms: setting up, or signing in."""
    entrance = Entrance(folder / "practice", clock=HandClock(NOW))

    def no_rooms(_: object) -> Window:
        raise AssertionError("nobody signs in here")

    gate = Gate(entrance, preferences, no_rooms, content=content, kit=lambda code, practice: b"")
    FRONTS[one.name](gate)
    show(application, gate, one.size)
    take(application, gate, file)
    put_away(application, gate)


def passed(content: Content, folder: Path) -> SelfTest:
    """As on every start but the first after a change."""
    stamp = folder / "stamp"
    stamp.write_text("same", "ascii")
    test = SelfTest(RulesCheck(content, tuple, fingerprint=lambda: "same", stamp=stamp))
    test.check.run()
    return test


def show(application: QApplication, widget: QWidget, size: tuple[int, int]) -> None:
    widget.resize(*size)
    widget.show()
    widget.activateWindow()
    settle(application)


def take(application: QApplication, widget: QWidget, file: Path) -> None:
    settle(application)
    widget.grab().save(str(file))


def put_away(application: QApplication, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle(application)


def settle(application: QApplication) -> None:
    """Until what is done after the paint has been done too."""
    for _ in range(6):
        application.processEvents()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):  # no folder is meant by `--help`
        raise SystemExit(__doc__)
    for made in pictures(Path(sys.argv[1]), sys.argv[2:]):
        print(made.name, flush=True)
