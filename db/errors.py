"""What a person is told when the store can't go on. A flat list: one class, one situation."""

from __future__ import annotations

UNTOUCHED = "Nothing was written to it."
KEPT = "Everything saved before is kept."


class StoreError(Exception):
    """`str()` of it is the three sentences on one line; none of them ever holds anything about a patient."""

    title = "The store {place} can't be used"
    safe = UNTOUCHED
    todo = "Choose another folder with --store."

    def __init__(self, place: object) -> None:
        kind = type(self)
        self.title = kind.title.format(place=place)
        self.safe = kind.safe.format(place=place)
        self.todo = kind.todo.format(place=place)
        super().__init__(" ".join(f"{self.title}. {self.safe} {self.todo}".split("\n")))


class NetworkFolder(StoreError):
    title = "{place} is on a network drive, where two computers can damage one store"
    todo = "Choose a folder on this computer with --store."


class NotAFolder(StoreError):
    title = "{place} is not a folder"


class ReadOnlyFolder(StoreError):
    title = "{place} can't be written to"
    todo = "Ask for the right to write there, or choose another folder with --store."


class UnsafeFolder(StoreError):
    title = "{place} is on a disk that can't promise to keep what is saved"
    safe = KEPT
    todo = "Choose a folder on this computer's own disk with --store."


class StoreInUse(StoreError):
    title = "The store in {place} is already open in another Backstop"
    safe = "The other window goes on as before; nothing was changed."
    todo = "Use that window, or close it first."


class PlainFile(StoreError):
    title = "{place} is not encrypted, so it is not a store of Backstop"
    todo = "Move the file elsewhere, or choose another folder with --store."


class UnreadableStore(StoreError):
    title = "{place} can't be read: its key is another one, it is damaged, or it is not a store of Backstop"
    todo = "Choose another folder with --store, or restore a backup."


class UnopenedStore(StoreError):
    title = "{place} or a file beside it can't be opened"
    safe = KEPT
    todo = "Ask for the right to read and write in that folder, or choose another one with --store."


class ForeignStore(StoreError):
    title = "{place} belongs to another program"
    todo = "Move the file elsewhere, or choose another folder with --store."


class NewerStore(StoreError):
    title = "{place} was made by a newer Backstop"
    todo = "Install the newer Backstop, or choose another folder with --store."


class IncompleteStore(StoreError):
    title = "{place} is missing, but its latest changes (the -wal file) are still there"
    safe = "Those changes have been left as they are."
    todo = "Put the missing file back beside them, or restore a backup."


class DamagedStore(StoreError):
    title = "{place} is damaged"
    safe = "The file has been left as it is."
    todo = "Close Backstop and restore a backup."


class DiskFull(StoreError):
    title = "Not saved: the disk that holds {place} is full"
    safe = KEPT
    todo = "Make room on the disk, then save again."


class DiskFault(StoreError):
    title = "Not saved: the disk that holds {place} reported a fault"
    safe = KEPT
    todo = "Save again; if it fails again, check the disk and its free space."


class ReadOnlyStore(StoreError):
    title = "Not saved: {place} or its folder may only be read"
    safe = KEPT
    todo = "Ask for the right to write to both, then save again."


class StoreBusy(StoreError):
    title = "Not saved: another program is holding {place}"
    safe = KEPT
    todo = "Close the other program, then save again."


class NotInStore(StoreError):
    title = "{place} is not in the store"
    safe = KEPT
    todo = "Go back to Today and open it from there."
