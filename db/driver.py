"""The only door to a file: binds SQLCipher for sqlite-utils and opens a store with its key.

Nothing else may open one: with this binding `sqlite_utils.Database("file.db")` would write a plain file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlcipher3 import dbapi2

from db.database import Database
from db.errors import (
    BackupNotMade,
    DamagedStore,
    DiskFault,
    DiskFull,
    ForeignStore,
    IncompleteStore,
    MissingStore,
    NewerStore,
    OtherShape,
    PlainFile,
    ReadOnlyStore,
    StoreBusy,
    StoreError,
    StoreTakenAway,
    UnopenedStore,
    UnreadableStore,
    UnsafeFolder,
)

# sqlite-utils prefers pysqlite3 to Python's own sqlite3, and catches the exceptions of the one it took.
sys.modules["pysqlite3"] = dbapi2
sys.modules["pysqlite3.dbapi2"] = dbapi2

OPENED: WeakKeyDictionary[Database, tuple[Path, tuple[int, int]]] = WeakKeyDictionary()
APPLICATION_ID = int.from_bytes(b"BSTP")
KEY_BYTES = 32
PLAIN_HEADER = b"SQLite format 3\0"
# SQLCipher always keeps the key in memory that it locks and wipes. `cipher_memory_security`, off by default since its
# 4.5.0, would do that with each page of answers too: they lie in the memory of Python and Qt anyway, where nobody locks
# them, and a saved answer would cost 2.4 times as much (docs/security.md).
BEFORE_THE_KEY = ("cipher_log_level = NONE",)
AFTER_THE_KEY = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",  # macOS: fsync alone leaves the data in the drive's own memory
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
)
PROMISED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
SITUATIONS: dict[str, type[StoreError]] = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": DiskFault,
    "SQLITE_CANTOPEN": UnopenedStore,
    "SQLITE_READONLY": ReadOnlyStore,
    "SQLITE_BUSY": StoreBusy,
    "SQLITE_CORRUPT": DamagedStore,
    "SQLITE_NOTADB": UnreadableStore,
}


def open_database(
    path: Path, key: bytes, *, make: bool = True, before_change: Callable[[], object] = lambda: None
) -> Database:
    """The caller holds the lock of the folder. `before_change` is called before a store that is there gets another
    shape."""
    if not path.exists():
        if not make:
            raise MissingStore(path)
        make_database(path, key)
    database = _connect(path, key)
    try:
        with explained(path):
            _migrate(database, path, before_change)
            _refuse_other_shape(database, path)
            _keep_promises(database, path)
        OPENED[database] = path, _identity(path)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns the driver's errors that a person can do something about into those of db.errors."""
    try:
        yield
    except dbapi2.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        for start, situation in SITUATIONS.items():
            if name.startswith(start):
                raise situation(path) from error
        raise


@contextmanager
def written(database: Database) -> Iterator[None]:
    """All of it or nothing, and on the disk when it is left; inside another one it is part of that.

    Immediate, because a transaction that begins by reading is refused at its first write if another writer
    came between, however long it would be ready to wait.
    """
    if database.conn.in_transaction:
        yield
        return
    with explained(_place(database)):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            _refuse_taken_away(database)
            database.commit()
        except BaseException:
            database.rollback()
            raise


def in_memory() -> Database:
    """For what is made anew at every start and holds nothing about a patient."""
    return Database(dbapi2.connect(":memory:", isolation_level=None))


def rows(database: Database, sql: str, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
    """`Database.query` makes and releases a savepoint round each of its statements, three for one.

    A page may turn out to be damaged at any row; that is explained too, wherever the rows are read.
    """
    with explained(_place(database)):
        cursor = database.conn.execute(sql, values)
    return _fetched(database, cursor)


def _fetched(database: Database, cursor: Any) -> Iterator[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    with explained(_place(database)):
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _place(database: Database) -> Path:
    return OPENED[database][0] if database in OPENED else Path("The store")


def reader(path: Path, key: bytes) -> Database:
    """A further connection to a store that is there, for another thread. It can't write and changes no shape."""
    if not path.exists():
        raise MissingStore(path)
    database = _connect(path, key, after=("query_only = ON",))
    OPENED[database] = path, _identity(path)
    return database


def copy_pages(source: Database, path: Path, key: bytes, *, pages: int, progress: Callable[[int, int], None]) -> None:
    """To a new file, under the same or another key, while others may write to the source."""

    def told(_: int, left: int, of: int) -> None:
        progress(of - left, of)

    with explained(path):
        target = dbapi2.connect(str(path))
        try:
            for pragma in BEFORE_THE_KEY:
                target.execute(f"PRAGMA {pragma}")
            target.execute(f'PRAGMA key = "{_raw(key)}"')
            _copy(source, target, path, pages, told)
            target.execute("PRAGMA journal_mode = DELETE")  # so that it is one file, also on a stick that is read-only
        finally:
            target.close()


def _copy(source: Database, target: Any, path: Path, pages: int, told: Callable[[int, int, int], None]) -> None:
    try:
        source.conn.backup(target, pages=pages, progress=told)
    except dbapi2.DatabaseError as error:  # copying doesn't say which fault it was
        raise BackupNotMade(path.parent) from error


def put_into_file(database: Database, path: Path) -> None:
    """The latest changes too, which SQLite keeps beside it: afterwards the file alone is the store, and can be moved.

    To close it is not enough: where the disk is full, or somebody else reads it, they stay beside it without a word.
    """
    with explained(path):
        busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreBusy(path)


def change_key(database: Database, path: Path, key: bytes) -> None:
    """All pages or none. The caller closes the database afterwards: what it holds in memory may be of either key."""
    with explained(path):
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.conn.execute(f'PRAGMA rekey = "{_raw(key)}"')
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_database(
    path: Path,
    key: bytes,
    *,
    fill: Callable[[Database], object] = lambda _: None,
    ready: Callable[[], object] = lambda: None,
) -> None:
    """A store gets its name only when it is whole, so an empty or half-made file is never taken for one.

    `fill` puts in what it begins with; `ready` is called when only the name is missing.
    """
    if path.with_name(path.name + "-wal").exists():
        raise IncompleteStore(path)
    making = path.with_name(path.name + ".making")
    for left in path.parent.glob(making.name + "*"):
        left.unlink()
    database = _connect(making, key)
    try:
        with explained(path):
            _migrate(database, path)
            fill(database)
        put_into_file(database, path)
    finally:
        database.close()
    ready()
    making.rename(path)


def _connect(path: Path, key: bytes, *, after: tuple[str, ...] | None = None) -> Database:
    raw = _raw(key)
    _refuse_plain(path)
    with explained(path):
        connection = dbapi2.connect(str(path), timeout=5.0, isolation_level=None)
        try:
            return _unlock(connection, path, raw, AFTER_THE_KEY if after is None else after)
        except BaseException:
            connection.close()
            raise


def _raw(key: bytes) -> str:
    if len(key) != KEY_BYTES:  # anything else SQLCipher would take for a passphrase, without a word
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    return f"x'{key.hex()}'"


def _unlock(connection: Any, path: Path, raw: str, after: tuple[str, ...]) -> Database:
    for pragma in BEFORE_THE_KEY:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f'PRAGMA key = "{raw}"')
    connection.execute("SELECT count(*) FROM sqlite_master")  # a wrong key is noticed at the first read
    _refuse_foreign(connection, path)
    for pragma in after:
        connection.execute(f"PRAGMA {pragma}")
    return Database(connection)


def _refuse_plain(path: Path) -> None:
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(PLAIN_HEADER))
    except OSError as error:
        raise UnopenedStore(path) from error
    if start == PLAIN_HEADER:
        raise PlainFile(path)
    if not start:
        raise UnreadableStore(path)


def _refuse_foreign(connection: Any, path: Path) -> None:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    if tables and number != APPLICATION_ID:
        raise ForeignStore(path)


def _migrate(database: Database, path: Path, before: Callable[[], object] = lambda: None) -> None:
    from db.migrations import KNOWN

    done = _done(database)
    if not done <= KNOWN:
        raise NewerStore(path)
    if done != KNOWN:
        from db.changing import STORE

        before()
        STORE.apply(database.utils)


def _done(database: Database) -> set[str]:
    """The changes that sqlite-utils has noted."""
    from db.migrations import SET

    if not [*rows(database, "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'")]:
        return set()
    noted = rows(database, "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [SET])
    return {row["name"] for row in noted}


def _refuse_other_shape(database: Database, path: Path) -> None:
    """Without its triggers a store would take what it has to refuse."""
    from db.shape import wrong_in

    if wrong := wrong_in(database):
        raise OtherShape(f"{path} ({', '.join(wrong[:4])})")


def _refuse_taken_away(database: Database) -> None:
    """A file that was deleted or exchanged can still be written to, and all of it would be lost without a word."""
    if opened := OPENED.get(database):
        path, identity = opened
        if _identity(path) != identity:
            raise StoreTakenAway(path)


def _identity(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError:
        return 0, 0
    return told.st_dev, told.st_ino


def _keep_promises(database: Database, path: Path) -> None:
    """A folder or a file that can't keep an answer is refused now, not when the first one is given."""
    for pragma, promised in PROMISED.items():
        if database.execute(f"PRAGMA {pragma}").fetchone()[0] != promised:
            raise UnsafeFolder(path.parent)
    database.execute("BEGIN")
    try:
        database.execute("PRAGMA user_version = 1")  # a file that may only be read refuses no sooner
    finally:
        database.rollback()
