"""The changes of `db.migrations` as sqlite-utils makes them, each in a transaction with the note that it is made."""

from __future__ import annotations

import db.driver  # noqa: F401  binds the driver before sqlite-utils looks for one

# isort: split
from sqlite_utils import Migrations

from db.migrations import CHANGES, SET

STORE = Migrations(SET)
for change in CHANGES:
    STORE()(change)
