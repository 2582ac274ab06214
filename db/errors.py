"""What a person is told when the store can't go on. A flat list: one class, one situation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

UNTOUCHED = "Nothing was written to it."
KEPT = "Everything saved before is kept."


class StoreError(Exception):
    """`str()` of it is the three sentences on one line; none of them ever holds anything about a patient.

    `wording` is the three as they were before `place` was put in: that is what a translation knows. `titles` are the
    titles of one error by what it is about.
    """

    title = "The store {place} can't be used"
    titles: ClassVar[Mapping[str, str]] = {}
    safe = UNTOUCHED
    todo = "Ask whoever looks after the computer; another folder is named at the start, with --store FOLDER."
    mended_by_previous_keys = False

    def __init__(self, place: object = "", about: str = "") -> None:
        kind = type(self)
        self.place = str(place)
        self.wording = (kind.titles.get(about, kind.title), kind.safe, kind.todo)
        self.title, self.safe, self.todo = (words.format(place=place) for words in self.wording)
        super().__init__(" ".join(f"{self.title}. {self.safe} {self.todo}".split("\n")))


class NetworkFolder(StoreError):
    title = "{place} is on a network drive, where two computers can damage one store"
    todo = "Start Backstop with a folder on this computer: --store FOLDER."


class NotAFolder(StoreError):
    title = "{place} is not a folder"


class ReadOnlyFolder(StoreError):
    title = "{place} can't be written to"
    todo = "Ask for the right to write there, or start Backstop with another one: --store FOLDER."


class UnsafeFolder(StoreError):
    title = "{place} is on a disk that can't promise to keep what is saved"
    safe = KEPT
    todo = "Start Backstop with a folder on this computer's own disk: --store FOLDER."


class StoreInUse(StoreError):
    title = "The store in {place} is already open in another Backstop"
    safe = "The other window goes on as before; nothing was changed."
    todo = "Use that window, or close it first."


class PlainFile(StoreError):
    title = "{place} is not encrypted, so it is not a store of Backstop"
    todo = "Move the file to another folder, or start Backstop with another one: --store FOLDER."


class UnreadableStore(StoreError):
    title = "{place} can't be read: its key is another one, it is damaged, or it is not a store of Backstop"
    todo = "Restore a backup, or start Backstop with another folder: --store FOLDER."


class UnopenedStore(StoreError):
    title = "{place} or a file beside it can't be opened"
    safe = KEPT
    todo = "Ask for the right to read and write in that folder, or start Backstop with another one: --store FOLDER."


class ForeignStore(StoreError):
    title = "{place} belongs to another program"
    todo = "Move the file to another folder, or start Backstop with another one: --store FOLDER."


class OtherShape(StoreError):
    title = "{place} is not built as Backstop builds it"
    safe = "The file has been left as it is."
    todo = "Keep the file, restore a backup, and tell whoever is responsible for the record."


class NewerStore(StoreError):
    title = "{place} was made by a newer Backstop"
    todo = "Install the newer Backstop, or start Backstop with another one: --store FOLDER."


class IncompleteStore(StoreError):
    title = "{place} is missing, but its latest changes (the -wal file) are still there"
    safe = "Those changes have been left as they are."
    todo = "Put the missing file back beside them, or restore a backup."


class DamagedStore(StoreError):
    title = "{place} is damaged"
    safe = "The file has been left as it is."
    todo = "Close Backstop and restore a backup."


class DiskFull(StoreError):
    title = "Not saved: the disk is full"
    safe = KEPT
    todo = "Make room on the disk that holds {place}, then try again."


class DiskFault(StoreError):
    title = "Not saved: the disk reported a fault"
    safe = KEPT
    todo = "Try again; if it fails again, check the disk that holds {place}, and its free space."


class ReadOnlyStore(StoreError):
    title = "Not saved: {place} or its folder may only be read"
    safe = KEPT
    todo = "Ask for the right to write to both, then save again."


class StoreBusy(StoreError):
    title = "Not saved: another program is holding {place}"
    safe = KEPT
    todo = "Close the other program, then save again."


class NotInStore(StoreError):
    title = "This is not in the store"
    titles: ClassVar[Mapping[str, str]] = {
        "patient": "This patient is not in the store",
        "encounter": "This encounter is not in the store",
        "document": "This document is not in the store",
        "re-screening": "This re-screening is not in the store",
    }
    safe = KEPT
    todo = "Go back to Today and open it from there."


class FollowUpGone(NotInStore):
    title = "This follow-up is not in the store any more"
    safe = "Its patient has been removed, or a backup from before it was restored. Nothing was written."
    todo = "The board shows what is there now."


class MissingStore(StoreError):
    title = "{place} is not there, though its keys are"
    safe = "The keys have been left as they are, and no empty store was made."
    todo = "Put the missing file back, or restore a backup."


class SignedEncounter(StoreError):
    title = "Encounter {place} is signed, so it can't be changed"
    safe = "It is as it was signed."
    todo = "Make an amendment: it says why, and the earlier version stays readable."


class UnsignedEncounter(StoreError):
    title = "Encounter {place} is not signed, so there is nothing to amend"
    safe = KEPT
    todo = "Go on answering, then sign it."


class MergedAlready(StoreError):
    title = "Patient {place} is merged with another already"
    safe = "Nothing was changed."
    todo = "Open the patient that is shown now, or part the two first."


class NotReadyToSign(StoreError):
    title = "Not signed: {place}"
    safe = KEPT
    todo = "Decide it on the page, then sign."


class ReasonMissing(StoreError):
    title = "An amendment of encounter {place} needs a reason"
    safe = KEPT
    todo = "Say in a few words why it is amended."


class WrongPassword(StoreError):
    title = "{place} does not open with this name and password"
    todo = "Type both again; after that, ask an administrator or use the recovery kit."


class WrongCode(WrongPassword):
    title = "{place} does not open with this recovery code"
    todo = "Take the page of this practice that was printed last: each new kit, and each account that is removed, ends \
the one before. A backup opens with the kit of its time."


class ShortPassword(StoreError):
    title = "This password is too short or too plain"
    safe = "The password has not been changed."
    todo = "Take at least 12 characters, or four words."


class MistypedCode(StoreError):
    title = "This recovery code holds a mistyped character"
    todo = "Compare it with the printed kit, group by group."


class MissingKeys(StoreError):
    mended_by_previous_keys = True
    title = "The file with the keys, keys.json, is missing in {place}"
    todo = "Put it back from keys.json.previous or from a backup; without it nobody can open the store."


class DamagedKeys(StoreError):
    mended_by_previous_keys = True
    title = "The key file {place} is damaged"
    safe = "The store itself has not been touched, and the previous key file is kept beside it."
    todo = "Go back to the previous key file, or take the one in the latest backup."


class LoweredKeys(StoreError):
    mended_by_previous_keys = True
    title = "The key file {place} asks for a weaker or other protection of the password than Backstop gives"
    safe = "The password has not been used and the store has not been opened."
    todo = "Somebody may have changed it: go back to the previous key file, and tell whoever looks after the computer."


class MovedKeys(StoreError):
    mended_by_previous_keys = True
    title = "The password is right, but this account in {place} was changed or belongs to somebody else"
    safe = "The store has not been opened."
    todo = "Somebody may have changed it: go back to the previous key file, and tell whoever looks after the computer."


class ChangedKeys(StoreError):
    mended_by_previous_keys = True
    title = "The list of accounts in {place} was changed by something other than Backstop"
    safe = "The store has not been opened."
    todo = "Go back to the previous key file, and tell whoever looks after the computer."


class KeysOfAnotherStore(StoreError):
    mended_by_previous_keys = True
    title = "This account in {place} was made for another store"
    safe = "The store has not been opened."
    todo = "Put the key file of this store back, from keys.json.previous or from a backup."


class KeysDontFit(StoreError):
    title = "The password is right, but {place} doesn't open with it: it is damaged, or another store's"
    safe = "The file has been left as it is."
    todo = "Restore a backup, together with the key file that is kept in it."


class NewerKeys(StoreError):
    title = "The key file {place} was made by a newer Backstop"
    todo = "Install the newer Backstop."


class KeysInUse(StoreError):
    title = "There are keys or a store in {place} already"
    safe = "They have been left as they are."
    todo = "Sign in, or start Backstop with another one: --store FOLDER."


class AccountRefused(StoreError):
    title = "The account {place} can't be made or changed like this"
    safe = "No account was changed."
    todo = "A name of 1 to 32 letters, digits, dots or hyphens that nobody has had yet, and at least one role."


class NoAccount(StoreError):
    title = "{place} has no account in this store, or no longer"
    safe = "The store has been closed again."
    todo = "Ask an administrator."


class NotAllowed(StoreError):
    """The place is who may not, and it is about an `Act`."""

    title = "{place} may not do this"
    titles: ClassVar[Mapping[str, str]] = {
        "answer": "{place} may not begin or answer a consultation",
        "sign": "{place} may not sign or amend an encounter",
        "print": "{place} may not print or save documents",
        "follow up": "{place} may not close or change follow-ups",
        "look after accounts": "{place} may not look after accounts",
        "read the audit trail": "{place} may not read the audit trail",
        "look after backups": "{place} may not look after backups",
    }
    safe = "Nothing was changed."
    todo = "Ask somebody whose role allows it; an administrator can change roles."


class TooSoon(StoreError):
    title = "Several wrong passwords in a row: the next try for this name is possible in {place}"
    safe = "The password has not been used and the store has not been opened."
    todo = "Wait, then try again. Nobody is locked out for good."


class LastAdministrator(StoreError):
    title = "{place} is the only administrator"
    safe = "No account was changed."
    todo = "Make somebody else an administrator first."


class StoreTakenAway(StoreError):
    title = "Not saved: {place} was moved, deleted or exchanged while it was open"
    safe = "What is on the screen is still here, and everything saved before was saved in the file that is gone."
    todo = "Put the file or the drive back, or restore a backup; then save again."


class BackupNotMade(StoreError):
    title = "A backup could not be written in {place}"
    safe = "The store and the earlier backups are as they were."
    todo = "Make room there, or see that it may be written to; Backstop tries again by itself."


class BackupPlaceMissing(StoreError):
    title = "The second place for backups, {place}, is not there"
    safe = "Backups go on being made on this computer."
    todo = "Plug the stick in, or choose another place; Backstop tries again by itself."


class DamagedBackup(StoreError):
    title = "The backup {place} is damaged"
    safe = "The store has not been touched."
    todo = "Choose another backup."


class BackupUnderOldKeys(StoreError):
    title = "The backup {place} is from before an account was removed, so it has other keys"
    safe = "Nothing was changed."
    todo = "Type a name and password that were in use then."


class CheckFailed(StoreError):
    """The place is the finding, as it stands in the audit trail or comes from SQLite."""

    title = "The store is not as it was written: {place}"
    titles: ClassVar[Mapping[str, str]] = {
        "pages": "The store is not as it was written: its pages, {place}",
        "row": "The store is not as it was written: the audit trail, row {place}",
    }
    safe = "Nothing was changed by looking. The earlier backups are as they were."
    todo = "Keep a copy of the whole folder as it is, restore the latest backup from before, and tell whoever is \
responsible for the record."


class WorkBroke(StoreError):
    title = "Work in the background stopped at a fault of Backstop’s own"
    safe = KEPT
    todo = "Begin it again; if it stops again, report it. Backups are tried again by themselves."


class ReasonForErasureMissing(StoreError):
    title = "Patient {place} can't be removed without one of the reasons"
    safe = KEPT
    todo = "Say why: the period is over, the patient asked, it was a mistake, or a court ordered it."
