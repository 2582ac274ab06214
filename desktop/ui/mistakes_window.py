"""The window that opens instead of the application when the content files have mistakes."""

from __future__ import annotations

from desktop.clinical.mistakes import ContentError
from desktop.ui.error_card import ErrorCard
from desktop.ui.stopped_window import StoppedWindow


class MistakesWindow(StoppedWindow):
    def __init__(self, error: ContentError) -> None:
        super().__init__()
        lines = tuple(map(str, error.mistakes))
        what = self.tr("The files of questions and rules have %n mistake(s).", "", len(lines))
        safe = self.tr(
            "Nothing was opened or changed: every consultation in the store is as it was left. No advice is given."
        )
        todo = self.tr(
            "Decide without Backstop today. Put these files back as they were installed, or have whoever maintains "
            "the rules mend each line below; then open Backstop again."
        )
        self.put_in(
            self.tr("Backstop gives no advice"),
            ErrorCard(self.theme, what=what, safe=safe, todo=todo, details=lines),
        )
        self.setWindowTitle(self.tr("Backstop: no advice"))
