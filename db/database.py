"""An open store as the modules beside use it: statements go to the connection, tables are sqlite-utils'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite_utils

Values = Sequence[Any] | Mapping[str, Any]


class Database:
    """`connection` has no `isolation_level`: what stands in no transaction is on the disk when it was executed."""

    def __init__(self, connection: Any) -> None:
        self.conn = connection
        # As sqlite-utils sets it: what REPLACE takes away has to pass the triggers that refuse a removal.
        self.execute("PRAGMA recursive_triggers = ON")

    def execute(self, sql: str, values: Values = ()) -> Any:
        return self.conn.execute(sql, values)

    def commit(self) -> None:
        if self.conn.in_transaction:
            self.conn.execute("COMMIT")

    def rollback(self) -> None:
        """Nothing, where an error has rolled it back already."""
        if self.conn.in_transaction:
            self.conn.execute("ROLLBACK")

    def close(self) -> None:
        self.conn.close()

    @cached_property
    def utils(self) -> sqlite_utils.Database:
        """Makes, changes and fills tables. Loaded only then: that takes longer than to open a store that is there."""
        import sqlite_utils
        from sqlcipher3 import dbapi2
        from sqlite_utils.utils import OperationalError

        if OperationalError is not dbapi2.OperationalError:
            raise RuntimeError("sqlite-utils was imported before db.driver, so it writes plain files")
        return sqlite_utils.Database(self.conn, execute_plugins=False)
