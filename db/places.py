"""The second place for backups: a folder on another disk, or a stick that comes and goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from db import files
from db.backup import Backup, backups_in, copy_backup, thin, told
from db.errors import BackupPlaceMissing

FILE = "backup-place.json"
INSIDE = "Backstop backups"


def second_place(store: Path) -> Path | None:
    """What can't be read counts as none: it is asked for again, and nothing of the record hangs on it."""
    try:
        return Path(json.loads((store / FILE).read_text("utf-8"))["folder"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def choose_second_place(store: Path, folder: Path | None) -> None:
    """A folder of our own is made in it, so that an empty mount point is never taken for the stick."""
    with told(folder or store):
        if folder is None:
            (store / FILE).unlink(missing_ok=True)
            return
        if folder.name != INSIDE:
            folder = folder / INSIDE
        folder.mkdir(mode=0o700, exist_ok=True)
        files.put(store / FILE, json.dumps({"folder": str(folder)}).encode() + b"\n")


def copy_to_second(store: Path, backup: Backup, step: Callable[[int], None] = lambda copied: None) -> Backup | None:
    """The latest backup, and then that place is thinned too. None if there is no second place. `step` may raise to
    stop it: a stick may be slow."""
    place = second_place(store)
    if place is None:
        return None
    if not place.is_dir():
        raise BackupPlaceMissing(place)
    there = {each.folder.name: each for each in backups_in(place)}
    copied = there.get(backup.folder.name) or copy_backup(backup, place, step=step)
    thin(place, backup.made_at)
    return copied
