"""The standard screens as pictures: `python tests/screens.py OUT [NAME …]`.

From real encounters of the demonstration, at 1366 × 768 and 1920 × 1080, light, dark and high contrast, and some at
200 % text. The clock stands still, the fonts are our own, nothing blinks: two runs give the same bytes.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["QT_FONT_DPI"] = "96"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import DiskFull
from db.store import Store
from desktop.clinical.content import Content, load
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY, make_demonstration
from desktop.record.session import Entrance
from desktop.ui.application import make_application
from desktop.ui.gate import Gate
from desktop.ui.help_dialog import HelpDialog, help_for
from desktop.ui.preferences import Preferences
from desktop.ui.rules_check import RulesCheck
from desktop.ui.self_test import SelfTest
from desktop.ui.style import dress
from desktop.ui.window import Window
from desktop.ui.window_actions import open_palette

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SIZES = ((1366, 768), (1920, 1080))
THEMES = ("light", "dark", "contrast")
LARGE = ("today", "blank", "emergency", "no-flag", "settings")
Screen = Callable[[Window], QWidget]


def today(window: Window) -> QWidget:
    window.show_room("today")
    return window


def find_patient(window: Window) -> QWidget:
    window.show_room("today")
    window.today.search.setText("celan")  # type: ignore[attr-defined]
    return window


def blank(window: Window) -> QWidget:
    return begin(window, "Yarrow")


def half_filled(window: Window) -> QWidget:
    return resume(window, "Bluebell")


def emergency(window: Window) -> QWidget:
    return resume(window, "Larkspur")


def urgent(window: Window) -> QWidget:
    return resume(window, "Thistle")


def no_flag(window: Window) -> QWidget:
    begin(window, "Yarrow")
    assert window.model is not None
    for item in window.clinic.content.safety_screen.items[:9]:
        window.model.answer(item.id, "no" if item.is_timed else False)
    return window


def body_map(window: Window) -> QWidget:
    resume(window, "Larkspur")
    panel: Any = window.consultation
    panel.go_to("pain_site")
    for fold in panel.questions.page.findChildren(QWidget):
        if type(fold).__name__ == "BodyMapFold":
            fold.open_map()
            break
    return window


def examination(window: Window) -> QWidget:
    resume(window, "Bracken")
    panel: Any = window.consultation
    panel.go_to("power_ankle_dorsiflexion_left")
    return window


def could_be(window: Window) -> QWidget:
    resume(window, "Larkspur")
    panel: Any = window.consultation
    panel.show_page("could be")
    return window


def refused(window: Window) -> QWidget:
    """A value that can't be, beside its field."""
    begin(window, "Yarrow")
    panel: Any = window.consultation
    panel.go_to("temperature")
    field = panel.questions.page.rows["temperature"].field
    field.setText("abc")
    field.setModified(True)
    field.commit()
    return window


def disk_full(window: Window) -> QWidget:
    resume(window, "Bluebell")
    window.errors.show_error(DiskFull(Path("backstop.db")))
    return window


def palette(window: Window) -> QWidget:
    resume(window, "Bluebell")
    opened = open_palette(window)
    opened.search.setText("blad")
    return opened


def help_page(window: Window) -> QWidget:
    resume(window, "Bluebell")
    return HelpDialog(window, help_for(window, None))


def library(window: Window) -> QWidget:
    window.show_room("library")
    return window


def settings(window: Window) -> QWidget:
    window.show_settings("appearance")
    return window


def review(window: Window) -> QWidget:
    resume(window, "Larkspur")
    window.all_actions.run("review")
    return window


def documents(window: Window) -> QWidget:
    resume(window, "Larkspur")
    window.show_room("documents")
    return window


def patients(window: Window) -> QWidget:
    window.show_room("patients")
    return window


SCREENS: dict[str, Screen] = {
    "today": today,
    "find-patient": find_patient,
    "blank": blank,
    "half-filled": half_filled,
    "emergency": emergency,
    "urgent": urgent,
    "no-flag": no_flag,
    "body-map": body_map,
    "examination": examination,
    "could-be": could_be,
    "refused": refused,
    "disk-full": disk_full,
    "palette": palette,
    "help": help_page,
    "review": review,
    "documents": documents,
    "patients": patients,
    "library": library,
    "settings": settings,
}


def resume(window: Window, family: str) -> QWidget:
    draft = next(one for one in window.clinic.drafts() if one.patient.family == family)
    window.open_encounter(draft.encounter_uid)
    return window


def begin(window: Window, family: str) -> QWidget:
    window.begin(window.clinic.patients(family)[0].uid)
    return window


def pictures(out: Path, names: list[str]) -> Iterator[Path]:
    """Each screen in a window of its own, on a store of its own, so that none shows what another did."""
    random.seed(0)
    application = make_application()
    application.setCursorFlashTime(0)
    content = load()
    out.mkdir(parents=True, exist_ok=True)
    for name, size, theme, text in wanted(names):
        with tempfile.TemporaryDirectory() as folder:
            preferences = Preferences()
            preferences.change(theme=theme, text_size=text)
            dress(application, preferences.theme())
            file = out / f"{name}-{size[0]}x{size[1]}-{theme}{f'-{text}' if text != 100 else ''}.png"
            yield picture(application, content, Path(folder), preferences, name, size, file)


def wanted(names: list[str]) -> Iterator[tuple[str, tuple[int, int], str, int]]:
    every = {"first-run", "sign-in", *SCREENS}
    for name, size, theme in itertools.product([*SCREENS, "first-run", "sign-in"], SIZES, THEMES):
        if name in (names or every):
            yield name, size, theme, 100
    for name in LARGE:
        if name in (names or every):
            yield name, SIZES[0], "light", 200


def picture(
    application: QApplication,
    content: Content,
    folder: Path,
    preferences: Preferences,
    name: str,
    size: tuple[int, int],
    file: Path,
) -> Path:
    if name not in SCREENS:
        return front(application, content, folder, preferences, name, size, file)
    with Store.open(folder / "store", KEY) as store:
        make_demonstration(store, NOW, rule_set=content.rule_set)
        uids = (f"screen-{number}" for number in itertools.count())
        clinic = Clinic(
            content,
            store,
            who="Dr Demonstration",
            clock=lambda: NOW,
            zone=ZoneInfo("Europe/London"),
            demo=True,
            new_uid=lambda: next(uids),
        )
        window = Window(
            clinic,
            self_test=passed(content, folder),
            preferences=preferences,
            now=lambda: NOW,
        )
        show(application, window, size)
        shown = SCREENS[name](window)
        if shown is not window:
            shown.show()
        take(application, shown, file)
        put_away(application, shown, window)
    return file


def front(
    application: QApplication,
    content: Content,
    folder: Path,
    preferences: Preferences,
    name: str,
    size: tuple[int, int],
    file: Path,
) -> Path:
    """What stands before the rooms: setting up, or signing in again after the window was locked."""
    entrance = Entrance(folder / "practice", clock=lambda: NOW)

    def no_rooms(_: object) -> Window:
        raise AssertionError("nobody signs in here")

    gate = Gate(entrance, preferences, no_rooms, content=content, kit=lambda code, practice: b"")
    gate.begin() if name == "first-run" else gate.show_sign_in("a.rahman")
    show(application, gate, size)
    take(application, gate, file)
    put_away(application, gate)
    return file


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
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    for made in pictures(Path(sys.argv[1]), sys.argv[2:]):
        print(made.name, flush=True)
