"""A paragraph whose lines are about as long as each other, so that no word stands alone in the last one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QResizeEvent

from desktop.ui.label import Label
from desktop.ui.sides import set_margins
from desktop.ui.theme import metrics_of

WRAP = int(Qt.TextFlag.TextWordWrap)


class BalancedLabel(Label):
    """What is to spare at the end of its lines is its margin; how high it is asks the whole width."""

    _spare = 0
    _placed = False

    def heightForWidth(self, width: int) -> int:
        return self._within(width).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed = True
        self._balance()

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        super().setFont(font)
        if self._placed:
            self._balance()

    def _balance(self) -> None:
        width, height = self.width(), self.heightForWidth(self.width())
        enough, too_little = width, width // 2 if height > self.fontMetrics().height() else width
        while enough - too_little > 2:
            middle = (enough + too_little) // 2
            found = self._within(middle)
            if found.height() <= height and found.width() <= middle:
                enough = middle
            else:
                too_little = middle
        if self._spare != width - enough:
            self._spare = width - enough
            set_margins(self, 0, 0, self._spare, 0)

    def _within(self, width: int) -> QRect:
        font = self.font()
        return _within(self.text(), font.pixelSize(), font.weight(), width)


@lru_cache(maxsize=1000)
def _within(text: str, pixels: int, weight: int, width: int) -> QRect:
    """Remembered beyond the answer: a question grows heavy with a *yes* and light again, at the same few widths."""
    return metrics_of(pixels, weight).boundingRect(0, 0, width, 10_000, WRAP, text)
