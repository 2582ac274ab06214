"""Whether a store is built as this program builds it: tables, indexes and the triggers that refuse what may not happen.

Known by its digest; where that differs, held against a store in memory that went through the same changes. What belongs
to the search index and to SQLite itself is left out, because it is made by them and differs with their versions.
"""

from __future__ import annotations

import json
import re
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from db import driver

if TYPE_CHECKING:
    from db.database import Database

DEFINED = """
    SELECT name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name != '_sqlite_migrations'
        AND sql NOT LIKE 'CREATE TABLE ''%'
"""


DIGEST = "13febac73a405f581c3fa1279aef697e93654e46a323472ba12f1815c65412e9"
"""Of the shape that all changes make; a stale one costs time at each start and is told by the tests."""


def wrong_in(database: Database) -> list[str]:
    """The names of what is missing, was put in, or is defined in another way."""
    here = defined_in(database)
    if digest(here) == DIGEST:
        return []
    right = expected()
    return sorted(name for name in here.keys() | right.keys() if here.get(name) != right.get(name))


def defined_in(database: Database) -> dict[str, str]:
    """Without quotes and spaces: a table that gets another name is written down anew, in the way of that version."""
    return {row["name"]: re.sub(r'["\s]', "", row["sql"]) for row in driver.rows(database, DEFINED)}


def digest(defined: dict[str, str]) -> str:
    return sha256(json.dumps(defined, sort_keys=True).encode()).hexdigest()


@cache
def expected() -> dict[str, str]:
    from db.changing import STORE

    database = driver.in_memory()
    STORE.apply(database.utils)
    try:
        return defined_in(database)
    finally:
        database.close()
