"""Putting a backup in the place of the store, which is kept aside: nothing is ever deleted here.

All that takes time is done beside the store. Then one renaming decides; whoever opens the folder next finishes
what a crash left undone (`finish`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db import driver, files
from db.backup import FILE, STAMP, Backup, check_backup, free, reading, told
from db.errors import BackupUnderOldKeys, DamagedBackup, UnreadableStore
from db.keyfile import KEYS, Keys, read_keys
from db.pages import Alive
from db.trail import Trail

if TYPE_CHECKING:
    from db.database import Database

REPLACED = "replaced"
MAKING = f"{FILE}.restoring"
READY = f"{FILE}.restored"
NEW_KEYS = f"{KEYS}.restored"
LAST_SEEN = 5


class Preview(Struct, frozen=True):
    """What a person looks at before restoring. `opens` are the accounts that could sign in then."""

    backup: Backup
    patients: int
    encounters: int
    last_encounters: tuple[datetime, ...]
    opens: tuple[str, ...]
    kit: bool


def preview(backup: Backup, found: Sequence[Keys], alive: Alive = lambda: None) -> Preview:
    """Checks the whole backup on the way. `found` are the keys of today, or those of then; `alive` may stop it."""
    keys = keys_that_open(backup, found)
    check_backup(backup.folder, keys, alive)
    slots = read_keys(backup.folder).slots if (backup.folder / KEYS).exists() else ()
    latest = "SELECT began_at FROM encounters ORDER BY began_at DESC LIMIT ?"
    with reading(backup.folder / FILE, keys.data) as database:
        last = tuple(datetime.fromisoformat(row["began_at"]) for row in driver.rows(database, latest, [LAST_SEEN]))
    return Preview(
        backup=backup,
        patients=backup.counts.get("patients", 0),
        encounters=backup.counts.get("encounters", 0),
        last_encounters=last,
        opens=tuple(slot.user for slot in slots if slot.is_of_user),
        kit=any(not slot.is_of_user for slot in slots),
    )


def keys_that_open(backup: Backup, found: Sequence[Keys]) -> Keys:
    for keys in found:
        try:
            with reading(backup.folder / FILE, keys.data):
                return keys
        except UnreadableStore:
            continue
    raise BackupUnderOldKeys(backup.folder.name)


def prepare(
    store: Path,
    backup: Backup,
    then: Keys,
    *,
    now: Keys | None,
    accounts: Iterable[Mapping[str, Any]] = (),
    who: str,
    at: datetime,
    alive: Alive = lambda: None,
) -> None:
    """Everything but the exchange. With the keys of `now` the store keeps its key file, its accounts and passwords;
    without them those of the backup come back with it. `alive` may raise to stop it."""
    check_backup(backup.folder, then, alive)
    making = store / MAKING
    which = {"backup": backup.folder.name, "made_at": backup.made_at.isoformat()}
    with told(store):
        for left in [*store.glob(f"{MAKING}*"), *store.glob(f"{NEW_KEYS}*")]:
            left.unlink()
        if files.copy(backup.folder / FILE, making, lambda _: alive()) != backup.sum:
            raise DamagedBackup(backup.folder)
        with _opened(making, then) as database:
            with driver.explained(making), driver.written(database):
                _carry_over(database, accounts)
                Trail(database, then.trail).append(who=who, at=at, what="store restored", which=which)
            if now is not None and now != then:
                driver.change_key(database, making, now.data)
            driver.put_into_file(database, making)
        files.keep(making)
        if now is None and (backup.folder / KEYS).exists():
            files.put(store / NEW_KEYS, (backup.folder / KEYS).read_bytes())


def exchange(store: Path, *, at: datetime, step: Callable[[str], None] = lambda done: None) -> Path | None:
    """The store is closed, its folder locked. Gives the folder in which the replaced one lies now."""
    with told(store):
        aside = _keep_aside(store, at)
        step("kept aside")
        files.move(store / MAKING, store / READY)
        step("decided")
    finish(store, step)
    return aside


def finish(store: Path, step: Callable[[str], None] = lambda done: None) -> None:
    """To be called before a store is opened: a restore that was decided is carried out, at whatever it stopped."""
    if not (store / READY).exists():
        return
    with told(store):
        for ending in ("-wal", "-shm"):  # of the replaced one, and kept with it; it would be read into the new one
            (store / f"{FILE}{ending}").unlink(missing_ok=True)
        files.keep_name(store)
        step("changes of the replaced one gone")
        if (store / NEW_KEYS).exists():
            files.move(store / NEW_KEYS, store / KEYS)
        step("keys")
        files.move(store / READY, store / FILE)


def _keep_aside(store: Path, at: datetime) -> Path | None:
    there = [store / name for name in (FILE, f"{FILE}-wal", KEYS) if (store / name).exists()]
    if not there:
        return None
    aside = store / REPLACED / free(store / REPLACED, at.astimezone(UTC)).strftime(STAMP)
    making = aside.with_name(f"{aside.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700, parents=True)
    for file in there:
        files.share(file, making / file.name)
    files.keep_name(making)
    files.move(making, aside)
    return aside


@contextmanager
def _opened(path: Path, keys: Keys) -> Iterator[Database]:
    database = driver.open_database(path, keys.data, make=False)
    try:
        yield database
    finally:
        database.close()


def _carry_over(database: Database, accounts: Iterable[Mapping[str, Any]]) -> None:
    """Who may sign in stays as it is today: somebody removed since must not come back with an old store."""
    for row in accounts:
        names = ", ".join(row)
        places = ", ".join("?" for _ in row)
        new = ", ".join(f"{name} = excluded.{name}" for name in row if name != "user")
        add = f"INSERT INTO accounts ({names}) VALUES ({places}) ON CONFLICT (user) DO UPDATE SET {new}"
        database.execute(add, list(row.values()))
