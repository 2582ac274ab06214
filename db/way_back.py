"""Restoring without being signed in: where there is no store, or one that doesn't open any more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from db.backup import Backup
from db.entrance import claimed, open_keys
from db.errors import StoreError
from db.keyfile import Keys, read_keys
from db.passwords import read_code
from db.restore import exchange, finish, keys_that_open, prepare
from db.slots import KIT, REAL, Cost, slot_of


def keys_of_then(backup: Backup, user: str, secret: str, *, cost: Cost = REAL) -> tuple[Keys, ...]:
    """With a name and password that were in use then; with the code of the kit of then if `user` is empty."""
    return _opened(backup.folder, user, secret, cost)


def restore(folder: Path, backup: Backup, user: str, secret: str, *, at: datetime, cost: Cost = REAL) -> Path | None:
    """Gives where the replaced store lies now, if there was one.

    The keys of today stay if the same password opens them and they are of the same store, so that nobody who was
    removed since comes back; otherwise those of the backup come with it.
    """
    with claimed(folder) as lock:
        then = keys_that_open(backup, keys_of_then(backup, user, secret, cost=cost))
        now = _keys_of_today(folder, backup, user, secret, cost)
        prepare(folder, backup, then, now=now, who=user or KIT, at=at)
        try:
            return exchange(folder, at=at)
        finally:
            finish(folder)
            lock.release()


def _keys_of_today(folder: Path, backup: Backup, user: str, secret: str, cost: Cost) -> Keys | None:
    try:
        if read_keys(folder).store != backup.store:
            return None
        return _opened(folder, user, secret, cost)[-1]
    except StoreError:
        return None


def _opened(folder: Path, user: str, secret: str, cost: Cost) -> tuple[Keys, ...]:
    """By the password of a user, or, without one, by the code of the recovery kit."""
    if user:
        return open_keys(folder, slot_of(user), secret, cost)
    return open_keys(folder, KIT, read_code(secret), cost)
