"""Backups: each is a folder with the store as it was, its key file and a manifest, and opens like any store.

Made while the store is in use, through a connection that only reads, and checked before it gets its name.
"""

from __future__ import annotations

import hmac
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from db import driver, files
from db.errors import (
    BackupNotMade,
    CheckFailed,
    DamagedBackup,
    DiskFault,
    DiskFull,
    NewerStore,
    ReadOnlyStore,
    StoreError,
    UnopenedStore,
)
from db.keyfile import KEYS, Keys, derived, read_keys
from db.pages import Alive, refuse_unsound, stoppable
from db.thinning import surplus
from db.trail import LAST, Head

if TYPE_CHECKING:
    from db.database import Database

FILE = "backstop.db"
MANIFEST = "manifest.json"
FOLDER = "backups"
STAMP = "%Y%m%dT%H%M%S.%fZ"
FORMAT = 1
BEFORE_UPDATE = "before an update of the store"
PAGES = 256
Progress = Callable[[int, int], None]


class Backup(Struct, frozen=True):
    """What its manifest says. `head` is the last row of the trail in it; `shape` the last change of the store's."""

    folder: Path
    made_at: datetime
    why: str
    store: str
    shape: str
    counts: dict[str, int]
    head: Head
    size: int
    sum: str


def make_backup(
    store: Path,
    keys: Keys,
    into: Path,
    *,
    at: datetime,
    why: str,
    progress: Progress = lambda done, of: None,
) -> Backup:
    """Of the store in the folder `store`. `progress` may raise to give up; then nothing is left of it."""
    with told(into):
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(into)
        at = free(into, at.astimezone(UTC))
        name = at.strftime(STAMP)
        making = into / f"{name}.making"
        making.mkdir(mode=0o700)
        try:
            _fill(making, store, keys, at=at, why=why, progress=progress)
            check_backup(making, keys, lambda: progress(1, 1))
            files.keep_name(making)
            files.move(making, into / name)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    return read_backup(into / name)


def kept_before(path: Path, keys: Keys) -> Callable[[], object]:
    """Makes a backup, dated by the last change, before a store of an earlier version is changed."""

    def make() -> None:
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        make_backup(path.parent, keys, path.parent / FOLDER, at=at, why=BEFORE_UPDATE)

    return make


def copy_backup(backup: Backup, into: Path, *, step: Callable[[int], None] = lambda copied: None) -> Backup:
    """To another place, which has to be there already. The copy is read again and compared."""
    making = into / f"{backup.folder.name}.making"
    with told(into):
        sweep(into)
        making.mkdir(mode=0o700)
        try:
            for file in sorted(backup.folder.iterdir()):
                if files.copy(file, making / file.name, step) != files.sum_of(making / file.name, step):
                    raise DamagedBackup(into)
            files.keep_name(making)
            files.move(making, into / backup.folder.name)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    return read_backup(into / backup.folder.name)


def backups_in(place: Path) -> list[Backup]:
    """The latest comes first. One whose manifest can't be read is left out: see `damaged_in`."""
    return sorted((found for _, found in _looked_at(place) if found), key=lambda one: one.made_at, reverse=True)


def damaged_in(place: Path) -> list[Path]:
    return [folder for folder, found in _looked_at(place) if found is None]


def thin(place: Path, now: datetime) -> list[Backup]:
    """Drops what is surplus and tells which. To be called after a backup that was checked."""
    there = {backup.made_at: backup for backup in backups_in(place)}
    going = [there[moment] for moment in sorted(surplus(there, now))]
    with told(place):
        for backup in going:
            files.drop(backup.folder)
    return going


def check_backup(folder: Path, keys: Keys, alive: Alive = lambda: None) -> Backup:
    """Opens it and reads every page. A StoreError says what is wrong; `alive` may raise to stop it."""
    backup = read_backup(folder)
    try:
        sound = _is_as_made(backup, keys, alive)
    except (OSError, ValueError) as error:
        raise DamagedBackup(folder) from error
    if not sound:
        raise DamagedBackup(folder)
    with reading(folder / FILE, keys.data) as database:
        try:
            refuse_unsound(database, alive)
        except CheckFailed as error:
            raise DamagedBackup(folder) from error
        if described(database, alive) != (backup.shape, backup.counts, backup.head):
            raise DamagedBackup(folder)
    return backup


def read_backup(folder: Path) -> Backup:
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        if told.pop("format") > FORMAT:
            raise NewerStore(folder)
        return Backup(folder, datetime.fromisoformat(told.pop("made_at")), head=Head(*told.pop("head")), **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedBackup(folder) from error


@contextmanager
def reading(path: Path, key: bytes) -> Iterator[Database]:
    """A connection of its own that can't write, for another thread than the window's. It never makes a store."""
    database = driver.reader(path, key)
    try:
        with driver.explained(path):
            yield database
    finally:
        database.close()


def described(database: Database, alive: Alive) -> tuple[str, dict[str, int], Head]:
    """Shape, counts and head, in one transaction of the caller's."""
    shape = next(driver.rows(database, "SELECT max(name) AS name FROM _sqlite_migrations"))["name"]
    with stoppable(database, alive):
        counts = {
            table: next(driver.rows(database, f"SELECT count(1) AS n FROM {table}"))["n"]
            for table in ("patients", "encounters", "answers", "versions", "trail")
            if any(driver.rows(database, "SELECT 1 FROM sqlite_master WHERE name = ?", [table]))
        }
    last = next(driver.rows(database, LAST), None) if "trail" in counts else None
    return shape, counts, Head(last["seq"], last["mac"]) if last else Head(0, "")


@contextmanager
def told(place: Path) -> Iterator[None]:
    """What the disk refused, as what it means for a backup."""
    try:
        yield
    except (OSError, DiskFull, DiskFault, ReadOnlyStore, UnopenedStore) as error:
        raise BackupNotMade(place) from error


def sweep(place: Path) -> None:
    """What a backup that was cut short has left. The caller holds the lock of the store."""
    for left in [*place.glob("*.making"), *place.glob("*.going")]:
        shutil.rmtree(left, ignore_errors=True)


def _fill(making: Path, store: Path, keys: Keys, *, at: datetime, why: str, progress: Progress) -> None:
    slots = (store / KEYS).read_bytes() if (store / KEYS).exists() else None
    with reading(store / FILE, keys.data) as source:
        source.execute("BEGIN")  # from here on it sees the store as it is now, whatever is written meanwhile
        shape, counts, head = described(source, lambda: progress(0, 1))
        driver.copy_pages(source, making / FILE, keys.data, pages=PAGES, progress=progress)
    files.keep(making / FILE)
    if slots is not None:
        files.put(making / KEYS, slots)
        if slots != (store / KEYS).read_bytes():  # an account was removed meanwhile: the next try has the new key
            raise BackupNotMade(store)
    told: dict[str, Any] = {
        "format": FORMAT,
        "made_at": at.astimezone(UTC).isoformat(),
        "why": why,
        "store": read_keys(making).store if slots is not None else "demonstration",
        "shape": shape,
        "counts": counts,
        "head": list(asdict(head).values()),
        "size": (making / FILE).stat().st_size,
        "sum": files.sum_of(making / FILE, lambda _: progress(1, 1)),
    }
    files.put(making / MANIFEST, json.dumps(told, indent=1).encode() + b"\n")
    files.put(making / f"{MANIFEST}.mac", _mac(making, keys).encode())


def free(into: Path, at: datetime) -> datetime:
    while (into / at.strftime(STAMP)).exists():
        at += timedelta(microseconds=1)
    return at


def _is_as_made(backup: Backup, keys: Keys, alive: Alive) -> bool:
    """Byte for byte, and by somebody with the keys. Raises OSError or ValueError where a file is gone or no text."""
    file, kept = backup.folder / FILE, (backup.folder / f"{MANIFEST}.mac").read_text("ascii").strip()
    if backup.size != file.stat().st_size or backup.sum != files.sum_of(file, lambda _: alive()):
        return False
    return hmac.compare_digest(_mac(backup.folder, keys), kept)


def _mac(folder: Path, keys: Keys) -> str:
    """So that its head of the trail can be trusted: only somebody with the keys can have written it."""
    text = (folder / MANIFEST).read_bytes()
    return blake2b(text, key=derived(keys.trail, b"manifest"), digest_size=32).hexdigest()


def _looked_at(place: Path) -> Iterator[tuple[Path, Backup | None]]:
    for folder in sorted(place.glob("*Z")) if place.is_dir() else []:
        try:
            yield folder, read_backup(folder)
        except StoreError:
            yield folder, None
