"""Sees to it that backups are made while somebody works, and tells once what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.record.backups import ASKED_FOR, REGULAR, Backup, Backups, Made
from desktop.record.errors import RecordError
from desktop.ui.background import Background

LOOK_EVERY = 60_000


class BackupKeeper(QObject):
    """Signals: changed (there is something new to show), trouble (an error, once for each kind until it is over),
    restored (the store is another one now)."""

    changed = Signal()
    trouble = Signal(object)
    restored = Signal()

    def __init__(self, backups: Backups, parent: QObject, *, every: int = LOOK_EVERY) -> None:
        super().__init__(parent)
        self.backups = backups
        self.work = Background(self)
        self.work.done.connect(self._take)
        self.work.refused.connect(self._refused)
        self.work.idle.connect(self.changed)
        self.not_copied: RecordError | None = None
        self._told, self._restoring = "", False
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Nothing is made while something else goes on; a minute later there is another look."""
        try:
            if self.work.busy:
                return
            if self.backups.due():
                self.work.start(self.backups.maker(REGULAR))
            elif self.backups.behind():
                self.work.start(self.backups.copier())
        except RecordError as error:
            self._refused(error)

    def back_up(self) -> None:
        if self.work.start(self.backups.maker(ASKED_FOR)):
            self.changed.emit()

    def restore(self, backup: Backup, *, user: str = "", secret: str = "") -> None:
        """First a backup of what is there, then everything beside the store, then the exchange."""
        if not self.work.busy:
            self._restoring = self.work.start(self.backups.preparer(backup, user=user, secret=secret))
            self.changed.emit()

    def _take(self, made: object) -> None:
        if not isinstance(made, Made):
            return
        self.not_copied = made.not_copied
        if made.not_copied:
            self._tell(made.not_copied)
        else:
            self._told = ""
        if self._restoring:
            self._restoring = False
            self._exchange()

    def _exchange(self) -> None:
        try:
            self.backups.exchange()
        except RecordError as error:
            self._refused(error)
        else:
            self.restored.emit()

    def _refused(self, error: RecordError) -> None:
        self._restoring = False
        self._tell(error)

    def _tell(self, error: RecordError) -> None:
        if self._told != str(error):
            self._told = str(error)
            self.trouble.emit(error)
