"""Rows of a column by difference: what has not changed stays as it is and is not made anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

Wanted = tuple[Hashable, Callable[[], QWidget]]
Refill = Callable[[QWidget, Hashable], bool]


class KeptRows:
    """A key holds all that a row shows, so that equal keys are equal rows."""

    def __init__(self, *, spacing: int = 0) -> None:
        self.lines = QVBoxLayout()
        self.lines.setSpacing(spacing)
        self._rows: list[tuple[Hashable, QWidget]] = []

    def widgets(self) -> list[QWidget]:
        return [widget for _, widget in self._rows]

    def show(self, wanted: Sequence[Wanted], refill: Refill = lambda row, key: False) -> None:
        """`refill` makes a row that would go show another key, where it can: cheaper by half than a new one."""
        if [key for key, _ in wanted] == [key for key, _ in self._rows]:
            return
        held = self._rows
        kept = [_taken(held, key) for key, _ in wanted]
        kept = [row or _refilled(held, key, refill) for row, (key, _) in zip(kept, wanted, strict=True)]
        # They go first: what stands below them is then in its place already, and is not put in once more.
        for _, widget in held:
            self.lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = [
            (key, self._placed(place, widget or make()))
            for place, ((key, make), widget) in enumerate(zip(wanted, kept, strict=True))
        ]

    def _placed(self, place: int, widget: QWidget) -> QWidget:
        if self.lines.indexOf(widget) != place:
            self.lines.insertWidget(place, widget)
            self._come(widget)
        return widget

    def _come(self, widget: QWidget) -> None:
        """Now, and not one turn later: then each would have all of the column laid out once more. Without a height
        until it has its place: else what lies where it comes into being would be painted anew."""
        if widget.parentWidget() is not None and widget.isHidden():
            widget.resize(self.lines.geometry().width(), 0)
            widget.show()


def _taken(held: list[tuple[Hashable, QWidget]], key: Hashable) -> QWidget | None:
    for place, (other, widget) in enumerate(held):
        if other == key:
            del held[place]
            return widget
    return None


def _refilled(held: list[tuple[Hashable, QWidget]], key: Hashable, refill: Refill) -> QWidget | None:
    for place, (_, widget) in enumerate(held):
        if refill(widget, key):
            del held[place]
            return widget
    return None
