"""The waiting-room form in the demonstration, where there is no password to come back with: it says so instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from desktop.ui.theme import load_theme
from desktop.ui.waiting_form import LARGE, WaitingForm

if TYPE_CHECKING:
    from desktop.ui.window import Window


class DemonstrationForm(QObject):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.form: WaitingForm | None = None
        self._uid = ""

    def begin(self, encounter_uid: str) -> None:
        """Raises RecordError or ContentError, and then nothing has changed."""
        waiting, look = self._window.clinic.waiting(encounter_uid), self._window.theme
        self._uid = encounter_uid
        theme = load_theme(look.name, look.scale * LARGE, single_keys=False)
        self.form = form = WaitingForm(theme, waiting, demo=True)
        form.left.connect(self.end)
        form.installEventFilter(self)
        form.setWindowTitle("Backstop")
        form.resize(self._window.size())
        form.showFullScreen()
        form.take_focus()
        self._window.hide()

    def end(self) -> None:
        form, self.form = self.form, None
        if form is None:
            return
        self._window.show()
        form.removeEventFilter(self)
        form.hide()
        form.deleteLater()
        self._window.open_encounter(self._uid)
        self._window.status.tell(self.tr("In a practice nobody comes back here from the form without a password."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closed by the system's own means, the demonstration goes on."""
        if watched is self.form and event.type() is QEvent.Type.Close:
            self.end()
        return False
