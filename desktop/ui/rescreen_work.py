"""Looks through all encounters in a thread of its own; each piece is kept by the window's thread before the next."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.ui.background import Background, Progress

if TYPE_CHECKING:
    from desktop.record.clinic import Clinic
    from desktop.record.rescreen import Batch
    from desktop.record.rescreening import Ended, Rescreening, StoredScreening

AHEAD = 4
"""How many pieces may wait to be kept: memory stays flat however slow the disk is."""


class RescreenWork(QObject):
    """Signals: moved (looked at, of), ended (finished, cancelled, or interrupted where it can be gone on with),
    refused (the error a person is told)."""

    moved = Signal(int, int)
    ended = Signal(str)
    refused = Signal(object)
    _piece = Signal(int, object)

    def __init__(self, clinic: Clinic, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self.work = Background(self)
        self.work.done.connect(self._finish)
        self.work.refused.connect(self._refuse)
        self._piece.connect(self._keep)
        self._room = threading.Semaphore(AHEAD)
        self._screening: StoredScreening | None = None

    @property
    def rescreening(self) -> Rescreening:
        return self._clinic.rescreening

    @property
    def running(self) -> bool:
        return self._screening is not None

    def start(self) -> None:
        if not self.running:
            self._screening = self.rescreening.begin()
            self._room = threading.Semaphore(AHEAD)
            self.work.start(self._look)

    def cancel(self) -> None:
        """What was found so far stays readable; another run begins anew. Raises RecordError."""
        self.work.stop()
        self._end("cancelled")

    def _look(self, progress: Progress) -> None:
        assert self._screening is not None
        for of, batch in self.rescreening.batches(self._screening):
            while not self._room.acquire(timeout=0.1):
                progress(batch.looked_at, of)
            progress(batch.looked_at, of)
            self._piece.emit(of, batch)

    def _keep(self, of: int, batch: Batch) -> None:
        if self._screening is None:
            return
        try:
            self.rescreening.keep(self._screening, batch)
        except Exception:
            self._screening = None
            self.work.stop()
            self.ended.emit("interrupted")
            raise
        self._room.release()
        self.moved.emit(batch.looked_at, of)

    def _finish(self, _: object) -> None:
        self._end("finished")

    def _end(self, how: Ended) -> None:
        """It has ended also where the store refuses to write so: then it is one that was interrupted."""
        screening, self._screening = self._screening, None
        if screening is None:
            return
        try:
            self.rescreening.end(screening, how)
        except Exception:
            self.ended.emit("interrupted")
            raise
        self.ended.emit(how)

    def _refuse(self, error: object) -> None:
        self._screening = None
        self.refused.emit(error)
        self.ended.emit("interrupted")
