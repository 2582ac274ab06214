"""Rows of a column by difference: what has not changed stays as it is and is not made anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

Wanted = tuple[Hashable, Callable[[], QWidget]]


class KeptRows:
    """A key holds all that a row shows, so that equal keys are equal rows."""

    def __init__(self, *, spacing: int = 0) -> None:
        self.lines = QVBoxLayout()
        self.lines.setSpacing(spacing)
        self._rows: list[tuple[Hashable, QWidget]] = []

    def widgets(self) -> list[QWidget]:
        return [widget for _, widget in self._rows]

    def show(self, wanted: Sequence[Wanted]) -> None:
        held, self._rows = self._rows, []
        for place, (key, make) in enumerate(wanted):
            widget = _taken(held, key) or make()
            if self.lines.indexOf(widget) != place:
                self.lines.insertWidget(place, widget)
                self._come(widget)
            self._rows.append((key, widget))
        for _, widget in held:
            self.lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

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
