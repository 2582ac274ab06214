"""A backup in words: when, how much is in it, why it was made, where it lies."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from desktop.clinical.dates import time_words
from desktop.record.backups import ASKED_FOR, BEFORE_IMPORT, BEFORE_RESTORE, BEFORE_UPDATE, REGULAR, Backup, Row


class BackupWords(QObject):
    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone

    def moment(self, moment: datetime) -> str:
        return time_words(moment, self._zone)

    def line(self, row: Row) -> str:
        parts = (self.moment(row.backup.made_at), self.counts(row.backup), self.why(row.backup.why), self.places(row))
        return " · ".join(parts)

    def counts(self, backup: Backup) -> str:
        patients, encounters = backup.counts.get("patients", 0), backup.counts.get("encounters", 0)
        return self.tr("%n patient(s)", "", patients) + ", " + self.tr("%n encounter(s)", "", encounters)

    def why(self, why: str) -> str:
        words = {
            REGULAR: self.tr("regular"),
            ASKED_FOR: self.tr("asked for"),
            BEFORE_RESTORE: self.tr("before a restore"),
            BEFORE_IMPORT: self.tr("before an import"),
            BEFORE_UPDATE: self.tr("before an update"),
        }
        return words.get(why, why)

    def places(self, row: Row) -> str:
        if row.here and row.there:
            return self.tr("here and in the second place")
        return self.tr("here") if row.here else self.tr("in the second place")
