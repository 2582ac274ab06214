"""What the practice has decided for all its workstations. The last value of a name counts; every earlier one stays."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.driver import rows, written
from db.recorded import digest_of
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

LATEST = "SELECT name, value, max(seq) FROM practice_settings GROUP BY name"


class PracticeSettings:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def all(self) -> dict[str, Any]:
        return {row["name"]: json.loads(row["value"]) for row in rows(self._database, LATEST)}

    def change(self, values: dict[str, Any], *, who: str, at: datetime) -> None:
        """All of them or none; what is the same already is not written again."""
        held = self.all()
        with written(self._database):
            for name, value in values.items():
                if name not in held or held[name] != value:
                    self._add(name, value, who, at)

    def _add(self, name: str, value: object, who: str, at: datetime) -> None:
        add = "INSERT INTO practice_settings (name, value, who, at) VALUES (?, ?, ?, ?)"
        self._database.execute(add, [name, json.dumps(value), who, utc_text(at)])
        (row,) = rows(self._database, "SELECT last_insert_rowid() AS setting")
        new = digest_of(self._database, self._trail, "practice setting changed", row)
        which = row | {"name": name}
        self._trail.append(who=who, at=at, what="practice setting changed", which=which, new=new)
