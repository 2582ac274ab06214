"""Free text in an open consultation: held within a moment of being typed, recorded when its field is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from db.store import Store
from db.stored import StoredAnswer
from desktop.record.encounter import Saying
from desktop.record.notes import note_id, notes_in

if TYPE_CHECKING:
    from db.notes import Typed
    from desktop.record.consultation import Clock


class Writing:
    """`notes` are the texts by section; `said` is told whose they are. Every method raises RecordError."""

    def __init__(
        self,
        store: Store,
        encounter_uid: str,
        stored: Mapping[str, StoredAnswer],
        said: dict[str, Saying],
        *,
        who: str,
        clock: Clock,
        need: Callable[[], None] = lambda: None,
    ) -> None:
        self.need = need
        self._store, self._uid, self._said, self._who, self._clock = store, encounter_uid, said, who, clock
        self.notes = notes_in(stored)
        self.saved_at: datetime | None = None

    def write(self, section: str, text: str, *, who: str = "") -> None:
        """Empty takes it out."""
        self.need()
        id, kept, at = note_id(section), text if text.strip() else "", self._clock()
        with self._store.all_or_nothing():
            self._store.save_answer(self._uid, id, kept or None, who=who or self._who, at=at)
            self._store.notes.let_go(self._uid, id)
        self.saved_at = at
        for told in (self.notes, self._said):
            told.pop(section if told is self.notes else id, None)
        if kept:
            self.notes[section] = kept
            self._said[id] = Saying("clinician", who or self._who, at)

    def hold(self, id: str, text: str) -> None:
        """What stands in a field and is not recorded yet: it is there again after whatever happens."""
        self.need()
        at = self._clock()
        with self._store.all_or_nothing():
            self._store.notes.hold(self._uid, id, text, who=self._who, at=at)
        self.saved_at = at

    def let_go(self, id: str) -> None:
        """It is recorded, or taken back."""
        self.need()
        self._store.notes.let_go(self._uid, id)

    def move(self, typed: Typed, section: str, label: str) -> None:
        """What was typed in a field that is gone, below what stands in the note of that section; held, not recorded."""
        self.need()
        id = note_id(section)
        held = next((one.text for one in self.held() if one.item == id), self.notes.get(section, ""))
        text = "\n".join(filter(None, (held, f"{label}: {typed.text}")))
        with self._store.all_or_nothing():
            self._store.notes.hold(self._uid, id, text, who=typed.who, at=typed.at)
            self._store.notes.let_go(self._uid, typed.item)

    def held(self) -> list[Typed]:
        return self._store.notes.held(self._uid)
