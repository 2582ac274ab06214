"""Work that takes its time on purpose, such as stretching a password, away from the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop.record.errors import RecordError


class Slowly(QObject):
    """Signals: done (what the work gave), failed (the RecordError). One piece of work at a time."""

    done = Signal(object)
    failed = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Callable[[], object]) -> None:
        if self.busy:
            return
        self.busy = True
        QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        # Whoever waits may be gone before it ends, and then nothing else would put the cursor back.
        self.destroyed.connect(_put_cursor_back)
        threading.Thread(target=self._run, args=[work], daemon=True).start()

    def _run(self, work: Callable[[], object]) -> None:
        found: object = None
        error: BaseException | None = None
        try:
            found = work()
        except BaseException as raised:
            error = raised
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._ended.emit(found, error)

    def _tell(self, found: object, error: BaseException | None) -> None:
        self.busy = False
        self.destroyed.disconnect(_put_cursor_back)
        _put_cursor_back()
        if error is None:
            self.done.emit(found)
        elif isinstance(error, RecordError):
            self.failed.emit(error)
        else:
            raise error


def _put_cursor_back() -> None:
    QApplication.restoreOverrideCursor()
