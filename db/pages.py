"""Whether every page of a store in use can be read, and hangs together with the others.

Each page that is read is held against its own hash, those in the changes beside the file as well. SQLCipher's own check
of a file (`cipher_integrity_check`, for backups) reads past these changes and would find fault with a store in use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from db.driver import rows
from db.errors import CheckFailed, StoreError

if TYPE_CHECKING:
    from sqlite_utils import Database

STEPS = 20_000  # of SQLite's own: a few milliseconds
CHECKS = {"PRAGMA integrity_check(1)": "ok", "PRAGMA foreign_key_check": ""}


def refuse_unsound(database: Database, alive: Callable[[], object]) -> None:
    """Raises CheckFailed, or DamagedStore where a page can't be read at all. `alive` is called every few milliseconds
    and may raise to stop it."""
    stopped: list[BaseException] = []

    def go_on() -> bool:
        try:
            alive()
        except BaseException as error:
            stopped.append(error)
        return bool(stopped)

    database.conn.set_progress_handler(go_on, STEPS)
    try:
        for check, right in CHECKS.items():
            for row in rows(database, check):
                found = ", ".join(str(value) for value in row.values() if value is not None)
                if found != right:
                    raise CheckFailed(found, "pages")
    except StoreError:
        raise
    except Exception:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        database.conn.set_progress_handler(None, 0)
