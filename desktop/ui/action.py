"""Everything that can be done: one list, from which shortcuts, command palette and keyboard sheet are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.record.roles import Act


class Action(Struct, frozen=True):
    """`words` begin with a verb and are translated already. `group` is its heading on the keyboard sheet."""

    id: str
    words: str
    run: Callable[[], object]
    key: str = ""
    group: str = ""
    needs: Act | None = None
    available: Callable[[], bool] = lambda: True


class Actions:
    """`may` says what whoever is signed in may do."""

    def __init__(self, may: Callable[[Act], bool]) -> None:
        self._may = may
        self._held: dict[str, tuple[QWidget, Action]] = {}

    def add(self, owner: QWidget, actions: Iterable[Action]) -> None:
        """They act while their owner is to be seen, and go with it."""
        for action in actions:
            self._held[action.id] = (owner, action)
            if action.key:
                shortcut = QShortcut(QKeySequence(action.key), owner)
                shortcut.activated.connect(lambda id=action.id: self.run(id))
                shortcut.activatedAmbiguously.connect(lambda key=action.key: self._run_nearest(key))

    def available(self) -> list[Action]:
        return [action for owner, action in self._held.values() if self._is_available(owner, action)]

    def run(self, id: str) -> bool:
        """Whether it could be done now."""
        owner, action = self._held[id]
        if not self._is_available(owner, action):
            return False
        action.run()
        return True

    def _run_nearest(self, key: str) -> None:
        """Where a room has a key of the window, it means the room's action while the room is what is seen."""
        held = [one for one in self._held.values() if one[1].key == key and self._is_available(*one)]
        if held:
            self.run(max(held, key=lambda one: _depth(one[0]))[1].id)

    def _is_available(self, owner: QWidget, action: Action) -> bool:
        if not isValid(owner) or not owner.isVisible():
            return False
        return (action.needs is None or self._may(action.needs)) and action.available()


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)
