"""A screen reader goes through the parts of a column in the order in which they were made, not in which they stand:
rows that are used again would be read before what stands above them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLayout, QWidget


def in_reading_order(layout: QLayout) -> None:
    """Raising puts a part last among its siblings; without a reader nobody pays for it."""
    column = layout.parentWidget()
    if column is None or not QAccessible.isActive():
        return
    parts = [*_parts(layout)]
    if [one for one in column.children() if one in parts] != parts:
        for part in parts:
            part.raise_()


def _parts(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _parts(inner)
