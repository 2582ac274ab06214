"""Settings: when the last backup was made, where a second copy goes, putting one back, and checking the store."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.errors import RecordError
from desktop.ui.backup_keeper import BackupKeeper
from desktop.ui.backup_words import BackupWords
from desktop.ui.button import Button
from desktop.ui.error_strip import ErrorStrip
from desktop.ui.label import Label
from desktop.ui.restore_list import RestoreList
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.store_check import StoreCheck
from desktop.ui.theme import Theme


class BackupsPage(QWidget):
    def __init__(self, theme: Theme, keeper: BackupKeeper, zone: ZoneInfo) -> None:
        super().__init__()
        self.theme, self._keeper, self._words = theme, keeper, BackupWords(zone)
        self.last = Label(theme, "", "body", wrap=True)
        self.now = Button(theme, self.tr("Back up now"))
        self.now.clicked.connect(keeper.back_up)
        self.place = Label(theme, "", "body", wrap=True)
        self.choose = Button(theme, self.tr("Choose a folder or a stick…"))
        self.choose.clicked.connect(self._choose)
        self.give_up = Button(theme, self.tr("No second place"))
        self.give_up.clicked.connect(lambda: self._set_place(None))
        self.errors = ErrorStrip(theme)
        self.restore = RestoreList(theme, keeper, self._words)
        self.check = StoreCheck(theme, keeper.backups)
        self._lay_out()
        keeper.changed.connect(self.show_state)
        keeper.trouble.connect(self.errors.show_error)
        self.show_state()

    def show_state(self) -> None:
        latest, busy = self._keeper.backups.latest(), self._keeper.work.busy
        if busy:
            self.last.setText(self.tr("A backup is being made. You can go on working."))
        elif latest:
            words = self.tr("The last one is of {moment}: {counts}. It was opened and checked after it was written.")
            moment, counts = self._words.moment(latest.made_at), self._words.counts(latest)
            self.last.setText(words.format(moment=moment, counts=counts))
        else:
            self.last.setText(self.tr("None has been made yet."))
        self.now.setEnabled(not busy)
        self._show_place()
        self.restore.show_rows()

    def _show_place(self) -> None:
        second = self._keeper.backups.second
        self.give_up.setVisible(second is not None)
        if second is None:
            words = self.tr("None chosen. If this computer is lost or its disk fails, the backups on it are lost too.")
            self.place.setText(words)
        elif not second.is_dir():
            words = self.tr("{folder}: not there. Plug the stick in; the latest backup is copied by itself then.")
            self.place.setText(words.format(folder=second))
        elif self._keeper.backups.behind():
            self.place.setText(self.tr("{folder}: the latest backup is still to be copied.").format(folder=second))
        else:
            self.place.setText(self.tr("{folder}: has the latest backup.").format(folder=second))

    def _choose(self) -> None:
        folder = choose_folder(self, self.tr("Where should a second copy of each backup go?"))
        if folder:
            self._set_place(folder)

    def _set_place(self, folder: Path | None) -> None:
        self.errors.hide()
        try:
            self._keeper.backups.choose_place(folder)
        except RecordError as error:
            self.errors.show_error(error)
        self._keeper.look()
        self.show_state()

    def _lay_out(self) -> None:
        theme = self.theme
        made = self.tr(
            "Every 30 minutes if anything was written, and before every update, import or restore; encrypted like the "
            "records. All of the last two days are kept, then one a day for 12 days, one a week for 10 weeks and one a "
            "month for 9 months."
        )
        second = self.tr("A copy of each, on another disk or a stick. It opens with the passwords of its time.")
        back = self.tr("Choose one to see what it holds. Nothing is deleted: the replaced records are kept aside.")
        check = self.tr(
            "Reads every page, and compares every entry with the audit trail. You can go on working meanwhile."
        )
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.setSpacing(theme.px(12))
        lines.addWidget(self.errors)
        lines.addWidget(SettingsGroup(theme, self.tr("On this computer"), made, self.last, in_a_row(self.now)))
        lines.addWidget(
            SettingsGroup(theme, self.tr("Second place"), second, self.place, in_a_row(self.choose, self.give_up))
        )
        lines.addWidget(SettingsGroup(theme, self.tr("Restore"), back, self.restore))
        lines.addWidget(SettingsGroup(theme, self.tr("Check"), check, self.check))


def in_a_row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return row


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Tests replace it: the system's own dialogue can't be pressed."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None
