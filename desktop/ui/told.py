"""What the store and the disk tell, in the language of the screen: they know no Qt, so it is translated here."""

from __future__ import annotations

import errno
from typing import NamedTuple

from desktop.record.errors import RecordError
from desktop.ui.translation import translate

CONTEXT = "store"
"""`tests/translations.py` hands `lupdate` the sentences of every error of the store under this name."""


class Told(NamedTuple):
    what: str
    safe: str
    todo: str


def told(error: RecordError) -> Told:
    """What happened, what is safe, what to do: whole sentences."""
    what, safe, todo = (translate(CONTEXT, words).format(place=error.place) for words in error.wording)
    return Told(f"{what}.", safe, todo)


def told_beside(error: RecordError) -> str:
    """What happened and what to do, where there is room for one line."""
    said = told(error)
    return f"{said.what} {said.todo}"


def why_unwritten(error: OSError) -> str:
    """In the middle of a sentence; what the system says in words of its own only where we have none."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return translate("Disk", "the disk is full")
        case errno.ENOENT | errno.ENOTDIR:
            return translate("Disk", "the folder is not there any more")
        case errno.EACCES | errno.EPERM:
            return translate("Disk", "it is open in another program, or the folder may not be written to")
        case errno.EROFS:
            return translate("Disk", "the disk can only be read")
        case errno.EIO:
            return translate("Disk", "the disk reported a fault")
    return error.strerror or type(error).__name__
