"""What stands under a question. Each part is made once there is something to show: in most rows there never is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.ui.conflict_line import ConflictLine
from desktop.ui.detail_strip import DetailStrip
from desktop.ui.kept_rows import KeptRows
from desktop.ui.label import Label
from desktop.ui.let_go import put_away
from desktop.ui.reason_field import ReasonField
from desktop.ui.rows import Conflict, RowState
from desktop.ui.theme import Theme


class RowBelow(QVBoxLayout):
    """From the top: what an answer contradicts, why one was refused, the field, the details, and the reason for not
    having examined it. What makes a part is handed in each time: held, it would hold the row in a circle.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._conflicts: KeptRows | None = None
        self._message: Label | None = None
        self._reason: ReasonField | None = None
        self.strip: DetailStrip | None = None
        self.setSpacing(theme.px(4))

    @property
    def message(self) -> str:
        return self._message.text() if self._message is not None else ""

    def show_conflicts(self, conflicts: tuple[Conflict, ...], make: Callable[[Conflict], ConflictLine]) -> None:
        if conflicts and self._conflicts is None:
            self._conflicts = KeptRows()
            self.insertLayout(0, self._conflicts.lines)
        if self._conflicts is not None:
            self._conflicts.show([(one, partial(make, one)) for one in conflicts])

    def say(self, words: str) -> None:
        if words and self._message is None:
            self._message = Label(self._theme, "", "small", weight=600, colour=self._theme.danger_field, wrap=True)
            self.insertWidget(0 if self._conflicts is None else 1, self._message)
        if self._message is not None:
            self._message.show_text(words)

    def show_details(self, details: tuple[RowState, ...], make: Callable[[], DetailStrip]) -> None:
        if details and self.strip is None:
            self.strip = make()
            self.insertWidget(self.count() if self._reason is None else self.count() - 1, self.strip)
        if self.strip is not None:
            self.strip.show_details(details)

    def ask_why(self, make: Callable[[], ReasonField]) -> None:
        """In place; nothing is recorded without a reason."""
        if self._reason is None:
            self._reason = make()
            self.addWidget(self._reason)
        self._reason.show()
        self._reason.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_reason(self) -> None:
        if self._reason is not None:
            put_away(self._reason)
            self._reason = None
