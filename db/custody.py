"""What a practice owes the patients whose records it keeps: to tell all of it, to take it out, to look whose time
is over."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import holdings
from db.driver import explained
from db.erasure import Erased, erase
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database


class Custody:
    def __init__(self, database: Database, path: Path, trail: Trail) -> None:
        self._database, self._path, self._trail = database, path, trail

    def erase(self, patient_uid: str, *, reason: str, who: str, at: datetime) -> Erased:
        """The one operation that removes rows (db.erasure)."""
        return erase(self._database, self._path, self._trail, patient_uid, reason=reason, who=who, at=at)

    def holdings(self, patient_uid: str) -> dict[str, list[dict[str, Any]]]:
        """Every row about the patient and the duplicates merged into it, by table."""
        with explained(self._path):
            held = holdings.holdings(self._database, holdings.people(self._database, patient_uid))
            return {each.table: holdings.table_rows(self._database, each) for each in reversed(held)}

    def not_seen_since(self, moment: datetime) -> list[dict[str, Any]]:
        """The one not seen for longest comes first."""
        with explained(self._path):
            return holdings.not_seen_since(self._database, utc_text(moment))
