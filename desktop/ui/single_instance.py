"""One window for one store: a second start raises the first and goes away."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT = 1000


class SingleInstance(QObject):
    """Signals: raised (another start asks for the window)."""

    raised = Signal()

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place
        self.name = f"backstop-{hashlib.sha256(place.encode()).hexdigest()[:20]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def raise_first(self) -> bool:
        """Whether there is a first window, which has now been asked to come to the front; otherwise this is it.

        Two starts at the same moment go one after the other: each would find nobody, and take the other's socket for
        one that was left behind.
        """
        turn = QLockFile(QDir.temp().filePath(f"{self.name}.lock"))
        turn.tryLock(WAIT)
        try:
            return self._knock() or self._be_first()
        finally:
            turn.unlock()

    def _be_first(self) -> bool:
        if not self._server.listen(self.name):
            # A socket left behind by a process that was killed: nobody answered it.
            QLocalServer.removeServer(self.name)
            self._server.listen(self.name)
        return False

    def close(self) -> None:
        self._server.close()

    def _knock(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(WAIT):
            return False
        socket.write(b"raise\n")
        socket.waitForBytesWritten(WAIT)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
