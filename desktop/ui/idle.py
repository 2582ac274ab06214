"""Notices that nobody has touched anything for a while, or that the computer slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop.ui.running import running

TOUCHED = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,  # of a shortcut nothing else is seen
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletMove,
}
TICK = 5.0
SLEPT = 60.0  # between two ticks: no machine is that busy
WARNED = 25.0  # so that at a look there are at least twenty seconds left, as WCAG 2.2.1 asks for


def both_clocks() -> tuple[float, float]:
    """One stands still while the computer sleeps, the other can be set back: the longer time counts."""
    return time.monotonic(), time.time()


class Idle(QObject):
    """Signals: nearly (True shortly before, False once somebody is there after all), idled. `clocks` is for tests.

    The windows of the screen are watched, through which every key, mouse and finger comes. To watch the application
    would bring each event of each object, and PySide would make the class of each.
    """

    nearly = Signal(bool)
    idled = Signal()

    def __init__(self, parent: QObject, clocks: Callable[[], tuple[float, float]] = both_clocks) -> None:
        super().__init__(parent)
        self._clocks = clocks
        self._minutes: Callable[[], int] = lambda: 10
        self._touched = self._ticked = clocks()
        self._warned = False
        self._timer = QTimer(self, interval=int(TICK * 1000))
        self._timer.timeout.connect(self.look)
        running().focusWindowChanged.connect(self._watch)

    def start(self, minutes: Callable[[], int]) -> None:
        """Asked at each look: the practice may change it meanwhile."""
        self._minutes = minutes
        self._touched = self._ticked = self._clocks()
        self._warned = False
        self._watch()
        self._timer.start()

    def stop(self) -> None:
        self._minutes = lambda: 10
        self._timer.stop()

    def _watch(self) -> None:
        """A list that drops down is never told of as the focus: it is found at the next look."""
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)

    def look(self) -> None:
        self._watch()
        slept = self._since(self._ticked) > SLEPT
        self._ticked = self._clocks()
        left = self._minutes() * 60 - self._since(self._touched)
        if slept or left <= 0:
            self.idled.emit()
        else:
            self._warn(left <= WARNED)

    def _warn(self, near: bool) -> None:
        if near is not self._warned:
            self._warned = near
            self.nearly.emit(near)

    def _since(self, then: tuple[float, float]) -> float:
        return max(now - before for now, before in zip(self._clocks(), then, strict=True))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHED:
            self._touched = self._clocks()
            self._warn(False)
        return False
