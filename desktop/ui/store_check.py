"""The check of the whole store: how far it is, a way to stop it, and what it found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.record.backups import Backups
from desktop.record.errors import RecordError
from desktop.ui.background import Background
from desktop.ui.button import Button
from desktop.ui.error_strip import ErrorStrip
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.theme import Theme


class StoreCheck(QWidget):
    def __init__(self, theme: Theme, backups: Backups) -> None:
        super().__init__()
        self.theme, self._backups = theme, backups
        self.work = Background(self)
        self.work.progressed.connect(self._show_progress)
        self.work.done.connect(self._show_sound)
        self.work.refused.connect(self._show_refusal)
        self.work.idle.connect(self._end)
        self.check = Button(theme, self.tr("Check all records"))
        self.check.clicked.connect(self.start)
        self.stop = Button(theme, self.tr("Stop"))
        self.stop.clicked.connect(self._stop)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How much of the store has been checked"))
        self.said = Label(theme, "", "note", wrap=True)
        self.errors = ErrorStrip(theme)
        self._lay_out()
        self._end()

    def start(self) -> None:
        self.errors.hide()
        self.said.show_text("")
        if self.work.start(self._backups.checker()):
            self._show_progress(0, 1000)
            let_go(self.check)
            self.check.hide()
            for widget in (self.bar, self.stop):
                widget.show()
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        self.work.stop()
        self._end()
        self.said.show_text(self.tr("Stopped. Nothing was changed; what was checked by then was as it was written."))

    def _show_progress(self, done: int, of: int) -> None:
        self.bar.setValue(done * 1000 // max(of, 1))

    def _show_sound(self, rows: object) -> None:
        words = self.tr("Everything is as it was written: {n} entries were compared with the audit trail.")
        self.said.show_text(words.format(n=f"{rows:,}"))

    def _show_refusal(self, error: RecordError) -> None:
        self.errors.show_error(error)

    def _end(self) -> None:
        for widget in (self.bar, self.stop):
            widget.hide()
        self.check.show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for widget in (self.check, self.bar, self.stop):
            row.addWidget(widget)
        row.addStretch(1)
        self.bar.setMinimumWidth(self.theme.px(240))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(row)
        lines.addWidget(self.said)
        lines.addWidget(self.errors)
        self.said.hide()
