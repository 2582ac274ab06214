"""Writes the invented practice into the demonstration's store, a little at a time, while its rooms are used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.clinical.dates import MONTHS
from desktop.record.errors import RecordError
from desktop.ui.idle import TOUCHED
from desktop.ui.running import running

if TYPE_CHECKING:
    from desktop.record.demonstration_years import Step
    from desktop.ui.window import Window

FIRST, BETWEEN = 1200, 15
"""Milliseconds until it begins, so that the window is there first, and between two things it writes."""
HANDS_OFF = 0.7
"""For so many seconds after a key or the mouse it waits."""


class YearsWork(QObject):
    """`steps` gives what there is to do, made when it begins. The store is written by the window's own thread."""

    def __init__(self, window: Window, steps: Callable[[], Iterator[Step]]) -> None:
        super().__init__(window)
        self.window, self._make = window, steps
        self._steps: Iterator[Step] | None = None
        self._touched = 0.0
        self._said = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.go_on)
        window.keeper.restored.connect(self.stop)
        self._watching = False
        self._timer.start(FIRST)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def go_on(self) -> None:
        if not self._watching:
            self._watch()
        if time.monotonic() - self._touched < HANDS_OFF:
            return
        try:
            self._steps = self._steps or self._make()
            step = next(self._steps, None)
        except (RecordError, OSError):
            # It goes on at the next start; what was written is whole.
            self.stop()
            raise
        if step is None:
            self._end()
        else:
            self._say(step)

    def _watch(self) -> None:
        """From here on each event of the program is looked at, which a start can't afford."""
        self._watching, self._touched = True, time.monotonic()
        running().installEventFilter(self)
        self._timer.setInterval(BETWEEN)

    def stop(self) -> None:
        self._timer.stop()
        running().removeEventFilter(self)
        self.window.status.show_work("")

    def _end(self) -> None:
        self.stop()
        if self._said:
            self.window.refresh()

    def _say(self, step: Step) -> None:
        month = f"{MONTHS[step.at.month - 1]} {step.at.year}"
        words = self.tr("Writing the invented practice: {month}, visit {done} of {of}")
        self._said = words.format(month=month, done=step.done, of=step.of)
        self.window.status.show_work(self._said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHED:
            self._touched = time.monotonic()
        return False
