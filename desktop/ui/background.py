"""Work that takes a while, one piece at a time, in a thread of its own: the window goes on, and it can be stopped."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QObject, Signal, SignalInstance

from desktop.record.backups import GivenUp
from desktop.record.errors import RecordError, WorkBroke

Progress = Callable[[int, int], None]
TELL_EVERY = 0.05
# The window's thread needs the interpreter too. On a busy computer a thread that never pauses is interrupted while it
# holds it, and then both wait: measured with tests/benchmarks/checking.py.
WORK, PAUSE = 0.004, 0.002


class Background(QObject):
    """Signals: progressed (how much, of how much), done (what the work gave), refused (the error a person is told),
    idle (after each of them, and after a stop). They arrive in the window's thread."""

    progressed = Signal(int, int)
    done = Signal(object)
    refused = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._at_work = False
        self._stopped = threading.Event()
        stop = self._stop_of(self._stopped)
        parent.destroyed.connect(stop)
        if application := QCoreApplication.instance():
            application.aboutToQuit.connect(self.stop)

    @property
    def busy(self) -> bool:
        """No longer once `idle` is heard, though its thread may need a moment to end."""
        return self._at_work

    def start(self, work: Callable[[Progress], object]) -> bool:
        """False if something else is still going on."""
        if self.busy:
            return False
        self.wait()
        self._stopped.clear()
        self._at_work = True
        self._thread = threading.Thread(target=self._run, args=(work,), name="background")
        self._thread.start()
        return True

    def stop(self) -> None:
        """Waits for it to notice, which is as long as a few pages of the store take."""
        self._stopped.set()
        self.wait()

    def wait(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _run(self, work: Callable[[Progress], object]) -> None:
        gc.freeze()  # looking through all that is there, again and again, would stop the window for 40 ms and more
        try:
            result = work(self._teller())
        except GivenUp:
            self._end()
        except RecordError as error:
            self._end(self.refused, error)
        except BaseException:
            self._end(self.refused, WorkBroke())
            raise  # to the one place where an error that nobody caught is told
        else:
            self._end(self.done, result)

    def _end(self, told: SignalInstance | None = None, *values: object) -> None:
        if told is not None:
            self._emit(told, *values)
        gc.unfreeze()
        self._at_work = False
        self._emit(self.idle)

    def _teller(self) -> Progress:
        told, rested = [0.0], [time.monotonic()]

        def tell(done: int, of: int) -> None:
            if self._stopped.is_set():
                raise GivenUp
            if time.monotonic() - rested[0] > WORK:
                time.sleep(PAUSE)
                rested[0] = time.monotonic()
            if time.monotonic() - told[0] > TELL_EVERY:
                told[0] = time.monotonic()
                # Thousandths: a signal's numbers have 32 bits, and a store may have more rows.
                self._emit(self.progressed, 1000 * done // max(of, 1), 1000)

        return tell

    def _emit(self, signal: SignalInstance, *values: object) -> None:
        with suppress(RuntimeError):  # the window is gone, and nobody listens
            signal.emit(*values)

    @staticmethod
    def _stop_of(stopped: threading.Event) -> Callable[[], None]:
        """Without the object itself, which is half gone when it is called."""
        return lambda: stopped.set()
