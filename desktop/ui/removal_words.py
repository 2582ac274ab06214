"""What is said before and after a patient is removed: what goes, what stays, and until when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.clinical.dates import date_words
from desktop.record.encounter import LONDON
from desktop.record.subject_access import Erased, Going, Remaining

NAMED = 4
"""So many backups are named one by one, those that stay longest first; of the rest the number."""


class RemovalWords(QObject):
    def reasons(self) -> dict[str, str]:
        return {
            "retention": self.tr("The period for which it is kept is over"),
            "request": self.tr("The patient asked for it, and it was granted"),
            "mistake": self.tr("It was made by mistake and belongs to nobody"),
            "court": self.tr("A court or regulator ordered it"),
        }

    def before(self, going: Going) -> list[str]:
        """One paragraph each."""
        told = [
            self.tr(
                "%n encounter(s) with all answers, signed versions, documents and follow-ups.", "", going.encounters
            )
            + " "
            + self.tr("It can't be undone. The audit trail keeps who removed it, when and why, and no name."),
        ]
        if going.open_followups:
            told.append(self.tr("%n follow-up(s) still open: nobody is reminded any more.", "", going.open_followups))
        return told + self._elsewhere(going)

    def afterwards(self, done: Erased, going: Going) -> list[str]:
        told = [self.tr("The patient was removed, with %n encounter(s).", "", done.encounters)]
        told.append(self.tr("The store was written anew and searched for the name and the numbers."))
        if papers := ", ".join(map(str, done.not_removed)):
            words = self.tr("Open in another program, perhaps, and not removed: {papers}. Remove it by hand.")
            told.append(words.format(papers=papers))
        if others := sum(done.still.values()):
            told.append(self.tr("They stand in %n row(s) of somebody else, perhaps of a namesake.", "", others))
        return told + self._elsewhere(going)

    def _elsewhere(self, going: Going) -> list[str]:
        told = []
        if going.backups:
            told.append(
                self.tr("Still held by %n backup(s): a restore would bring the patient back.", "", len(going.backups))
            )
            told.append("\n".join(self._backups(going.backups)))
        if going.replaced:
            names = ", ".join(going.replaced)
            words = self.tr("Perhaps also in a store that a restore kept aside: nothing removes it by itself. {names}")
            told.append(words.format(names=names))
        return told

    def _backups(self, backups: Sequence[Remaining]) -> list[str]:
        words = self.tr("Backup of {made} in {folder}, thinned about {gone}")
        told = [
            words.format(
                made=date_words(one.backup.made_at.astimezone(LONDON)),
                folder=one.backup.folder.parent,
                gone=date_words(one.gone_by),
            )
            for one in backups[:NAMED]
        ]
        if more := len(backups) - NAMED:
            told += [self.tr("and %n more that go earlier", "", more)] if more > 0 else []
        return told
