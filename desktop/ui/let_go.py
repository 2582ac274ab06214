"""What is hidden with the focus inside gives it to whatever is next in the window. It is at its right place a moment
later, but a screen reader has begun with the wrong one, and what follows the focus has taken that in hand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def let_go(part: QWidget) -> None:
    """Before `part` is hidden or taken away. Whoever does that puts the focus where it belongs."""
    holder = part.window().focusWidget()
    if holder is not None and (holder is part or part.isAncestorOf(holder)):
        holder.clearFocus()


def put_away(part: QWidget) -> None:
    """For good."""
    let_go(part)
    part.hide()
    part.deleteLater()
