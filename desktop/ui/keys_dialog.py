"""Every key, by what it belongs to, made from the list of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.column import Column
from desktop.ui.key_bar import KeyHint, answer_keys
from desktop.ui.keys import key_words
from desktop.ui.label import Label
from desktop.ui.number_button import NUMBER_KEY
from desktop.ui.sheet_dialog import SheetDialog
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window

WIDTH, HEIGHT = 760, 620


class KeysDialog(SheetDialog):
    def __init__(self, window: Window) -> None:
        title = translate("Keys", "Keys")
        super().__init__(window, window.theme, title, WIDTH)
        self.add_title(title)
        column = Column(self.theme, title)
        for group, keys in keys_by_group(window).items():
            column.add(Label(self.theme, group, "h3", weight=600))
            column.add(self._keys(keys))
        self.lines.addWidget(column, 1)
        self.place(self.theme.px(HEIGHT))

    def _keys(self, keys: list[tuple[str, str]]) -> QWidget:
        """Two columns where they fit."""
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(20))
        across = 2 if self._wide > self.theme.px(560) else 1
        for place, (key, words) in enumerate(keys):
            native = key_words(key) or key
            grid.addWidget(
                KeyHint(self.theme, native, words), place // across, place % across, Qt.AlignmentFlag.AlignLeft
            )
        return block


def keys_by_group(window: Window) -> dict[str, list[tuple[str, str]]]:
    """What can be done now, and the single keys where they answer."""
    groups: dict[str, list[tuple[str, str]]] = {}
    if window.model is not None and window.preferences.now.single_keys:
        groups[translate("Keys", "While a question has the focus")] = single_keys()
    for action in window.all_actions.available():
        if action.key:
            groups.setdefault(action.group, []).append((action.key, action.words))
    return groups


def single_keys() -> list[tuple[str, str]]:
    """Those of the key bar, and those that stand on what they press."""
    on_buttons = (("S", translate("Keys", "next section")), (NUMBER_KEY, translate("Keys", "copy the number to ring")))
    return [*answer_keys(), *on_buttons]
