"""The ways into the manual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.ui.action import Action
from desktop.ui.manual_state import OF_ROOM
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window


def manual_actions(window: Window) -> Iterator[Action]:
    words = translate("Manual", "Open the manual")
    yield Action("manual", words, lambda: open_manual(window), "Ctrl+Shift+F1", translate("Manual", "Manual"))


def open_manual(window: Window, place: str = "") -> None:
    """At a page, or at what it says of the room that is open."""
    from desktop.ui.manual_panel import ManualPanel

    window.manual.go(place or OF_ROOM.get(window.rooms.current, window.manual.place))
    panel = window.rooms.held("manual")
    if window.rooms.current == "manual" and isinstance(panel, ManualPanel):
        panel.show_place()
    window.show_room("manual")
