"""What stands on the screen after a key is what painting all of it anew would show, and little is made or painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.record.encounter import Patient
from desktop.ui.flag_card import FlagCard
from desktop.ui.grounded import Grounded
from desktop.ui.plan_row import PlanRow
from desktop.ui.theme import load_theme
from desktop.ui.window import Window

KEYS = "ynnunnonnx"
SIZES = ((1366, 768), (1024, 768), (800, 600))


class Seen(QObject):
    """What was painted, which widgets came, and which were given another size."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[tuple[QEvent.Type, QObject]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Paint, QEvent.Type.Polish, QEvent.Type.Resize):
            self.events.append((event.type(), watched))
        return False

    def names(self, kind: QEvent.Type) -> list[str]:
        return [type(watched).__name__ for told, watched in self.events if told is kind]


@pytest.fixture
def seen() -> Iterator[Seen]:
    application, seen = QApplication.instance(), Seen()
    assert application is not None
    yield seen
    application.removeEventFilter(seen)


def watched(seen: Seen, window: Window, key: str) -> Seen:
    """One key, and nothing but what it brings about."""
    settle()
    seen.events.clear()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(seen)
    press(window, key)
    application.removeEventFilter(seen)
    return seen


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def press(window: Window, key: str | Qt.Key) -> None:
    widget = window.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)
    settle()


def on_screen(window: QWidget) -> QImage:
    """What was painted bit by bit: the offscreen platform gives what it would have shown."""
    return window.screen().grabWindow(window.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def afresh(window: QWidget) -> QImage:
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def some_key(chance: Random) -> str | Qt.Key:
    others = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Escape, "s")
    return chance.choice(others) if chance.random() < 0.3 else chance.choice(KEYS)


@pytest.mark.parametrize(("seed", "size", "scale"), [(1, SIZES[0], 1.0), (2, SIZES[1], 1.25), (3, SIZES[2], 1.0)])
def test_the_screen_is_what_painting_it_anew_would_show(
    make_window: Callable[..., Window], patient: Patient, seed: int, size: tuple[int, int], scale: float
) -> None:
    window, chance = make_window(theme=load_theme("light", scale), size=size), Random(seed)
    window.begin(patient.uid)
    settle()
    assert on_screen(window) == afresh(window)
    for place in range(24):
        key = some_key(chance)
        press(window, key)
        assert on_screen(window) == afresh(window), f"after key {place}, {key}"


class Forgetful(Grounded):
    """Says that it covers all of its rectangle, and does not."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), self.height() // 2, Qt.GlobalColor.red)


def test_what_is_left_over_is_seen(window: Window) -> None:
    """The twin."""
    settle()
    over = Forgetful(window.theme.surface)
    over.setParent(window)
    over.setGeometry(200, 200, 300, 200)
    over.show()
    settle()
    assert on_screen(window) != afresh(window)


def begun(window: Window) -> None:
    """An emergency stands, and the keys that follow are in the middle of the safety screen."""
    for key in "ynn":
        press(window, key)


def test_a_key_that_raises_nothing_paints_two_rows_and_little_else(window: Window, seen: Seen) -> None:
    begun(window)
    press(window, "n")
    painted = watched(seen, window, "n").names(QEvent.Type.Paint)
    # One for what has scrolled into sight, or the like.
    assert painted.count("AnswerRow") <= 3
    # Nothing behind them, no card that only moved, not the banner whose words have stayed.
    for name in ("Window", "Face", "RoomStack", "ConsultationPanel", "Middle", "FlagCard", "PlanRow", "UrgencyBanner"):
        assert painted.count(name) == 0, name
    assert len(painted) <= 50
    assert len(seen.names(QEvent.Type.Polish)) <= 16


def test_a_flag_that_comes_makes_new_rows_and_gives_no_other_one_another_size(window: Window, seen: Seen) -> None:
    begun(window)
    panel = window.consultation
    assert panel is not None
    before = {id(row) for row in panel.findChildren(PlanRow)}
    flags = {id(card): card.height() for card in panel.findChildren(FlagCard) if not card.isHidden()}
    press(window, "n")
    watched(seen, window, "y")
    rows = {id(row): row for row in panel.findChildren(PlanRow)}
    assert before & rows.keys() < rows.keys(), "the key was to add to the plan"
    resized = [id(one) for kind, one in seen.events if kind is QEvent.Type.Resize and isinstance(one, PlanRow)]
    assert not before & set(resized)
    # Once when it comes without a height, once at its place.
    assert all(resized.count(row) <= 2 for row in resized)
    assert flags
    assert len(seen.names(QEvent.Type.Paint)) <= 150
