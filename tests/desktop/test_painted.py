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
from desktop.ui.grounded import Grounded
from desktop.ui.theme import load_theme
from desktop.ui.window import Window

KEYS = "ynnunnonnx"
SIZES = ((1366, 768), (1024, 768), (800, 600))


class Seen(QObject):
    """How often something was painted, and how many widgets came."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []
        self.made: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.append(type(watched).__name__)
        elif event.type() == QEvent.Type.Polish:
            self.made.append(type(watched).__name__)
        return False


@pytest.fixture
def seen(window: Window) -> Iterator[Seen]:
    application, seen = QApplication.instance(), Seen()
    assert application is not None
    application.installEventFilter(seen)
    yield seen
    application.removeEventFilter(seen)


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
    for place in range(40):
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
