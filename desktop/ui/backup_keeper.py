"""Sees to it that backups are made while somebody works, and tells once what stands in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from desktop.record.backups import ASKED_FOR, BEFORE_IMPORT, REGULAR, Backup, Backups, Made
from desktop.record.errors import RecordError
from desktop.ui.background import Background, Progress

LOOK_EVERY = 60_000
Then = Callable[[RecordError | None], None]
Work = Callable[[], Callable[[Progress], object]]


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
        self.work.idle.connect(self._go_on)
        self.not_copied: RecordError | None = None
        self._told = ""
        self._first: tuple[Work, Then] | None = None
        self._then: Then | None = None
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
        self._do_first(lambda: self.backups.preparer(backup, user=user, secret=secret), self._exchange)

    def before_import(self, asker: QObject, then: Then) -> None:
        """`then` is told why there is no backup, or nothing; it isn't called if the asker is gone by then."""

        def go_on(error: RecordError | None) -> None:
            if isValid(asker):
                then(error)

        self._do_first(lambda: self.backups.maker(BEFORE_IMPORT), go_on)

    def stop(self) -> None:
        self._first = self._then = None
        self.work.stop()

    def _do_first(self, work: Work, then: Then) -> None:
        """At once, or when what goes on is done."""
        self._first = work, then
        self._go_on()

    def _go_on(self) -> None:
        if self._first is None or self.work.busy:
            return
        (work, self._then), self._first = self._first, None
        try:
            self.work.start(work())
        except RecordError as error:
            self._refused(error)
        else:
            self.changed.emit()

    def _take(self, made: object) -> None:
        if not isinstance(made, Made):
            return
        self.not_copied = made.not_copied
        if made.not_copied:
            self._tell(made.not_copied)
        else:
            self._told = ""
        self._tell_asker(None)

    def _tell_asker(self, error: RecordError | None) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(error)

    def _exchange(self, not_ready: RecordError | None) -> None:
        if not_ready is not None:
            return
        try:
            self.backups.exchange()
        except RecordError as error:
            self._refused(error)
        else:
            self.restored.emit()

    def _refused(self, error: RecordError) -> None:
        self._tell(error)
        self._tell_asker(error)

    def _tell(self, error: RecordError) -> None:
        if self._told != str(error):
            self._told = str(error)
            self.trouble.emit(error)
