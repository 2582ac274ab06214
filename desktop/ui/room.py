"""A room of the window: its place on the rail, and the panel that is made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from desktop.record.roles import Act
from desktop.ui.action import Action

if TYPE_CHECKING:
    from desktop.ui.window import Window


class RoomPanel(QWidget):
    """Made anew when the theme or the text size changes, so it keeps nothing that isn't kept elsewhere."""

    help = ""
    """What F1 says where nothing in the panel has help of its own."""

    def enter(self) -> None:
        """It is what is seen now: read what the store holds, and put the focus where work begins."""

    def refresh(self) -> None:
        """What the store holds, or what may be shown of it, has changed."""

    def reopen(self, names: Collection[str]) -> None:
        """What has to be opened for the fields of these names, in which somebody was typing, to be there."""

    def of_whom(self) -> str:
        """The patient it is about, for who does not see the banner."""
        return ""

    def room_actions(self) -> Sequence[Action]:
        """What can be done here; they act while this panel is what is seen."""
        return ()


class Room(Struct, frozen=True):
    """`words` and `counted` are marked for translation in the context "Room". `count` is a number for the rail;
    `counted` says it, as `{count} overdue`, for a screen reader. A room that isn't `there`, or that nobody may enter,
    isn't on the rail. One that is `within` another has no place of its own there: the other one is shown as open.
    """

    id: str
    words: str
    icon: str
    make: Callable[[Window], RoomPanel]
    needs: Act | None = None
    there: Callable[[Window], bool] = lambda window: True
    count: Callable[[Window], int] = lambda window: 0
    counted: str = ""
    within: str = ""
