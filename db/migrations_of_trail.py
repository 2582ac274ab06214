"""Changes of shape for finding rows of the audit trail. At 100,000 encounters it has some two million and a half, most
of them of saved answers; looking through all took the window seconds (tests/benchmarks/checking.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m023_trail_searched(database: Database) -> None:
    """A saved answer goes into the first of these alone; db.trail_search asks in the words of the others."""
    of = "json_extract(which, '$.{}')"
    for what in ("encounter", "patient"):
        found = of.format(what)
        database.execute(f"CREATE INDEX trail_of_{what} ON trail ({found}) WHERE {found} IS NOT NULL")
    database.execute("CREATE INDEX trail_but_answers ON trail (what, seq, who) WHERE what != 'answer saved'")


CHANGES_OF_TRAIL = (m023_trail_searched,)
