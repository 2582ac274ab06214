"""What can be done from everywhere: go to a room, change the text size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from desktop.ui.action import Action
from desktop.ui.library_links import library_actions
from desktop.ui.rooms import ROOMS
from desktop.ui.settings_panel import settings_actions
from desktop.ui.translation import translate
from desktop.workstation import STEP

if TYPE_CHECKING:
    from desktop.ui.window import Window


def window_actions(window: Window) -> list[Action]:
    return [*_rooms(window), *library_actions(window), *settings_actions(window), *_text_size(window)]


def _rooms(window: Window) -> Iterator[Action]:
    for number, room in enumerate(ROOMS, start=1):
        yield Action(
            f"room {room.id}",
            translate("WindowActions", "Go to {room}").format(room=translate("Room", room.words)),
            partial(window.show_room, room.id),
            f"Ctrl+{number}",
            translate("WindowActions", "Rooms"),
            available=partial(window.rooms.is_open, room.id),
        )


def _text_size(window: Window) -> Iterator[Action]:
    def change(size: int) -> None:
        window.preferences.change(text_size=size)

    group, now = translate("WindowActions", "Appearance"), window.preferences.now
    yield Action(
        "larger", translate("WindowActions", "Larger text"), lambda: change(now.text_size + STEP), "Ctrl++", group
    )
    yield Action(
        "smaller", translate("WindowActions", "Smaller text"), lambda: change(now.text_size - STEP), "Ctrl+-", group
    )
    yield Action("text 100", translate("WindowActions", "Text at 100 %"), lambda: change(100), "Ctrl+0", group)
