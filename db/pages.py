"""Whether every page of a store can be read, and hangs together with the others; and how long statements are stopped.

Each page that is read is held against its own hash, in a store in use those in the changes beside the file as well.
SQLCipher's own check of a file (`cipher_integrity_check`) reads past these changes, and can't be stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.driver import rows
from db.errors import CheckFailed, StoreError

if TYPE_CHECKING:
    from db.database import Database

# Of SQLite's own; while it looks through a tree of pages one step is a page, read and deciphered: some 40 milliseconds.
STEPS = 2_000
CHECKS = {"PRAGMA integrity_check(1)": "ok", "PRAGMA foreign_key_check": ""}
Alive = Callable[[], object]


@contextmanager
def stoppable(database: Database, alive: Alive) -> Iterator[None]:
    """Within each statement `alive` is called every few milliseconds, and may raise to stop it.

    `count(*)` is one step of SQLite's, however many rows there are; `count(1)` is not.
    """
    stopped: list[BaseException] = []

    def go_on() -> bool:
        try:
            alive()
        except BaseException as error:
            stopped.append(error)
        return bool(stopped)

    database.conn.set_progress_handler(go_on, STEPS)
    try:
        yield
    except StoreError:
        raise
    except Exception:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        database.conn.set_progress_handler(None, 0)


def refuse_unsound(database: Database, alive: Alive) -> None:
    """Raises CheckFailed, or DamagedStore where a page can't be read at all. `alive`: see `stoppable`."""
    with stoppable(database, alive):
        for check, right in CHECKS.items():
            for row in rows(database, check):
                found = ", ".join(str(value) for value in row.values() if value is not None)
                if found != right:
                    raise CheckFailed(found, "pages")
