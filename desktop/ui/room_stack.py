"""The room that is open. Panels are made when they are first entered, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget

from desktop.ui.let_go import let_go
from desktop.ui.room import Room, RoomPanel
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window


class RoomStack(QStackedWidget):
    def __init__(self, window: Window, rooms: Sequence[Room]) -> None:
        super().__init__()
        self._window, self._rooms = window, {room.id: room for room in rooms}
        self._panels: dict[str, RoomPanel] = {}
        self.current = ""

    def open_rooms(self) -> list[Room]:
        """Those on the rail now."""
        return [room for room in self._rooms.values() if self.is_open(room.id) and not room.within]

    @property
    def on_rail(self) -> str:
        """The entry of the rail that stands for what is seen."""
        return self._rooms[self.current].within or self.current

    def is_open(self, id: str) -> bool:
        room = self._rooms.get(id)
        if room is None or not room.there(self._window):
            return False
        return room.needs is None or self._window.clinic.may(room.needs)

    def kept_from(self) -> list[str]:
        """The rooms that the role of this person has not, by their words."""
        may, rooms = self._window.clinic.may, (room for room in self._rooms.values() if not room.within)
        return [_translated(room.words) for room in rooms if room.needs is not None and not may(room.needs)]

    def words(self, id: str) -> str:
        return _translated(self._rooms[id].words)

    def held(self, id: str) -> RoomPanel | None:
        return self._panels.get(id)

    def panel(self, id: str) -> RoomPanel:
        if id not in self._panels:
            panel = self._panels[id] = self._rooms[id].make(self._window)
            self.addWidget(panel)
            self._window.all_actions.add(panel, panel.room_actions())
        return self._panels[id]

    def forget(self, id: str) -> None:
        panel = self._panels.pop(id, None)
        if panel is not None:
            let_go(panel)
            self.removeWidget(panel)
            panel.deleteLater()

    def enter(self, id: str) -> None:
        panel = self.panel(id)
        self.current = id
        let_go(self)
        self.setCurrentWidget(panel)
        panel.enter()
        # Heard with what has the focus now: whose answers these are, or else where one is.
        panel.setAccessibleName(panel.of_whom() or self.words(id))

    def entries(self) -> list[tuple[str, str, str, object]]:
        """For the rail: id, words, the sentence for a screen reader, and icon with number."""
        return [self._entry(room) for room in self.open_rooms()]

    def _entry(self, room: Room) -> tuple[str, str, str, object]:
        words, count = _translated(room.words), room.count(self._window)
        sentence = f"{words}, {_translated(room.counted).format(count=count)}" if count else words
        return room.id, words, sentence, (room.icon, count)

    def minimumSizeHint(self) -> QSize:
        """Of what is seen: a panel that is away takes no room."""
        panel = self.currentWidget()
        return panel.minimumSizeHint() if panel is not None else super().minimumSizeHint()


def _translated(words: str) -> str:
    return translate("Room", words)
