"""What somebody was in the middle of when the screen was locked. It is no part of the record: nobody has said it
yet, so the trail doesn't vouch for it, and it goes when it is taken up again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.driver import rows, written
from db.trail import utc_text

if TYPE_CHECKING:
    from db.database import Database

KEEP = "INSERT INTO interrupted (user, told, at) VALUES (?, ?, ?) ON CONFLICT (user) DO UPDATE SET told = ?, at = ?"


class Interrupted:
    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, user: str, told: dict[str, Any], at: datetime) -> None:
        """In the place of what was kept for them before."""
        text, moment = json.dumps(told), utc_text(at)
        with written(self._database):
            self._database.execute(KEEP, [user, text, moment, text, moment])

    def take(self, user: str) -> dict[str, Any]:
        """Empty if there is nothing; afterwards there is nothing."""
        with written(self._database):
            kept = list(rows(self._database, "SELECT told FROM interrupted WHERE user = ?", [user]))
            self._database.execute("DELETE FROM interrupted WHERE user = ?", [user])
        return dict(json.loads(kept[0]["told"])) if kept else {}
