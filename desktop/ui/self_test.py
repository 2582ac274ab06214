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
        self._started = False

    @property
    def passed(self) -> bool:
        return self.check.verdict == "passed"

    def start(self) -> None:
        """Once, however often it is asked for."""
        if not self._started and self.check.verdict == "checking":
            self._started = True
            QTimer.singleShot(0, self._go_on)

    def _go_on(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self.done.emit()
        else:
            QTimer.singleShot(0, self._go_on)
