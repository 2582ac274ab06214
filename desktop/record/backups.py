"""Backups as the window and the terminal see them: when one is due, what there is, and putting one back.

`make`, `look_into`, `prepare` and `check` take a while and touch no connection of the window's: they may run in any
thread. `due`, `rows`, `choose_place` and `exchange` belong to the window's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from msgspec import Struct

from db import places
from db.backup import BEFORE_UPDATE, FILE, FOLDER, Backup, backups_in, damaged_in, make_backup, reading, thin
from db.errors import CheckFailed, StoreError
from db.keyfile import Keys
from db.pages import refuse_unsound, stoppable
from db.restore import Preview, keys_that_open, prepare, preview
from db.store import Store
from db.trail import Head, Trail
from desktop.record.consultation import Clock
from desktop.record.roles import Act, Rights

EVERY = timedelta(minutes=30)
REGULAR, ASKED_FOR, BEFORE_RESTORE, BEFORE_IMPORT = "regular", "asked for", "before a restore", "before an import"
Progress = Callable[[int, int], None]

__all__ = ["BEFORE_UPDATE", "Backup", "Backups", "Made", "Preview", "Row"]


class GivenUp(Exception):
    """Somebody pressed Stop, or the window closed."""


class Made(Struct, frozen=True):
    """`not_copied` says why the second place has no copy."""

    backup: Backup
    not_copied: StoreError | None


class Row(Struct, frozen=True):
    """`here`: on this computer, in the folder of the store. `there`: in the second place."""

    backup: Backup
    here: bool
    there: bool


class Backups:
    def __init__(self, store: Store, *, rights: Rights, clock: Clock) -> None:
        self._store, self._rights, self._clock = store, rights, clock
        self.folder = store.folder
        self.here = store.folder / FOLDER

    @property
    def second(self) -> Path | None:
        return places.second_place(self.folder)

    def choose_place(self, folder: Path | None) -> None:
        self._rights.need(Act.BACKUPS)
        places.choose_second_place(self.folder, folder)
        with self._store.all_or_nothing():
            what = "second place for backups chosen" if folder else "second place for backups given up"
            self._store.trail.append(who=self._rights.user, at=self._clock(), what=what)

    def latest(self) -> Backup | None:
        return next(iter(backups_in(self.here)), None)

    def due(self) -> bool:
        """Half an hour after the last, if anything was written since. A clock that went back makes it due too."""
        if not self._store.is_open:
            return False
        head, now = self._store.trail.head().seq, self._clock()
        latest = self.latest()
        if latest is None:
            return head > 0
        return head != latest.head.seq and not timedelta(0) <= now - latest.made_at < EVERY

    def behind(self) -> bool:
        """The second place has not got the latest: the stick was away."""
        if not self._store.is_open:
            return False
        latest, place = self.latest(), self.second
        return bool(latest and place and not (place / latest.folder.name).is_dir())

    def rows(self) -> list[Row]:
        """The latest comes first."""
        here = {each.folder.name: each for each in backups_in(self.here)}
        there = {each.folder.name: each for each in backups_in(self.second)} if self.second else {}
        found = [Row(each, name in here, name in there) for name, each in (there | here).items()]
        return sorted(found, key=lambda row: row.backup.made_at, reverse=True)

    def damaged(self) -> list[Path]:
        return [*damaged_in(self.here), *(damaged_in(self.second) if self.second else [])]

    def maker(self, why: str = REGULAR) -> Callable[[Progress], Made]:
        """To be run in another thread, with the keys and the moment of now."""
        keys, at = self._store.keys, self._clock()

        def make(progress: Progress) -> Made:
            made = make_backup(self.folder, keys, self.here, at=at, why=why, progress=progress)
            thin(self.here, at)
            return Made(made, self._copy(made, progress))

        return make

    def copier(self) -> Callable[[Progress], Made]:
        """Only to the second place, when it is there again."""
        latest = self.latest()
        assert latest
        return lambda progress: Made(latest, self._copy(latest, progress))

    def viewer(self, backup: Backup, *, user: str = "", secret: str = "") -> Callable[[Progress], Preview]:
        """With the keys of today, or with a name and password of then."""
        self._rights.need(Act.BACKUPS)
        found = [self._store.keys]
        return lambda progress: preview(backup, _keys(backup, found, user, secret), lambda: progress(0, 1))

    def preparer(self, backup: Backup, *, user: str = "", secret: str = "") -> Callable[[Progress], Made]:
        """Everything of a restore but the exchange; first a backup of what is there now."""
        self._rights.need(Act.BACKUPS)
        make, now, accounts = self.maker(BEFORE_RESTORE), self._store.keys, self._store.account_rows()
        at, who = self._clock(), self._rights.user

        def work(progress: Progress) -> Made:
            made = make(progress)
            then = keys_that_open(backup, _keys(backup, [now], user, secret))
            alive = partial(progress, 1, 1)
            prepare(self.folder, backup, then, now=now, accounts=accounts, who=who, at=at, alive=alive)
            return made

        return work

    def exchange(self) -> Path | None:
        """The store is the restored one afterwards; gives the folder in which the replaced one lies."""
        self._rights.need(Act.BACKUPS)
        return self._store.exchange(at=self._clock())

    def checker(self) -> Callable[[Progress], int]:
        """Every page, then everything in the store against the trail and the head in the latest backup; gives how many
        rows were looked at."""
        heads = [each.head for each in backups_in(self.here)[:1]]
        return partial(_check, self.folder / FILE, self._store.keys, heads)

    def _copy(self, made: Backup, progress: Progress) -> StoreError | None:
        try:
            places.copy_to_second(self.folder, made, lambda _: progress(1, 1))
        except StoreError as error:
            return error
        return None


class _HowFar:
    """Also tells what was told last once more: within a long statement, so that it can be stopped there."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.done, self._of = 0, 1

    def tell(self, done: int, of: int) -> None:
        self.done, self._of = done, of
        self.again()

    def again(self) -> None:
        self._progress(self.done, self._of)


def _check(path: Path, keys: Keys, heads: Sequence[Head], progress: Progress) -> int:
    from db.verify import breaks

    far = _HowFar(progress)
    with reading(path, keys.data) as database:
        database.execute("BEGIN")  # the store as it is now, whatever is written meanwhile
        refuse_unsound(database, far.again)
        with stoppable(database, far.again):
            broken = next(breaks(database, Trail(database, keys.trail), heads, far.tell), None)
    if broken is not None:
        raise CheckFailed(f"{broken.seq}, {broken.why}", "row") if broken.seq else CheckFailed(broken.why)
    return far.done


def _keys(backup: Backup, found: Sequence[Keys], user: str, secret: str) -> Sequence[Keys]:
    from db.way_back import keys_of_then

    return keys_of_then(backup, user, secret) if secret else found
