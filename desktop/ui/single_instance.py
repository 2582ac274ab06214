"""One window for one store: a second start raises the first and goes away."""

from __future__ import annotations

import hashlib
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

PATIENCE = 10.0
"""Seconds for which a second start knocks. A first one that is slow must not get a second window; one that hangs, or a
lock that some other program seems to hold, must not keep anybody from the patients."""
TURN, WAIT = 50, 1000
LISTENS = 1500
"""Milliseconds until a first one can be knocked at: its window is there by then, and what listens took 6 ms from it."""


class SingleInstance(QObject):
    """Signals: raised (another start asks for the window)."""

    raised = Signal()

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place
        self.name = f"backstop-{hashlib.sha256(place.encode()).hexdigest()[:20]}"
        self._server: QLocalServer | None = None
        self._first = QLockFile(str(Path(tempfile.gettempdir(), f"{self.name}.lock")))
        self._first.setStaleLockTime(0)  # held for a whole day; of a program that was killed nothing holds
        self._later = QTimer(self, singleShot=True, interval=LISTENS)
        self._later.timeout.connect(self.listen)

    def raise_first(self) -> bool:
        """Whether there is a first window, which has now been asked to come to the front; otherwise this is it.

        Of two starts at the same moment one gets the lock; the other knocks until it is heard or the lock is free.
        """
        until = time.monotonic() + PATIENCE
        while not self._first.tryLock(TURN):
            if self._knock():
                return True
            if time.monotonic() > until or self._first.error() is not QLockFile.LockError.LockFailedError:
                # Left behind under another name of this computer, say: it is taken away if nobody holds it.
                self._first.removeStaleLockFile()
                self._first.tryLock(TURN)
                break
        self._later.start()
        return False

    def listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._later.stop()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(self.name):
            # A socket left behind by a process that was killed: nobody answered it.
            QLocalServer.removeServer(self.name)
            self._server.listen(self.name)

    def close(self) -> None:
        self._later.stop()
        if self._server is not None:
            self._server.close()
        self._first.unlock()

    def _knock(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(WAIT):
            return False
        socket.write(b"raise\n")
        socket.waitForBytesWritten(WAIT)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()


def bring_forward(window: QWidget) -> None:
    """What a second start asks of the first."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
