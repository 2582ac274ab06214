"""One window for one store: a second start raises the first and goes away."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT = 1000


class SingleInstance(QObject):
    """Signals: raised (another start asks for the window)."""

    raised = Signal()

    def __init__(self, store: Path) -> None:
        super().__init__()
        self.name = f"backstop-{hashlib.sha256(str(store.resolve()).encode()).hexdigest()[:20]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def is_first(self) -> bool:
        """Otherwise the first window has been asked to come to the front."""
        if self._knock():
            return False
        if not self._server.listen(self.name):
            # A socket left behind by a process that was killed: nobody answered it.
            QLocalServer.removeServer(self.name)
            self._server.listen(self.name)
        return True

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
