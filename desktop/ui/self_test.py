"""The check of the rules on Qt's clock: after the first paint, a piece at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.rules_check import RulesCheck


class SelfTest(QObject):
    """Signals: done."""

    done = Signal()

    def __init__(self, check: RulesCheck) -> None:
        super().__init__()
        self.check = check
        self._steps = check.steps()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def passed(self) -> bool:
        return self.check.verdict == "passed"

    def start(self) -> None:
        """However often it is asked for, each piece is looked at once."""
        if self.check.verdict == "checking" and not self._timer.isActive():
            self._timer.start()

    def rest(self) -> None:
        """Nobody is there to be advised; `start` goes on from here."""
        self._timer.stop()

    def _go_on(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
            self.done.emit()
