"""Whether a store is built as this program builds it: tables, indexes and the triggers that refuse what may not happen.

Held against a store in memory that went through the same changes. What belongs to the search index and to SQLite itself
is left out, because it is made by them and differs with their versions.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from db import driver
from db.migrations import STORE

if TYPE_CHECKING:
    from sqlite_utils import Database

DEFINED = """
    SELECT name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name != '_sqlite_migrations'
        AND sql NOT LIKE 'CREATE TABLE ''%'
"""


def wrong_in(database: Database) -> list[str]:
    """The names of what is missing, was put in, or is defined in another way."""
    here, right = defined_in(database), expected()
    return sorted(name for name in here.keys() | right.keys() if here.get(name) != right.get(name))


def defined_in(database: Database) -> dict[str, str]:
    """Without quotes and spaces: a table that gets another name is written down anew, in the way of that version."""
    return {row["name"]: re.sub(r'["\s]', "", row["sql"]) for row in driver.rows(database, DEFINED)}


@cache
def expected() -> dict[str, str]:
    database = driver.in_memory()
    STORE.apply(database)
    try:
        return defined_in(database)
    finally:
        database.close()
